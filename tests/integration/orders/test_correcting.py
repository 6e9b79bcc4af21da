"""Typed terms that differ from the sealed order are put right: a further version, compared anew, and no variation (ORD-20)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.orders.entering.actions import record_entry
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order, OrderMove, OrderTerms
from craffu.orders.papers.actions import keep_paper
from craffu.orders.queries import checked, find_order, found_to_differ, story_of_order
from craffu.orders.terms.actions import compare_terms, correct_terms, put_in_doubt
from craffu.orders.terms.rules import Label
from craffu.victims.models import CaseHappening
from craffu.work.models import WorkItem
from tests.factories.orders import MADE, NO_CONTACT, REASON, TERMS, considered, received
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

HOUR = timedelta(hours=1)
RIGHT = replace(NO_CONTACT, words="Not to contact the applicant or her mother by any means.")
CORRECTED = replace(TERMS, conditions=(RIGHT, TERMS.conditions[1]))


@kept(at=NOW)
def made(world: World, team: Acting) -> Order:
    """An order whose typed words nobody has compared, and the image of the sealed one."""
    order = received(team, considered(world.system, world.folder).reference, MADE)
    keep_paper(by=team, order=order.reference, kind="sealed_order", content=b"%PDF-1.7 sealed", title="Order")
    return order


@pytest.fixture
def supervisor(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("supervisor", username="second")


def compared(by: Acting, order: Order, number: int, *, is_same: bool = False) -> None:
    differs = "" if is_same else "It names her mother too"
    paper = order.papers.get().pk
    compare_terms(by=by, order=order.reference, number=number, paper=paper, is_same=is_same, differs=differs)


def label(by: Acting, order: Order) -> Label:
    found = checked(story_of_order(by, order))
    assert found is not None
    return found.label


def open_terms() -> list[tuple[str, str]]:
    rows = WorkItem.objects.for_system("a test").filter(state="open", kind__startswith="order_terms")
    return sorted((row.kind, row.key.partition(":")[2]) for row in rows)


@pytest.mark.rule("ORD-20")
@pytest.mark.rule("ORD-15")
def test_words_put_right_are_a_version_of_their_own_that_somebody_else_compares(
    made: Order, team: Acting, investigator: Acting, supervisor: Acting
) -> None:
    compared(investigator, made, 1)
    moves = OrderMove.objects.for_system("a test").count()
    kept = correct_terms(by=investigator, order=made.reference, given=CORRECTED, seen=1)
    assert (kept.number, kept.why, kept.applies_from, kept.entered_by) == (2, "corrected", MADE, investigator.user)
    rows = OrderTerms.objects.for_system("a test").order_by("number")
    assert [[one.words for one in terms.conditions.all()] for terms in rows] == [
        [one.words for one in version.conditions] for version in (TERMS, CORRECTED)
    ], "nothing is overwritten"
    assert label(team, made) is Label.NOT_CHECKED
    with pytest.raises(NotPermitted) as own:
        compared(investigator, made, 2, is_same=True)
    assert own.value.code == "own_terms"
    compared(supervisor, made, 2, is_same=True)
    assert label(team, made) is Label.COMPARED
    assert Event.objects.filter(kind="order_terms_corrected").count() == 1
    assert OrderMove.objects.for_system("a test").count() == moves, "the court changed nothing"
    assert (found_now := find_order(team, made.reference)) is not None
    assert (found_now.status, found_now.moves_made) == (made.status, made.moves_made)
    assert not CaseHappening.objects.for_system("a test").filter(kind__in=["order_varied", "order_relaxed"]).exists()


@pytest.mark.rule("ORD-20")
@pytest.mark.rule("ORD-18")
def test_the_difference_is_due_work_and_then_the_comparison_and_the_entry_elsewhere_anew(
    made: Order, team: Acting, investigator: Acting, supervisor: Acting, force: Force
) -> None:
    record_entry(by=team, order=made.reference, system="national", entered_on=NOW.date(), reference="26/1234")
    tick(force=force, at=NOW)
    assert open_terms() == [("order_terms", "terms-1")]

    def then(hours: int, act: Callable[[], Any]) -> None:
        with time_machine.travel(NOW + hours * HOUR, tick=False):
            act()
            tick(force=force, at=NOW + hours * HOUR)

    then(1, lambda: compared(investigator, made, 1))
    assert open_terms() == [("order_terms_differ", "terms-1")]
    then(2, lambda: correct_terms(by=team, order=made.reference, given=CORRECTED))
    assert open_terms() == [("order_terms", "terms-2")]
    items = WorkItem.objects.for_system("a test")
    assert items.filter(kind="order_national_entry", state="open").exists(), "entered with the words put right"
    then(3, lambda: compared(supervisor, made, 2, is_same=True))
    assert open_terms() == []
    states = items.filter(kind__startswith="order_terms").values_list("kind", "state")
    assert sorted(states) == [("order_terms", "done")] * 2 + [("order_terms_differ", "done")]


def other_case(**changed: Any) -> NewTerms:
    return replace(TERMS, **changed)


@pytest.mark.rule("ORD-20")
@pytest.mark.parametrize(
    "given",
    [
        other_case(conditions=(replace(NO_CONTACT, words_cy="I beidio â chysylltu"), TERMS.conditions[1])),
        other_case(conditions=(replace(NO_CONTACT, last_day=date(2027, 1, 1)), TERMS.conditions[1])),
        other_case(conditions=(replace(NO_CONTACT, supervisor="The probation service"), TERMS.conditions[1])),
        other_case(conditions=(NO_CONTACT,)),
        other_case(conditions=TERMS.conditions[::-1]),
        other_case(language="both"),
        other_case(locality="Carmarthenshire", has_no_locality=False),
    ],
)
def test_whatever_the_sealed_order_says_otherwise_can_be_put_right(
    given: NewTerms, made: Order, team: Acting, investigator: Acting
) -> None:
    compared(investigator, made, 1)
    assert correct_terms(by=team, order=made.reference, given=given).number == 2


@pytest.mark.rule("ORD-20")
def test_nothing_is_put_right_that_nobody_found_to_differ_or_that_stays_as_it_is(
    made: Order, team: Acting, investigator: Acting, acting_as: Callable[..., Acting], system: Acting, tmp_path: Path
) -> None:
    def why(order: Order, given: NewTerms = CORRECTED, **how: Any) -> str:
        with pytest.raises((NotNow, NotPermitted, Conflict)) as refused:
            correct_terms(by=how.pop("by", team), order=order.reference, given=given, **how)
        return refused.value.code

    assert why(made) == "no_difference"
    compared(investigator, made, 1)
    typed_again = tuple(NewCondition(one.type, f" {one.words} ") for one in TERMS.conditions)
    assert why(made, replace(TERMS, conditions=typed_again)) == "nothing_corrected", (
        "why it is necessary is none of its words"
    )
    assert why(made, seen=0) == "changed_meanwhile"
    assert why(made, by=acting_as("victim_officer", username="vlo")) == "right_not_held"
    compared(investigator, made, 1, is_same=True)
    assert why(made) == "no_difference", "they were its words after all"
    assert why(considered(system, tmp_path, number=2)) == "not_made"
    assert OrderTerms.objects.for_system("a test").count() == 1


@pytest.mark.rule("ORD-20")
def test_a_later_image_is_no_difference_that_somebody_found(made: Order, team: Acting, investigator: Acting) -> None:
    compared(investigator, made, 1, is_same=True)
    assert put_in_doubt(by=team, order=made, image=made.papers.get()) is not None
    assert label(team, made) is Label.NOT_CHECKED
    assert found_to_differ(story_of_order(team, made).standing) == []
    compared(investigator, made, 1)
    known = found_to_differ(story_of_order(team, made).standing)
    assert [one.differs for one in known] == ["It names her mother too"]
    assert found_to_differ(story_of_order(team, made).standing, NOW - HOUR) == []
    assert found_to_differ(None) == []


@pytest.mark.rule("VIC-06")
def test_a_variation_after_a_correction_is_read_against_the_words_as_put_right(
    made: Order, team: Acting, investigator: Acting
) -> None:
    compared(investigator, made, 1)
    correct_terms(by=team, order=made.reference, given=CORRECTED)
    more = replace(NO_CONTACT, type="no_surveillance", words="Not to follow the applicant.")
    wider = replace(CORRECTED, conditions=(*CORRECTED.conditions, more))
    varied = Given(varied_on=date(2026, 11, 23), applicant="chief_officer", terms=wider, reason_text=REASON)
    move_order(by=team, order=made.reference, move="vary", given=varied)
    kinds = set(CaseHappening.objects.for_system("a test").values_list("kind", flat=True))
    assert "order_varied" in kinds
    assert "order_relaxed" not in kinds, "a condition was added to what it said, and none taken out"

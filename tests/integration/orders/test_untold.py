"""Whom an order protects and nobody tells: somebody's work, until it is recorded that they were told or why not (VIC-05)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.cases.models import CaseRole
from craffu.cases.topics import CASES
from craffu.common.refusals import NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order, OrderNoted
from craffu.orders.noting.actions import note_change_refused, note_relaxation_sought, note_told
from craffu.orders.owning.actions import own_order
from craffu.orders.protecting.actions import say_protected
from craffu.orders.watching.due import orders_named
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from craffu.victims.models import CaseHappening
from craffu.victims.topics import VICTIMS
from craffu.work.models import WorkItem
from tests.factories.extracts import row, write
from tests.factories.orders import MADE, NO_CONTACT, REASON, TERMS, considered, received, scanned
from tests.factories.victims import QUIET, agreed
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SERVED = Given(served_at=MADE + HOUR, place="court", method="personal", server="PC Rees", proof="Statement")


def at(moment: Any) -> Any:
    return time_machine.travel(moment, tick=False)


def work(kind: str = "order_untold") -> list[tuple[str, str]]:
    rows = WorkItem.objects.for_system("a test").filter(kind=kind).order_by("id")
    return [(one.key.rpartition("-")[2], one.state) for one in rows]


@kept(at=NOW)
def made(world: World, team: Acting) -> Order:
    """An order that a court made, which protects the victim of its case; nothing is agreed with her."""
    return scanned(team, received(team, considered(world.system, world.folder).reference, MADE))


def protects_a_stranger(by: Acting, order: Order) -> int:
    """The order protects somebody who is the victim in no case: here the witness of the same crime."""
    record: int = CaseRole.objects.for_system("a test").get(case=order.case, role="witness").record_id
    say_protected(by=by, order=order.reference, records=[record], seen=1)
    scanned(by, order)
    return record


@pytest.fixture
def stranger(made: Order, team: Acting, system: Acting, tmp_path: Path) -> int:
    """Somebody who is the victim in no case, whom the order protects and nobody else."""
    inbox = tmp_path / "witness"
    write(inbox, "persons.csv", [row("rms", "persons", 77)])
    write(inbox, "involvements.csv", [row("rms", "involvements", 1, person_ref="PERSON77", role="witness")])
    take_in(by=system, kind="rms", paths=[inbox])
    return protects_a_stranger(team, made)


@pytest.mark.rule("VIC-05")
@pytest.mark.rule("VIC-06")
def test_somebody_who_is_a_victim_in_no_case_is_the_work_of_whoever_manages_the_order(
    stranger: int, made: Order, team: Acting, force: Force
) -> None:
    own_order(by=team, order=made.reference, to=team.user)
    tick(force=force, at=NOW)
    item = WorkItem.objects.for_system("a test").get(kind="order_untold", state="open")
    assert (item.owner, item.queue, item.about_kind, item.about) == (team.user, "telling", "order", made.reference)
    with at(NOW + HOUR):
        move_order(by=team, order=made.reference, move="serve", given=SERVED)
        tick(force=force, at=NOW + HOUR)
    open_items = WorkItem.objects.for_system("a test").filter(kind="order_untold", state="open").order_by("id")
    assert [one.due_at - one.raised_at <= HOUR for one in open_items] == [False, True], (
        "service is told within the hour"
    )
    tick(force=force, at=NOW + HOUR)
    assert open_items.count() == 2, "raised once"
    with at(NOW + 2 * HOUR):
        told = note_told(by=team, order=made.reference, record=stranger, at=NOW + 2 * HOUR)
        assert note_told(by=team, order=made.reference, record=stranger, at=NOW + 2 * HOUR) == told
        tick(force=force, at=NOW + 2 * HOUR)
    assert {state for _, state in work() if state != "withdrawn"} == {"done"}
    assert Event.objects.filter(kind="order_told").count() == 1


@pytest.mark.rule("VIC-06")
def test_what_a_court_is_asked_and_refuses_is_told_by_hand_too_the_last_of_it_where_they_are_named_after(
    stranger: int, made: Order, team: Acting, system: Acting, force: Force, tmp_path: Path
) -> None:
    with at(NOW + HOUR):
        sought = note_relaxation_sought(by=team, order=made.reference, at=NOW + HOUR)
    with at(NOW + DAY):
        refused = note_change_refused(
            by=team, order=made.reference, change="discharge", applicant="respondent", at=NOW + DAY
        )
        tick(force=force, at=NOW + DAY)
    assert work()[1:] == [(str(sought.pk), "open"), (str(refused.pk), "open")]
    inbox = tmp_path / "later"
    write(inbox, "persons.csv", [row("rms", "persons", 78)])
    write(inbox, "involvements.csv", [row("rms", "involvements", 8, person_ref="PERSON78", role="witness")])
    take_in(by=system, kind="rms", paths=[inbox])
    later = SourceRecord.objects.for_system("a test").get(source_key__contains="PERSON78")
    with at(NOW + 2 * DAY):
        say_protected(by=team, order=made.reference, records=[stranger, later.pk], seen=3)
        tick(force=force, at=NOW + 2 * DAY)
    keys = [
        one.key
        for one in WorkItem.objects.for_system("a test").filter(kind="order_untold")
        if f"-{later.pk}-" in one.key
    ]
    assert [key.rpartition("untold-")[2] for key in keys] == [f"{later.pk}-refused-{refused.pk}"]


@pytest.mark.rule("VIC-05")
def test_work_follows_somebody_who_becomes_the_victim_of_another_case(
    stranger: int, made: Order, team: Acting, system: Acting, force: Force, tmp_path: Path
) -> None:
    with at(NOW + HOUR):
        move_order(by=team, order=made.reference, move="serve", given=SERVED)
        tick(force=force, at=NOW + HOUR)
    assert [state for _, state in work() if state == "open"] == ["open", "open"]
    assert not CaseHappening.objects.for_system("a test").filter(record=stranger).exists()
    inbox = tmp_path / "another"
    write(inbox, "crimes.csv", [row("rms", "crimes", 9)])
    write(inbox, "involvements.csv", [row("rms", "involvements", 9, person_ref="PERSON77", role="victim")])
    with at(NOW + DAY):
        take_in(by=system, kind="rms", paths=[inbox])
    with at(NOW + DAY + HOUR):
        tick(force=force, at=NOW + DAY + HOUR)
    told = CaseHappening.objects.for_system("a test").filter(record=stranger)
    assert {one.kind for one in told} == {"order_granted", "order_served"}, "the order tells them by itself now"
    assert "safety_news" in WorkItem.objects.for_system("a test").filter(state="open").values_list("kind", flat=True)
    states = [state for _, state in work()]
    assert states.count("open") == 1, "that it was made is owed by nobody before their first agreement"
    person = people_of_records(system, [stranger])[stranger]
    case = CaseRole.objects.for_system("a test").filter(record=stranger, role="victim").get().case_id
    assert list(orders_named(system, CASES, [str(case)])) == [str(made.pk)]
    assert list(orders_named(system, VICTIMS, [str(person.pk)])) == [str(made.pk)]


@pytest.mark.rule("VIC-06")
def test_a_victim_with_whom_nothing_is_agreed_is_told_by_whoever_manages_the_order_and_others_by_who_agreed(
    made: Order, team: Acting, system: Acting, force: Force, acting_as: Callable[..., Acting]
) -> None:
    tick(force=force, at=NOW)
    assert [state for _, state in work()] == ["open"], "it was made, and no agreement owes her that"
    record = made.protects.get().record_id
    with at(NOW + HOUR):
        agreed(acting_as("victim_officer"), people_of_records(system, [record])[record].reference, QUIET)
    with at(NOW + 2 * HOUR):
        more = replace(
            TERMS, conditions=(*TERMS.conditions, replace(NO_CONTACT, type="no_surveillance", words="Not to follow."))
        )
        varied = Given(varied_on=NOW.date(), applicant="chief_officer", reason_text=REASON, terms=more)
        move_order(by=team, order=made.reference, move="vary", given=varied)
        tick(force=force, at=NOW + 2 * HOUR)
    assert CaseHappening.objects.for_system("a test").filter(kind="order_varied").exists()
    assert [state for _, state in work()] == ["open"], (
        "that it was varied is owed by what was agreed, what was before is not"
    )


@pytest.mark.rule("VIC-05")
def test_that_somebody_is_not_told_is_said_with_why_and_not_of_whom_it_does_not_protect(
    made: Order, team: Acting, force: Force, acting_as: Callable[..., Acting]
) -> None:
    tick(force=force, at=NOW)
    record, ref = made.protects.get().record_id, made.reference

    def why(**said: Any) -> str:
        with pytest.raises((NotNow, NotPermitted)) as refused:
            note_told(**{"by": team, "order": ref, "record": record, "at": NOW} | said)
        return refused.value.code

    assert why(why_not="  ") == "no_reason"
    assert why(record=made.respondent_id) == "not_protected"
    assert why(at=NOW + HOUR) == "ahead"
    assert why(by=acting_as("response_officer")) == "right_not_held"
    assert why(order="O-99999") == "no_such_record"
    with at(NOW + HOUR):
        note_told(by=team, order=ref, record=record, at=NOW + HOUR, why_not=" She has moved, and nobody knows where ")
        tick(force=force, at=NOW + HOUR)
    assert [state for _, state in work()] == ["done"]
    assert OrderNoted.objects.for_system("a test").get().words == "She has moved, and nobody knows where"

"""Advice about an order, of a case or of none; a general note that holds nobody, found again; and figures (RES-04, R1b)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.cases.advice.actions import answer_advice, ask_advice, say_followed
from craffu.cases.advice.due import ANSWER, ANSWER_ORDER, SOURCE
from craffu.cases.advice.queries import advice_about, find_advice
from craffu.cases.advice.rules import Adviser, Followed
from craffu.cases.models import AdviceAnswered, AdviceAsked, CaseRole
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.rules import Grade
from craffu.clocks.london import day_of
from craffu.common.refusals import NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.orders.advising.actions import NewNote, answer_with_note, ask_about_order
from craffu.orders.advising.figures import Became, advised_at_high_risk, became, waited
from craffu.orders.advising.kinds import Topic
from craffu.orders.advising.permissions import check_can_read_notes
from craffu.orders.advising.queries import notes_found, notes_of
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order
from craffu.orders.models import AdviceNote, Order
from craffu.people.models import RecordVersion
from craffu.work.models import WorkItem
from tests.factories.orders import MADE, TERMS, considered, parties
from tests.integration.orders.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("RES-04")]

HOUR = timedelta(hours=1)
QUESTION = "Is a condition about drones enforceable?"
NOTE = NewNote(Topic.ORDERS, "Say what he may not do with a drone, and where: Tŷ Hafan is no place.")


@pytest.fixture
def coordinator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("coordinator", username="specialist")


@pytest.fixture
def order(system: Acting, tmp_path: Path) -> Order:
    return considered(system, tmp_path)


@pytest.fixture
def alone(system: Acting, team: Acting, tmp_path: Path) -> Order:
    """An order of no case."""
    _case, suspect, victim = parties(system, tmp_path, 3)
    made = Given(
        made_at=MADE,
        court="Llanelli",
        court_case_no="63AA1",
        source_record="sealed order",
        is_indefinite=True,
        terms=TERMS,
    )
    beginning = Beginning(kind="SPO", respondent=suspect, case=None, protects=[victim])
    return begin_order(by=team, beginning=beginning, move="receive", given=made)


def test_a_question_about_an_order_stands_with_its_case_and_says_which_order(
    order: Order, investigator: Acting, coordinator: Acting
) -> None:
    case = order.case
    ask_advice(by=investigator, case=case.reference, adviser=Adviser.CHAMPION, question="Of the case")
    asked = ask_about_order(by=investigator, order=order.reference, adviser=Adviser.CHAMPION, question=QUESTION)
    assert (asked.case, asked.about_order, asked.number) == (case, order.reference, 2)
    again = ask_about_order(by=investigator, order=order.reference, adviser=Adviser.CHAMPION, question=QUESTION)
    assert again.pk == asked.pk, "the same question still open is asked once"
    assert [one.asked.number for one in advice_about(investigator, case)] == [2, 1]
    assert [one.asked.number for one in advice_about(investigator, case, order.reference)] == [2]
    answer_with_note(by=coordinator, case=case.reference, number=2, words="It is.", note=NOTE)
    say_followed(by=investigator, case=case.reference, number=2, followed=Followed.NO, reason="The court refused it")
    refs = [one.payload for one in Event.objects.filter(kind="advice_followed")]
    assert f"order/{order.reference}" in refs[0]
    assert f"case/{case.reference}" in refs[0]


def test_a_question_about_an_order_of_no_case_is_asked_answered_judged_and_due(
    alone: Order, system: Acting, investigator: Acting, coordinator: Acting, force: Force
) -> None:
    asked = ask_about_order(by=investigator, order=alone.reference, adviser=Adviser.CHAMPION, question=QUESTION)
    assert (asked.case, asked.about_order, asked.number) == (None, alone.reference, 1)
    tick(force=force, at=NOW)
    item = WorkItem.objects.for_system("a test").get(kind=ANSWER_ORDER)
    assert (item.about_kind, item.about, item.of_case, item.queue) == ("order", alone.reference, "", "advice")
    answer_with_note(by=coordinator, case=None, order=alone.reference, number=1, words="It is.", note=NewNote())
    with time_machine.travel(NOW + HOUR, tick=False):
        tick(force=force, at=NOW + HOUR)
    item.refresh_from_db()
    assert item.state == "done"
    say_followed(by=investigator, case=None, order=alone.reference, number=1, followed=Followed.YES)
    one = find_advice(investigator, None, 1, alone.reference)
    assert one is not None
    assert one.followed is not None
    assert one.followed.followed == "yes"
    assert list(SOURCE.every(system)) == [f"asked:{asked.pk}"]
    second = ask_about_order(by=investigator, order=alone.reference, adviser=Adviser.LEGAL, question=QUESTION)
    assert second.number == 2
    answer_advice(by=investigator, case=None, order=alone.reference, number=2, words="No.", adviser="A. Lawyer")
    with pytest.raises(NotPermitted):
        ask_about_order(by=investigator, order="O-99999", adviser=Adviser.LEGAL, question=QUESTION)
    dues = SOURCE.due(system, [f"asked:{asked.pk}"], NOW)
    assert [due.kind for due in dues[f"asked:{asked.pk}"].dues] == [ANSWER_ORDER] != [ANSWER]


def name_of(order: Order) -> str:
    role = CaseRole.objects.for_system("a test").filter(case=order.case, role="victim").get()
    return str(RecordVersion.objects.for_system("a test").filter(record=role.record).last().family_name)


@pytest.mark.parametrize(
    "words",
    ["As in {case}.", "Ask {name} first.", "Born 3 May 1990.", "Ring 06700 900123.", "Go to QA15 1AA."],
)
def test_a_note_that_holds_somebody_is_refused_and_nothing_is_kept(
    words: str, order: Order, investigator: Acting, coordinator: Acting
) -> None:
    ask_about_order(by=investigator, order=order.reference, adviser=Adviser.CHAMPION, question=QUESTION)
    note = NewNote(Topic.ORDERS, words.format(case=order.case.reference, name=name_of(order).title()))
    with pytest.raises(NotNow) as refused:
        answer_with_note(by=coordinator, case=order.case.reference, number=1, words="It is.", note=note)
    assert refused.value.code == "note_holds_somebody"
    assert AdviceAnswered.objects.for_system("a test").count() == AdviceNote.objects.for_system("a test").count() == 0
    answer_with_note(by=coordinator, case=order.case.reference, number=1, words="It is.", note=NOTE)
    assert AdviceNote.objects.for_system("a test").get().words == NOTE.words


def test_notes_are_found_by_their_words_whatever_marks_they_have_and_by_their_topic(
    order: Order, investigator: Acting, coordinator: Acting, acting_as: Callable[..., Acting], other_force: Force
) -> None:
    for number, note in enumerate((NOTE, NewNote(Topic.BREACH, "A drone is a breach too."), NewNote()), start=1):
        ask_about_order(by=investigator, order=order.reference, adviser=Adviser.CHAMPION, question=f"{number}?")
        answer_with_note(by=coordinator, case=order.case.reference, number=number, words="Yes.", note=note)
    reader = acting_as("response_officer", username="reader")
    words = [one.words for one in notes_found(reader)]
    assert words == ["A drone is a breach too.", NOTE.words], "the last first; of none nothing is shown"
    assert [one.words for one in notes_found(reader, "TY hafan")] == [NOTE.words]
    assert [one.words for one in notes_found(reader, "drone")] == words
    assert [one.words for one in notes_found(reader, "drone", Topic.BREACH)] == words[:1]
    assert notes_found(reader, "drone submarine") == []
    assert notes_found(acting_as("response_officer", force=other_force, username="afar")) == []
    assert len(notes_of(reader, AdviceAsked.objects.for_user(reader).values_list("pk", flat=True))) == 3
    kinds = Event.objects.filter(kind__startswith="advice_note").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["advice_note_written", "advice_note_written", "advice_note_declined"]


def test_figures_count_what_waits_with_the_hours_it_has_waited(
    order: Order, alone: Order, system: Acting, investigator: Acting, coordinator: Acting
) -> None:
    case = order.case.reference
    ask_about_order(by=investigator, order=order.reference, adviser=Adviser.CHAMPION, question="1", now=NOW - 10 * HOUR)
    ask_about_order(by=investigator, order=alone.reference, adviser=Adviser.LEGAL, question="2", now=NOW - 3 * HOUR)
    ask_advice(by=investigator, case=case, adviser=Adviser.CHAMPION, question="3", now=NOW - timedelta(days=500))
    answer_with_note(by=coordinator, case=case, number=1, words="Yes", note=NewNote(), now=NOW - 6 * HOUR)
    say_followed(by=investigator, case=case, number=1, followed=Followed.PARTLY, reason="Half of it")
    today = day_of(NOW)
    found = sorted(waited(system, today - timedelta(days=30), today, NOW), key=lambda one: one.hours)
    assert [(one.adviser, one.hours, one.is_answered, one.followed) for one in found] == [
        ("legal", 3.0, False, None), ("champion", 4.0, True, Followed.PARTLY)
    ]  # fmt: skip
    assert became(found) == Became(1, 0, 1, 0)
    assert became(found).unsaid == 0
    assert advised_at_high_risk(system, NOW) == (0, 0)
    given = NewAssessment("DARA", "2", "L1", "D1", NOW - HOUR, Grade.HIGH)
    record_assessment(by=investigator, case=case, given=given)
    assert advised_at_high_risk(system, NOW) == (1, 1)


def test_who_may_read_notes(acting_as: Callable[..., Acting]) -> Any:
    check_can_read_notes(acting_as("victim_officer", username="vo"))
    with pytest.raises(NotPermitted):
        check_can_read_notes(acting_as("commissioner_view", username="cm"))

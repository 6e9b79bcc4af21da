"""Advice is asked for in a case, answered once, judged, logged, and due until it is answered (RES-04)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.cases.advice.actions import answer_advice, ask_advice, say_followed
from craffu.cases.advice.due import SOURCE
from craffu.cases.advice.queries import AdviceStands, advice_in, find_advice
from craffu.cases.advice.rules import Adviser, Followed
from craffu.cases.models import AdviceAsked, Case
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.work.facts import Due
from tests.factories.considering import stalking_case

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
QUESTION = "Do these three letters amount to stalking?"


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def case(system: Acting, tmp_path: Path) -> str:
    return stalking_case(system, tmp_path)


@pytest.fixture
def investigator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("investigator", username="asker")


@pytest.fixture
def coordinator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("coordinator", username="specialist")


def in_case(by: Acting, case: str) -> list[AdviceStands]:
    return advice_in(by, Case.objects.for_user(by).get(reference=case))


def dues(system: Acting, now: datetime = NOW) -> tuple[Due, ...]:
    (case,) = SOURCE.every(system)
    return SOURCE.due(system, [case], now)[case].dues


@pytest.mark.rule("RES-04")
def test_a_question_is_asked_answered_after_hours_and_judged(
    case: str, investigator: Acting, coordinator: Acting, at_noon: Any
) -> None:
    asked = ask_advice(by=investigator, case=case, adviser=Adviser.CHAMPION, question=f" {QUESTION} ")
    assert (asked.number, asked.question, asked.by) == (1, QUESTION, investigator.user)
    again = ask_advice(by=investigator, case=case, adviser=Adviser.CHAMPION, question=QUESTION)
    assert again.pk == asked.pk, "the same question still open is asked once"
    at_noon.shift(6.5 * HOUR)
    answer_advice(by=coordinator, case=case, number=1, words="They do.")
    say_followed(by=investigator, case=case, number=1, followed=Followed.NO, reason="Overtaken by arrest")
    say_followed(by=investigator, case=case, number=1, followed=Followed.YES)
    (one,) = in_case(investigator, case)
    assert one.stands.hours == 6.5
    assert one.answer is not None
    assert one.followed is not None
    assert (one.answer.words, one.followed.followed, one.is_privileged) == ("They do.", "yes", False)
    kinds = Event.objects.filter(kind__startswith="advice_").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["advice_asked", "advice_answered", "advice_followed", "advice_followed"]
    later = ask_advice(by=investigator, case=case, adviser=Adviser.CHAMPION, question=QUESTION)
    assert later.number == 2, "once it was answered it can be asked anew"


@pytest.mark.rule("RES-04")
def test_advice_from_outside_is_recorded_with_whose_it_is_and_when_it_came(case: str, investigator: Acting) -> None:
    ask_advice(by=investigator, case=case, adviser=Adviser.PROSECUTOR, question=QUESTION, now=NOW - 9 * HOUR)
    answer_advice(
        by=investigator, case=case, number=1, words="Charge.", adviser="A. Prosecutor", answered_at=NOW - HOUR
    )
    (one,) = in_case(investigator, case)
    assert one.answer is not None
    assert (one.stands.hours, one.answer.adviser, one.is_privileged) == (8.0, "A. Prosecutor", True)


@pytest.mark.rule("RES-04")
def test_what_cannot_be_leaves_nothing(
    case: str, investigator: Acting, coordinator: Acting, acting_as: Callable[..., Acting], other_force: Force
) -> None:
    with pytest.raises(NotNow):
        ask_advice(by=investigator, case=case, adviser=Adviser.OTHER, question=" ")
    assert AdviceAsked.objects.for_system("a test").count() == 0
    ask_advice(by=investigator, case=case, adviser=Adviser.CHAMPION, question=QUESTION)
    with pytest.raises(NotPermitted):
        answer_advice(by=investigator, case=case, number=1, words="Mine")
    with pytest.raises(NotNow):
        say_followed(by=investigator, case=case, number=1, followed=Followed.YES)
    with pytest.raises(NotPermitted):
        answer_advice(by=coordinator, case=case, number=2, words="To no question")
    with pytest.raises(NotPermitted):
        answer_advice(
            by=acting_as("coordinator", force=other_force, username="afar"), case=case, number=1, words="Afar"
        )
    with pytest.raises(NotNow):
        answer_advice(by=coordinator, case=case, number=1, words="They do.", answered_at=NOW + HOUR)
    answer_advice(by=coordinator, case=case, number=1, words="They do.")
    with pytest.raises(Conflict):
        answer_advice(by=coordinator, case=case, number=1, words="They do not.")
    found = find_advice(investigator, Case.objects.for_user(investigator).get(reference=case), 1)
    assert found is not None
    assert found.answer is not None
    assert found.answer.words == "They do."
    assert found.followed is None


@pytest.mark.rule("RES-04")
def test_an_answer_is_due_in_two_days_to_the_coordinators_and_outside_to_whoever_asked(
    case: str, system: Acting, investigator: Acting, coordinator: Acting
) -> None:
    ask_advice(by=investigator, case=case, adviser=Adviser.CHAMPION, question=QUESTION)
    ask_advice(by=investigator, case=case, adviser=Adviser.ADVOCACY, question=QUESTION)
    inside, outside = dues(system)
    assert (inside.queue, inside.owner, inside.due_at) == ("advice", None, NOW + 48 * HOUR)
    assert investigator.user is not None
    assert (outside.owner, outside.why, outside.done_at) == (investigator.user.pk, "advice_asked_outside", None)
    answer_advice(by=coordinator, case=case, number=1, words="They do.", now=NOW + HOUR)
    assert [one.done_at for one in dues(system, NOW + 2 * HOUR)] == [NOW + HOUR, None]
    assert [one.done_at for one in dues(system)] == [None, None], "as things stood before it was answered"
    assert list(SOURCE.named(system, "cases", ["7"])) == ["7"]
    with CaptureQueriesContext(
        connection,
    ) as taken:
        dues(system)
    assert len([one for one in taken if "advice" in one["sql"]]) == 2

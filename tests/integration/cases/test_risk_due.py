"""What is due of risk: an assessment from the report on, a planned one on its day, a second look (RSK-01, RSK-02, RSK-04)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.reach.actions import place
from craffu.cases.models import Case
from craffu.cases.risk.actions import look_again, record_assessment, record_event, record_observation
from craffu.cases.risk.due import SOURCE, risk_due
from craffu.cases.risk.facts import NewAssessment, NewEvent, NewObservation
from craffu.cases.risk.grades import grades_of_cases
from craffu.cases.risk.queries import unassessed
from craffu.cases.risk.rules import Asks, Grade, Observed, Reply, SecondLook
from craffu.daily.sources import SOURCES
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.outbox.queries import waiting
from craffu.work.facts import Due
from craffu.work.models import WorkItem
from craffu.work.rules import after
from tests.factories.detentions import send_detention
from tests.factories.dues import told
from tests.factories.extracts import row, write

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
REPORTED = NOW - timedelta(hours=2)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GIVEN = NewAssessment("S-DASH", "2009", "DPP-LIC-4", "doc-31", NOW - HOUR, Grade.MEDIUM)

type Crime = Callable[..., str]


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def crime(system: Acting, tmp_path: Path) -> Crime:
    """`crime(1, stage="investigation")` takes in a crime without a grade, reported two hours ago; answers with its case."""

    def taken(number: int = 1, **said: str) -> str:
        facts = {
            "stage": "investigation", "reported_at": "2026-11-24 10:00:00", "risk_grade": "", "risk_graded_at": "",
            "ptiurn": "", "flags": "stalking", "updated_at": "2026-11-24 10:30:00",
        }  # fmt: skip
        folder = tmp_path / f"{number}-{len(list(tmp_path.iterdir()))}"
        write(folder, "crimes.csv", [row("rms", "crimes", number, **facts | said)])
        assert take_in(by=system, kind="rms", paths=[folder]).run.rejected == 0
        return str(Case.objects.for_system("a test").order_by("id").last().reference)

    return taken


@pytest.fixture
def investigator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("investigator")


def number_of(reference: str) -> str:
    return str(Case.objects.for_system("a test").get(reference=reference).pk)


def dues(by: Acting, case: str, now: datetime = NOW) -> list[Due]:
    found = risk_due(by, [number_of(case)], now)
    return list(found[number_of(case)].dues) if found else []


@pytest.mark.rule("RSK-01")
def test_a_case_asks_from_its_report_until_somebody_assesses(
    system: Acting, crime: Crime, investigator: Acting
) -> None:
    case = crime()
    (one,) = dues(system, case)
    assert (one.kind, one.why, one.queue, one.about, one.of_case) == (
        "risk_assessment", "case_opened", "assessments", ("case", case), case,
    )  # fmt: skip
    assert (one.raised_at, one.due_at, one.overdue_from) == (REPORTED, REPORTED + DAY, after(REPORTED + DAY))
    assert one.done_at is None
    record_assessment(by=investigator, case=case, given=GIVEN)
    (then,) = dues(system, case)
    assert (then.key, then.done_at) == (one.key, NOW - HOUR)


@pytest.mark.rule("RSK-02")
def test_each_event_after_a_grade_asks_once_and_the_next_grade_answers_all_of_them(
    system: Acting, crime: Crime, investigator: Acting, at_noon: Any
) -> None:
    case = crime()
    record_assessment(by=investigator, case=case, given=GIVEN)
    record_event(by=investigator, case=case, given=NewEvent(Asks.VICTIM_MORE_AFRAID, NOW - 30 * HOUR / 60))
    record_event(by=investigator, case=case, given=NewEvent(Asks.ARRESTED, NOW - 10 * HOUR / 60))
    _opening, asked = dues(system, case)
    assert (asked.why, asked.raised_at) == ("victim_more_afraid", NOW - 30 * HOUR / 60)
    at_noon.move_to(NOW + HOUR)
    record_event(by=investigator, case=case, given=NewEvent(Asks.EXPLICIT_THREAT, NOW - 40 * HOUR / 60))
    _opening, earlier = dues(system, case, NOW + HOUR)
    assert (earlier.key, earlier.why, earlier.raised_at) == (asked.key, "explicit_threat", NOW - 40 * HOUR / 60)
    record_assessment(by=investigator, case=case, given=replace(GIVEN, assessed_at=NOW + HOUR, grade=Grade.HIGH))
    assert [one.done_at for one in dues(system, case, NOW + HOUR)] == [NOW - HOUR, NOW + HOUR]


@pytest.mark.rule("RSK-01")
def test_what_was_heard_of_after_a_grade_asks_though_it_happened_before(
    system: Acting, crime: Crime, investigator: Acting, at_noon: Any
) -> None:
    """Whoever assessed knew nothing of it: neither the grade of before it happened nor that one is asked after twice."""
    case = crime()
    for at, grade in ((NOW - HOUR, Grade.MEDIUM), (NOW - HOUR / 4, Grade.STANDARD)):
        record_assessment(by=investigator, case=case, given=replace(GIVEN, assessed_at=at, grade=grade))
    record_event(by=investigator, case=case, given=NewEvent(Asks.EXPLICIT_THREAT, NOW - HOUR / 2))
    _opening, asked = dues(system, case)
    assert (asked.why, asked.raised_at, asked.due_at, asked.done_at) == ("explicit_threat", NOW, NOW + DAY, None)
    lapses = NOW + DAY + datetime.resolution
    for at in (NOW, lapses):
        steps = grades_of_cases(system, [int(number_of(case))], at)[int(number_of(case))]
        assert [(one.since, one.grade) for one in steps] == [(NOW, Grade.STANDARD), (lapses, None)]
    assert [one.reference for one in unassessed(system, NOW + DAY)] == []
    assert [one.reference for one in unassessed(system, lapses)] == [case]
    at_noon.move_to(NOW + HOUR)
    record_assessment(by=investigator, case=case, given=replace(GIVEN, assessed_at=NOW + HOUR, grade=Grade.HIGH))
    assert [one.done_at for one in dues(system, case, NOW + HOUR)] == [NOW - HOUR, NOW + HOUR]


@pytest.mark.rule("RSK-01")
@pytest.mark.parametrize(
    "said",
    [
        {"stage": "closed"},
        {"flags": "", "home_office_class": "28E", "offence_code": "TH68001"},
        {"risk_grade": "medium", "risk_graded_at": "2026-11-24 11:00:00"},
    ],
)
def test_what_is_over_of_another_kind_or_graded_before_we_heard_of_it_was_never_due(
    system: Acting, crime: Crime, said: dict[str, str]
) -> None:
    assert dues(system, crime(**said)) == []


@pytest.mark.rule("RSK-01")
@pytest.mark.rule("RSK-04")
@pytest.mark.parametrize("is_graded", [True, False])
def test_of_a_case_that_is_over_only_what_was_recorded_since_is_due(
    system: Acting, crime: Crime, investigator: Acting, at_noon: Any, is_graded: bool
) -> None:
    """What waited before it was over was withdrawn then, and comes back with no years behind it."""
    case = crime()
    if is_graded:
        given = replace(GIVEN, grade=Grade.STANDARD, facts=(SecondLook.PREVIOUS_VICTIM,), next_due=date(2026, 11, 30))
        record_assessment(by=investigator, case=case, given=given)
        record_event(by=investigator, case=case, given=NewEvent(Asks.ARRESTED, NOW - HOUR / 2))
    before = {one.key for one in dues(system, case, NOW + 30 * DAY)}
    at_noon.move_to(NOW + DAY)
    crime(stage="closed", updated_at="2026-11-25 12:00:00")
    assert dues(system, case, NOW + 30 * DAY) == []
    at_noon.move_to(NOW + 40 * DAY)
    record_event(by=investigator, case=case, given=NewEvent(Asks.RELEASED, NOW + 40 * DAY - HOUR))
    (one,) = dues(system, case, NOW + 40 * DAY)
    assert (one.kind, one.why, one.raised_at) == ("risk_assessment", "released", NOW + 40 * DAY - HOUR)
    assert one.key not in before
    now = NOW + 41 * DAY
    at_noon.move_to(now)
    again = replace(GIVEN, assessed_at=now, grade=Grade.STANDARD, facts=(SecondLook.PREVIOUS_VICTIM,))
    record_assessment(by=investigator, case=case, given=again)
    answered, look = dues(system, case, now)
    assert (answered.key, answered.done_at, look.kind, look.raised_at) == (one.key, now, "second_look", now)


@pytest.mark.rule("RSK-01")
def test_a_planned_assessment_is_raised_a_week_before_its_day_and_any_later_one_answers_it(
    system: Acting, crime: Crime, investigator: Acting, at_noon: Any
) -> None:
    case = crime()
    record_assessment(by=investigator, case=case, given=replace(GIVEN, next_due=date(2026, 12, 24)))
    planned = dues(system, case)[-1]
    assert (planned.kind, planned.raised_at) == ("planned_risk_assessment", datetime(2026, 12, 17, tzinfo=UTC))
    assert planned.overdue_from == planned.due_at == datetime(2026, 12, 25, tzinfo=UTC)
    then = datetime(2026, 12, 20, tzinfo=UTC)
    at_noon.move_to(then)
    record_assessment(by=investigator, case=case, given=replace(GIVEN, assessed_at=then))
    assert dues(system, case, then)[-1].done_at == then
    again = crime(2)
    record_assessment(
        by=investigator, case=again, given=replace(GIVEN, assessed_at=then - DAY, next_due=date(2027, 2, 1))
    )
    record_assessment(by=investigator, case=again, given=replace(GIVEN, assessed_at=then))
    assert [one.kind for one in dues(system, again, then)] == ["risk_assessment"], (
        "it was answered before it was raised"
    )


@pytest.mark.rule("RSK-04")
def test_a_standard_grade_beside_such_a_fact_waits_for_a_second_person(
    system: Acting, crime: Crime, investigator: Acting, acting_as: Callable[..., Acting]
) -> None:
    case = crime()
    standard = replace(GIVEN, grade=Grade.STANDARD, facts=(SecondLook.PREVIOUS_VICTIM,))
    record_assessment(by=investigator, case=case, given=standard)
    look = dues(system, case)[-1]
    assert (look.kind, look.queue, look.due_at) == ("second_look", "second-looks", NOW - HOUR + DAY)
    assert look.done_at is None
    look_again(by=acting_as("supervisor"), case=case, number=1, agrees=False, words="No.")
    _opening, asked_again, taken = dues(system, case)
    assert (taken.key, taken.done_at) == (look.key, NOW)
    assert (asked_again.why, asked_again.raised_at) == ("asked_again", NOW)
    record_assessment(by=investigator, case=case, given=replace(GIVEN, assessed_at=NOW, grade=Grade.STANDARD))
    assert [one.kind for one in dues(system, case)] == ["risk_assessment"] * 2, "asked and answered at one instant"


def test_whose_case_it_is_has_the_work_and_a_new_place_is_heard_of(
    force: Force, crime: Crime, make_user: Callable[..., User], acting_as: Callable[..., Acting]
) -> None:
    case, owner = crime(), make_user("investigator")
    tick(force=force, at=NOW)
    assert WorkItem.objects.for_system("a test").get().owner is None
    assert waiting(force.code) == []
    place(by=acting_as("coordinator"), kind="case", reference=case, area=None, team=None, owner=owner, reason="a test")
    tick(force=force, at=NOW)
    assert WorkItem.objects.for_system("a test").get().owner == owner


@pytest.mark.rule("RSK-02")
def test_whoever_is_in_the_queue_of_the_unassessed_is_due_and_overdue_after_a_day(
    force: Force, crime: Crime, investigator: Acting
) -> None:
    for number in range(1, 7):
        crime(number, reported_at=f"2026-11-24 0{number}:00:00", stage="closed" if number == 6 else "reported")
    graded = Case.objects.for_system("a test").first().reference
    record_assessment(by=investigator, case=graded, given=GIVEN)
    told(force, [number_of(graded)], NOW, topic="cases")
    tick(force=force, at=NOW)
    still = WorkItem.objects.for_system("a test").filter(state="open")
    assert {one.about for one in still} == {one.reference for one in unassessed(investigator, NOW)}
    assert len(still) == 4
    tick(force=force, at=NOW + 2 * DAY)
    assert still.filter(missed_from__isnull=False).count() == 4


@pytest.mark.rule("MON-04")
def test_a_case_that_is_over_takes_its_open_work_with_it(force: Force, crime: Crime) -> None:
    case = crime()
    tick(force=force, at=NOW)
    crime(1, stage="closed", updated_at="2026-11-24 11:30:00")
    tick(force=force, at=NOW)
    item = WorkItem.objects.for_system("a test").get()
    assert (item.about, item.state) == (case, "withdrawn")


def test_as_many_questions_however_many_cases(system: Acting, crime: Crime, investigator: Acting) -> None:
    first = crime()
    record_assessment(by=investigator, case=first, given=GIVEN)
    alone = [number_of(first)]
    with CaptureQueriesContext(connection) as one:
        risk_due(system, alone, NOW)
    every = [number_of(first), *(number_of(crime(number)) for number in range(2, 6))]
    with CaptureQueriesContext(connection) as five:
        found = risk_due(system, every, NOW)
    assert len(found) == 5
    assert len(one) == len(five) <= 14


@pytest.mark.rule("RSK-01")
def test_what_custody_tells_of_is_due_by_itself_and_bail_that_will_end_is_foreseen(
    force: Force, system: Acting, crime: Crime, investigator: Acting, tmp_path: Path
) -> None:
    case = crime()
    record_assessment(by=investigator, case=case, given=GIVEN)
    tick(force=force, at=NOW)
    assert waiting(force.code) == []
    bail = {"released_at": "2026-11-24 11:30:00", "disposal": "police_bail", "bail_conditions": "Not to contact Sian"}
    send_detention(system, tmp_path, **bail, bail_ends_on="2026-12-01")
    assert [one.subjects for one in waiting(force.code)] == [(number_of(case),)]
    _opening, released = dues(system, case)
    assert (released.why, released.raised_at, released.done_at) == ("released", NOW - HOUR / 2, None)
    record_assessment(by=investigator, case=case, given=replace(GIVEN, assessed_at=NOW))
    *_, ends = dues(system, case)
    ended = datetime(2026, 12, 2, tzinfo=UTC)
    assert (ends.why, ends.raised_at) == ("bail_conditions_changed_or_ended", ended)


@pytest.mark.rule("RSK-04")
def test_each_look_is_due_work_of_its_own(
    force: Force, system: Acting, crime: Crime, investigator: Acting, acting_as: Callable[..., Acting]
) -> None:
    case = crime()
    standard = replace(GIVEN, grade=Grade.STANDARD, facts=(SecondLook.PREVIOUS_VICTIM,))
    record_assessment(by=investigator, case=case, given=standard)
    look_again(by=acting_as("supervisor"), case=case, number=1, agrees=True, now=NOW)
    threat = NewObservation(Observed.EXPLICIT_THREAT, Reply.YES, "999 log", date(2026, 11, 24))
    record_observation(by=investigator, case=case, given=threat, now=NOW + HOUR)
    first, further = [one for one in dues(system, case, NOW + HOUR) if one.kind == "second_look"]
    assert (first.done_at, first.due_at) == (NOW, NOW - HOUR + DAY)
    assert (further.done_at, further.raised_at, further.due_at) == (None, NOW + HOUR, NOW + HOUR + DAY)
    assert further.key == f"{first.key}:1"


def test_a_batch_of_an_extract_is_one_piece_of_news(force: Force, system: Acting, tmp_path: Path) -> None:
    write(tmp_path, "crimes.csv", [row("rms", "crimes", number, ptiurn="") for number in range(1, 40)])
    take_in(by=system, kind="rms", paths=[tmp_path])
    (news,) = waiting(force.code)
    assert (news.topic, len(news.subjects)) == ("cases", 39)
    assert sorted(news.subjects) == sorted(SOURCE.every(system))


def test_every_source_is_asked() -> None:
    assert SOURCE in SOURCES
    assert len({one.key for one in SOURCES}) == len(SOURCES)

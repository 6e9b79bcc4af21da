"""Risk in a case: what is kept of an assessment, which grade stands, who looks again, and which cases wait (RSK-01 to RSK-04)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.cases.models import RiskAssessment, RiskEvent, RiskObservation, RiskSecondLook
from craffu.cases.queries import find_case
from craffu.cases.risk.actions import look_again, record_assessment, record_event, record_observation
from craffu.cases.risk.facts import NewAssessment, NewEvent, NewObservation
from craffu.cases.risk.queries import CaseRisk, case_risk, looks_waiting, unassessed
from craffu.cases.risk.rules import Asks, Grade, Observed, Reply, SecondLook
from craffu.common.door import action
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from tests.factories.crimes import send_crime

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GIVEN = NewAssessment("S-DASH", "2009", "DPP-LIC-4", "doc-31", NOW - HOUR, Grade.MEDIUM)
SAID = NewObservation(Observed.EXPLICIT_THREAT, Reply.YES, "999 log", date(2026, 11, 24))

type Crime = Callable[..., str]


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def crime(system: Acting, tmp_path: Path) -> Crime:
    """`crime(1, stage="investigation")` takes in a crime without a grade, reported two hours ago; answers with its case."""
    return partial(send_crime, system, tmp_path)


@pytest.fixture
def investigator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("investigator")


@pytest.fixture
def supervisor(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("supervisor")


def risk(by: Acting, case: str, known_at: datetime | None = None) -> CaseRisk:
    found = find_case(by, case)
    assert found is not None
    return case_risk(by, found, known_at)


def kinds() -> list[str]:
    return list(Event.objects.filter(kind__contains="risk").order_by("id").values_list("kind", flat=True))


@pytest.mark.rule("RSK-01")
@pytest.mark.rule("RSK-02")
def test_a_case_waits_from_its_report_until_a_person_grades_it(crime: Crime, investigator: Acting) -> None:
    case = crime()
    waits = risk(investigator, case).standing(NOW)
    assert (waits.clock_grade, waits.in_unassessed_queue, waits.age) == (Grade.HIGH, True, 2 * HOUR)
    assert [(one.reference, one.stands.age) for one in unassessed(investigator, NOW)] == [(case, 2 * HOUR)]
    row = record_assessment(by=investigator, case=case, given=replace(GIVEN, words=" She fears him. "))
    assert (row.number, row.tool, row.version, row.licence_ref, row.document_ref, row.grade, row.words, row.assessor) == (
        1, "S-DASH", "2009", "DPP-LIC-4", "doc-31", "medium", "She fears him.", investigator.user,
    )  # fmt: skip
    stands = risk(investigator, case).standing(NOW)
    assert (stands.grade, stands.clock_grade) == (Grade.MEDIUM, Grade.MEDIUM)
    assert unassessed(investigator, NOW) == []
    assert kinds() == ["risk_assessed"]
    logged = Event.objects.get(kind="risk_assessed")
    assert f"case/{case}" in str(logged.payload)
    assert "fears" not in str(logged.payload)


@pytest.mark.rule("RSK-02")
def test_an_event_asks_again_and_after_a_day_the_grade_is_out_of_date(crime: Crime, investigator: Acting) -> None:
    case = crime()
    record_assessment(by=investigator, case=case, given=GIVEN)
    record_event(by=investigator, case=case, given=NewEvent(Asks.VICTIM_MORE_AFRAID, NOW))
    held = risk(investigator, case).standing(NOW + DAY)
    assert (held.grade, held.waiting_since, held.due) == (Grade.MEDIUM, NOW, NOW + DAY)
    over = risk(investigator, case).standing(NOW + DAY + timedelta(seconds=1))
    assert (over.grade, over.last_grade, over.clock_grade) == (None, Grade.MEDIUM, Grade.HIGH)
    late = NOW + DAY + HOUR
    assert [(one.reference, one.stands.age) for one in unassessed(investigator, late)] == [(case, DAY + HOUR)]
    assert unassessed(investigator, NOW + DAY) == []


@pytest.mark.rule("RSK-02")
def test_a_grade_the_forces_own_system_sent_stands_like_one_given_here(crime: Crime, investigator: Acting) -> None:
    case = crime(risk_grade="standard", risk_graded_at="2026-11-24 11:00:00")
    found = risk(investigator, case)
    assert (found.standing(NOW).grade, found.last_here) == (Grade.STANDARD, None)
    assert found.is_asked
    assert unassessed(investigator, NOW) == []
    record_assessment(by=investigator, case=case, given=replace(GIVEN, grade=Grade.HIGH, assessed_at=NOW))
    assert risk(investigator, case).standing(NOW).grade is Grade.HIGH


@pytest.mark.rule("RSK-01")
def test_a_later_report_in_the_same_case_asks_again(crime: Crime, investigator: Acting) -> None:
    case = crime(1, ptiurn="01ZD0303208", reported_at="2026-11-20 10:00:00")
    record_assessment(by=investigator, case=case, given=replace(GIVEN, assessed_at=NOW - 3 * DAY))
    assert crime(2, ptiurn="01ZD0303208", reported_at="2026-11-23 10:00:00") == case
    found = risk(investigator, case)
    assert found.opened_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert [(one.kind, one.at) for one in found.reports] == [("new_report", datetime(2026, 11, 23, 10, tzinfo=UTC))]
    assert found.standing(NOW).grade is None
    assert [(one.reference, one.stands.age) for one in unassessed(investigator, NOW)] == [(case, 26 * HOUR)]
    crime(
        3,
        ptiurn="01ZD0303208",
        reported_at="2026-11-24 11:00:00",
        flags="",
        offence_code="TH68001",
        home_office_class="28E",
    )
    assert len(risk(investigator, case).reports) == 1, "a theft is no report of the kind"


@pytest.mark.rule("RSK-01")
@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ({"flags": "", "home_office_class": "8Q", "offence_code": ""}, True),
        ({"flags": "", "home_office_class": "8L", "offence_code": ""}, True),
        ({"flags": "", "home_office_class": "", "offence_code": "PH97004"}, True),
        ({"flags": "stalking", "home_office_class": "", "offence_code": ""}, True),
        ({"flags": "", "home_office_class": "28E", "offence_code": "TH68001"}, False),
        ({"stage": "closed"}, False),
    ],
)
def test_live_cases_of_stalking_or_harassment_wait(
    crime: Crime, investigator: Acting, said: dict[str, str], *, waits: bool
) -> None:
    case = crime(**said)
    assert [one.reference for one in unassessed(investigator, NOW)] == ([case] if waits else [])
    assert risk(investigator, case).is_asked == (waits or "stage" in said)


@pytest.mark.rule("RSK-01")
def test_a_case_of_which_only_a_court_has_told_waits_too(take_in_messages: Any, investigator: Acting) -> None:
    from tests.factories.court_messages import court_message

    take_in_messages(court_message())
    assert [one.reference for one in unassessed(investigator, NOW)] == ["C-10001"]
    assert risk(investigator, "C-10001").is_asked


@pytest.mark.rule("RSK-02")
def test_the_longest_waiting_come_first_in_as_many_questions_however_many(crime: Crime, investigator: Acting) -> None:
    first = crime(1, reported_at="2026-11-24 09:00:00")
    with CaptureQueriesContext(
        connection,
    ) as one:
        unassessed(investigator, NOW)
    later = crime(2, reported_at="2026-11-24 11:00:00")
    early = crime(3, reported_at="2026-11-24 08:00:00")
    with CaptureQueriesContext(connection) as three:
        found = unassessed(investigator, NOW)
    assert [one.reference for one in found] == [early, first, later]
    assert len(one) == len(three) <= 6


@pytest.mark.rule("RSK-01")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        (replace(GIVEN, assessed_at=NOW + HOUR), "moment_to_come"),
        (replace(GIVEN, next_due=date(2026, 11, 23)), "next_due_past"),
        (replace(GIVEN, tool=" "), "assessment_incomplete"),
        (replace(GIVEN, version=""), "assessment_incomplete"),
        (replace(GIVEN, licence_ref=""), "assessment_incomplete"),
        (replace(GIVEN, document_ref=""), "assessment_incomplete"),
    ],
)
def test_what_is_not_whole_or_lies_ahead_is_not_kept(
    crime: Crime, investigator: Acting, given: NewAssessment, code: str
) -> None:
    case = crime()
    with pytest.raises(NotNow) as refused:
        record_assessment(by=investigator, case=case, given=given)
    assert refused.value.code == code
    assert not RiskAssessment.objects.for_user(investigator).exists()
    assert kinds() == []


@pytest.mark.rule("RSK-01")
def test_what_is_sent_twice_is_kept_once(crime: Crime, investigator: Acting, supervisor: Acting) -> None:
    case = crime()
    event = NewEvent(Asks.ARRESTED, NOW - HOUR)
    for _ in range(2):
        record_assessment(by=investigator, case=case, given=GIVEN)
        record_event(by=investigator, case=case, given=event)
        record_observation(by=investigator, case=case, given=SAID)
    assert kinds() == ["risk_assessed", "risk_event_recorded", "risk_observed"]
    record_assessment(by=supervisor, case=case, given=GIVEN)
    assert [one.number for one in risk(investigator, case).assessments] == [1, 2]


@pytest.mark.rule("RSK-03")
def test_the_last_answer_on_a_fact_stands_and_the_earlier_ones_are_kept(crime: Crime, investigator: Acting) -> None:
    case = crime()
    record_observation(by=investigator, case=case, given=replace(SAID, answer=Reply.UNKNOWN))
    record_observation(by=investigator, case=case, given=SAID)
    rating = replace(SAID, fact=Observed.VICTIM_FEAR_RATING, value="9 of 10")
    record_observation(by=investigator, case=case, given=rating)
    last = risk(investigator, case).observations
    assert [(one.fact, one.answer, one.value, one.source) for one in last] == [
        ("explicit_threat", "yes", "", "999 log"),
        ("victim_fear_rating", "yes", "9 of 10", "999 log"),
    ]
    assert RiskObservation.objects.for_user(investigator).count() == 3
    with pytest.raises(NotNow, match="not come yet"):
        record_observation(by=investigator, case=case, given=replace(SAID, on=date(2026, 11, 25)))


@pytest.mark.rule("RSK-04")
def test_a_standard_grade_beside_such_a_fact_waits_for_a_second_person(
    crime: Crime, investigator: Acting, supervisor: Acting
) -> None:
    case = crime()
    standard = replace(GIVEN, grade=Grade.STANDARD, facts=(SecondLook.PREVIOUS_VICTIM,))
    record_assessment(by=investigator, case=case, given=standard)
    (waiting,) = looks_waiting(supervisor)
    assert (waiting.assessment.case.reference, waiting.look.due) == (case, NOW - HOUR + DAY)
    assert waiting.look.because == (SecondLook.PREVIOUS_VICTIM,)
    with pytest.raises(NotPermitted, match="Somebody else looks"):
        look_again(by=investigator, case=case, number=1, agrees=True)
    look_again(by=supervisor, case=case, number=1, agrees=False, words="Two earlier victims")
    assert looks_waiting(supervisor) == []
    found = risk(supervisor, case)
    assert (found.look.accepted, found.standing(NOW).grade) == (True, Grade.STANDARD), "only an assessment changes it"
    with pytest.raises(Conflict):
        look_again(by=supervisor, case=case, number=1, agrees=True)
    assert kinds() == ["risk_assessed", "risk_looked_at_again"]


@pytest.mark.rule("RSK-04")
def test_a_fact_that_comes_later_asks_for_a_second_look_from_then(
    crime: Crime, investigator: Acting, supervisor: Acting
) -> None:
    case = crime()
    record_assessment(by=investigator, case=case, given=replace(GIVEN, grade=Grade.STANDARD))
    assert looks_waiting(supervisor) == []
    with pytest.raises(NotNow, match="Nothing asks"):
        look_again(by=supervisor, case=case, number=1, agrees=True)
    record_observation(by=investigator, case=case, given=SAID, now=NOW)
    (waiting,) = looks_waiting(supervisor)
    assert (waiting.look.because, waiting.look.due) == ((SecondLook.EXPLICIT_THREAT,), NOW + DAY)
    record_observation(by=investigator, case=case, given=replace(SAID, answer=Reply.NO))
    assert looks_waiting(supervisor) == []


@pytest.mark.rule("RSK-04")
def test_an_earlier_standard_grade_is_looked_at_no_more(crime: Crime, investigator: Acting, supervisor: Acting) -> None:
    case = crime()
    standard = replace(GIVEN, grade=Grade.STANDARD, facts=(SecondLook.PREVIOUS_VICTIM,))
    record_assessment(by=investigator, case=case, given=standard)
    record_assessment(by=investigator, case=case, given=replace(GIVEN, grade=Grade.HIGH, assessed_at=NOW))
    assert looks_waiting(supervisor) == []
    with pytest.raises(NotNow):
        look_again(by=supervisor, case=case, number=1, agrees=True)


@pytest.mark.rule("RSK-04")
def test_the_database_itself_refuses_the_assessors_own_look(crime: Crime, investigator: Acting) -> None:
    row = record_assessment(by=investigator, case=crime(), given=replace(GIVEN, grade=Grade.STANDARD))

    @action
    def own_look() -> None:
        RiskSecondLook.objects.create(
            force=investigator.force, assessment=row, assessor=row.assessor, by=row.assessor, agrees=True, at=NOW
        )

    with pytest.raises(IntegrityError), transaction.atomic():
        own_look()


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("right", ["response_officer", "victim_officer", "analyst", "auditor"])
def test_only_those_who_work_on_cases_judge_risk(crime: Crime, acting_as: Callable[..., Acting], right: str) -> None:
    case = crime()
    by = acting_as(right)
    for write_it in (
        lambda: record_assessment(by=by, case=case, given=GIVEN),
        lambda: record_event(by=by, case=case, given=NewEvent(Asks.ARRESTED, NOW)),
        lambda: record_observation(by=by, case=case, given=SAID),
        lambda: look_again(by=by, case=case, number=1, agrees=True),
    ):
        with pytest.raises(NotPermitted):
            write_it()


@pytest.mark.rule("RSK-02")
def test_the_system_grades_nobody(crime: Crime, system: Acting) -> None:
    with pytest.raises(NotPermitted):
        record_assessment(by=system, case=crime(), given=GIVEN)


@pytest.mark.rule("SEC-01")
def test_another_forces_case_is_not_there(crime: Crime, acting_as: Callable[..., Acting], other_force: Force) -> None:
    case = crime()
    by = acting_as("supervisor", force=other_force)
    with pytest.raises(NotPermitted, match="no such record"):
        record_assessment(by=by, case=case, given=GIVEN)
    assert unassessed(by, NOW) == []
    assert looks_waiting(by) == []


def test_risk_is_shown_as_it_was_known(crime: Crime, investigator: Acting) -> None:
    case = crime()
    record_assessment(by=investigator, case=case, given=GIVEN, now=NOW + HOUR)
    record_event(by=investigator, case=case, given=NewEvent(Asks.ARRESTED, NOW), now=NOW + HOUR)
    record_observation(by=investigator, case=case, given=SAID, now=NOW + HOUR)
    before, after = risk(investigator, case, NOW), risk(investigator, case, NOW + HOUR)
    assert (before.assessments, before.events, before.observations) == ((), (), ())
    assert list(map(len, (after.assessments, after.events, after.observations))) == [1, 1, 1]
    assert RiskEvent.objects.for_user(investigator).count() == 1


@pytest.mark.rule("RSK-02")
def test_a_correction_of_the_same_instant_counts(crime: Crime, investigator: Acting) -> None:
    case = crime()
    record_assessment(
        by=investigator, case=case, given=replace(GIVEN, grade=Grade.STANDARD, facts=(SecondLook.PREVIOUS_VICTIM,))
    )
    record_assessment(by=investigator, case=case, given=replace(GIVEN, grade=Grade.HIGH))
    found = risk(investigator, case)
    assert (found.standing(NOW).grade, found.look.needed) == (Grade.HIGH, False)
    assert looks_waiting(investigator) == []


@pytest.mark.rule("RSK-04")
def test_who_asks_for_a_new_assessment_is_not_forgotten(crime: Crime, investigator: Acting, supervisor: Acting) -> None:
    case = crime()
    standard = replace(GIVEN, grade=Grade.STANDARD, facts=(SecondLook.PREVIOUS_VICTIM,))
    record_assessment(by=investigator, case=case, given=standard)
    look_again(by=supervisor, case=case, number=1, agrees=False, words="Two earlier victims", now=NOW)
    stands = risk(investigator, case).standing(NOW)
    assert (stands.grade, stands.due) == (Grade.STANDARD, NOW + DAY)
    late = NOW + DAY + HOUR
    assert risk(investigator, case).standing(late).clock_grade is Grade.HIGH
    assert [(one.reference, one.stands.age) for one in unassessed(investigator, late)] == [(case, DAY + HOUR)]


@pytest.mark.rule("RSK-02")
def test_the_grade_of_a_theft_beside_it_is_no_grade_of_stalking(crime: Crime, investigator: Acting) -> None:
    case = crime(1, ptiurn="01ZD0303208")
    theft = {"flags": "", "offence_code": "TH68001", "home_office_class": "28E"}
    crime(2, ptiurn="01ZD0303208", risk_grade="standard", risk_graded_at="2026-11-24 11:00:00", **theft)
    assert risk(investigator, case).standing(NOW).grade is None
    assert [one.reference for one in unassessed(investigator, NOW)] == [case]


@pytest.mark.rule("RSK-04")
def test_a_grade_sent_later_takes_the_place_of_one_to_look_at(crime: Crime, investigator: Acting) -> None:
    case = crime(risk_grade="high", risk_graded_at="2026-11-24 11:30:00")
    standard = replace(GIVEN, grade=Grade.STANDARD, facts=(SecondLook.PREVIOUS_VICTIM,))
    record_assessment(by=investigator, case=case, given=standard)
    assert risk(investigator, case).standing(NOW).grade is Grade.HIGH
    assert looks_waiting(investigator) == []


@pytest.mark.rule("RSK-04")
def test_a_fact_observed_after_a_look_asks_for_a_further_look(
    crime: Crime, investigator: Acting, supervisor: Acting, acting_as: Callable[..., Acting]
) -> None:
    case = crime()
    standard = replace(GIVEN, grade=Grade.STANDARD, facts=(SecondLook.PREVIOUS_VICTIM,))
    record_assessment(by=investigator, case=case, given=standard)
    first = look_again(by=supervisor, case=case, number=1, agrees=True)
    assert first.facts == ["previous_victim"]
    assert looks_waiting(supervisor) == []
    record_observation(by=investigator, case=case, given=SAID, now=NOW + HOUR)
    with CaptureQueriesContext(connection) as asked:
        (waiting,) = looks_waiting(supervisor)
    assert len(asked) == 5
    assert (waiting.look.because, waiting.look.due) == ((SecondLook.EXPLICIT_THREAT,), NOW + HOUR + DAY)
    assert risk(supervisor, case).look.waits
    with pytest.raises(NotPermitted, match="Somebody else looks"):
        look_again(by=investigator, case=case, number=1, agrees=True)
    look_again(by=supervisor, case=case, number=1, agrees=False, words="He means it", now=NOW + 2 * HOUR)
    assert looks_waiting(supervisor) == []
    found = risk(supervisor, case)
    assert [look.facts for look in found.assessments[0].second_looks.all()] == [
        ["previous_victim"],
        ["explicit_threat"],
    ]
    assert found.standing(NOW + 2 * HOUR).due == NOW + 2 * HOUR + DAY, "the further look asked for an assessment"
    record_observation(by=investigator, case=case, given=replace(SAID, source="Her statement"), now=NOW + 3 * HOUR)
    assert looks_waiting(supervisor) == [], "the same fact said again is no new one"
    with pytest.raises(Conflict):
        look_again(by=acting_as("coordinator"), case=case, number=1, agrees=True)


@pytest.mark.rule("RSK-04")
def test_nobody_is_taken_to_have_seen_what_came_while_they_looked(
    crime: Crime, investigator: Acting, supervisor: Acting
) -> None:
    case = crime()
    standard = replace(GIVEN, grade=Grade.STANDARD, facts=(SecondLook.PREVIOUS_VICTIM,))
    record_assessment(by=investigator, case=case, given=standard)
    record_observation(by=investigator, case=case, given=SAID)
    look_again(by=supervisor, case=case, number=1, agrees=True, seen=["previous_victim"])
    (waiting,) = looks_waiting(supervisor)
    assert waiting.look.because == (SecondLook.EXPLICIT_THREAT,)
    with pytest.raises(Conflict):
        look_again(by=supervisor, case=case, number=1, agrees=True, seen=["previous_victim"])


@pytest.mark.rule("RSK-04")
def test_a_look_kept_before_it_said_what_it_saw_saw_what_was_known_by_then(
    crime: Crime, investigator: Acting, supervisor: Acting
) -> None:
    case = crime()
    standard = replace(GIVEN, grade=Grade.STANDARD, facts=(SecondLook.PREVIOUS_VICTIM,))
    row = record_assessment(by=investigator, case=case, given=standard)

    @action
    def as_it_was_kept() -> None:
        RiskSecondLook.objects.create(
            force=row.force, assessment=row, assessor=row.assessor, by=supervisor.user, agrees=True, at=NOW
        )
        record_observation(by=investigator, case=case, given=replace(SAID, answer=Reply.UNKNOWN))

    as_it_was_kept()
    assert looks_waiting(supervisor) == []
    record_observation(by=investigator, case=case, given=SAID, now=NOW + HOUR)
    assert [one.look.because for one in looks_waiting(supervisor)] == [(SecondLook.EXPLICIT_THREAT,)]

"""Five standpoints on one breach, code by code, and what is answered before it is final (BRC-03, BRC-04)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from craffu.breaches.standpoints.rules import (
    CourseOfConduct,
    Court,
    CourtResult,
    Mismatch,
    NotFinal,
    Police,
    PoliceDecision,
    Probation,
    ProbationDecision,
    Prosecution,
    ProsecutionDecision,
    Recording,
    Report,
    Reviewed,
    Standpoints,
    VictimTold,
    arises,
    mismatches,
    why_not_final,
)
from craffu.cases.risk.rules import Grade

pytestmark = pytest.mark.rule("BRC-03")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()
HOUR, SECOND, DAY = timedelta(hours=1), timedelta(seconds=1), timedelta(days=1)
REPORT = Report(NOW - 30 * DAY, TODAY - 30 * DAY, ("O1/1",))
POLICE = Police(PoliceDecision.BREACH, NOW - 30 * DAY, CourseOfConduct.SINGLE)
CHARGED = Prosecution(ProsecutionDecision.CHARGED, TODAY - 20 * DAY)
PROVED = Court(CourtResult.PROVED, TODAY - 2 * DAY)
NINE_DAYS_OLD = Court(CourtResult.PROVED, None, TODAY - 9 * DAY)
ONE, OTHER, BOTH, TURNED = ("O1/1",), ("O1/2",), ("O1/1", "O1/2"), ("O1/2", "O1/1")
WHOLE = Standpoints(REPORT, POLICE, CHARGED, PROVED)


def codes(one: Standpoints, risk: Grade | None = Grade.MEDIUM, now: datetime = NOW) -> list[str]:
    return [code.value for code in mismatches(one, risk, now)]


def test_what_agrees_is_listed_nowhere() -> None:
    assert codes(WHOLE) == []
    assert codes(Standpoints()) == []
    assert [len(one.given) for one in (WHOLE, Standpoints(), Standpoints(told=VictimTold(CourtResult.PROVED)))] == [
        4,
        0,
        0,
    ]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        # M1: the clock of the decision, as the risk has it
        ({"report": replace(REPORT, reported_at=NOW - 12 * HOUR)}, []),
        ({"report": replace(REPORT, reported_at=NOW - 12 * HOUR - SECOND)}, ["M1"]),
        # M3, M4: nobody told police, or police wrote nothing down
        ({"court": Court(CourtResult.NOT_PROVED)}, ["M3"]),
        ({"probation": Probation(ProbationDecision.WARNING)}, ["M4"]),
        ({"court": Court(CourtResult.PROVED), "probation": Probation(ProbationDecision.RECALL)}, ["M3", "M4"]),
        ({"report": replace(REPORT, reported_at=NOW), "court": Court(CourtResult.NOT_PROVED)}, []),
        ({"police": POLICE, "probation": Probation(ProbationDecision.BACK_TO_COURT)}, []),
        # M5: a day apart is told of after midnight; any two of them count
        ({"police": replace(POLICE, incident_on=TODAY), "court": Court(CourtResult.PROVED, None, TODAY - DAY)}, []),
        ({"police": replace(POLICE, incident_on=TODAY), "court": Court(CourtResult.PROVED, None, TODAY - 2 * DAY)}, ["M5"]),
        ({"police": replace(POLICE, incident_on=TODAY - 2 * DAY), "court": Court(CourtResult.PROVED, None, TODAY)}, ["M5"]),
        (
            {
                "police": replace(POLICE, incident_on=TODAY), "court": Court(CourtResult.PROVED, None, TODAY - DAY),
                "probation": Probation(ProbationDecision.RECALL, None, TODAY + DAY),
            },
            ["M5"],
        ),
        ({"police": POLICE, "prosecution": replace(CHARGED, incident_on=TODAY), "court": NINE_DAYS_OLD}, ["M5"]),
        # M6: a standpoint that names none says nothing about them
        ({"police": replace(POLICE, conditions=ONE), "court": Court(CourtResult.PROVED, conditions=ONE)}, []),
        ({"police": replace(POLICE, conditions=ONE), "court": Court(CourtResult.PROVED, conditions=OTHER)}, ["M6"]),
        ({"police": replace(POLICE, conditions=BOTH), "court": Court(CourtResult.PROVED, conditions=TURNED)}, []),
        ({"police": replace(POLICE, conditions=ONE), "probation": Probation(ProbationDecision.RECALL, conditions=OTHER)}, ["M6"]),
        # M9: only of what police call a breach
        ({"police": replace(POLICE, decided_at=NOW - 48 * HOUR, course_of_conduct=None)}, []),
        ({"police": replace(POLICE, decided_at=NOW - 48 * HOUR - SECOND, course_of_conduct=None)}, ["M9"]),
        ({"police": replace(POLICE, decided_at=None, course_of_conduct=None)}, []),
        ({"police": Police(PoliceDecision.NO_BREACH, NOW - 90 * DAY)}, []),
        ({"police": Police(PoliceDecision.UNDETECTED, NOW - 90 * DAY), "report": REPORT}, []),
        # M10 to M13
        ({"report": REPORT, "police": Police(PoliceDecision.NO_BREACH)}, ["M10"]),
        ({"police": Police(PoliceDecision.NO_BREACH), "court": Court(CourtResult.PROVED)}, ["M12"]),
        ({"police": Police(PoliceDecision.NO_BREACH), "court": Court(CourtResult.NOT_PROVED)}, []),
        ({"police": Police(PoliceDecision.UNDETECTED), "court": Court(CourtResult.PROVED)}, []),
        ({"police": POLICE, "prosecution": Prosecution(ProsecutionDecision.NO_ACTION)}, ["M11"]),
        ({"police": Police(PoliceDecision.NO_BREACH), "prosecution": Prosecution(ProsecutionDecision.NO_ACTION)}, []),
        ({"police": POLICE, "prosecution": Prosecution(ProsecutionDecision.DISCONTINUED)}, []),
        ({"police": POLICE, "prosecution": CHARGED, "court": Court(CourtResult.NOT_PROVED)}, ["M13"]),
        ({"police": POLICE, "prosecution": CHARGED, "court": Court(CourtResult.QUASHED)}, []),
        ({"police": POLICE, "court": Court(CourtResult.NOT_PROVED)}, []),
    ],
)  # fmt: skip
def test_each_code(changed: Mapping[str, Any], found: list[str]) -> None:
    assert codes(Standpoints(**changed)) == found


@pytest.mark.parametrize(
    ("risk", "hours"), [(Grade.HIGH, 4), (None, 4), (Grade.MEDIUM, 12), (Grade.STANDARD, 12)], ids=str
)
def test_M1_runs_by_the_risk_and_as_for_high_where_nobody_assessed_it(risk: Grade | None, hours: int) -> None:
    one = Standpoints(report=Report(NOW))
    assert codes(one, risk, NOW + hours * HOUR) == []
    assert codes(one, risk, NOW + hours * HOUR + SECOND) == ["M1"]
    assert codes(replace(one, police=POLICE), risk, NOW + 99 * HOUR) == []


def test_M2_is_a_charge_that_no_court_has_answered_for_more_than_182_days() -> None:
    def charged(days: int, **said: Any) -> list[str]:
        prosecution = replace(CHARGED, charged_on=TODAY - days * DAY)
        return codes(Standpoints(police=POLICE, prosecution=prosecution, **said))

    assert (charged(182), charged(183)) == ([], ["M2"])
    assert charged(183, court=Court(CourtResult.NOT_PROVED)) == ["M13"]
    assert codes(Standpoints(police=POLICE, prosecution=replace(CHARGED, charged_on=None))) == []
    discontinued = Prosecution(ProsecutionDecision.DISCONTINUED, TODAY - 400 * DAY)
    assert codes(Standpoints(police=POLICE, prosecution=discontinued)) == []


def test_the_days_are_londons() -> None:
    """At half past eleven at night in summer it is the next day in no other clock than London's own."""
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    charged = replace(CHARGED, charged_on=date(2026, 7, 1) - 183 * DAY)
    assert codes(Standpoints(police=POLICE, prosecution=charged), now=late) == ["M2"]
    assert codes(Standpoints(police=POLICE, prosecution=charged), now=late - HOUR) == []


def test_M7_and_M14_are_of_what_she_was_told() -> None:
    proved = replace(PROVED, on=TODAY - 14 * DAY)
    seen = {"orders": (Reviewed((TODAY,)),)}
    assert codes(Standpoints(police=POLICE, court=proved, **seen)) == []
    assert codes(Standpoints(police=POLICE, court=replace(proved, on=TODAY - 15 * DAY), **seen)) == ["M7"]
    late = replace(proved, on=TODAY - 40 * DAY)
    assert codes(Standpoints(police=POLICE, court=late, told=VictimTold(CourtResult.PROVED, TODAY), **seen)) == []
    assert codes(Standpoints(police=POLICE, court=late, told=VictimTold(CourtResult.QUASHED, TODAY), **seen)) == ["M14"]
    assert codes(Standpoints(police=POLICE, court=replace(proved, on=None), **seen)) == []
    assert codes(Standpoints(police=POLICE, told=VictimTold(CourtResult.PROVED))) == []


def test_M8_waits_five_working_days_for_a_review_that_follows_the_result() -> None:
    """Christmas Day, the Saturday that is Boxing Day and the Monday in its place are none."""
    told = VictimTold(CourtResult.PROVED)
    one = Standpoints(police=POLICE, court=Court(CourtResult.PROVED, date(2026, 12, 22)), told=told)
    on = datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert [codes(one, now=on), codes(one, now=on + DAY)] == [[], ["M8"]]
    later = on + 9 * DAY
    reviewed = {day: replace(one, orders=(Reviewed((day,)),)) for day in (date(2026, 12, 21), date(2026, 12, 22))}
    assert [codes(each, now=later) for each in reviewed.values()] == [["M8"], []]
    assert codes(replace(one, orders=(Reviewed((date(2026, 12, 1), date(2027, 1, 7))),)), now=later) == []
    not_proved = replace(one, court=Court(CourtResult.NOT_PROVED, date(2026, 12, 22)), told=None)
    assert codes(not_proved, now=on + DAY) == []
    assert codes(replace(one, court=replace(PROVED, on=None)), now=later) == []


@pytest.mark.parametrize(
    ("orders", "found"),
    [
        ((), []),
        ((Reviewed(), Reviewed((date(2026, 12, 29),))), ["M8"]),
        ((Reviewed((date(2026, 12, 23),)), Reviewed((date(2026, 12, 29),))), []),
        ((Reviewed((), date(2026, 12, 31)),), []),
        ((Reviewed((), date(2027, 1, 1)),), ["M8"]),
        ((Reviewed((), date(2026, 12, 1)), Reviewed((date(2026, 12, 29),))), []),
    ],
)
def test_M8_is_of_each_order_that_was_broken_and_stood_to_be_reviewed(
    orders: tuple[Reviewed, ...], found: list[str]
) -> None:
    """One review answers for no other order; of an order that ended before its five days were over nothing is left to review,
    and where no order is held there is none.
    """
    court, told = Court(CourtResult.PROVED, date(2026, 12, 22)), VictimTold(CourtResult.PROVED)
    one = Standpoints(police=POLICE, court=court, told=told, orders=orders)
    assert codes(one, now=datetime(2027, 1, 1, 12, tzinfo=UTC)) == found
    assert ("M8" in arises(one, None)) is bool(found)


@pytest.mark.parametrize(
    ("report", "court", "found"),
    [
        # Between the 3rd and the 20th: a court that names the 11th agrees, and the 22nd does not.
        (Report(NOW, date(2026, 11, 3), incident_until=date(2026, 11, 20)), date(2026, 11, 11), []),
        (Report(NOW, date(2026, 11, 3), incident_until=date(2026, 11, 20)), date(2026, 11, 21), []),
        (Report(NOW, date(2026, 11, 3), incident_until=date(2026, 11, 20)), date(2026, 11, 22), ["M5"]),
        (Report(NOW, date(2026, 11, 3), incident_until=date(2026, 11, 20)), date(2026, 11, 1), ["M5"]),
        # Of several who reported it each counts.
        (Report(NOW, date(2026, 11, 3), also_on=((date(2026, 11, 3), date(2026, 11, 3)),)), date(2026, 11, 3), []),
        (Report(NOW, date(2026, 11, 3), also_on=((date(2026, 11, 5), date(2026, 11, 5)),)), date(2026, 11, 4), ["M5"]),
    ],
)  # fmt: skip
def test_M5_is_of_days_that_no_time_given_holds(report: Report, court: date, found: list[str]) -> None:
    acquitted = Court(CourtResult.NOT_PROVED, incident_on=court)
    assert codes(Standpoints(report=report, police=POLICE, court=acquitted)) == found


@pytest.mark.parametrize(
    ("one", "late"),
    [
        (Standpoints(report=Report(NOW)), {"M1"}),
        (Standpoints(report=Report(NOW), police=POLICE), set()),
        (Standpoints(police=POLICE, prosecution=CHARGED), {"M2"}),
        (Standpoints(police=POLICE, prosecution=replace(CHARGED, charged_on=None)), set()),
        (Standpoints(police=POLICE, prosecution=Prosecution(ProsecutionDecision.NO_ACTION, TODAY)), set()),
        (Standpoints(police=POLICE, prosecution=CHARGED, court=PROVED), {"M7", "M8"}),
        (Standpoints(court=replace(PROVED, on=TODAY), police=POLICE, orders=(Reviewed((TODAY - DAY,)),)), {"M7", "M8"}),
        (Standpoints(court=replace(PROVED, on=TODAY), police=POLICE, orders=(Reviewed((TODAY,)),)), {"M7"}),
        (Standpoints(court=Court(CourtResult.QUASHED, TODAY), told=VictimTold(CourtResult.QUASHED)), set()),
        (Standpoints(police=replace(POLICE, decided_at=NOW, course_of_conduct=None)), {"M9"}),
    ],
)  # fmt: skip
def test_what_time_alone_makes_disagree_is_asked_again_at_its_first_late_instant(
    one: Standpoints, late: set[str]
) -> None:
    found = {code.value: at for code, at in arises(one, Grade.MEDIUM).items()}
    assert set(found) == late
    for code, at in found.items():
        assert code in codes(one, now=at)
        assert code not in codes(one, now=at - datetime.resolution)


def test_the_codes_stay_and_come_in_their_order() -> None:
    assert [code.value for code in Mismatch] == [f"M{number}" for number in range(1, 15)]
    many = Standpoints(
        REPORT, Police(PoliceDecision.NO_BREACH), replace(CHARGED, charged_on=TODAY), replace(PROVED, on=TODAY - 60 * DAY),
        Probation(ProbationDecision.RECALL, None, TODAY, ("L/4",)), VictimTold(CourtResult.NOT_PROVED),
    )  # fmt: skip
    assert codes(many) == ["M5", "M6", "M8", "M10", "M12", "M14"]


@pytest.mark.rule("BRC-04")
@pytest.mark.parametrize(
    ("answers", "lacking"),
    [
        ((None, None, None), [NotFinal.COURSE_OF_CONDUCT, NotFinal.RECORDING]),
        ((None, "supervisor", Recording.STALKING), [NotFinal.COURSE_OF_CONDUCT]),
        ((CourseOfConduct.PART, "supervisor", None), [NotFinal.RECORDING]),
        ((CourseOfConduct.PART, None, Recording.OTHER_CRIME), [NotFinal.SUPERVISOR]),
        ((CourseOfConduct.SINGLE, "coordinator", Recording.HARASSMENT), [NotFinal.SUPERVISOR]),
        ((CourseOfConduct.SINGLE, "supervisor", Recording.NO_CRIME), [NotFinal.REASON]),
        ((CourseOfConduct.SINGLE, "supervisor", Recording.NO_CRIME, "  "), [NotFinal.REASON]),
        ((CourseOfConduct.SINGLE, "supervisor", Recording.NO_CRIME, "A civil breach alone"), []),
        ((CourseOfConduct.SINGLE, "supervisor", Recording.OTHER_CRIME), []),
        ((CourseOfConduct.PART, "supervisor", Recording.STALKING), []),
    ],
)
def test_it_is_final_once_both_questions_are_answered(answers: tuple[Any, ...], lacking: list[NotFinal]) -> None:
    assert why_not_final(*answers) == lacking


@pytest.mark.parametrize(
    ("keys", "stay"),
    [
        (PoliceDecision, "breach no_breach undetected"),
        (ProsecutionDecision, "charged no_action discontinued"),
        (CourtResult, "proved not_proved quashed"),
        (ProbationDecision, "reported warning recall back_to_court"),
        (CourseOfConduct, "part_of_course_of_conduct single_incident"),
        (Recording, "stalking_recorded harassment_recorded other_crime_recorded not_a_crime_reason"),
        (
            NotFinal,
            "course_of_conduct_not_answered supervisor_must_answer crime_recording_not_answered crime_recording_reason_missing",
        ),
    ],
)
def test_keys_stay(keys: Any, stay: str) -> None:
    assert " ".join(keys) == stay

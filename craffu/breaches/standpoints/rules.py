"""Five standpoints on one breach, what does not agree between them, and when it may be finalised (BRC-03, BRC-04; page map, P06).

What was reported, what police decided, what the prosecution decided, what the court found and what probation recorded: none
overwrites another. What does not agree is listed by a code that stays.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Final

from craffu.breaches.detecting.clocks import decide_by
from craffu.cases.risk.rules import Grade
from craffu.clocks.london import day_of, due, end_of
from craffu.clocks.working_days import working_days_after

# `breach.charged_no_result_days`, `breach.victim_told_days`, `breach.review_after_proved_working_days` and
# `breach.course_of_conduct_within`; a day apart is what is told of after midnight.
RESULT_WITHIN_DAYS: Final = 182
TOLD_WITHIN_DAYS: Final = 14
REVIEWED_WITHIN_WORKING_DAYS: Final = 5
COURSE_OF_CONDUCT_WITHIN: Final = timedelta(hours=48)
DATES_APART: Final = timedelta(days=1)


class PoliceDecision(StrEnum):
    """What police decided of a report. Keys are stored."""

    BREACH = "breach"
    NO_BREACH = "no_breach"
    UNDETECTED = "undetected"


class ProsecutionDecision(StrEnum):
    """What the prosecution decided. Keys are stored."""

    CHARGED = "charged"
    NO_ACTION = "no_action"
    DISCONTINUED = "discontinued"


class CourtResult(StrEnum):
    """What the court found. Keys are stored."""

    PROVED = "proved"
    NOT_PROVED = "not_proved"
    QUASHED = "quashed"


class ProbationDecision(StrEnum):
    """What probation did. Keys are stored."""

    # To the police or the court, and nothing else.
    REPORTED = "reported"
    WARNING = "warning"
    RECALL = "recall"
    BACK_TO_COURT = "back_to_court"


class CourseOfConduct(StrEnum):
    """A supervisor's answer whether a breach is part of a course of conduct. Keys are stored."""

    PART = "part_of_course_of_conduct"
    SINGLE = "single_incident"


class Recording(StrEnum):
    """What was recorded as a crime beside the breach. Keys are stored."""

    STALKING = "stalking_recorded"
    HARASSMENT = "harassment_recorded"
    OTHER_CRIME = "other_crime_recorded"
    NO_CRIME = "not_a_crime_reason"


@dataclass(frozen=True, slots=True)
class Report:
    """What was reported to police, when, and of which day and conditions: of all who reported it, with the first and last day of
    every other time that one of them gave in `also_on`. As of all standpoints, `incident_until` is the last day where nobody can
    say on which of several it was.
    """

    reported_at: datetime
    incident_on: date | None = None
    conditions: tuple[str, ...] = ()
    incident_until: date | None = None
    also_on: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Police:
    """What police decided."""

    decision: PoliceDecision
    decided_at: datetime | None = None
    course_of_conduct: CourseOfConduct | None = None
    incident_on: date | None = None
    conditions: tuple[str, ...] = ()
    incident_until: date | None = None


@dataclass(frozen=True, slots=True)
class Prosecution:
    """What the prosecution decided."""

    decision: ProsecutionDecision
    charged_on: date | None = None
    incident_on: date | None = None
    conditions: tuple[str, ...] = ()
    incident_until: date | None = None


@dataclass(frozen=True, slots=True)
class Court:
    """What the court found, and on which day."""

    result: CourtResult
    on: date | None = None
    incident_on: date | None = None
    conditions: tuple[str, ...] = ()
    incident_until: date | None = None


@dataclass(frozen=True, slots=True)
class Probation:
    """What probation recorded."""

    decision: ProbationDecision
    on: date | None = None
    incident_on: date | None = None
    conditions: tuple[str, ...] = ()
    incident_until: date | None = None


@dataclass(frozen=True, slots=True)
class VictimTold:
    """Which result the victim was told, and on which day."""

    result: CourtResult
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """On which days an order was reviewed, itself or what took its place, and when nothing of it was left to review."""

    days: tuple[date, ...] = ()
    ended_on: date | None = None

    def is_left(self, since: date, by: date) -> bool:
        """Whether nobody reviewed it since a day, though it stood until another."""
        return not any(day >= since for day in self.days) and (self.ended_on is None or self.ended_on > by)


type Standpoint = Report | Police | Prosecution | Court | Probation


@dataclass(frozen=True, slots=True)
class Standpoints:
    """All that is told of one breach. A standpoint that nobody has taken is None; that a victim was told is none.

    `orders` are all that it broke, of which each is reviewed for itself (BRC-01): where none is held, there is none to review.
    """

    report: Report | None = None
    police: Police | None = None
    prosecution: Prosecution | None = None
    court: Court | None = None
    probation: Probation | None = None
    told: VictimTold | None = None
    orders: tuple[Reviewed, ...] = (Reviewed(),)

    @property
    def given(self) -> Sequence[Standpoint]:
        every = (self.report, self.police, self.prosecution, self.court, self.probation)
        return [one for one in every if one is not None]


class Mismatch(StrEnum):
    """What does not agree, by its code. Keys are stored."""

    NO_POLICE_DECISION = "M1"
    NO_COURT_RECORD = "M2"
    NO_POLICE_RECORD = "M3"
    PROBATION_ALONE = "M4"
    DATES_DIFFER = "M5"
    CONDITIONS_DIFFER = "M6"
    RESULT_NOT_TOLD = "M7"
    ORDER_NOT_REVIEWED = "M8"
    NO_COURSE_OF_CONDUCT = "M9"
    REPORTED_AND_NOT_ACCEPTED = "M10"
    ACCEPTED_AND_NO_ACTION = "M11"
    NOT_ACCEPTED_AND_PROVED = "M12"
    CHARGED_AND_NOT_PROVED = "M13"
    TOLD_OTHERWISE = "M14"


def mismatches(one: Standpoints, risk: Grade | None, now: datetime) -> list[Mismatch]:
    """What does not agree between the standpoints on one breach at an instant, in the order of the codes (BRC-03).

    `risk` is the grade that runs, None where nobody has assessed it: then the clock of the police decision runs as for high risk.
    """
    found = {
        Mismatch.NO_POLICE_DECISION: _is_undecided(one, risk, now),
        Mismatch.NO_COURT_RECORD: _is_without_result(one, day_of(now)),
        Mismatch.NO_POLICE_RECORD: one.court is not None and _is_unknown_to_police(one),
        Mismatch.PROBATION_ALONE: one.probation is not None and _is_unknown_to_police(one),
        Mismatch.DATES_DIFFER: _dates_differ(one.given),
        Mismatch.CONDITIONS_DIFFER: len({frozenset(each.conditions) for each in one.given if each.conditions}) > 1,
        Mismatch.RESULT_NOT_TOLD: _is_not_told(one, day_of(now)),
        Mismatch.ORDER_NOT_REVIEWED: _is_not_reviewed(one, day_of(now)),
        Mismatch.NO_COURSE_OF_CONDUCT: _lacks_course_of_conduct(one.police, now),
        **_contradictions(one),
    }
    return [code for code in Mismatch if found[code]]


def _contradictions(one: Standpoints) -> dict[Mismatch, bool]:
    police = one.police.decision if one.police else None
    prosecution = one.prosecution.decision if one.prosecution else None
    court = one.court.result if one.court else None
    is_refused = police is PoliceDecision.NO_BREACH
    return {
        Mismatch.REPORTED_AND_NOT_ACCEPTED: one.report is not None and is_refused,
        Mismatch.ACCEPTED_AND_NO_ACTION: police is PoliceDecision.BREACH
        and prosecution is ProsecutionDecision.NO_ACTION,
        Mismatch.NOT_ACCEPTED_AND_PROVED: is_refused and court is CourtResult.PROVED,
        Mismatch.CHARGED_AND_NOT_PROVED: prosecution is ProsecutionDecision.CHARGED and court is CourtResult.NOT_PROVED,
        Mismatch.TOLD_OTHERWISE: one.told is not None and court is not None and one.told.result is not court,
    }


def _is_undecided(one: Standpoints, risk: Grade | None, now: datetime) -> bool:
    return one.report is not None and one.police is None and now > decide_by(one.report.reported_at, risk)


def _is_without_result(one: Standpoints, today: date) -> bool:
    said = one.prosecution
    if one.court is not None or said is None or said.decision is not ProsecutionDecision.CHARGED:
        return False
    return said.charged_on is not None and today - said.charged_on > timedelta(days=RESULT_WITHIN_DAYS)


def _is_unknown_to_police(one: Standpoints) -> bool:
    return one.report is None and one.police is None


def _dates_differ(given: Iterable[Standpoint]) -> bool:
    times = [time for each in given for time in _times(each)]
    return any(max(one[0], other[0]) - min(one[1], other[1]) > DATES_APART for one, other in combinations(times, 2))


def _times(said: Standpoint) -> Iterator[tuple[date, date]]:
    """The first and the last day of each time that somebody gives for the incident: one day twice, where that is known."""
    if said.incident_on is not None:
        yield said.incident_on, said.incident_until or said.incident_on
    if isinstance(said, Report):
        yield from said.also_on


def _is_not_told(one: Standpoints, today: date) -> bool:
    if one.told is not None or one.court is None or one.court.on is None:
        return False
    return today - one.court.on > timedelta(days=TOLD_WITHIN_DAYS)


def _is_not_reviewed(one: Standpoints, today: date) -> bool:
    if one.court is None or one.court.result is not CourtResult.PROVED or one.court.on is None:
        return False
    proved_on = one.court.on
    last = working_days_after(proved_on, REVIEWED_WITHIN_WORKING_DAYS).due_day
    return today > last and any(order.is_left(proved_on, last) for order in one.orders)


def _lacks_course_of_conduct(police: Police | None, now: datetime) -> bool:
    if police is None or police.decision is not PoliceDecision.BREACH or police.decided_at is None:
        return False
    return police.course_of_conduct is None and now > due(police.decided_at, COURSE_OF_CONDUCT_WITHIN)


def arises(one: Standpoints, risk: Grade | None) -> dict[Mismatch, datetime]:
    """From when on time alone makes something not agree, if nothing more is told (BRC-03): the first instant that is late.

    For whoever has to be asked again then; what contradicts itself does so from when it is known.
    """
    found: dict[Mismatch, datetime] = {}
    if one.report is not None and one.police is None:
        found[Mismatch.NO_POLICE_DECISION] = decide_by(one.report.reported_at, risk) + datetime.resolution
    said = one.prosecution
    if one.court is None and said is not None and said.decision is ProsecutionDecision.CHARGED and said.charged_on:
        found[Mismatch.NO_COURT_RECORD] = end_of(said.charged_on + timedelta(days=RESULT_WITHIN_DAYS))
    if one.court is not None and one.court.on is not None:
        if one.told is None:
            found[Mismatch.RESULT_NOT_TOLD] = end_of(one.court.on + timedelta(days=TOLD_WITHIN_DAYS))
        last = working_days_after(one.court.on, REVIEWED_WITHIN_WORKING_DAYS).due_day
        if one.court.result is CourtResult.PROVED and any(each.is_left(one.court.on, last) for each in one.orders):
            found[Mismatch.ORDER_NOT_REVIEWED] = end_of(last)
    police = one.police
    is_open = police is not None and police.decision is PoliceDecision.BREACH and police.course_of_conduct is None
    if police is not None and is_open and police.decided_at is not None:
        found[Mismatch.NO_COURSE_OF_CONDUCT] = due(police.decided_at, COURSE_OF_CONDUCT_WITHIN) + datetime.resolution
    return found


class NotFinal(StrEnum):
    """Why a reported breach may not be finalised."""

    COURSE_OF_CONDUCT = "course_of_conduct_not_answered"
    SUPERVISOR = "supervisor_must_answer"
    RECORDING = "crime_recording_not_answered"
    REASON = "crime_recording_reason_missing"


SUPERVISOR: Final = "supervisor"


def why_not_final(
    course_of_conduct: CourseOfConduct | None, answered_by: str | None, recording: Recording | None, reason: str = ""
) -> list[NotFinal]:
    """BRC-04: what stands in the way of finalising a reported breach. `answered_by` is the role of whoever answered the first."""
    found = []
    if course_of_conduct is None:
        found.append(NotFinal.COURSE_OF_CONDUCT)
    elif answered_by != SUPERVISOR:
        found.append(NotFinal.SUPERVISOR)
    if recording is None:
        found.append(NotFinal.RECORDING)
    elif recording is Recording.NO_CRIME and not reason.strip():
        found.append(NotFinal.REASON)
    return found

"""A recommendation's answer and its course, in a log that only grows, and the clocks that some reports' answers have (SCR-10).

Pure. Police Act 1996 s.55(5A) for inspectorate reports; the stalking super-complaint set its own day (27 September 2024); a
commissioner's own review has no clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

_EIGHT_WEEKS: Final = timedelta(days=56)


class Status(StrEnum):
    """How a recommendation stands. Keys are stored."""

    AWAITING_RESPONSE = "awaiting_response"
    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    REJECTED = "rejected"
    CLOSED = "closed"
    REOPENED = "reopened"


ANSWERS: Final = frozenset({Status.ACCEPTED, Status.ACCEPTED_IN_PART, Status.REJECTED})
# Under way: somebody has it to do by a day.
LIVE: Final = frozenset({Status.ACCEPTED, Status.ACCEPTED_IN_PART, Status.REOPENED})
# From each status those that may follow; the same again is a dated word on how it goes.
MOVES: Final[Mapping[Status, frozenset[Status]]] = {
    Status.AWAITING_RESPONSE: ANSWERS,
    Status.ACCEPTED: ANSWERS | {Status.CLOSED},
    Status.ACCEPTED_IN_PART: ANSWERS | {Status.CLOSED},
    Status.REJECTED: ANSWERS,
    Status.CLOSED: frozenset({Status.REOPENED}),
    Status.REOPENED: frozenset({Status.REOPENED, Status.CLOSED}),
}


class Lacks(StrEnum):
    """What is wrong with a log."""

    NO_RESPONSE = "no_response"
    NOT_A_STEP = "not_a_step"
    REASON = "reason_missing"
    OWNER = "owner_missing"
    DUE = "due_missing"
    EVIDENCE = "closure_without_evidence"
    METRIC = "metric_not_met"


@dataclass(frozen=True, slots=True)
class Entry:
    """What was said of it once. `metric_met` is None where no measure is named."""

    status: Status
    reason: str = ""
    owner: str = ""
    due_on: date | None = None
    evidence: str = ""
    metric_met: bool | None = None


def entry_lacks(entry: Entry) -> list[Lacks]:
    """What one entry lacks by itself: an owner and a day where somebody is to do it, a reason for anything but yes, evidence and
    a measure that moved to close.
    """
    found = []
    if entry.status in {Status.REJECTED, Status.ACCEPTED_IN_PART, Status.REOPENED} and not entry.reason:
        found.append(Lacks.REASON)
    if entry.status in {Status.ACCEPTED, Status.ACCEPTED_IN_PART} and not entry.owner:
        found.append(Lacks.OWNER)
    if entry.status in LIVE and entry.due_on is None:
        found.append(Lacks.DUE)
    if entry.status is Status.CLOSED:
        if not entry.evidence:
            found.append(Lacks.EVIDENCE)
        if entry.metric_met is False:
            found.append(Lacks.METRIC)
    return found


def log_lacks(log: Sequence[Entry]) -> list[Lacks]:
    """What is wrong with a log, each once, in the order in which it first is."""
    if not log:
        return [Lacks.NO_RESPONSE]
    found: list[Lacks] = []
    before = Status.AWAITING_RESPONSE
    for entry in log:
        if entry.status not in MOVES[before]:
            found.append(Lacks.NOT_A_STEP)
        found += entry_lacks(entry)
        before = entry.status
    return list(dict.fromkeys(found))


def status_of(log: Sequence[Entry]) -> Status:
    return log[-1].status if log else Status.AWAITING_RESPONSE


def due_on(log: Sequence[Entry]) -> date | None:
    """By when what is under way is to be done: the day said last. None where nothing is."""
    if status_of(log) not in LIVE:
        return None
    return next((entry.due_on for entry in reversed(log) if entry.due_on is not None), None)


def is_overdue(log: Sequence[Entry], today: date) -> bool:
    """Due today is not overdue."""
    due = due_on(log)
    return due is not None and due < today


class ReportBy(StrEnum):
    """Whose report a recommendation is from."""

    COMMISSIONER = "commissioner"
    INSPECTORATE = "hmicfrs"
    SUPER_COMPLAINT = "super_complaint"


class Counting(StrEnum):
    """How a clock counts."""

    PUBLICATION_IS_DAY_1 = "publication day is day 1"
    AS_PUBLISHED = "as published"


@dataclass(frozen=True, slots=True)
class ResponseClock:
    """By which day an answer is owed, and how that is counted."""

    last_day: date
    counting: Counting


def response_clock(by: ReportBy, published: date) -> ResponseClock | None:
    """None where no clock applies: a commissioner's own review has none."""
    if by is ReportBy.INSPECTORATE:
        return ResponseClock(published + _EIGHT_WEEKS - timedelta(days=1), Counting.PUBLICATION_IS_DAY_1)
    if by is ReportBy.SUPER_COMPLAINT:
        return ResponseClock(published + _EIGHT_WEEKS, Counting.AS_PUBLISHED)
    return None

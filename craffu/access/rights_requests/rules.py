"""By when somebody's request about their own data is answered, and when the answer may leave (SEC-11).

The month is counted from receipt, or from proof of identity where that came later. How it is counted is not confirmed
(UNVERIFIED: DPA 2018 ss.45-48 and UK GDPR arts.12, 15-18 not read): with the day of receipt as its first day, or after it.
The earlier is worked to.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from craffu.clocks.lengths import CalendarLength
from craffu.clocks.periods import NOT_CONFIRMED, Counting, period

# `sec.rights_request_within`.
WITHIN: Final = CalendarLength(months=1)


class Standing(StrEnum):
    """How a request stands against its clock."""

    RUNNING = "running"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Clock:
    """The days of one request: `due_day` is worked to, `other_reading` stands beside it, both not confirmed."""

    starts_on: date
    due_day: date
    other_reading: date
    mark: str
    status: Standing


def clock(received_on: date, today: date, *, identity_confirmed_on: date | None, answered_on: date | None) -> Clock:
    """The clock of a request as it stands on a day (London)."""
    starts_on = max(received_on, identity_confirmed_on or received_on)
    with_first_day = period(starts_on, WITHIN, Counting.BEGINNING_WITH)
    after_it = period(starts_on, WITHIN, Counting.AFTER)
    # Without a corresponding day the month ends with its own last day, in either reading.
    readings = sorted((with_first_day.last_day, after_it.last_day))
    return Clock(starts_on, readings[0], readings[1], NOT_CONFIRMED, _standing(readings[0], today, answered_on))


def _standing(due_day: date, today: date, answered_on: date | None) -> Standing:
    if answered_on is not None:
        return Standing.ON_TIME if answered_on <= due_day else Standing.LATE
    return Standing.OVERDUE if today > due_day else Standing.RUNNING


def digest_of(text: str) -> str:
    """What a text is known by without being kept (SEC-11): the same words in the same lines. How a line ends is the browser's."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return hashlib.sha256(lines.encode()).hexdigest()


class Before(StrEnum):
    """What is done before an answer leaves, and what keeps it back."""

    REDACTED = "third_parties_redacted"
    SCANNED = "victim_scan_clean"
    ASKED = "neither_confirm_nor_deny_asked"
    PRIVILEGED = "privileged_included"
    OWN = "approved_by_preparer"
    NOBODY = "approved_by_nobody"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the preparer says of an answer."""

    third_parties_redacted: bool
    victim_scan_clean: bool
    neither_confirm_nor_deny_asked: bool
    privileged_included: bool


@dataclass(frozen=True, slots=True)
class Release:
    """Whether an answer may leave, and everything that keeps it back."""

    release: bool
    why: list[Before]


def unfinished(checked: Checked) -> list[Before]:
    """What the answer itself lacks, whoever looks at it."""
    found = {
        Before.REDACTED: not checked.third_parties_redacted,
        Before.SCANNED: not checked.victim_scan_clean,
        Before.ASKED: not checked.neither_confirm_nor_deny_asked,
        Before.PRIVILEGED: checked.privileged_included,
    }
    return [one for one, is_so in found.items() if is_so]


def release(checked: Checked, *, prepared_by: str, approved_by: str) -> Release:
    """An answer leaves when it is finished and somebody else than its preparer has approved it."""
    why = unfinished(checked)
    if not approved_by:
        why.append(Before.NOBODY)
    elif approved_by == prepared_by:
        why.append(Before.OWN)
    return Release(not why, why)

"""When a record comes up for review, and what a row of the log may say of an erasure (SEC-08, SEC-09).

The periods are not confirmed, nor that a new event begins them again (UNVERIFIED in [PIRM]). Disposal is a decision of two
people, never of a clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from craffu.clocks.lengths import CalendarLength
from craffu.clocks.periods import NOT_CONFIRMED, Counting, period

# `ret.clear_years.group2` and `.group3`, in years.
CLEAR_YEARS: Mapping[str, int] = {"2": 10, "3": 6}
# Identifiers, counts and authority: whatever else a row said would be the very thing that was erased.
ERASURE_SAYS = frozenset({"at", "actor", "verb", "object_type", "object_ids", "rows_erased", "authority"})


@dataclass(frozen=True, slots=True)
class Review:
    """When a record is looked at again. Nothing is ever disposed of by itself; a hold blocks disposal, not the review."""

    review_on: date
    due: bool
    auto_delete: bool
    blocked_by_hold: bool
    mark: str


def review(last_event_on: date, group: str, today: date, *, new_event_on: date | None, on_hold: bool) -> Review:
    """The review of a record of a group, counted from its last relevant event, as it stands on a day.

    Raises ValueError for a group that has no period.
    """
    if group not in CLEAR_YEARS:
        raise ValueError(f"group {group!r} has no clear period: choose from {', '.join(CLEAR_YEARS)}")
    last = max(last_event_on, new_event_on or last_event_on)
    review_on = period(last, CalendarLength(months=12 * CLEAR_YEARS[group]), Counting.AFTER).last_day
    return Review(review_on, today >= review_on, auto_delete=False, blocked_by_hold=on_hold, mark=NOT_CONFIRMED)


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """Whether a row of the log about an erasure may be written, and the names in it that may not."""

    accepted: bool
    refused_fields: list[str]


def check_erasure_row(row: Mapping[str, object]) -> ErasureRow:
    """What was erased is counted, not repeated (SEC-09)."""
    refused = sorted(set(row) - ERASURE_SAYS)
    return ErasureRow(not refused, refused)

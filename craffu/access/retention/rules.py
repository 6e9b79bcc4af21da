"""When a record comes up for review, and what a row of the log may say of an erasure (SEC-08, SEC-09).

The periods are not confirmed, nor that a new event begins them again (UNVERIFIED in [PIRM]). Disposal is a decision of two
people, never of a clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from craffu.access.retention.kinds import Relevant
from craffu.clocks.lengths import CalendarLength
from craffu.clocks.periods import NOT_CONFIRMED, Counting, period

# `ret.clear_years.group2` and `.group3`, in years, and the first and last group as SEC-08 names them.
CLEAR_YEARS: Mapping[str, int] = {"1": 10, "2": 10, "3": 6, "4": 6}
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
class Event:
    """One relevant thing that happened: of which kind, on which day (London), and the record that says so."""

    on: date
    kind: Relevant
    reference: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows of somebody who was suspected of anything, as far as their group hangs on it."""

    events: tuple[Event, ...]
    is_in_public_protection: bool = False
    is_convicted_or_bound: bool = False
    is_charged: bool = False

    @property
    def last(self) -> Event | None:
        """What last began the clear period again; None where nothing relevant is known."""
        return max(self.events, key=lambda one: (one.on, one.kind, one.reference), default=None)


def group_of(known: Known) -> str:
    """The group whose clear period counts (SEC-08; UNVERIFIED: which facts make a group is a project decision, ADR 90).

    A plan that names public protection makes the first group; a conviction, or an order made by a court, the second; a charge the
    third; anything less the fourth.
    """
    if known.is_in_public_protection:
        return "1"
    if known.is_convicted_or_bound:
        return "2"
    return "3" if known.is_charged else "4"


def clear(known: Known, today: date, *, on_hold: bool, kept_until: date | None) -> Review | None:
    """The review of somebody as they are known; None where nothing relevant is known of them.

    Whoever decided to keep records said when to look again, and that day counts where it is later.
    """
    if known.last is None:
        return None
    found = review(known.last.on, group_of(known), today, new_event_on=None, on_hold=on_hold)
    on = max(found.review_on, kept_until or found.review_on)
    return replace(found, review_on=on, due=today >= on)


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """Whether a row of the log about an erasure may be written, and the names in it that may not."""

    accepted: bool
    refused_fields: list[str]


def check_erasure_row(row: Mapping[str, object]) -> ErasureRow:
    """What was erased is counted, not repeated (SEC-09)."""
    refused = sorted(set(row) - ERASURE_SAYS)
    return ErasureRow(not refused, refused)

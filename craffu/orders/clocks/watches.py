"""On which days somebody decides what becomes of an order before it runs out (CLK-12).

A default of the 2023 review's follow-up recommendation; no Act sets an interval. A watch asks for a decision: it is no notice.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from craffu.clocks.lengths import CalendarLength
from craffu.clocks.periods import Counting, period

# `watch.expiry_days`, the longest first; `watch.short_order`; `watch.indefinite_review`.
DAYS_BEFORE: Final = (90, 60, 30)
HALF_TERM: Final = "half_term"
INDEFINITE_REVIEW: Final = CalendarLength(months=12)
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Watch:
    """A day, and which watch falls on it; one whose own day was past when the order became known says so."""

    on: date
    kind: str


@dataclass(frozen=True, slots=True)
class Watches:
    """The watches of an order in order, or, of one without end, the day of its review."""

    watches: tuple[Watch, ...]
    indefinite_review_on: date | None = None


def expiry_watches(made_on: date, last_day: date | None, known_on: date | None = None) -> Watches:
    """CLK-12: 90, 60 and 30 days before the last day, or at half term; what is past already makes one watch at once.

    `known_on` is when the order became known, the day it was made if not said. Raises ValueError for an end before the start.
    """
    since = max(made_on, known_on or made_on)
    if last_day is None:
        return Watches((), max(since, period(made_on, INDEFINITE_REVIEW, Counting.AFTER).last_day))
    if last_day < made_on:
        raise ValueError(f"an order made on {made_on} cannot end on {last_day}")
    if since > last_day:
        return Watches(())
    planned = _planned(made_on, last_day)
    past = [watch for watch in planned if watch.on < since]
    at_once = [Watch(since, f"{past[-1].kind}_already_past")] if past else []
    return Watches((*at_once, *(watch for watch in planned if watch.on >= since)))


def _planned(made_on: date, last_day: date) -> list[Watch]:
    term = (last_day - made_on + _ONE_DAY).days
    if term < max(DAYS_BEFORE):
        return [Watch(made_on + timedelta(days=term // 2), HALF_TERM)]
    return [Watch(last_day - timedelta(days=days), f"{days}_days") for days in DAYS_BEFORE]

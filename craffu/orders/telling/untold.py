"""Who is told of nothing though an order protects them: whoever manages the order sees that they are (VIC-05, VIC-06).

What an order tells is kept for victims of cases, and owed to them by what they agreed. Somebody who is the victim in no case has
nobody who tells them; nor has a victim of what went before their first agreement, unless their safety hangs on it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from craffu.clocks.london import day_of
from craffu.clocks.working_days import working_days_after
from craffu.orders.watching.holding import WORKING_DAYS_TO_VICTIM
from craffu.orders.watching.kinds import What
from craffu.orders.watching.stood import Asked
from craffu.victims.of_orders.facts import LookedAfter

# `victim.safety_tell_within`
SAFETY_WITHIN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an order: its own key, when, since when we know, and whether safety hangs on it."""

    key: str
    at: datetime
    known_from: datetime
    is_critical: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A time in which the order was said to protect somebody; `until` is None while it is."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody recorded that they were told at an instant, or why not."""

    at: datetime
    known_from: datetime


def named_times(said: Iterable[tuple[datetime, bool]]) -> list[Named]:
    """From what was said about one record, in order: that it is protected from an instant on, or is no longer."""
    found: list[Named] = []
    for at, protects in said:
        is_named = bool(found) and found[-1].until is None
        if protects and not is_named:
            found.append(Named(at))
        elif not protects and is_named:
            found[-1] = Named(found[-1].since, at)
    return found


def untold(
    record: int, named: Iterable[Named], events: Sequence[Event], after: LookedAfter, said: Sequence[Said]
) -> list[Asked]:
    """What whoever manages the order sees to for one record: each event once, all that went before their name as one."""
    found = [
        one
        for time in named
        for event, learnt_at in _learnt(time, events)
        if (one := _asked(record, event, learnt_at, time.until, after, said)) is not None
    ]
    return [one for one in found if one.done_at is None or one.done_at > one.raised_at]


def _learnt(time: Named, events: Sequence[Event]) -> Iterator[tuple[Event, datetime]]:
    """The events that are to be told in a time, with since when: of those before it the last, critical where any of them is."""
    before = [one for one in events if one.known_from <= time.since]
    if before:
        last = before[-1]
        yield Event(last.key, last.at, last.known_from, any(one.is_critical for one in before)), time.since
    for one in events:
        if one.known_from > time.since and (time.until is None or one.known_from < time.until):
            yield one, one.known_from


def _asked(
    record: int, event: Event, learnt_at: datetime, until: datetime | None, after: LookedAfter, said: Sequence[Said]
) -> Asked | None:
    owed_from = after.owes(event.at, is_critical=event.is_critical)
    if owed_from is not None and owed_from <= learnt_at:
        return None
    told = [one.known_from for one in said if one.known_from >= learnt_at and one.at >= min(event.at, learnt_at)]
    is_over = min((at for at in (owed_from, until) if at is not None), default=None)
    done_at = min((at for at in (*told, is_over) if at is not None), default=None)
    due_at = (
        learnt_at + SAFETY_WITHIN
        if event.is_critical
        else working_days_after(day_of(learnt_at), WORKING_DAYS_TO_VICTIM).ends
    )
    return Asked(
        What.UNTOLD, f"untold-{record}-{event.key}", learnt_at, due_at, done_at=done_at,
        is_done=done_at is None or done_at in told,
    )  # fmt: skip

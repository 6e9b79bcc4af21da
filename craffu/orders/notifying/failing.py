"""Which notifications under orders failed: missed, late or found false, each once, and when a running clock ends (MON-05).

An interim order that a full one replaced is read too: a failure under it stays open (CLK-05). Of an order that the respondent was
served with only after the time had run out, nothing is presumed (CLK-06).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import end_of
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.clocks.notifications import Standing
from craffu.orders.following.rules import HEIGHTENED_DAYS
from craffu.orders.models import Order
from craffu.orders.notifying.queries import Received, answered_at, received_under
from craffu.orders.notifying.rules import Found
from craffu.orders.watching.kinds import What
from craffu.orders.watching.reading import Watch, as_known, watched_with_stories
from craffu.orders.watching.rules import asked
from craffu.orders.watching.stood import is_missed

# What is heard of later than the closer watch it would have brought fills no queue of a register that begins (ADR 44).
_HEARD_IN_TIME: Final = timedelta(days=HEIGHTENED_DAYS)


class Failed(StrEnum):
    """How it failed. Keys are stored."""

    MISSED = "missed"
    LATE = "late"
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class Failure:
    """One notification that failed: under which order, its own key there for ever, when, and since when it is known."""

    order: Order
    how: Failed
    key: str
    at: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """What came of the duty to notify under one order: what failed so far, and when a clock that still runs ends, if one does."""

    failures: tuple[Failure, ...]
    next_end: datetime | None


def duties(by: Acting, orders: Collection[int], now: datetime) -> dict[int, Duty]:
    """The duty to notify under each of these orders, as known at an instant. Twenty queries at most, however many."""
    received = received_under(by, orders, now)
    return {
        pk: _duty(one, received.get(pk, ()), now)
        for pk, one in watched_with_stories(by, orders, now).items()
        if one.history
    }


def _duty(one: Watch, received: Sequence[Received], now: datetime) -> Duty:
    ended_at = as_known(one.story, now).order.ended_at
    failed = [*_first(one, now), *_later(one.story.order, received, ended_at, now)]
    running = [at for at in (*_first_ends(one, now), *_years_end(received, ended_at)) if at > now]
    kept = tuple(each for each in failed if each.known_at + _HEARD_IN_TIME >= now)
    return Duty(kept, min(running, default=None))


def _first(one: Watch, now: datetime) -> Iterator[Failure]:
    """The first notification, where it was not given by the end of its clock."""
    stands, order = one.history[-1], one.story.order
    for each in asked(kind_of(order.kind), one.history, now):
        if each.what is not What.NOTIFICATION or each.due_at > now or not is_missed(each, stands.notified_at):
            continue
        # CLK-06: what they were not served with in time, nor knew of, presumes nothing.
        if stands.bound_at is not None and stands.bound_at < each.due_at:
            yield Failure(order, Failed.MISSED, each.key, each.due_at, max(each.due_at, each.raised_at))


def _first_ends(one: Watch, now: datetime) -> Iterator[datetime]:
    for each in asked(kind_of(one.story.order.kind), one.history, now):
        if each.what is What.NOTIFICATION and each.done_at is None:
            yield each.due_at


def _later(order: Order, received: Sequence[Received], ended_at: datetime | None, now: datetime) -> Iterator[Failure]:
    """A change told too late, what was told found false, and a year's notification that did not come (CLK-04)."""
    for place, one in enumerate(received):
        row, ran = one.row, one.clock
        if ran is not None and ran.status is Standing.LATE and ran.ends is not None:
            yield Failure(order, Failed.LATE, f"late:{row.pk}", ran.ends, row.known_from)
        if one.found is Found.FALSE:
            yield Failure(order, Failed.FALSE, f"false:{row.pk}", row.given_at, one.verified[-1].known_from)
        ends = _year_end(one, ended_at)
        answered = answered_at(received[place + 1 :])
        if ends is not None and ends <= now and (answered is None or answered >= ends):
            yield Failure(order, Failed.MISSED, f"annual:{row.pk}", ends, ends)


def _years_end(received: Sequence[Received], ended_at: datetime | None) -> Iterator[datetime]:
    yield from (ends for one in received if (ends := _year_end(one, ended_at)) is not None)


def _year_end(one: Received, ended_at: datetime | None) -> datetime | None:
    """When the year after a notification ends; None where nothing is asked for then, as where the order was over (BRC-02)."""
    if one.next_year_by is None:
        return None
    ends = end_of(one.next_year_by)
    return ends if ended_at is None or ended_at > ends else None

"""Counts orders once: an interim and a full order of one application are one episode with one spell of days (ORD-08).

Renewals and variations stay in their episode; a new application after a gap opens another.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class InstrumentKind(StrEnum):
    """What a paper of an episode is; whatever is not interim is the full order, varied or renewed."""

    INTERIM = "interim"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Instrument:
    """One order of an episode: when it was served, and its last day; None is never served, and until further order."""

    episode: str
    kind: str
    served_on: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Episodes:
    """How many episodes, applications and full orders; those that stayed interim; and the days somebody was bound."""

    episodes: int
    full_orders: int
    interim_only: int
    order_days_served: int
    applications: int


def count_episodes(instruments: Iterable[Instrument], as_of: date | None = None) -> Episodes:
    """ORD-08: days are counted from service to the last day, both in, and once where orders of an episode share them.

    An order until further order is counted to `as_of`. Raises ValueError where one was served and no such day is given.
    """
    by_episode: dict[str, list[Instrument]] = defaultdict(list)
    for one in instruments:
        by_episode[one.episode].append(one)
    full = sum(any(one.kind != InstrumentKind.INTERIM for one in some) for some in by_episode.values())
    return Episodes(
        episodes=len(by_episode),
        full_orders=full,
        interim_only=len(by_episode) - full,
        order_days_served=sum(_days(some, as_of) for some in by_episode.values()),
        applications=len(by_episode),
    )


def _days(instruments: Iterable[Instrument], as_of: date | None) -> int:
    spells = sorted(
        (one.served_on.toordinal(), _last(one, as_of).toordinal()) for one in instruments if one.served_on is not None
    )
    days, counted_to = 0, 0
    for first, last in spells:
        days += max(0, last - max(first - 1, counted_to))
        counted_to = max(counted_to, last)
    return days


def _last(one: Instrument, as_of: date | None) -> date:
    if one.last_day is not None and as_of is not None:
        return min(one.last_day, as_of)
    last = one.last_day or as_of
    if last is None:
        raise ValueError("an order until further order is counted to a day: say which")
    return last

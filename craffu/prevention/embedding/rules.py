"""How far the order of review is used: by whom each week, where (issue J, 9; R4a). Counts of places, never of one person.

Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WEEKS: Final = 4
# A place of fewer people is counted with the others like it: else its week says what one person does.
FEWEST: Final = 3
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody opened the order of review, or why somebody has their place in it, on a day of London."""

    who: int
    on: date


@dataclass(frozen=True, slots=True)
class Used:
    """A place with how many people work by the order there, and how many of them opened it in each week, the oldest first.

    `place` is None for all places with too few people, together.
    """

    place: int | None
    people: int
    weeks: tuple[int, ...]

    @property
    def is_weekly(self) -> bool:
        """Whether somebody there opened it in every week."""
        return all(self.weeks)


def weeks_before(today: date, number: int = WEEKS) -> tuple[date, ...]:
    """The Mondays of the last whole weeks, the oldest first. The week that goes on is none of them."""
    monday = today - timedelta(days=today.weekday())
    return tuple(monday - back * _WEEK for back in range(number, 0, -1))


def used(places: Mapping[int, Iterable[int]], opened: Iterable[Opened], weeks: Sequence[date]) -> list[Used]:
    """Each place in the order given, then those with too few people together, where there are any."""
    by_week: dict[date, set[int]] = defaultdict(set)
    for one in opened:
        by_week[one.on - timedelta(days=one.on.weekday())].add(one.who)
    large: list[Used] = []
    few: set[int] = set()
    for place, there in places.items():
        people = frozenset(there)
        if len(people) < FEWEST:
            few |= people
        else:
            large.append(_of(place, people, by_week, weeks))
    return [*large, *([_of(None, frozenset(few), by_week, weeks)] if few else [])]


def _of(place: int | None, people: frozenset[int], by_week: Mapping[date, set[int]], weeks: Sequence[date]) -> Used:
    return Used(place, len(people), tuple(len(people & by_week.get(week, set())) for week in weeks))

"""What is asked of a measure: which days, as known when, and split by what. Pure.

Expressions compare days and instants as whole numbers, which every engine does alike: days since the first of January 1970 and
microseconds since its first.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from craffu.clocks.london import day_of

_FIRST_DAY: Final = date(1970, 1, 1)
_FIRST_INSTANT: Final = datetime(1970, 1, 1, tzinfo=UTC)


def day_number(day: date) -> int:
    return (day - _FIRST_DAY).days


def instant_number(at: datetime) -> int:
    return (at - _FIRST_INSTANT) // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A period of London days, both included, and the instant as of which it is known: nothing known later counts."""

    first: date
    last: date
    at: datetime

    @property
    def today(self) -> date:
        """The last day of which anything can be known: an instant that ends a day is of that day."""
        return day_of(self.at - datetime.resolution)

    @property
    def begins(self) -> int:
        return day_number(self.first)

    @property
    def ends(self) -> int:
        return day_number(self.last)

    @property
    def now(self) -> date:
        """The London day in which the instant is: every day before it is over."""
        return day_of(self.at)

    @property
    def as_of(self) -> int:
        return instant_number(self.at)

    @property
    def now_day(self) -> int:
        return day_number(self.now)

    @property
    def as_of_day(self) -> int:
        return day_number(self.today)

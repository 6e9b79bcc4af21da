"""What is asked of a measure: which days, as known when, and split by what. Pure.

Expressions compare days and instants as whole numbers, which every engine does alike: days since the first of January 1970 and
microseconds since its first.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from craffu.clocks.london import day_of

# The columns that rows have no word of themselves: where each belongs, and of whom its order is.
AREA: Final = "area"
TEAM: Final = "team"
AGE: Final = "age"
SEX: Final = "sex"
ETHNICITY: Final = "ethnicity"
RELATIONSHIP: Final = "relationship"
_JOINED: Final = frozenset({AREA, TEAM, AGE, SEX, ETHNICITY, RELATIONSHIP})
_FIRST_DAY: Final = date(1970, 1, 1)
_FIRST_INSTANT: Final = datetime(1970, 1, 1, tzinfo=UTC)


def day_number(day: date) -> int:
    return (day - _FIRST_DAY).days


def instant_number(at: datetime) -> int:
    return (at - _FIRST_INSTANT) // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A period of London days, both included, and the instant as of which it is known: nothing known later counts.

    `beside` asks of each row as well to which area or team it belonged, as that was known at the instant, or of what age, sex
    or ethnicity whoever its order is against was, or what they are to the victim.
    """

    first: date
    last: date
    at: datetime
    beside: str = ""

    def split_by(self, split: str | None) -> "Asked":
        """The same, with what it takes to split by this."""
        return replace(self, beside=split) if split is not None and split in _JOINED else self

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

    @property
    def days(self) -> int:
        """How many of the days that are asked about have come, one at least."""
        return max(1, min(self.ends, self.as_of_day) - self.begins + 1)

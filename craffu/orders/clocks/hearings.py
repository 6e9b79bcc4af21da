"""By when somebody is heard after a notice, or before a court after an arrest (CLK-07, CLK-08).

Domestic Abuse Act 2021 ss.26, 29; Crime and Security Act 2010 ss.26, 27, 29; Anti-social Behaviour, Crime and Policing Act 2014
s.9; Bail Act 1976 s.7; Family Law Act 1996 s.47. Which days each clock leaves out stands in the table of clocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.clocks.counted_hours import CountedHours, counted_hours
from craffu.clocks.lengths import elapsed_length
from craffu.clocks.london import day_of
from craffu.orders.clocks.catalogue import Catalogue, Counts, UnknownClock, catalogue

BEFORE_SURRENDER: Final = timedelta(hours=24)
# Which application is heard after a notice.
HEARD_AFTER: Final[Mapping[str, str]] = {"DVPN": "DVPO", "DAPN": "DAPO"}


class Came(StrEnum):
    """What came of a hearing."""

    ADJOURNED = "adjourned"
    MADE = "made"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Heard:
    """The first hearing that is recorded after a notice. `at` is None where only its day is."""

    on: date
    came: Came
    at: datetime | None = None


def hour_clock(name: str, start: datetime, clocks: Catalogue | None = None) -> CountedHours:
    """An hour clock with one length, from an instant. Raises UnknownClock for what is none."""
    clock = (clocks or catalogue()).clock(name, day_of(start))
    if clock.counts is not Counts.HOURS or len(clock.limits) != 1:
        raise UnknownClock(f"{name} is no hour clock with one length")
    return counted_hours(start, elapsed_length(clock.limits[0].length), clock.out)


def is_for_court_of_surrender(arrested_at: datetime, surrenders_at: datetime) -> bool:
    """Bail Act 1976 s.7(4): whether an arrest falls within the 24 hours before the time to surrender, so goes to that court."""
    return timedelta() <= surrenders_at - arrested_at <= BEFORE_SURRENDER

"""Decides which instant a London time is, which London day an instant falls on, and when an hour clock is due (CLK-01).

Project decision: instants are kept in UTC; days and midnights are London's; hour clocks count elapsed hours.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dateutil import tz

LONDON = ZoneInfo("Europe/London")

AMBIGUOUS_TIME = "ambiguous_time"
TIME_DOES_NOT_EXIST = "time_does_not_exist"


class Occurrence(StrEnum):
    """Which of the two is meant, when the clocks go back and a time of day comes twice."""

    FIRST = "first"
    SECOND = "second"


class GivenBy(StrEnum):
    """Who gave the time: a person can be asked which reading is meant, an extract cannot."""

    PERSON = "person"
    INTAKE = "intake"


class NotOneInstant(ValueError):
    """A London time of day that is not exactly one instant; `code` is stable and safe to log."""

    code: str


class TimeDoesNotExist(NotOneInstant):
    """The clocks went forward over it: it is refused."""

    code = TIME_DOES_NOT_EXIST


class AmbiguousTime(NotOneInstant):
    """It happened twice, at `first` and at `second` (UTC): the person is asked which."""

    code = AMBIGUOUS_TIME

    def __init__(self, message: str, first: datetime, second: datetime) -> None:
        super().__init__(message)
        self.first = first
        self.second = second


@dataclass(frozen=True, slots=True)
class Reading:
    """What a time as given means.

    `utc` is the instant, or None with the reason in `error`; `flag` says that a choice was made for an extract.
    Both candidates stand beside an ambiguous time, so that a page can ask.
    """

    utc: datetime | None
    flag: str | None = None
    error: str | None = None
    first_utc: datetime | None = None
    second_utc: datetime | None = None


def reading_of(
    moment: datetime, *, occurrence: Occurrence | str | None = None, given_by: GivenBy | str | None = None
) -> Reading:
    """Read a time: with an offset as written, without one as London's wall clock.

    A time that does not exist is an error whoever gave it. One that occurs twice is the occurrence named; else an
    error with both readings for a person, the flagged first reading for an extract. `given_by` is a person if not said.
    """
    if moment.tzinfo is not None:
        return Reading(utc=moment.astimezone(UTC))
    if not tz.datetime_exists(moment, LONDON):
        return Reading(utc=None, error=TIME_DOES_NOT_EXIST)
    first, second = (moment.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second or occurrence == Occurrence.FIRST:
        return Reading(utc=first)
    if occurrence == Occurrence.SECOND:
        return Reading(utc=second)
    if given_by == GivenBy.INTAKE:
        return Reading(utc=first, flag=AMBIGUOUS_TIME)
    return Reading(utc=None, error=AMBIGUOUS_TIME, first_utc=first, second_utc=second)


def instant_of(moment: datetime, *, occurrence: Occurrence | str | None = None) -> datetime:
    """The one instant (UTC) a person means by a time, read as in `reading_of`.

    Raises TimeDoesNotExist or AmbiguousTime.
    """
    reading = reading_of(moment, occurrence=occurrence)
    if reading.utc is not None:
        return reading.utc
    if reading.first_utc is not None and reading.second_utc is not None:
        raise AmbiguousTime(
            f"{moment} happens twice in London: say which is meant", reading.first_utc, reading.second_utc
        )
    raise TimeDoesNotExist(f"{moment} does not exist in London: the clocks go forward over it")


def local_time(instant: datetime) -> datetime:
    """The instant as London's clocks show it. Raises ValueError for a time without an offset, which is no instant."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no offset, so it is a wall-clock time and not an instant")
    return instant.astimezone(LONDON)


def day_of(instant: datetime) -> date:
    """The London day an instant falls on; midnight belongs to the day it begins."""
    return local_time(instant).date()


def start_of(day: date) -> datetime:
    """The instant (UTC) of the London midnight that begins a day. Raises TypeError for an instant."""
    if isinstance(day, datetime):
        raise TypeError("a day is wanted, not an instant: the London day of an instant is day_of(instant)")
    return datetime.combine(day, time.min, tzinfo=LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The exclusive end (UTC) of a London day: the midnight that begins the next; of the last day there is, its last instant."""
    return datetime.max.replace(tzinfo=UTC) if day == date.max else start_of(day + timedelta(days=1))


def due(start: datetime, within: timedelta) -> datetime:
    """When an hour clock is due (UTC): so many hours as they elapse, whatever the wall clock does meanwhile."""
    return local_time(start).astimezone(UTC) + within


def days_left(until: datetime, now: datetime) -> int:
    """How many whole days an instant is ahead, the last one begun counted; none once it is over."""
    return max(0, -((now - until) // timedelta(days=1)))


def day_or_none(text: str | None) -> date | None:
    """A day written in ISO 8601, or None where none is given. Raises ValueError for anything else."""
    return date.fromisoformat(text) if text else None


def instant_or_none(text: str | None) -> datetime | None:
    """The instant of a time written in ISO 8601, or None where none is given. Raises as `instant_of`, and ValueError."""
    return instant_of(datetime.fromisoformat(text)) if text else None


def local_text(instant: datetime) -> str:
    """ISO 8601 with London's offset at that instant."""
    return local_time(instant).isoformat()


def utc_text(instant: datetime) -> str:
    """ISO 8601 in UTC, written with Z."""
    return local_time(instant).astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"

"""When a notification by a respondent counts, by when its address is verified, and how many were in time (MON-05, MET13).

Stalking Protection Act 2019 ss.9 to 11: in person, at a police station in the area, and acknowledged in writing. The time to
verify the address is policy. When the clock itself runs is said in `orders/clocks/notifications.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.clocks.london import day_of
from craffu.orders.clocks.notifications import SHPO, WITH_DUTY, Change, is_notified

# `monitor.verify_notification_within_days`
VERIFY_WITHIN_DAYS: Final = 7


class About(StrEnum):
    """What is notified: the first time, a change, or again after a year. Keys are stored."""

    INITIAL = "initial"
    HOME_ADDRESS = Change.HOME_ADDRESS.value
    FIRST_USE_OF_NAME = Change.FIRST_USE_OF_NAME.value
    NO_HOME_ADDRESS = Change.NO_HOME_ADDRESS.value
    ANNUAL = "annual"


CHANGES: Final = frozenset({About.HOME_ADDRESS, About.FIRST_USE_OF_NAME, About.NO_HOME_ADDRESS})


class Asked(StrEnum):
    """What became of a request for fingerprints or a photograph, which an officer may make. Keys are stored."""

    NOT_ASKED = "not_asked"
    TAKEN = "taken"
    REFUSED = "refused"


class Found(StrEnum):
    """What came of verifying what was notified. Keys are stored."""

    VERIFIED = "verified"
    FALSE = "false"
    NOT_YET = "not_yet"


class NotValid(StrEnum):
    """Why a notification does not count."""

    NOT_IN_PERSON = "not_in_person"
    NOT_IN_AREA = "not_at_station_in_area"


def is_asked(kind: str, about: About) -> bool:
    """Whether an order of a kind asks its respondent for it."""
    if about is About.INITIAL:
        return kind in WITH_DUTY
    if about is About.ANNUAL:
        return kind == SHPO
    return is_notified(kind, about.value)


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a notification was given as the law asks; one that was is acknowledged in writing, and its address verified."""

    valid: bool
    why: tuple[NotValid, ...]
    verify_by: date | None

    @property
    def acknowledge_in_writing(self) -> bool:
        return self.valid


def validity(*, in_person: bool, at_station_in_area: bool, given_on: date) -> Validity:
    """MON-05: in person, at a police station in the area where the home is.

    With no home in England or Wales it is the area of the court that last made the order.
    """
    why = [
        reason
        for reason, holds in ((NotValid.NOT_IN_PERSON, in_person), (NotValid.NOT_IN_AREA, at_station_in_area))
        if not holds
    ]
    return Validity(not why, tuple(why), None if why else given_on + timedelta(days=VERIFY_WITHIN_DAYS))


@dataclass(frozen=True, slots=True)
class Clocked:
    """An order with a first notification to be given: the exclusive end of its clock, and when one that counts was given."""

    ends: datetime
    given_at: datetime | None = None

    @property
    def last_day(self) -> date:
        return day_of(self.ends - datetime.resolution)


@dataclass(frozen=True, slots=True)
class OnTime:
    """MET13: of the orders whose last day fell in a period, those notified by it; late and never are counted apart."""

    orders: int
    on_time: int
    late: int
    never: int


def on_time(orders: Iterable[Clocked], first: date, last: date) -> OnTime:
    """MET13 between two days, both included."""
    within = [one for one in orders if first <= one.last_day <= last]
    timely = sum(one.given_at is not None and one.given_at < one.ends for one in within)
    never = sum(one.given_at is None for one in within)
    return OnTime(len(within), timely, len(within) - timely - never, never)

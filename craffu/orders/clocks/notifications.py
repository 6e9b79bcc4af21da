"""When somebody under an order must tell the police their name and address, and whether they did in time (CLK-03 to CLK-06).

Stalking Protection Act 2019 s.9; Domestic Abuse Act 2021 s.41; Sexual Offences Act 2003 ss.83 to 85, 103G, 122F; Sentencing Act
2020 s.352. Three days, of which the first is the day of service; under a domestic abuse protection order, the day it is made.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from craffu.clocks.counted_days import Away, counted_days
from craffu.clocks.lengths import CalendarLength
from craffu.clocks.london import day_of
from craffu.clocks.periods import NOT_CONFIRMED, Counting, period

DAYS: Final = 3
ANNUAL: Final = CalendarLength(months=12)

DAPO, SHPO, SRO = "DAPO", "SHPO", "SRO"
# The text of the two newest kinds was not seen: what is worked out for them is not confirmed (CLK-14).
NOT_SEEN: Final = frozenset({"SPO_CONV", "SPO_ACQ"})
FROM_SERVICE: Final = frozenset({"SPO", "ISPO", SRO, SHPO}) | NOT_SEEN
WITH_DUTY: Final = FROM_SERVICE | {DAPO}


class NoClock(StrEnum):
    """Why no notification clock runs."""

    NO_DUTY = "no_notification_duty"
    NOT_SERVED = "not_served"
    UNDER_SOA_PART_2 = "subject_to_soa_part2"
    UNDER_SPA_9 = "subject_to_spa_s9"
    REPLACES_INTERIM = "replaces_interim"


class Standing(StrEnum):
    """How a notification stands against its clock."""

    RUNNING = "running"
    ON_TIME = "on_time"
    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class OtherDuty:
    """Notification under Part 2 of the Sexual Offences Act 2003: it stands, or it ended on a day."""

    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Interim:
    """The interim order that a full one replaces: an order never served started no clock."""

    served: bool = True
    notified: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """What bears on the first notification under an order: the order, and what else its respondent is under."""

    kind: str
    made_at: datetime | None = None
    served_at: datetime | None = None
    replaces: Interim | None = None
    soa_part_2: OtherDuty | None = None
    under_spa_9: bool = False
    away: Collection[Away] = ()


@dataclass(frozen=True, slots=True)
class Notification:
    """A notification and its clock, or why none runs.

    `ends` is exclusive (UTC). `served_late`: the order was served only after the clock had run out, so both dates are shown and
    no breach is presumed (CLK-06).
    """

    applies: bool
    why: NoClock | None = None
    day1: date | None = None
    last_day: date | None = None
    ends: datetime | None = None
    status: Standing | None = None
    mark: str | None = None
    early: bool | None = None
    interim_failure_stays_open: bool | None = None
    served_late: bool = False


def initial_notification(
    bound: Bound, *, notified_at: datetime | None = None, now: datetime | None = None
) -> Notification:
    """The first notification under an order. Raises ValueError where its clock runs from a time that is not given."""
    if bound.kind not in WITH_DUTY:
        return Notification(False, NoClock.NO_DUTY)
    if bound.kind == DAPO:
        return _from_making(bound, notified_at, now)
    if bound.served_at is None:
        return Notification(False, NoClock.NOT_SERVED)
    served_on = day_of(bound.served_at)
    if _waits(bound, served_on):
        return Notification(False, NoClock.UNDER_SOA_PART_2)
    if bound.replaces is not None and bound.replaces.served:
        open_still = not bound.replaces.notified
        return Notification(False, NoClock.REPLACES_INTERIM, interim_failure_stays_open=open_still)
    unconfirmed = bound.kind in NOT_SEEN or bound.replaces is not None
    # Only here is time in custody, in hospital or abroad left out.
    away = bound.away if bound.kind == SHPO else ()
    return _running(_begins(bound, served_on), away, notified_at, now, unconfirmed=unconfirmed)


def _from_making(bound: Bound, notified_at: datetime | None, now: datetime | None) -> Notification:
    if bound.made_at is None:
        raise ValueError("this clock runs from the day the order was made: say when")
    made_on = day_of(bound.made_at)
    if _waits(bound, made_on):
        return Notification(False, NoClock.UNDER_SOA_PART_2)
    if bound.under_spa_9:
        return Notification(False, NoClock.UNDER_SPA_9)
    first = _begins(bound, made_on)
    # That the wait ends with three days here too is recalled, not read.
    return _running(first, (), notified_at, now, served_at=bound.served_at, unconfirmed=first != made_on)


def _waits(bound: Bound, starts_on: date) -> bool:
    """Whether the other duty keeps this one from running: while it stands.

    A sexual harm prevention order keeps whoever is under Part 2 when it is served under Part 2 (s.103G): no second clock ever.
    """
    other = bound.soa_part_2
    if other is None:
        return False
    return other.ended_on is None or (bound.kind == SHPO and other.ended_on > starts_on)


def _begins(bound: Bound, starts_on: date) -> date:
    """Day 1: the day of service or making, or the later day on which the other duty ended."""
    ended_on = None if bound.soa_part_2 is None else bound.soa_part_2.ended_on
    return starts_on if ended_on is None else max(starts_on, ended_on)


def _running(
    first: date,
    away: Collection[Away],
    notified_at: datetime | None,
    now: datetime | None,
    *,
    served_at: datetime | None = None,
    unconfirmed: bool = False,
) -> Notification:
    days = counted_days(first, DAYS, away)
    return Notification(
        applies=True,
        day1=days.first_day,
        last_day=days.last_day,
        ends=days.ends,
        status=_standing(days.ends, notified_at, now),
        mark=NOT_CONFIRMED if unconfirmed else None,
        served_late=served_at is not None and served_at >= days.ends,
    )


def _standing(ends: datetime, notified_at: datetime | None, now: datetime | None) -> Standing:
    """What lies after `now` has not happened yet; without a `now` nothing has been missed."""
    if notified_at is not None and (now is None or notified_at <= now):
        return Standing.ON_TIME if notified_at < ends else Standing.LATE
    return Standing.MISSED if now is not None and now >= ends else Standing.RUNNING


class Change(StrEnum):
    """What is notified when it happens."""

    HOME_ADDRESS = "home_address"
    FIRST_USE_OF_NAME = "first_use_of_name"
    NO_HOME_ADDRESS = "no_home_address"


# Ceasing to have a home is named by the Domestic Abuse Act alone.
EVERYWHERE: Final = frozenset({Change.HOME_ADDRESS, Change.FIRST_USE_OF_NAME})


def is_notified(kind: str, change: str) -> bool:
    """Whether an order of a kind asks to be told of a change."""
    if kind not in WITH_DUTY:
        return False
    return change in EVERYWHERE or (kind == DAPO and change == Change.NO_HOME_ADDRESS)


def change_notification(
    kind: str, change: str, event_on: date, *, notified_at: datetime | None = None, now: datetime | None = None
) -> Notification:
    """CLK-04: within three days beginning with the day of a change; it may be given before it."""
    if not is_notified(kind, change):
        return Notification(False, NoClock.NO_DUTY)
    days = counted_days(event_on, DAYS)
    return Notification(
        applies=True,
        day1=days.first_day,
        last_day=days.last_day,
        ends=days.ends,
        status=_standing(days.ends, notified_at, now),
        mark=NOT_CONFIRMED if kind in NOT_SEEN else None,
        early=notified_at is not None and day_of(notified_at) < event_on,
    )


@dataclass(frozen=True, slots=True)
class Annual:
    """Whether a notification is made again every year, and the last day for the next."""

    applies: bool
    last_day: date | None = None


def annual_notification(kind: str, last_notified_on: date) -> Annual:
    """CLK-04: every year under a sexual harm prevention order, under no other; sooner by other rules with no fixed address."""
    if kind != SHPO:
        return Annual(applies=False)
    return Annual(applies=True, last_day=period(last_notified_on, ANNUAL, Counting.AFTER).last_day)

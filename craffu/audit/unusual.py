"""Reading that is worth a question: many records in an hour, an hour of the day new to somebody, many refusals (P40).

A finding is a question to ask and never misconduct (DPA 2018 s.62(4)). Project decision: the numbers are ours. What the
data cannot say is not guessed at: who is on duty, whose case it is, who is whose relative.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from craffu.clocks.london import day_of, local_time


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the rules. A list page shows fifty records, so 150 are three of them."""

    looked_at_days: int = 7
    compared_days: int = 30
    many_records: int = 150
    many_times: int = 3
    fewest_own_hours: int = 10
    fewest_others: int = 3
    new_hour_records: int = 5
    new_hour_days: int = 10
    refusals: int = 5


LIMITS = Limits()


class Rule(StrEnum):
    MANY_RECORDS = "many_records"
    NEW_HOUR = "new_hour"
    REFUSED_OFTEN = "refused_often"


@dataclass(frozen=True, slots=True)
class Hour:
    """The different records that somebody looked at within one hour of the clock, which began at `at`."""

    actor: str
    role: str
    at: datetime
    records: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody asked for what their role does not open."""

    actor: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found and what it was held against. `own` and `others` are the middle hour of each; None: too little to say."""

    rule: Rule
    actor: str
    role: str
    at: datetime
    number: int
    own: float | None = None
    others: float | None = None


def _before(hours: Iterable[Hour], one: Hour, limits: Limits) -> list[Hour]:
    earliest = one.at - timedelta(days=limits.compared_days)
    return [hour for hour in hours if earliest <= hour.at < one.at]


def _usual_own(before: Iterable[Hour], one: Hour, limits: Limits) -> float | None:
    records = [hour.records for hour in before if hour.actor == one.actor]
    return median(records) if len(records) >= limits.fewest_own_hours else None


def _usual_others(before: Iterable[Hour], one: Hour, limits: Limits) -> float | None:
    others = [hour for hour in before if hour.role == one.role and hour.actor != one.actor]
    enough = len({hour.actor for hour in others}) >= limits.fewest_others
    return median(hour.records for hour in others) if enough else None


def many_records(hours: Sequence[Hour], since: datetime, limits: Limits = LIMITS) -> list[Finding]:
    """Hours with many records, and several times as many as usual for the person and for others in the role.

    A comparison for which there is too little is left out, and the finding says so by None.
    """
    found = []
    for one in hours:
        if one.at < since or one.records < limits.many_records:
            continue
        before = _before(hours, one, limits)
        own, others = _usual_own(before, one, limits), _usual_others(before, one, limits)
        if all(one.records > limits.many_times * usual for usual in (own, others) if usual is not None):
            found.append(Finding(Rule.MANY_RECORDS, one.actor, one.role, one.at, one.records, own, others))
    return found


def _near(hour: int, other: int) -> bool:
    return (hour - other) % 24 in {0, 1, 23}


def new_hours(hours: Sequence[Hour], since: datetime, limits: Limits = LIMITS) -> list[Finding]:
    """Reading at a time of the London day at which the person never read in the days before, nor an hour to either side.

    Nobody's roster is known, so this says nothing about duty. One finding for a person and a day: the fullest hour.
    """
    fullest: dict[tuple[str, object], Hour] = {}
    for one in hours:
        if one.at < since or one.records < limits.new_hour_records:
            continue
        own = [hour for hour in _before(hours, one, limits) if hour.actor == one.actor]
        # The same stretch of work is no habit: it begins up to half a day before.
        earlier = [hour for hour in own if hour.at < one.at - timedelta(hours=12)]
        if len({day_of(hour.at) for hour in earlier}) < limits.new_hour_days:
            continue
        if any(_near(local_time(hour.at).hour, local_time(one.at).hour) for hour in earlier):
            continue
        key = (one.actor, day_of(one.at))
        if key not in fullest or one.records > fullest[key].records:
            fullest[key] = one
    return [Finding(Rule.NEW_HOUR, one.actor, one.role, one.at, one.records) for one in fullest.values()]


def refused_often(refusals: Iterable[Refusal], since: datetime, limits: Limits = LIMITS) -> list[Finding]:
    """Several refusals of one person on one London day."""
    days: dict[tuple[str, object], list[Refusal]] = {}
    for one in refusals:
        if one.at >= since:
            days.setdefault((one.actor, day_of(one.at)), []).append(one)
    lasts = [(max(day, key=lambda one: one.at), len(day)) for day in days.values() if len(day) >= limits.refusals]
    return [Finding(Rule.REFUSED_OFTEN, last.actor, last.role, last.at, number) for last, number in lasts]


def unusual(
    hours: Sequence[Hour], refusals: Iterable[Refusal], now: datetime, limits: Limits = LIMITS
) -> list[Finding]:
    """Every finding of the days looked at, newest first."""
    since = now - timedelta(days=limits.looked_at_days)
    found = [
        *many_records(hours, since, limits),
        *new_hours(hours, since, limits),
        *refused_often(refusals, since, limits),
    ]
    return sorted(found, key=lambda one: (one.at, one.rule, one.actor), reverse=True)

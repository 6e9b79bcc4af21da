"""An initiative's periods, its figures before and after, and by how much they differ (C4; SCR-09).

2023 review, conclusion 4. A cause comes before its effect: no figure counts as an effect whose days begin before the initiative
did, and a baseline that was chosen after the start is said to be. A difference is no proof of effect.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from craffu.measures.definitions import Statistic
from craffu.published.intervals import Interval, newcombe, ratio_change
from craffu.scrutiny.initiatives.kinds import Course

# A month of anything says little, and over more than two years other things change.
SHORTEST: Final = timedelta(days=28)
LONGEST: Final = timedelta(days=731)
# Why there is no figure of how things stood before the first case.
NOT_KNOWN_HERE: Final = "how things stood on its last day was not known here: no case had been taken in yet"
# Of these there is no figure of the days of an initiative: answers to one question are never told with those to another, and
# orders that were watched for a year and a quarter were served long before whatever is to show itself in them.
NOT_OF_ITS_DAYS: Final = frozenset({"MET18", "MET30"})


@dataclass(frozen=True, slots=True)
class Period:
    """Days from one to another, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class Wrong(StrEnum):
    """What is wrong with a period."""

    BACKWARDS = "period_backwards"
    LENGTH = "period_length"
    BASELINE_NOT_BEFORE = "baseline_not_before"
    EFFECT_BEFORE = "effect_before_start"
    AHEAD = "period_ahead"


def baseline_lacks(period: Period, begins_on: date) -> Wrong | None:
    """C4: a baseline lies wholly before the first day of the initiative, and is long enough to say something."""
    if period.first > period.last:
        return Wrong.BACKWARDS
    if not SHORTEST <= timedelta(period.days) <= LONGEST:
        return Wrong.LENGTH
    return Wrong.BASELINE_NOT_BEFORE if period.last >= begins_on else None


def effect_lacks(period: Period, begins_on: date, today: date) -> Wrong | None:
    """C4, SCR-09: the days of an effect begin no earlier than the initiative, and are over."""
    if period.first > period.last:
        return Wrong.BACKWARDS
    if period.first < begins_on:
        return Wrong.EFFECT_BEFORE
    if period.last >= today:
        return Wrong.AHEAD
    return None if SHORTEST <= timedelta(period.days) <= LONGEST else Wrong.LENGTH


def next_effect(
    begins_on: date, ended_on: date | None, taken: Sequence[Period], length: int, today: date
) -> Period | None:
    """The next period of an effect, as long as the baseline, right after the last that was measured; None while it is not over.

    A period that reaches beyond the initiative's end is of something else as well, and is not measured.
    """
    first = max((one.last + timedelta(days=1) for one in taken), default=begins_on)
    period = Period(first, first + timedelta(days=length - 1))
    if ended_on is not None and period.last > ended_on:
        return None
    return period if period.last < today else None


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure came to over a period; `of` is None for a count of something, `count` None where it could not be told."""

    period: Period
    count: int | None
    of: int | None


@dataclass(frozen=True, slots=True)
class Changed:
    """By how much a share changed, as a difference; or a count or a rate, as a ratio less one. With its 95 % interval."""

    value: float
    interval: Interval
    of: Statistic


def changed(before: Figure, after: Figure, of: Statistic) -> Changed | None:
    """None where there is nothing to divide, or nothing was told of one of the two; and of days, whose interval is not known.

    Counts are compared only over periods of one length: a month is not a quarter.
    """
    match of:
        case Statistic.PROPORTION:
            return _of_shares(before, after)
        case Statistic.RATE:
            return _of_rates(before, after)
        case Statistic.COUNT if before.period.days == after.period.days:
            return _of_counts(before, after)
    return None


def _of_shares(before: Figure, after: Figure) -> Changed | None:
    if before.count is None or after.count is None or not before.of or not after.of:
        return None
    value = after.count / after.of - before.count / before.of
    return Changed(value, newcombe(after.count, after.of, before.count, before.of), Statistic.PROPORTION)


def _of_counts(before: Figure, after: Figure) -> Changed | None:
    if not before.count or not after.count:
        return None
    return Changed(after.count / before.count - 1, ratio_change(before.count, after.count), Statistic.COUNT)


def _of_rates(before: Figure, after: Figure) -> Changed | None:
    """The counts say how sure it is: what rates are beside is known."""
    counts = _of_counts(before, after)
    if counts is None or not before.of or not after.of:
        return None
    beside = before.of / after.of
    value, low, high = (beside * (1 + one) - 1 for one in (counts.value, *counts.interval))
    return Changed(value, (low, high), Statistic.RATE)


def fixed_before(recorded_on: date, begins_on: date) -> bool:
    """C4: whether the baseline was chosen before the initiative began, so that nobody chose it by what came out."""
    return recorded_on < begins_on


class Standing(StrEnum):
    """How an initiative stands on a day."""

    AHEAD = "ahead"
    UNDER_WAY = "under_way"
    ENDED = "ended"
    NOT_BEGUN = "not_begun"


def standing(begins_on: date, course: Sequence[tuple[Course, date]], today: date) -> Standing:
    """By what was said of it last, an end counting from the day after it on."""
    for said, on in course:
        if said is Course.NOT_BEGUN:
            return Standing.NOT_BEGUN
        if said is Course.ENDED and on < today:
            return Standing.ENDED
    return Standing.AHEAD if begins_on > today else Standing.UNDER_WAY


@dataclass(frozen=True, slots=True)
class Evidence:
    """C4: of all initiatives that began how many are measured, and of those how many had their baseline fixed before."""

    begun: int
    measured: int
    fixed_before: int


def evidence(initiatives: Sequence[tuple[Standing, bool, bool]]) -> Evidence:
    """Each by how it stands, whether its baseline and an effect are measured, and whether the baseline was fixed before."""
    begun = [one for one in initiatives if one[0] in {Standing.UNDER_WAY, Standing.ENDED}]
    measured = [one for one in begun if one[1]]
    return Evidence(len(begun), len(measured), sum(one[2] for one in measured))

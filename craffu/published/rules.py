"""What may be shown of published figures, and how: shares, rates, changes, and which figures may stand on one line.

MSR-01, MSR-02, MSR-04, MSR-05 and MSR-07. A figure that may not be shown is answered with the reason, never with 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from craffu.published import intervals
from craffu.published.definitions import Break
from craffu.published.periods import Period, PeriodKind, overlap

READ_WITH_CARE_BELOW: Final = 30


class Why(StrEnum):
    """Why there is no figure."""

    BLANK = "blank"
    NOT_AVAILABLE = "not_available"
    NOT_SUPPLIED = "not_supplied"
    NEVER_PUBLISHED = "never_published"
    NONE_OR_NOT_SUPPLIED = "none_or_not_supplied"
    NO_CASES = "no_cases"
    NO_CASES_BEFORE = "no_cases_before"
    MORE_THAN_ALL = "more_than_all"
    NEGATIVE = "negative"
    NO_BASE = "no_base"
    BASE_SAYS_NOTHING = "base_says_nothing"
    FORBIDDEN = "forbidden"
    SERIES_BREAK = "series_break"
    OVERLAPPING_PERIODS = "overlapping_periods"
    DIFFERENT_DEFINITIONS = "different_definitions"
    DIFFERENT_UNITS = "different_units"
    DIFFERENT_PERIODS = "different_periods"


class Mark(StrEnum):
    """What must be said beside a figure that is shown."""

    READ_WITH_CARE = "read_with_care"


@dataclass(frozen=True, slots=True)
class Answer:
    """A worked-out figure with its 95 % interval, or why there is none; never both, never neither."""

    value: float | None
    interval: tuple[float, float] | None = None
    why: Why | None = None
    marks: tuple[Mark, ...] = ()
    # Names of the breaks that lie between, where that is why.
    breaks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.value is None) == (self.why is None):
            raise ValueError("an answer is a value or a reason")


def refused(why: Why, breaks: Iterable[str] = ()) -> Answer:
    return Answer(None, why=why, breaks=tuple(breaks))


@dataclass(frozen=True, slots=True)
class Count:
    """A printed count, or why it is missing. A blank, 'not available' and 0 are three different things (MSR-02)."""

    value: int | None
    missing: Why | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.missing is None):
            raise ValueError("a count has a value or says why not")


def count_of(value: int | None, missing: str) -> Count:
    return Count(value) if value is not None else Count(None, Why(missing))


def share(part: Count, whole: Count, *, zero_may_mean_not_supplied: bool = False) -> Answer:
    """The share of a whole, 0 to 1, with Wilson's interval; of nothing there is none (MSR-02, MSR-04)."""
    if whole.value is None or part.value is None:
        return refused(whole.missing or part.missing or Why.BLANK)
    if whole.value < 0 or part.value < 0:
        return refused(Why.NEGATIVE)
    if whole.value == 0:
        return refused(Why.NONE_OR_NOT_SUPPLIED if zero_may_mean_not_supplied else Why.NO_CASES)
    if part.value > whole.value:
        return refused(Why.MORE_THAN_ALL)
    return Answer(part.value / whole.value, intervals.wilson(part.value, whole.value), marks=_care(whole.value))


def rate(count: Count, base: int | None, per: int = 1000) -> Answer:
    """A count for each `per` of a base, with the exact Poisson interval. The caller names the base (MSR-04)."""
    if count.value is None:
        return refused(count.missing or Why.BLANK)
    if base is None:
        return refused(Why.NO_BASE)
    if base <= 0:
        return refused(Why.NO_CASES)
    if count.value < 0:
        return refused(Why.NEGATIVE)
    low, high = intervals.poisson_exact(count.value)
    scale = per / base
    return Answer(count.value * scale, (low * scale, high * scale), marks=_care(base))


def difference(part1: int, whole1: int, part2: int, whole2: int) -> Answer:
    """The difference of two shares, with Newcombe's interval (MSR-04)."""
    if whole1 == 0 or whole2 == 0:
        return refused(Why.NO_CASES)
    return Answer(
        part1 / whole1 - part2 / whole2,
        intervals.newcombe(part1, whole1, part2, whole2),
        marks=_care(min(whole1, whole2)),
    )


def _care(base: int) -> tuple[Mark, ...]:
    return (Mark.READ_WITH_CARE,) if base < READ_WITH_CARE_BELOW else ()


@dataclass(frozen=True, slots=True, order=True)
class LineKey:
    """What makes figures belong on one line: one definition of one measure, in one unit, over one kind of period (MSR-05)."""

    series: str
    measure: str
    unit: str
    period_kind: str


def same_line(keys: Iterable[LineKey]) -> Why | None:
    """None where the figures may share a line, or why they may not (MSR-05, MSR-07: 10,199 and 6,555 may not)."""
    found = set(keys)
    if len({(key.series, key.measure) for key in found}) > 1:
        return Why.DIFFERENT_DEFINITIONS
    if len({key.unit for key in found}) > 1:
        return Why.DIFFERENT_UNITS
    if len({key.period_kind for key in found}) > 1:
        return Why.DIFFERENT_PERIODS
    return None


def breaks_between(a: Period, b: Period, breaks: Iterable[Break]) -> list[Break]:
    """The changes of what is counted that keep two periods from being compared, in the order of time (MSR-07).

    A period that a change falls into is like neither side of it.
    """
    return [one for one in breaks if parted((a.start, a.end), (b.start, b.end), one.at)]


type Days = tuple[date, date]
"""The first and the last day of a period, both inside it."""


def parted(a: Days, b: Days, at: date) -> bool:
    """Whether a change on a day keeps two periods apart: neither do both end before it nor both begin from it on."""
    return max(a[1], b[1]) >= at > min(a[0], b[0])


def comparable(a: tuple[LineKey, Period], b: tuple[LineKey, Period], breaks: Iterable[Break]) -> Answer | None:
    """None where two figures may be compared, or the refusal with its reason (MSR-05, MSR-07)."""
    (key_a, period_a), (key_b, period_b) = a, b
    why = same_line([key_a, key_b])
    if why:
        return refused(why)
    between = breaks_between(period_a, period_b, breaks)
    if between:
        return refused(Why.SERIES_BREAK, (one.key for one in between))
    if overlap(period_a, period_b) and period_a != period_b:
        return refused(Why.OVERLAPPING_PERIODS)
    return None


def change(
    before: tuple[LineKey, Period, Count],
    after: tuple[LineKey, Period, Count],
    breaks: Iterable[Break],
    *,
    forbidden: bool = False,
) -> Answer:
    """The change from one period to another as a share of the first, with the interval of the ratio.

    Refused across a break or a change of definition, between rolling years that overlap, from nought, and where the series
    forbids it (MSR-02, MSR-04, MSR-07).
    """
    if forbidden:
        return refused(Why.FORBIDDEN)
    answer = comparable(before[:2], after[:2], breaks)
    return answer or relative_change(before[2], after[2])


def relative_change(first: Count, second: Count) -> Answer:
    """The change of a count as a share of the first, with the ratio's interval; from nought there is none (MSR-02)."""
    if first.value is None or second.value is None:
        return refused(first.missing or second.missing or Why.BLANK)
    if first.value < 0 or second.value < 0:
        return refused(Why.NEGATIVE)
    if first.value == 0:
        return refused(Why.NO_CASES_BEFORE)
    value = second.value / first.value - 1
    interval = intervals.ratio_change(first.value, second.value) if second.value else None
    return Answer(value, interval, marks=_care(first.value))


def may_be_summed(kind: PeriodKind, never_sum: Iterable[str]) -> bool:
    """Whether figures of several periods may be added: rolling years and censuses never."""
    return kind not in (PeriodKind.ROLLING_YEAR, PeriodKind.INSTANT) and "periods" not in set(never_sum)


def segments(points: Sequence[tuple[Period, bool]], breaks: Iterable[Break], gaps: Iterable[Period]) -> list[list[int]]:
    """The stretches of a line that may be drawn through, as places of its points, which are in the order of time.

    A point is its period and whether it has a figure. A line stops at a missing figure, at a period never published and at
    a change of what is counted: none of them is bridged (MSR-07).
    """
    cuts = list(breaks)
    never = sorted(gaps)
    found: list[list[int]] = []
    last: Period | None = None
    for place, (period, has_figure) in enumerate(points):
        if not has_figure:
            last = None
            continue
        joined = (
            last is not None
            and not breaks_between(last, period, cuts)
            and not any(last.end < gap.end < period.end for gap in never)
        )
        if joined:
            found[-1].append(place)
        else:
            found.append([place])
        last = period
    return found

"""How much work there is for whoever is in post, how long posts stand empty, and which teams are too small to be shown (RES-03).

2023 review, recommendation 1 (fund and recruit vital roles). The marks are policy (Annex D, `res.caseload_warn`,
`msr.internal_threshold`). A day that ends something is its last day, and counts.
"""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

CASELOAD_WARN: Final = 20
# Teams with fewer posts are put together for whoever may not open the rows behind a figure (MSR-03).
FEWEST: Final = 5
_ONE_DAY: Final = timedelta(days=1)


class Note(StrEnum):
    """What is said in words where there is nothing to divide by."""

    NOBODY = "no managers in post"
    NO_CASES = "no cases"


@dataclass(frozen=True, slots=True)
class Caseload:
    """Work for each of those in post, whether that is warned of, or in words why there is no number."""

    value: Fraction | None
    note: Note | None
    warn: bool


def caseload(in_post: Fraction | int, work: int, most: Fraction | int = CASELOAD_WARN) -> Caseload:
    """RES-03: active orders for each order manager in post; above `most` it is warned of, and so is work with nobody in post."""
    if in_post:
        value = Fraction(work) / in_post
        return Caseload(value, None, value > most)
    return Caseload(None, Note.NOBODY if work else Note.NO_CASES, warn=work > 0)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from one to another, both included; without an end until further notice."""

    first: date
    last: date | None = None

    def holds(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Days:
    """Of all days the days of one sort: vacant of those on which a post stood open, uncovered of those of absence."""

    of: int
    counted: int

    def __add__(self, other: "Days") -> "Days":
        return Days(self.of + other.of, self.counted + other.counted)


def days_of(spans: Iterable[Span], first: date, last: date) -> int:
    """On how many days of a period at least one of these spans runs: a day of several counts once."""
    found, free = 0, first
    for span in sorted(spans, key=lambda one: one.first):
        begins = max(span.first, free)
        ends = last if span.last is None else min(span.last, last)
        if begins <= ends:
            found += (ends - begins).days + 1
            free = ends + _ONE_DAY
    return found


def vacant(post: Span, held: Iterable[Span], first: date, last: date) -> Days:
    """RES-03: the days of a period on which a post was open, and of them those on which nobody held it."""
    begins = max(first, post.first)
    ends = last if post.last is None else min(last, post.last)
    open_days = days_of([post], first, last)
    return Days(open_days, open_days - days_of(held, begins, ends))


def vacant_since(post: Span, held: Sequence[Span], on: date) -> date | None:
    """The first day of the vacancy that a day lies in; None where somebody holds the post then, or it is not open."""
    if not post.holds(on) or any(one.holds(on) for one in held):
        return None
    ended = [one.last for one in held if one.last is not None and one.last < on]
    return max([post.first, *(day + _ONE_DAY for day in ended)])


def uncovered(away: Iterable[tuple[Span, bool]], first: date, last: date) -> Days:
    """The days of a period on which somebody was away for long, and of them those for which nobody was named to cover."""
    found = Days(0, 0)
    for span, is_covered in away:
        days = days_of([span], first, last)
        found += Days(days, 0 if is_covered else days)
    return found


def spread(loads: Iterable[int], steps: Sequence[int]) -> list[int]:
    """How many carry work within each step, and in the last place more than any: a spread and no ranking.

    `steps` are the most that each step takes, in order.
    """
    numbers = [0] * (len(steps) + 1)
    for load in loads:
        numbers[next((place for place, most in enumerate(steps) if load <= most), len(steps))] += 1
    return numbers


def median(loads: Iterable[int]) -> Fraction | None:
    numbers = [Fraction(load) for load in loads]
    return statistics.median(numbers) if numbers else None


def grouped(sizes: Mapping[str, int], fewest: int = FEWEST) -> list[tuple[str, ...]]:
    """Which teams are shown together, so that no group has fewer than so many: small ones are put together, and where those
    are too few as well the next smallest joins them.

    Fewer than that in all are one group. The order is by name, the group put together last.
    """
    by_size = sorted(sizes, key=lambda name: (sizes[name], name))
    together: list[str] = []
    while by_size and (sizes[by_size[0]] < fewest or 0 < sum(sizes[name] for name in together) < fewest):
        together.append(by_size.pop(0))
    alone: list[tuple[str, ...]] = [(name,) for name in sorted(by_size)]
    return [*alone, tuple(sorted(together))] if together else alone

"""A line of published figures: one definition of one measure, of one area, in the order of time, and nothing else.

MSR-01, MSR-05, MSR-07. A line cannot be made of figures that differ in series, measure, unit or kind of period, so the
review's 10,199 and 6,555 cannot come to stand on one line unlabelled, whoever builds the page.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from craffu.published.areas import Area
from craffu.published.definitions import Break, Gap, Words
from craffu.published.periods import Period
from craffu.published.populations import Residents
from craffu.published.rules import Answer, Count, LineKey, Why, change, rate, refused, same_line, segments

PER: Final = 1000


class MixedLine(ValueError):
    """Figures of two definitions were about to share a line."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Everything that is said beside the figures of a line."""

    key: LineKey
    title: Words
    measure: Words
    definition: Words
    counting_rules: Words
    publisher: Words
    source: Words
    licence: str
    attribution: str
    breaks: tuple[Break, ...] = ()
    gaps: tuple[Gap, ...] = ()
    caveats: tuple[Words, ...] = ()
    warning: Words | None = None
    never: frozenset[str] = frozenset()
    # Named, where somebody read the figures in a publication and entered them.
    entered_by: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a line: its count, or why there is none; its rate on a named base; and where it came from."""

    key: LineKey
    period: Period
    count: Count
    as_printed: str = ""
    flags: tuple[str, ...] = ()
    # The residents that a rate stands on; None where the period or the area has no rate at all.
    residents: Residents | None = None
    file_sha256: str = ""
    line: int = 0
    received_at: datetime | None = None
    read_in: str = ""
    # How many forces were added up, where the figure is our own sum of theirs, and those without which there is none.
    forces: int = 0
    absent: tuple[Area, ...] = ()

    @property
    def rate(self) -> Answer | None:
        """The figure for each 1,000 residents, or why there is none. Worked out when asked: its interval takes a while."""
        if self.residents is None:
            return None
        if self.residents.why_not:
            return refused(self.residents.why_not)
        return rate(self.count, self.residents.number, PER)


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one definition for one area, oldest first. Raises MixedLine for any other."""

    definition: Definition
    area: Area
    points: tuple[Point, ...]

    def __post_init__(self) -> None:
        why = same_line([self.definition.key, *(point.key for point in self.points)])
        if why:
            raise MixedLine(f"figures of {why.value.replace('_', ' ')} cannot share a line")
        if any(later.period <= earlier.period for earlier, later in pairwise(self.points)):
            raise MixedLine("the figures of a line are in the order of time, one for each period")

    @property
    def segments(self) -> list[list[int]]:
        """The stretches that may be drawn through, as places of `points`: no gap and no break is bridged."""
        return segments(
            [(point.period, point.count.value is not None) for point in self.points],
            self.definition.breaks,
            [gap.period for gap in self.definition.gaps],
        )

    @property
    def breaks_shown(self) -> list[Break]:
        """The changes of what is counted that fall between the first and the last point."""
        if not self.points:
            return []
        first, last = self.points[0].period, self.points[-1].period
        return [one for one in self.definition.breaks if first.start < one.at <= last.end]

    def change(self, before: int, after: int) -> Answer:
        """The change between two of the points, by their places, or why there is none."""
        a, b = self.points[before], self.points[after]
        return change(
            (a.key, a.period, a.count),
            (b.key, b.period, b.count),
            self.definition.breaks,
            forbidden="change" in self.definition.never,
        )

    def change_on_year_before(self, place: int) -> Answer:
        """The change on the period that ended a year earlier, or why there is none."""
        end = self.points[place].period.end
        for before, point in enumerate(self.points[:place]):
            if (point.period.end.year, point.period.end.month) == (end.year - 1, end.month):
                return self.change(before, place)
        return refused(Why.FORBIDDEN if "change" in self.definition.never else Why.NEVER_PUBLISHED)

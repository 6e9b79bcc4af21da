"""Whether two periods of a figure may be compared, and what may not explain the change between them (MSR-07).

Pure. Across a change of what is counted, or of the definition, they are not; a cause that began after both explains nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from craffu.published.rules import Days, parted


class Flag(StrEnum):
    """What must be said of a comparison."""

    DIFFERENT_DEFINITIONS = "different_definitions"
    SERIES_BREAK = "series_break"
    EXPLANATION_POSTDATES_PERIOD = "explanation_postdates_period"


@dataclass(frozen=True, slots=True)
class Dated:
    """A change of what is counted, or a cause put forward, and the day on which it began."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Side:
    """A figure's definition and the days it covers."""

    definition: str
    days: Days


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two figures may be compared, and each flag with what it is about, which has no name for the definitions."""

    flags: tuple[tuple[Flag, str], ...]

    @property
    def is_comparable(self) -> bool:
        return all(flag is Flag.EXPLANATION_POSTDATES_PERIOD for flag, _ in self.flags)


def compare(first: Side, second: Side, breaks: Iterable[Dated] = (), explanations: Iterable[Dated] = ()) -> Comparison:
    """What must be said before two figures are set beside each other."""
    flags: list[tuple[Flag, str]] = []
    if first.definition != second.definition:
        flags.append((Flag.DIFFERENT_DEFINITIONS, ""))
    flags += [(Flag.SERIES_BREAK, one.name) for one in breaks if parted(first.days, second.days, one.on)]
    end = max(first.days[1], second.days[1])
    flags += [(Flag.EXPLANATION_POSTDATES_PERIOD, one.name) for one in explanations if one.on > end]
    return Comparison(tuple(flags))

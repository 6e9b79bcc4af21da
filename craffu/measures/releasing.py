"""How a figure may be told to whom, so that nobody is found again in it (MSR-03).

Pure. What is hidden is answered with what it is below, for it is told in words; which cells of a table those are is decided in
`craffu.published.disclosure`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from craffu.common.reasons import is_too_short
from craffu.published.disclosure import THRESHOLD, Table, To, as_shown, hidden, is_small, show_count
from craffu.published.rules import READ_WITH_CARE_BELOW

SYSTEM: Final = "system"
NOT_SHOWN: Final = "not shown: it, or another beside it, is fewer than "


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Who decided that a total is published exactly, when, and why."""

    by: str
    on: date
    reason: str

    @property
    def is_complete(self) -> bool:
        """Whether a named person decided it, for a reason: the system decides none, and a word is no reason."""
        return bool(self.by.strip()) and self.by != SYSTEM and not is_too_short(self.reason)


@dataclass(frozen=True, slots=True)
class Total:
    """What a count is of: its unit, where, over which time, and by what it is broken down, if by anything."""

    unit: str
    scope: str
    period: str
    broken_down_by: str = ""

    @property
    def may_be_exact(self) -> bool:
        """Whether a decision can publish it exactly: only orders of the whole force in a year."""
        return (self.unit, self.scope, self.period, self.broken_down_by) == ("order", "force", "year", "")


@dataclass(frozen=True, slots=True)
class Told:
    """A count as it is told, or what it is below; and by whose decision it is told exactly."""

    count: int | None
    fewer_than: int | None = None
    exact_by: str | None = None


def tell(count: int, to: To, total: Total | None = None, decision: Disclosure | None = None) -> Told:
    """A count as it is told to those who may open its rows, to others inside the force, or to anybody.

    A yearly total of orders of the whole force is told exactly by a recorded decision. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("a count is not negative")
    if to is To.PUBLIC and decision and decision.is_complete and total and total.may_be_exact:
        return Told(count, exact_by=decision.by)
    shown = show_count(count, to)
    return Told(shown, THRESHOLD[to] if shown is None else None)


@dataclass(frozen=True, slots=True)
class PublicShare:
    """A share from its rounded counts; `with_care` where it is of fewer than thirty."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float:
        return 100 * self.numerator / self.denominator

    @property
    def with_care(self) -> bool:
        return self.denominator < READ_WITH_CARE_BELOW


def public_share(numerator: int, denominator: int) -> PublicShare | None:
    """A share as anybody may read it; None where its numerator, what is left over, or its denominator is hidden."""
    if not 0 <= numerator <= denominator:
        raise ValueError("a share counts none to all of what there is")
    parts = (numerator, denominator - numerator, denominator)
    if any(is_small(one, To.PUBLIC) for one in parts):
        return None
    return PublicShare(as_shown(numerator, To.PUBLIC), as_shown(denominator, To.PUBLIC))


type Line = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as it is told, what is hidden being None; how many of its cells by themselves, and how many to protect those."""

    cells: tuple[Line, ...]
    row_totals: Line
    column_totals: Line
    total: int | None
    primary: int
    secondary: int


def tell_table(table: Table, to: To) -> ShownTable:
    """A table with its totals. Each total is rounded by itself; one that is small is hidden, and the smallest other with it."""
    found = hidden(table, to)
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    return ShownTable(
        tuple(_line(row, gone, to) for row, gone in zip(table, found.cells, strict=True)),
        _totals(rows, to),
        _totals(columns, to),
        show_count(sum(rows), to),
        found.primary,
        found.secondary,
    )


def _totals(totals: Sequence[int], to: To) -> Line:
    return _line(totals, hidden([totals], to).cells[0], to)


def _line(counts: Sequence[int], gone: Sequence[bool], to: To) -> Line:
    return tuple(None if is_gone else as_shown(count, to) for count, is_gone in zip(counts, gone, strict=True))


def not_shown(below: int) -> str:
    """What stands in place of a figure that is hidden: by itself, or to protect another, which is no smaller for it."""
    return f"{NOT_SHOWN}{below}"


def orders_at_least(days: int, of_days: int) -> int:
    """How many orders at least had so many days between them, over a period of so many: whoever reads the days knows that."""
    return -(-days // of_days)


def days_as_shown(days: int, of_days: int, to: To) -> int:
    """Days of orders as they are printed: for anybody as those of the nearest five orders that stood all the time."""
    return as_shown(round(days / of_days), to) * of_days if to is To.PUBLIC else days


class NotPooled(StrEnum):
    """Why years are not pooled."""

    SINGLE_YEARS_PUBLISHED = "single_years_already_published"


@dataclass(frozen=True, slots=True)
class Block:
    """Years told together."""

    first: int
    last: int
    told: Told


@dataclass(frozen=True, slots=True)
class Pooled:
    """Blocks of years in the order of time, the years that fill none, and why there are none."""

    blocks: tuple[Block, ...] = ()
    left_out: tuple[int, ...] = ()
    why: NotPooled | None = None


def pool(years: Mapping[int, int], size: int, *, single_years_published: bool = False) -> Pooled:
    """Counts of years pooled for anybody to read, in blocks of so many counted back from the latest.

    Blocks never overlap and never stand beside their single years: the difference would tell. Raises ValueError for blocks of
    fewer than two years, and for years with a gap.
    """
    if size < 2:
        raise ValueError("years are pooled by two or more")
    if single_years_published:
        return Pooled(why=NotPooled.SINGLE_YEARS_PUBLISHED)
    held = sorted(years)
    if held and held != list(range(held[0], held[-1] + 1)):
        raise ValueError("years that are pooled follow one another: a year is missing")
    over = len(held) % size
    blocks = [held[place : place + size] for place in range(over, len(held), size)]
    return Pooled(
        tuple(Block(one[0], one[-1], tell(sum(years[year] for year in one), To.PUBLIC)) for one in blocks),
        tuple(held[:over]),
    )

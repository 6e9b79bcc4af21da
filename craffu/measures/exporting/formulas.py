"""What a figure comes to from its counts, written once and told both to Power BI (DAX) and to a database (SQL) (MSR-01). Pure.

A measure of the model and the query that proves it are two spellings of one `Formula`, which follows from the definition alone.
"""

from dataclasses import dataclass
from typing import Final

from craffu.measures.definitions import Definition, Statistic
from craffu.measures.exporting.shapes import ALL, NOW, part_key
from craffu.measures.rules import DAYS_OF_A_YEAR

# What somebody chose, or all of it and now. DAX takes such a choice in a filter only by a name that was given to it before.
_CHOSEN: Final = (
    f'VAR OneSplit = SELECTEDVALUE ( splits[split_key], "{ALL}" )\n'
    f'VAR OnePeriod = SELECTEDVALUE ( periods[period], "{NOW}" )\n'
    "RETURN\n"
)
_WHERE: Final = ('figures[part_key] = "{part}"', "splits[split_key] = OneSplit", "periods[period] = OnePeriod")


@dataclass(frozen=True, slots=True)
class Formula:
    """`top` and `below` are columns of the figures; without `below` nothing is divided. `times` is of how many a rate is."""

    part: str
    top: str
    below: str = ""
    times: float = 1

    @property
    def dax(self) -> str:
        top = _sum_dax(self.part, self.top)
        if not self.below:
            return f"{_CHOSEN}{top}"
        over = f"{self.times:g} * {top}" if self.times != 1 else top
        return f"{_CHOSEN}DIVIDE (\n\t{over},\n\t{_sum_dax(self.part, self.below)}\n)"

    def sql(self, split: str = ALL, period: str = NOW) -> str:
        where = f"part_key = {_quoted(self.part)} AND split_key = {_quoted(split)} AND period = {_quoted(period)}"
        top = f"sum({self.top})"
        if self.below:
            top = f"{self.times:g} * {top} / nullif(sum({self.below}), 0)"
        return f"SELECT {top} FROM figures WHERE {where}"  # noqa: S608  # of our own names alone


def _sum_dax(part: str, column: str) -> str:
    return f"CALCULATE ( SUM ( figures[{column}] ), {', '.join(one.format(part=part) for one in _WHERE)} )"


def _quoted(said: str) -> str:
    return "'" + said.replace("'", "''") + "'"


def formula(defined: Definition, part: str, per: int) -> Formula:
    """How a part of a measure comes from its counts. The middle of a duration does not, and is taken as it was worked out."""
    key = part_key(defined.code, part)
    match defined.statistic:
        case Statistic.COUNT:
            return Formula(key, "numerator")
        case Statistic.DURATION:
            return Formula(key, "value")
        case Statistic.RATE:
            return Formula(key, "numerator", "denominator", per or DAYS_OF_A_YEAR)
    return Formula(key, "numerator", "denominator")

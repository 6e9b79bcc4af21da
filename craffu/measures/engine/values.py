"""What a measure comes to from its counts, and how it is told to whom: shares, rates and times with intervals (MSR-02 to MSR-06).

Pure. Of nothing to divide there is no value and it says so; what is small is hidden from whoever may not open the rows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from craffu.measures.releasing import days_as_shown, not_shown, orders_at_least
from craffu.measures.rules import BREACH, COHORT_DAYS, DAYS_OF_A_YEAR, Share
from craffu.measures.statistics.rates import rate
from craffu.measures.statistics.survival import Incidence, Spell, cumulative_incidence
from craffu.published.disclosure import THRESHOLD, To, as_shown, hidden, is_small
from craffu.published.rules import READ_WITH_CARE_BELOW

NO_CASES: Final = "no cases"
NOT_REACHED: Final = "not reached"
READ_WITH_CARE: Final = f"fewer than {READ_WITH_CARE_BELOW}: read with care"

# Complete, still waiting, and no longer possible.
_CAUSES: Final = (BREACH, 0, 2)

type Interval = tuple[float, float]
type Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """One figure: of which part of which measure, of what (`of` None is all), its counts and value, and what is said of it."""

    measure: str
    part: str
    of: str | None
    numerator: int | None
    denominator: int | None
    value: float | None
    interval: Interval | None = None
    suppressed: bool = False
    note: str = ""
    beside: Mapping[str, float | int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """The measure that rows are of, and to whom its figures are told."""

    measure: str
    to: To
    parts: Sequence[str]
    of: str
    beside: Sequence[str]
    # Of how many a rate is; nought is of the years of orders. Of fewer than `least` a share is told to nobody.
    per: int = 0
    least: int = 0
    # Of how many days the period is, in which orders have the days that a rate is divided by.
    days: int = COHORT_DAYS

    def shares(self, rows: Sequence[Row]) -> Iterator[Value]:
        """So many of so many of each row; a line of which anything is hidden is hidden as a whole, and says below what it is."""
        lines = [[(row[part], row[self.of]) for part in self.parts] for row in rows]
        gone = _hidden_lines(lines, self.to, [self._tells_nought(row["by"]) for row in rows])
        for row, is_gone in zip(rows, gone, strict=True):
            for part in self.parts:
                found = Share(row[part], row[self.of])
                if is_gone or 0 < row[self.of] < self.least:
                    yield self._hidden(part, row, max(self.least, THRESHOLD.get(self.to, 0)))
                    continue
                numerator, denominator = as_shown(row[part], self.to), as_shown(row[self.of], self.to)
                shown = found if self.to is not To.PUBLIC else Share(min(numerator, denominator), denominator)
                answer = shown.answer
                yield Value(
                    self.measure, part, row["by"], shown.numerator, shown.denominator, answer.value, answer.interval,
                    note=_note(shown.denominator), beside=self._beside(row),
                )  # fmt: skip

    def counts(self, rows: Sequence[Row]) -> Iterator[Value]:
        """How many of each row: of those that are small none is told, nor of another beside it that would tell."""
        gone = hidden([[row[part] for part in self.parts] for row in rows], self.to).cells
        for row, cells in zip(rows, gone, strict=True):
            for part, is_gone in zip(self.parts, cells, strict=True):
                if is_gone:
                    yield self._hidden(part, row)
                    continue
                count = as_shown(row[part], self.to)
                yield Value(self.measure, part, row["by"], count, None, float(count))

    def rates(self, rows: Sequence[Row]) -> Iterator[Value]:
        """So many for each year of an order, or for each so many of what is beside, with the exact interval."""
        gone = hidden([[*(row[part] for part in self.parts), self._how_many(row)] for row in rows], self.to).cells
        for row, cells in zip(rows, gone, strict=True):
            # Of nothing at all there are no cases, which tells of nobody but in one line of many.
            is_nothing = not any(row[name] for name in (*self.parts, self.of)) and self._tells_nought(row["by"])
            for part in self.parts:
                if any(cells) and not is_nothing:
                    yield self._hidden(part, row)
                    continue
                count = as_shown(row[part], self.to)
                base = as_shown(row[self.of], self.to) if self.per else days_as_shown(row[self.of], self.days, self.to)
                years = base / DAYS_OF_A_YEAR
                found = rate(count, base, self.per) if self.per else rate(count, years, 1)
                yield Value(
                    self.measure, part, row["by"], count, base, found.value if found else None,
                    found.interval if found else None, note="" if found else NO_CASES,
                    beside=self._beside(row) if self.per else {"years": years},
                )  # fmt: skip

    def _how_many(self, row: Row) -> int:
        """Of how many a rate is, or at least: days of orders tell how many orders there are as well."""
        base: int = row[self.of]
        return base if self.per else orders_at_least(base, self.days)

    def durations(self, rows: Sequence[Row]) -> Iterator[Value]:
        """The days in which half, and nine in ten, of each stage were complete, those that cannot be any more competing."""
        every = list(dict.fromkeys(row["by"] for row in rows)) or [None]
        for part in self.parts:
            of_each = [[row for row in rows if (row["by"], row["stage"]) == (of, part)] for of in every]
            ended = [[sum(row["number"] for row in of if row["cause"] == cause) for cause in _CAUSES] for of in of_each]
            gone = hidden(ended, self.to).cells
            for of, mine, counts, cells in zip(every, of_each, ended, gone, strict=True):
                if any(cells) and (any(counts) or not self._tells_nought(of)):
                    yield self._hidden(part, {"by": of})
                else:
                    yield self._duration(part, of, mine, counts)

    def _duration(self, part: str, of: str | None, rows: Sequence[Row], counts: Sequence[int]) -> Value:
        complete, pending, competing = (as_shown(count, self.to) for count in counts)
        whole = as_shown(sum(counts), self.to)
        curve = cumulative_incidence(spells(rows))
        half = reached(curve, 0.5)
        return Value(
            self.measure, part, of, complete, whole, half, note=NO_CASES if not whole else NOT_REACHED if half is None else "",
            beside={"p90": reached(curve, 0.9), "pending": pending, "competing": competing},
        )  # fmt: skip

    def _tells_nought(self, of: str | None) -> bool:
        """Whether it may be said that there are no cases: of one line of a table that anybody may read it tells of nobody."""
        return of is None or self.to is not To.PUBLIC

    def _beside(self, row: Row) -> dict[str, int | None]:
        return {name: None if is_small(row[name], self.to) else as_shown(row[name], self.to) for name in self.beside}

    def _hidden(self, part: str, row: Row, below: int = 0) -> Value:
        below = below or THRESHOLD[self.to]
        return Value(
            self.measure, part, row["by"], None, None, None, suppressed=True, note=not_shown(below),
            beside=dict.fromkeys(self.beside),
        )  # fmt: skip


def _hidden_lines(lines: Sequence[Sequence[tuple[int, int]]], to: To, tell_nought: Sequence[bool]) -> list[bool]:
    """Which lines of shares are hidden: where a part or what is left over is small, and another where one alone could be told."""
    gone = [False] * len(lines)
    for place in range(len(lines[0]) if lines else 0):
        parts = [line[place] for line in lines]
        # Of nothing to divide nothing is hidden where it may say that there are no cases.
        counted = [[part, of - part] for part, of in parts]
        cells = hidden(counted, to).cells
        gone = [
            was or (any(now) and (of > 0 or not tells))
            for was, now, (_, of), tells in zip(gone, cells, parts, tell_nought, strict=True)
        ]
    return gone


def _note(denominator: int) -> str:
    if denominator == 0:
        return NO_CASES
    return READ_WITH_CARE if denominator < READ_WITH_CARE_BELOW else ""


def spells(rows: Iterable[Row]) -> list[Spell]:
    """Rows of so many that ended after so many days by one cause, one by one."""
    return [
        Spell(float(row["days"]), int(row["cause"]))
        for row in sorted(rows, key=lambda one: (one["days"], one["cause"]))
        for _ in range(row["number"])
    ]


def reached(curve: Sequence[Incidence], share: float) -> float | None:
    """The first time up to which such a share had come to the end that is asked about; None where the curve does not."""
    return next((one.time for one in curve if one.ended.get(BREACH, 0.0) >= share - 1e-12), None)


def within_a_year(rows: Iterable[Row]) -> float | None:
    """The share that was breached within a year, other ends competing; None of no orders."""
    curve = cumulative_incidence(spells(rows))
    upto = [one.ended.get(BREACH, 0.0) for one in curve if one.time <= COHORT_DAYS]
    return upto[-1] if upto else None

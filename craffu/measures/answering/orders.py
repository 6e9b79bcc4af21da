"""The usual questions of the public about orders, answered by the rule for everybody: small numbers in words (X14, MSR-03).

Orders by year and age, reports, breaches and arrests. Whoever asks, the answer is the one that anybody may read: it does not
depend on what the person who ran it may see.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import ibis.expr.types as ir

from craffu.clocks.london import day_of
from craffu.engines.choice import Engine
from craffu.engines.expressions import answered
from craffu.engines.snapshots import Snapshot
from craffu.measures.engine import over_answers
from craffu.measures.engine.asking import Asked
from craffu.measures.engine.running import CannotAsk
from craffu.measures.releasing import Disclosure, Told, Total, not_shown, pool, tell, tell_table
from craffu.orders.catalogue.reading import kinds
from craffu.orders.reviewing.policies import REVIEWED
from craffu.published.disclosure import THRESHOLD, To
from craffu.victims.gap.rules import AGES

ORDERS: Final = "orders_made"
OTHERS: Final = ("reports", "breaches", "proved", "arrests")
EVERY_AGE, NOT_KNOWN, EVERY_YEAR = "", "not_known", "all"
_BANDS: Final = (*AGES, "")
_TABLES: Final = ("orders", "ages", "breaches", "arrests")
# What a decision may publish exactly: orders of the whole force in one year (MSR-03).
_A_YEAR: Final = Total("order", "force", "year")
# How many calendar years are answered, the one that is running among them, where nobody asks for others.
YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which years, whether by age, and by how many years they are pooled; nought is each year by itself.

    Of the kinds of order in `exact` each year's total is told exactly, by the decision that goes with them.
    """

    first: int | None = None
    last: int | None = None
    by_age: bool = False
    pooled: int = 0
    exact: frozenset[str] = frozenset()
    decision: Disclosure | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One count: of which question, of which kind of order, in which year or years, of which age; exact by whose decision."""

    question: str
    kind: str
    years: str
    age: str
    count: int | None
    words: str
    exact_by: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Every row, and how many of them are told in words."""

    rows: tuple[Row, ...]
    first: int
    last: int
    # The last day that is counted in the last year.
    until: date
    left_out: tuple[int, ...] = ()

    @property
    def exact(self) -> list[str]:
        """What was told exactly, each as a kind and a year."""
        return [f"{row.kind} {row.years}" for row in self.rows if row.exact_by]

    @property
    def suppressed(self) -> int:
        return sum(row.count is None for row in self.rows)


def kinds_asked() -> list[str]:
    """Every kind of order that a court makes; notices and conditions are none."""
    return sorted(code for code, kind in kinds().items() if kind.family in REVIEWED)


def answer(wanted: Wanted, snapshot: Snapshot, engine: Engine) -> Answer:
    """Raises CannotAsk for years that cannot be asked, NoSnapshot, NotEnoughMemory and NoSpark."""
    years = years_asked(wanted, day_of(snapshot.at))
    tables = snapshot.tables(_TABLES)
    made: dict[str, dict[tuple[int, str], int]] = defaultdict(dict)
    others: dict[str, dict[int, int]] = defaultdict(dict)
    for year in years:
        asked = Asked(date(year, 1, 1), date(year, 12, 31), snapshot.at)

        def ask(question: Callable[[Asked], ir.Table], asked: Asked = asked) -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = answered(question(asked), tables, engine).to_pylist()
            return found

        for row in ask(over_answers.orders_made):
            made[row["kind"]][year, row["age"]] = row["orders"]
        for row in (*ask(over_answers.incidents_of), *ask(over_answers.arrests_of)):
            for name, count in row.items():
                others[name][year] = count
    rows: list[Row] = []
    left_out: tuple[int, ...] = ()
    # Every kind, whether there was one or not: what is left out would be known to be none.
    for kind in kinds_asked():
        of_year = {year: sum(made[kind].get((year, age), 0) for age in _BANDS) for year in years}
        if wanted.by_age:
            rows += _by_age(kind, years, made[kind])
        else:
            exactly = wanted.decision if kind in wanted.exact else None
            found, left_out = _by_year(ORDERS, kind, of_year, wanted.pooled, exactly)
            rows += found
    for name in OTHERS:
        found, left_out = _by_year(name, "", others[name], wanted.pooled)
        rows += found
    return Answer(tuple(rows), years[0], years[-1], day_of(snapshot.at), left_out)


def years_asked(wanted: Wanted, today: date) -> Sequence[int]:
    """Raises CannotAsk for years that cannot be asked."""
    last = wanted.last if wanted.last is not None else today.year
    first = wanted.first if wanted.first is not None else last - YEARS + 1
    if last > today.year:
        raise CannotAsk(f"the snapshot knows nothing of {last}: give --to no later than {today.year}")
    if first > last:
        raise CannotAsk(f"{first} is after {last}: give --from before --to")
    if wanted.pooled and wanted.by_age:
        raise CannotAsk("years are pooled without ages: leave out --pool or ask --by year")
    if wanted.pooled == 1 or wanted.pooled > last - first + 1:
        raise CannotAsk(f"--pool takes two years or more, and no more than the {last - first + 1} that are asked for")
    if wanted.exact and (wanted.by_age or wanted.pooled):
        raise CannotAsk("what is told exactly is the total of a year: leave out --pool and ask --by year")
    strange = sorted(wanted.exact - set(kinds_asked()))
    if strange:
        raise CannotAsk(f"no kind of order is called {', '.join(strange)}: give some of {', '.join(kinds_asked())}")
    return range(first, last + 1)


def _by_year(
    question: str, kind: str, counts: Mapping[int, int], pooled: int, exactly: Disclosure | None = None
) -> tuple[list[Row], tuple[int, ...]]:
    """Each year and all of them, or blocks of years alone: never both, for the difference would tell."""
    if pooled:
        found = pool(dict(counts), pooled)
        blocks = [
            Row(
                question,
                kind,
                f"{one.first} to {one.last}",
                EVERY_AGE,
                one.told.count,
                _words(one.told.count, is_few=True),
            )
            for one in found.blocks
        ]
        return blocks, found.left_out
    years = sorted(counts)
    if exactly is not None:
        told = [(year, tell(counts[year], To.PUBLIC, _A_YEAR, exactly)) for year in years]
        return [_exact(question, kind, year, one) for year, one in told], ()
    shown = tell_table([[counts[year] for year in years]], To.PUBLIC)
    is_few = shown.total is None
    told_of = [*zip(map(str, years), shown.cells[0], strict=True), (EVERY_YEAR, shown.total)]
    return [_row(question, kind, year, EVERY_AGE, count, is_few=is_few) for year, count in told_of], ()


def _exact(question: str, kind: str, year: int, told: Told) -> Row:
    words = _words(told.count, is_few=True)
    return Row(question, kind, str(year), EVERY_AGE, told.count, words, told.exact_by or "")


def _by_age(kind: str, years: Sequence[int], made: Mapping[tuple[int, str], int]) -> Iterator[Row]:
    """A table of years by ages with its totals: what is hidden cannot be worked back from what is shown."""
    shown = tell_table([[made.get((year, age), 0) for age in _BANDS] for year in years], To.PUBLIC)
    is_few = shown.total is None
    lines = [
        *zip(map(str, years), shown.cells, shown.row_totals, strict=True),
        (EVERY_YEAR, shown.column_totals, shown.total),
    ]
    for year, cells, total in lines:
        for age, count in zip(_BANDS, cells, strict=True):
            yield _row(ORDERS, kind, year, age or NOT_KNOWN, count, is_few=is_few)
        yield _row(ORDERS, kind, year, EVERY_AGE, total, is_few=is_few)


def _row(question: str, kind: str, years: str, age: str, count: int | None, *, is_few: bool) -> Row:
    return Row(question, kind, years, age, count, _words(count, is_few=is_few))


def _words(count: int | None, *, is_few: bool) -> str:
    """An answer that is hidden is given in words; one hidden to protect another is no smaller for it.

    `is_few` is of what is below the least by itself, as every part is of a whole that is.
    """
    if count is not None:
        return ""
    below = THRESHOLD[To.PUBLIC]
    return f"fewer than {below}" if is_few else not_shown(below)

"""Measures of the reader's force over the snapshot that stands, on the engine that was asked for (MSR-01 to MSR-06; ADR 79)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import ibis.expr.types as ir

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, end_of
from craffu.engines.choice import Engine
from craffu.engines.expressions import answered
from craffu.engines.snapshots import Snapshot
from craffu.measures.definitions import Slice, Statistic, shipped
from craffu.measures.engine.asking import Asked
from craffu.measures.engine.catalogue import WORKED, Asks, Worked
from craffu.measures.engine.together import guarded, linked, values_of
from craffu.measures.engine.values import NO_CASES, Told, Value, within_a_year
from craffu.measures.permissions import OPENED_BY, shown_to
from craffu.published.disclosure import To


class CannotAsk(ValueError):
    """A measure, a split or an instant that cannot be asked of the snapshot; the message says what can."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which measures over which days, as known when; None is all of them, and as known when the snapshot was built."""

    codes: Sequence[str] = ()
    first: date | None = None
    last: date | None = None
    as_of: date | None = None
    by: str | None = None


# All of it for a kind of reader, and by what it is split by.
type Telling = Callable[[To, str | None], list[Value]]
type Asking = Callable[[Asks, str | None], list[dict[str, Any]]]

ONLY_NOW: Final = "no value: it is known only as the register stood when the snapshot was built"
# A year to the instant, where no first day is given.
_A_YEAR: Final = 365


def asked_of(wanted: Wanted, snapshot: Snapshot) -> Asked:
    """The days and the instant that are asked about. Raises CannotAsk for what the snapshot cannot know."""
    newest = day_of(snapshot.at)
    if wanted.as_of is not None and wanted.as_of > newest:
        raise CannotAsk(
            f"snapshot {snapshot.name} knows nothing after {newest}: build another, or give --as-of no later day"
        )
    at = snapshot.at if wanted.as_of is None else min(end_of(wanted.as_of), snapshot.at)
    today = day_of(at - datetime.resolution)
    last = wanted.last or today
    first = wanted.first or date.fromordinal(last.toordinal() - _A_YEAR + 1)
    if first > last:
        raise CannotAsk(f"{first} is after {last}: give the first day before the last")
    return Asked(first, last, at)


def run(by: Acting, wanted: Wanted, snapshot: Snapshot, engine: Engine) -> list[Value]:
    """The figures asked for, as they are told to the reader: small counts hidden from whoever may not open the rows.

    What is known only as of now has no value as of an earlier instant, and says why. Raises CannotAsk, NoSnapshot,
    NotEnoughMemory and NoSpark.
    """
    asked = asked_of(wanted, snapshot)
    codes = _codes(wanted)
    every = set(codes).union(*(_with_it(code, shown_to(by, OPENED_BY[code])) for code in codes))
    tables = snapshot.tables(sorted({name for code in every for name in WORKED[code].tables}))
    found: list[Value] = []
    beside: dict[str, Telling] = {}
    for code in codes:
        to = shown_to(by, OPENED_BY[code])
        if to is To.ROWS:
            found += told_over(code, snapshot, asked, engine, tables)(to, wanted.by)
            continue
        with_it = _with_it(code, to)
        beside |= {one: told_over(one, snapshot, asked, engine, tables) for one in with_it - beside.keys()}
        found += _guarded(code, {one: beside[one] for one in with_it}, to, wanted.by)
    return found


def _with_it(code: str, to: To) -> set[str]:
    """Those that stand in a sum with a measure, or by asking for one after another what is hidden could be worked back.

    What anybody may read has the lines of every measure.
    """
    if to is To.ROWS:
        return {code}
    return set(WORKED) if to is To.PUBLIC else linked(code)


def _guarded(code: str, telling: Mapping[str, Telling], to: To, by: str | None) -> list[Value]:
    exact = {one: list(all_of(WORKED[one], each, To.ROWS)) for one, each in telling.items()}
    told = {one: list(all_of(WORKED[one], telling[one], to)) for one in linked(code)}
    wanted = ("", by or WORKED[code].always or "")
    found = guarded({one: exact[one] for one in told}, told, to, values_of([exact]))
    return [one for split, one in found[code] if split in wanted]


def all_of(worked: Worked, told: Telling, to: To) -> Iterator[tuple[str, Value]]:
    """All of it, then each split by itself."""
    whole = told(to, None)
    yield from (("", one) for one in whole if one.of is None)
    for split in worked.splits:
        yield from ((split.value, one) for one in told(to, split.value) if one.of is not None)


def _codes(wanted: Wanted) -> list[str]:
    strange = sorted(set(wanted.codes) - shipped().keys())
    if strange:
        raise CannotAsk(f"there is no measure {', '.join(strange)}: `craffu measures list` shows them")
    codes = [code for code in sorted(shipped()) if code in set(wanted.codes)] if wanted.codes else sorted(shipped())
    if wanted.by is None:
        return codes
    can = [code for code in codes if wanted.by in WORKED[code].splits]
    cannot = [code for code in wanted.codes if code not in can]
    if cannot or not can:
        offered = {code: ", ".join(WORKED[code].splits) or "nothing" for code in cannot or codes}
        said = "; ".join(f"{code}: {splits}" for code, splits in offered.items())
        raise CannotAsk(f"these cannot be split by {wanted.by}. What each can be split by: {said}")
    return can


def told_over(
    code: str, snapshot: Snapshot, asked: Asked, engine: Engine, tables: Mapping[str, Any] | None = None
) -> Telling:
    """One measure over a snapshot, to be told to each kind of reader: whatever is asked twice is worked out once."""
    worked, found = WORKED[code], dict[tuple[Asks, str | None], list[dict[str, Any]]]()
    held = tables or snapshot.tables(worked.tables)
    ours = {name: held[name] for name in worked.tables}

    def ask(asks: Asks, split: str | None) -> list[dict[str, Any]]:
        if (asks, split) not in found:
            found[asks, split] = _rows(asks(asked.split_by(split), split), ours, engine)
        return found[asks, split]

    def told(to: To, by: str | None) -> list[Value]:
        if worked.is_of_now and asked.at < snapshot.at:
            return [Value(code, part, None, None, None, None, note=ONLY_NOW) for part in worked.parts]
        return list(_values(code, worked, by, to, ask, asked.days))

    return told


def _values(code: str, worked: Worked, by: str | None, to: To, ask: Asking, days: int) -> Iterator[Value]:
    """All of it, then by what it is split by."""
    told = Told(code, to, worked.parts, worked.of, worked.beside, worked.per, worked.least, days)
    split = by or worked.always
    apart = [] if split is None else _with_curve(worked, told, worked.splits[Slice(split)], ask)
    if worked.is_whole or not apart:
        yield from _with_curve(worked, told, None, ask)
    yield from apart


def _with_curve(worked: Worked, told: Told, split: str | None, ask: Asking) -> list[Value]:
    values = list(_HOW[worked.statistic](told, ask(worked.asks, split)))
    if worked.curve is None:
        return values
    curves = ask(worked.curve, split)
    return [
        one if one.suppressed else replace(one, beside={**one.beside, "within_a_year": _curve_of(curves, one.of)})
        for one in values
    ]


def _curve_of(rows: Iterable[Mapping[str, Any]], of: str | None) -> float | None:
    return within_a_year(row for row in rows if row["by"] == of)


def _rows(question: ir.Table, tables: Mapping[str, Any], engine: Engine) -> list[dict[str, Any]]:
    """What an expression answers, in an order of its own."""
    found = answered(question, tables, engine).to_pylist()
    return sorted(found, key=lambda row: tuple((value is not None, value) for value in row.values()))


_HOW: Final = {
    Statistic.PROPORTION: Told.shares,
    Statistic.COUNT: Told.counts,
    Statistic.RATE: Told.rates,
    Statistic.DURATION: Told.durations,
}

__all__ = ["NO_CASES", "CannotAsk", "Wanted", "asked_of", "run"]

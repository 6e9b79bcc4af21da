"""Which table of a layout a file holds, by its header alone, and where each column stands; never by its name (INT-03).

A file is refused whole only where no table fits or where two fit equally well; nobody guesses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from craffu.intake.records.layout import TableLayout
from craffu.intake.records.mapping import Mapped, TableMapping
from craffu.intake.refused import Unfit
from craffu.intake.tables.read import column_key

COLUMNS_NOT_READ = "columns_not_read"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table with the places of its columns in the file. `not_read` are how many columns of the file nothing is taken from."""

    table: TableLayout
    mapping: TableMapping
    places: dict[str, tuple[int, ...]]
    width: int
    not_read: int = 0


@dataclass(frozen=True, slots=True)
class _Fit:
    recognised: Recognised
    missing: tuple[str, ...]
    matched: int


def recognise(header: Sequence[str], mapped: Mapped) -> Recognised:
    """The one table that a header fits best. Raises Unfit with the columns that are missing, or that stand twice."""
    keys = [column_key(name) for name in header]
    fits = [_fit(name, table, keys, mapped) for name, table in mapped.tables.items()]
    whole = sorted((fit for fit in fits if not fit.missing), key=lambda fit: fit.matched, reverse=True)
    if not whole:
        _refuse(fits, mapped)
    best = whole[0].recognised
    if len(whole) > 1 and whole[1].matched == whole[0].matched:
        raise Unfit("tables_alike", found=", ".join(fit.recognised.table.name for fit in whole[:2]))
    _check_once(best, keys, header)
    return best


def fits_any(header: Sequence[str], mapped: Mapped) -> bool:
    """Whether a header has every column that some table needs."""
    keys = [column_key(name) for name in header]
    return any(not _fit(name, table, keys, mapped).missing for name, table in mapped.tables.items())


def _fit(name: str, mapping: TableMapping, keys: Sequence[str], mapped: Mapped) -> _Fit:
    table = mapped.layout.tables[name]
    at = {key: place for place, key in reversed(list(enumerate(keys)))}
    needed = mapping.columns if mapped.exact else [name for name in table.required if name in mapping.columns]
    missing = [theirs for ours in needed for theirs in mapping.columns[ours] if column_key(theirs) not in at]
    places = {
        ours: tuple(at[column_key(name)] for name in theirs)
        for ours, theirs in mapping.columns.items()
        if all(column_key(name) in at for name in theirs)
    }
    used = {place for several in places.values() for place in several}
    return _Fit(Recognised(table, mapping, places, len(keys), len(keys) - len(used)), tuple(missing), len(places))


def _refuse(fits: Sequence[_Fit], mapped: Mapped) -> NoReturn:
    nearest = max(fits, key=lambda fit: (fit.matched, -len(fit.missing)))
    kind = mapped.layout.kind
    if not nearest.matched:
        raise Unfit("table_unknown", wanted=", ".join(mapped.tables), found=kind)
    raise Unfit("column_missing", wanted=", ".join(nearest.missing), found=f"{kind} {nearest.recognised.table.name}")


def _check_once(found: Recognised, keys: Sequence[str], header: Sequence[str]) -> None:
    read = {place for several in found.places.values() for place in several}
    twice = sorted({header[place].strip() for place in read if keys.count(keys[place]) > 1})
    if twice:
        raise Unfit("column_twice", wanted=", ".join(twice))

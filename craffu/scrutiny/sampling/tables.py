"""A frame as anybody may hand one in: a table with a reference in each row, and where asked the stratum of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from craffu.engines.columns import Columns
from craffu.engines.duck import NotATable, read_table
from craffu.scrutiny.sampling.rules import NotAFrame, check_frame

# The stratum of a frame that has none, and of a row that says none.
ALL: Final = "all"
UNNAMED: Final = "not given"
_FIRST_ROW: Final = 2  # the first line of a file is its head


class BadTable(ValueError):
    """A table cannot be used; the message says what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The references of each stratum, by its name; in the order of names, so that no order of rows makes a difference."""

    strata: Mapping[str, list[str]]

    @property
    def references(self) -> list[str]:
        return [ref for refs in self.strata.values() for ref in refs]


def read_frame(path: Path, reference: str, stratum: str | None) -> Frame:
    """The references stand as they are written. Raises BadTable."""
    table = table_with(path, [reference, *([stratum] if stratum else [])])
    names = table.values(stratum) if stratum else [ALL] * len(table)
    strata: dict[str, list[str]] = {}
    for ref, name in zip(said(table, reference), names, strict=True):
        strata.setdefault((name or "").strip() or UNNAMED, []).append(ref)
    made = Frame({name: strata[name] for name in sorted(strata)})
    try:
        check_frame(made.references)
    except NotAFrame as fault:
        raise BadTable(f"{path.name}: {fault}") from fault
    return made


def table_with(path: Path, columns: list[str]) -> Columns:
    """A table that has these columns. Raises BadTable."""
    try:
        table = read_table(path)
    except NotATable as fault:
        raise BadTable(f"{path.name} cannot be read as a table: {fault}") from fault
    for name in columns:
        if name not in table.names:
            raise BadTable(f"{path.name} has no column {name}: it has {', '.join(table.names)}")
    return table


def said(table: Columns, column: str) -> Iterator[str]:
    """What a column says, which it must in each row. Raises BadTable."""
    for row, text in enumerate(table.values(column), _FIRST_ROW):
        if not text:
            raise BadTable(f"row {row} says nothing in {column}: fill it in, or take the row out")
        yield text

"""A street-level file step by step: what it says of its months, its rows in batches made ready for the database, what is left.

No database and no key: another process may do it ahead (`craffu.intake.ahead`). A batch is worked out when it is its turn, so
that the first of them is stored soon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, MutableMapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from craffu.common.frames import pl
from craffu.intake.published_tables.reasons import DISTRICT_WITHOUT_FORCE, OUTSIDE_FORCE
from craffu.intake.published_tables.street_rows import (
    COLUMN,
    CRIME_ID,
    CRIME_TYPE,
    FALLS_WITHIN,
    LATITUDE,
    LOCATION,
    LONGITUDE,
    LSOA_CODE,
    LSOA_NAME,
    MONTH,
    NEEDS,
    NO_FORCE,
    OUTCOME,
    OUTSIDE,
    REASON,
    REPORTED_BY,
    X,
    Y,
    placed,
    shape,
)
from craffu.intake.published_tables.street_totals import street_totals
from craffu.intake.tables.columns import LINE, read_columns
from craffu.intake.tables.csv_rows import Record
from craffu.published.street_batches import StreetBatch, batch_of, put_together

KIND: Final = "street-crime"
# What a street-level row's parts are called where they are kept.
_FIELDS: Final = {
    CRIME_ID: "crime_id", MONTH: "month", REPORTED_BY: "reported_by", FALLS_WITHIN: "falls_within", X: "longitude",
    Y: "latitude", LOCATION: "location", LSOA_CODE: "lsoa_code", LSOA_NAME: "lsoa_name", CRIME_TYPE: "crime_type",
    OUTCOME: "last_outcome", OUTSIDE: "outside", NO_FORCE: "no_force", LINE: "line",
    LONGITUDE: "printed_longitude", LATITUDE: "printed_latitude",
}  # fmt: skip
# As many hexadecimal digits as a number of 64 bits holds.
_DIGITS: Final = 15
# Rows are described in so many parts at once: what only one core can do for one goes on beside another.
_AT_ONCE: Final = 2
# So many batches come before their file is counted.
_FIRST: Final = 3


@dataclass(frozen=True, slots=True)
class Begun:
    """A file with so many rows. `months` are its months and forces, each with the first line where it stands."""

    rows: int
    months: list[tuple[int, str, str]]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that cannot be stored: its line, why, in which column, and its cells."""

    line: int
    reason: str
    column: str
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ended:
    """What a file came to: control totals, doubts by number, and the rows that cannot be stored."""

    totals: dict[str, int]
    marks: Counter[str]
    left_out: list[LeftOut]


def steps_of(
    data: bytes, batch: int, vendor: str, seen: MutableMapping[str, int]
) -> Iterator[Begun | StreetBatch | Ended]:
    """A file, its rows in batches of so many for the database of this vendor, and its end. Raises Unfit before the first.

    `seen` counts how often what a row without Crime ID says is held before the file.
    """
    columns = read_columns(data, NEEDS, found=KIND)
    frame = columns.frame
    with ThreadPoolExecutor(_AT_ONCE) as beside:
        # What rows say is put together while they are checked: nearly all of them can be stored.
        said = [beside.submit(described, part) for part in frame.iter_slices(-(-frame.height // _AT_ONCE) or 1)]
        months = beside.submit(_months, frame)
        shaped = shape(frame, has_controls=columns.has_controls)
        # In one piece, or each row would be looked for in which piece it lies.
        rows = pl.concat([part.result() for part in said], rechunk=True)
        if shaped.bad.height:
            good = shaped.good.select(pl.col(LINE).alias("line"))
            rows = rows.join(good, on="line", how="semi", maintain_order="left")
        yield Begun(frame.height + len(columns.faulty), months.result())
        marks: Counter[str] = Counter()
        counting: Future[dict[str, int]] | None = None
        for number, some in enumerate(_in_order_of_keys(rows, batch)):
            marks.update(
                {OUTSIDE_FORCE: int(some["outside"].sum()), DISTRICT_WITHOUT_FORCE: int(some["no_force"].sum())}
            )
            yield batch_of(some, seen, vendor, plain=columns.is_plain)
            # While rows are being stored, and not before many are.
            if number == _FIRST:
                counting = beside.submit(street_totals, frame, shaped)
        totals = counting.result() if counting else street_totals(frame, shaped)
    totals |= {"rows": frame.height + len(columns.faulty), "outside": marks[OUTSIDE_FORCE]}
    marks.update(columns.notes)
    yield Ended(totals, +marks, [*_left_out(shaped.bad), *map(_faulty, columns.faulty)])


def contents_of(data: bytes) -> set[str]:
    """What the rows without Crime ID say that can be stored."""
    columns = read_columns(data, NEEDS, found=KIND)
    good = shape(columns.frame, has_controls=columns.has_controls).good
    return set(described(good.filter(pl.col(CRIME_ID) == ""))["content"])


def described(good: pl.DataFrame) -> pl.DataFrame:
    """Rows that can be stored, as they are kept, with what they say `put_together`, and the place of each in `order` of keys.

    The first digits of a key are order enough, and are sorted ten times as fast. What is no number has no place.
    """
    rows = put_together(placed(good).select(pl.col(name).alias(kept) for name, kept in _FIELDS.items()))
    digits = pl.coalesce("content", "crime_id").str.slice(0, _DIGITS)
    return rows.with_columns(digits.str.to_integer(base=16, dtype=pl.Int64, strict=False).alias("order"))


class Cells:
    """The cells of a file's rows as they were sent, for the few that are asked for again: only then is it read again."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._frame: pl.DataFrame | None = None

    def at(self, lines: Collection[int]) -> dict[int, tuple[str, ...]]:
        if self._frame is None:
            self._frame = read_columns(self._data, NEEDS, found=KIND).frame
        asked = self._frame.filter(pl.col(LINE).is_in(pl.Series(sorted(lines), dtype=pl.UInt32).implode()))
        return {line: tuple(cells) for line, *cells in asked.select(LINE, *NEEDS).iter_rows()}


def _months(frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    lines = frame.select(LINE, MONTH, FALLS_WITHIN).unique([MONTH, FALLS_WITHIN], keep="first", maintain_order=True)
    return lines.filter(pl.col(MONTH).str.contains(r"^\d{4}-\d{2}$")).rows()


def _in_order_of_keys(rows: pl.DataFrame, batch: int) -> Iterator[pl.DataFrame]:
    """The rows of a file in batches, as the index has their keys: each batch writes its own part of it and no part twice.

    Keys are drawn at random, and so any few thousand of them lie all over it. Rows that say the same keep their order, and
    those without a place come first.
    """
    places = rows.select("order").with_row_index().sort("order", maintain_order=True)["index"]
    for start in range(0, rows.height, batch):
        yield rows[places.slice(start, batch)]


def _left_out(bad: pl.DataFrame) -> Iterator[LeftOut]:
    for line, reason, column, *cells in bad.select(LINE, REASON, COLUMN, *NEEDS).iter_rows():
        yield LeftOut(line, reason, column, tuple(cells))


def _faulty(row: Record) -> LeftOut:
    return LeftOut(row.line, row.fault, "", row.cells)

"""Street-level rows in batches under their keys, made ready for the database by columns: no database is needed for that (B8)."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from craffu.common.frames import JOINT, Column, Ready, made_ready, packed, pl
from craffu.published.versions import digest_of, street_digests, street_keys

_BEFORE: Final = ("month", "reported_by", "falls_within")
_AFTER: Final = ("location", "lsoa_code", "lsoa_name", "crime_type", "last_outcome", "outside")
_POINT: Final = ("longitude", "latitude")
# At most 15 digits, none of them needless: what Python writes for a number that was printed so.
_WRITTEN_SO: Final = r"^-?(0|[1-9][0-9]{0,2})\.[0-9]{0,11}[1-9]$"


@dataclass(frozen=True, slots=True)
class StreetBatch:
    """Rows of one file: the line, key and content of each, and all that is kept of them made ready for one database.

    `digest` is that of their keys.
    """

    lines: Sequence[int] = field(repr=False)
    keys: Sequence[str] = field(repr=False)
    contents: Sequence[str] = field(repr=False)
    rows: Ready
    digest: str

    def part(self, which: slice) -> StreetBatch:
        """Some of the rows, in their order."""
        keys = self.keys[which]
        return StreetBatch(self.lines[which], keys, self.contents[which], self.rows.part(which), digest_of(keys))


def put_together(rows: pl.DataFrame) -> pl.DataFrame:
    """The same with the words of which a row's content is made (`street_content`), and those before and after its point.

    The columns are the fields of a `StreetRow` and its point as it was printed, as `printed_longitude` and so on. Best done
    for a whole file in its order: what a row says lies together then, and is looked for once.
    """
    outside = pl.when("outside").then(pl.lit("True")).otherwise(pl.lit("False"))
    parts = rows.with_columns(
        pl.concat_str(*_BEFORE, separator=JOINT).alias("before"),
        pl.concat_str(*_AFTER[:-1], outside, separator=JOINT).alias("after"),
    )
    point = [_written(rows[f"printed_{name}"], rows[name]) for name in _POINT]
    words = parts.select(pl.concat_str("before", *map(pl.lit, point), "after", separator=JOINT)).to_series()
    return parts.with_columns(words.alias("words"), pl.lit(None, pl.String).alias("content"))


def batch_of(rows: pl.DataFrame, seen: MutableMapping[str, int], vendor: str) -> StreetBatch:
    """Rows that were `put_together`, at least one. `content` is worked out where it is not yet known.

    `seen` counts the rows without Crime ID that repeat, and is one for all batches of a file (an empty dict at first).
    """
    unknown = rows["content"].is_null().arg_true()
    contents = rows["content"].scatter(unknown, street_digests(rows["words"].gather(unknown).to_list()))
    crime_ids = rows["crime_id"]
    nameless = (crime_ids == "").arg_true()
    said = contents.gather(nameless).to_list()
    keys = crime_ids.scatter(nameless, street_keys([""] * len(said), said, seen)).alias("key")
    keyed = rows.with_columns(keys, contents)
    ready = _for_postgres(keyed) if vendor == "postgresql" else _for_sqlite(keyed)
    made = dict(zip(ready.names, ready.columns, strict=False))

    def values(name: str) -> Column:
        """The values that were made already, where they were."""
        column = made.get(name)
        return packed(keyed[name]) if column is None else column

    return StreetBatch(values("line"), values("key"), values("content"), ready, digest_of(keys.to_list()))


def _for_postgres(keyed: pl.DataFrame) -> Ready:
    columns = keyed.select("key", "before", *_POINT, "after", "content", "line")
    return made_ready(columns, "postgresql", joined={"before": _BEFORE, "after": _AFTER})


def _for_sqlite(keyed: pl.DataFrame) -> Ready:
    return made_ready(keyed.select("key", *_BEFORE, *_POINT, *_AFTER, "content", "line"), "sqlite")


def _written(printed: pl.Series, numbers: pl.Series) -> pl.Series:
    """Numbers as Python writes them: nearly always as they are printed, and None where there is none."""
    # Below a ten-thousandth Python writes an exponent.
    as_printed = printed.str.contains(_WRITTEN_SO) & (numbers.abs() >= 0.0001)
    others = (~as_printed.fill_null(value=False)).arg_true()
    return printed.scatter(others, [str(value) for value in numbers.gather(others).to_list()])

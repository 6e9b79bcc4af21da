"""Street-level rows in batches under their keys, made ready for the database by columns: no database is needed for that (B8)."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from craffu.common.frames import JOINT, Column, Ready, TextsInLines, made_ready, packed, pl
from craffu.published.versions import digest_of, street_digests, street_keys

_BEFORE: Final = ("month", "reported_by", "falls_within")
_AFTER: Final = ("location", "lsoa_code", "lsoa_name", "crime_type", "last_outcome", "outside")
_POINT: Final = ("longitude", "latitude")
# At most 15 digits, none of them needless: what Python writes for a number that was printed so.
_WRITTEN_SO: Final = r"^-?(0|[1-9][0-9]{0,2})\.[0-9]{0,11}[1-9]$"


@dataclass(frozen=True, slots=True)
class Span:
    """Some keys, at least one: first and last in the order of their bytes, whether no two are the same, and the digest of all."""

    first: str = field(repr=False)
    last: str = field(repr=False)
    are_distinct: bool
    digest: str

    @classmethod
    def of(cls, keys: Sequence[str]) -> Span:
        return cls(min(keys), max(keys), len(set(keys)) == len(keys), digest_of(keys))


@dataclass(frozen=True, slots=True)
class StreetBatch:
    """Rows of one file: the line, key and content of each, and all that is kept of them made ready for one database.

    `span` is what is known of the keys without looking at each.
    """

    lines: Sequence[int] = field(repr=False)
    keys: Sequence[str] = field(repr=False)
    contents: Sequence[str] = field(repr=False)
    rows: Ready
    span: Span

    def part(self, which: slice) -> StreetBatch:
        """Some of the rows, in their order."""
        keys = self.keys[which]
        return StreetBatch(self.lines[which], keys, self.contents[which], self.rows.part(which), Span.of(keys))


def put_together(rows: pl.DataFrame) -> pl.DataFrame:
    """The same with the words of which a row's content is made (`street_content`), those before and after its point, and its
    `content` where it has no Crime ID: it is known by that.

    The columns are the fields of a `StreetRow` and its point as it was printed, as `printed_longitude` and so on. Best done
    in the order of a file: what a row says lies together then, and is looked for once.
    """
    outside = pl.when("outside").then(pl.lit("True")).otherwise(pl.lit("False"))
    parts = rows.with_columns(
        pl.concat_str(*_BEFORE, separator=JOINT).alias("before"),
        pl.concat_str(*_AFTER[:-1], outside, separator=JOINT).alias("after"),
    )
    point = [_written(rows[f"printed_{name}"], rows[name]) for name in _POINT]
    words = parts.select(pl.concat_str("before", *map(pl.lit, point), "after", separator=JOINT)).to_series()
    nameless = (rows["crime_id"] == "").arg_true()
    contents = pl.repeat(None, rows.height, dtype=pl.String, eager=True)
    contents = contents.scatter(nameless, street_digests(words.gather(nameless).to_list()))
    return parts.with_columns(words.alias("words"), contents.alias("content"))


def batch_of(rows: pl.DataFrame, seen: MutableMapping[str, int], vendor: str, *, plain: bool = False) -> StreetBatch:
    """Rows that were `put_together`, at least one. `content` is worked out where it is not yet known.

    `seen` counts the rows without Crime ID that repeat, and is one for all batches of a file (an empty dict at first). `plain`
    where no text of theirs holds a control character or a backslash.
    """
    unknown = rows["content"].is_null().arg_true()
    contents = rows["content"].scatter(unknown, street_digests(rows["words"].gather(unknown).to_list()))
    crime_ids = rows["crime_id"]
    nameless = (crime_ids == "").arg_true()
    said = contents.gather(nameless).to_list()
    keys = crime_ids.scatter(nameless, street_keys([""] * len(said), said, seen)).alias("key")
    keyed = rows.with_columns(keys, contents)
    ready = _for_postgres(keyed, plain=plain) if vendor == "postgresql" else _for_sqlite(keyed, plain=plain)
    made = dict(zip(ready.names, ready.columns, strict=False))

    def values(name: str) -> Column:
        """The values that were made already, where they were."""
        column = made.get(name)
        return packed(keyed[name], plain=plain) if column is None else column

    def texts(name: str) -> Column:
        return TextsInLines(ready.lines, ready.names.index(name)) if ready.lines and plain else values(name)

    return StreetBatch(values("line"), texts("key"), texts("content"), ready, Span.of(keys.to_list()))


def _for_postgres(keyed: pl.DataFrame, *, plain: bool) -> Ready:
    columns = keyed.select("key", "before", *_POINT, "after", "content", "line")
    return made_ready(columns, "postgresql", joined={"before": _BEFORE, "after": _AFTER}, plain=plain)


def _for_sqlite(keyed: pl.DataFrame, *, plain: bool) -> Ready:
    return made_ready(keyed.select("key", *_BEFORE, *_POINT, *_AFTER, "content", "line"), "sqlite", plain=plain)


def _written(printed: pl.Series, numbers: pl.Series) -> pl.Series:
    """Numbers as Python writes them: nearly always as they are printed, and None where there is none."""
    # Below a ten-thousandth Python writes an exponent.
    as_printed = printed.str.contains(_WRITTEN_SO) & (numbers.abs() >= 0.0001)
    others = (~as_printed.fill_null(value=False)).arg_true()
    return printed.scatter(others, [str(value) for value in numbers.gather(others).to_list()])

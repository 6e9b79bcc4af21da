"""Street-level rows in batches under their keys, made ready for the database by columns: no database is needed for that (B8)."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field

from craffu.common.frames import Column, Ready, made_ready, packed, pl
from craffu.published.versions import street_keys


@dataclass(frozen=True, slots=True)
class StreetBatch:
    """Rows of one file: the line, key and content of each, and all that is kept of them made ready for one database."""

    lines: Sequence[int] = field(repr=False)
    keys: Sequence[str] = field(repr=False)
    contents: Sequence[str] = field(repr=False)
    rows: Ready

    def part(self, which: slice) -> StreetBatch:
        """Some of the rows, in their order."""
        return StreetBatch(self.lines[which], self.keys[which], self.contents[which], self.rows.part(which))


def batch_of(rows: pl.DataFrame, seen: MutableMapping[str, int], vendor: str) -> StreetBatch:
    """Rows, at least one, whose columns are the fields of a `StreetRow` and its `street_content` as `content`.

    `seen` counts the rows without Crime ID that repeat, and is one for all batches of a file (an empty dict at first).
    """
    crime_ids = rows["crime_id"]
    nameless = (crime_ids == "").arg_true()
    contents = rows["content"].gather(nameless).to_list()
    keys = crime_ids.scatter(nameless, street_keys([""] * len(contents), contents, seen)).alias("key")
    keyed = rows.drop("crime_id").insert_column(0, keys)
    ready = made_ready(keyed, vendor)
    made = dict(zip(ready.names, ready.columns, strict=False))

    def values(name: str) -> Column:
        """The values that were made already, where they were."""
        column = made.get(name)
        return packed(keyed[name]) if column is None else column

    return StreetBatch(values("line"), values("key"), values("content"), ready)

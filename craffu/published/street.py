"""Street-level rows by columns: their keys, and which of them are news (INT-01). A month of them is a million rows (B8)."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass

from craffu.common.frames import pl
from craffu.published.facts import CREATED, UPDATED
from craffu.published.queries import street_versions
from craffu.published.versions import decide, held_versions, street_keys

STORED = (CREATED, UPDATED)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows that are news, with `key` and `number`; and of all rows the keys and what became of each, in order."""

    news: pl.DataFrame
    keys: list[str]
    outcomes: list[str]


def sort_out(rows: pl.DataFrame, seen: MutableMapping[str, int]) -> Sorted:
    """Hold rows, with `crime_id` and `content`, against what is held. `seen` is that of `street_keys`, one for each file."""
    keyed = _keyed(rows, seen)
    keys = keyed["key"].to_list()
    held = held_versions(street_versions(keys))
    if not held and keyed["key"].n_unique() == len(keys):
        return Sorted(keyed.with_columns(pl.lit(1).alias("number")), keys, [CREATED] * len(keys))
    decided = decide(list(zip(keys, keyed["content"].to_list(), strict=True)), held)
    numbered = keyed.with_columns(pl.Series("number", [number for _, number in decided], pl.Int64))
    outcomes = [outcome for outcome, _ in decided]
    return Sorted(numbered.filter(pl.Series(outcomes, dtype=pl.String).is_in(STORED)), keys, outcomes)


def _keyed(rows: pl.DataFrame, seen: MutableMapping[str, int]) -> pl.DataFrame:
    nameless = (rows["crime_id"] == "").arg_true()
    contents = rows["content"].gather(nameless).to_list()
    keys = rows["crime_id"].scatter(nameless, street_keys([""] * len(contents), contents, seen))
    return rows.drop("crime_id").with_columns(keys.alias("key"))

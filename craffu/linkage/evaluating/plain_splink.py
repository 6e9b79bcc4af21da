"""Plain Splink, against which the model is measured in the same run. Its settings are fixed and must not be made better.

Exact, Jaro-Winkler 0.92 and 0.8 on both names, exact and one-edit date, exact postcode; blocks on date of birth, on family name
with given name, and on postcode; threshold 0.9.
"""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, block_on

from craffu.engines.duck import arrow_table, database
from craffu.linkage.model.training import learn_in_a_pass
from craffu.linkage.standard.dates import Born, born

THRESHOLD: Final = 0.9
_BLOCKS: Final = (("born",), ("family", "given"), ("postcode",))
_COMPARED: Final = frozenset({"given", "family", "born", "postcode"})


def plain_links(
    left: Sequence[Mapping[str, str]], right: Sequence[Mapping[str, str]] | None, seed: int
) -> list[tuple[int, int]]:
    """The pairs it links, by the places of their records; those of the right table follow those of the left."""
    for name in ("splink",):
        logging.getLogger(name).setLevel(logging.ERROR)
    rows = [_row(at, one) for at, one in enumerate([*left, *(right or ())])]
    if len(rows) < 2:
        return []
    filled = {name for name in rows[0] if any(row[name] is not None for row in rows)}
    api = DuckDBAPI(connection=database())
    sides = [rows] if right is None else [rows[: len(left)], rows[len(left) :]]
    frames = [api.register(arrow_table(side, frozenset(), frozenset({"unique_id"}))) for side in sides]
    compared: list[Any] = [
        compare.JaroWinklerAtThresholds(name, [0.92, 0.8]) for name in ("given", "family") if name in filled
    ]
    if "born" in filled:
        compared.append(compare.LevenshteinAtThresholds("born", 1))
    if "postcode" in filled:
        compared.append(compare.ExactMatch("postcode"))
    blocks = [block_on(*columns) for columns in _BLOCKS if set(columns) <= filled]
    settings = {
        "link_type": "dedupe_only" if right is None else "link_only", "comparisons": compared,
        "blocking_rules_to_generate_predictions": blocks,
    }  # fmt: skip
    linker = Linker(frames if right is not None else frames[0], settings, log_level=logging.ERROR)
    sure = [name for name in ("given", "family", "born") if name in filled]
    learnt = linker._settings_obj
    before = learnt._probability_two_random_records_match
    # Refused of a table in which nearly every pair is one person; nought, of which it makes nothing, where none surely is.
    with suppress(ValueError):
        linker.training.estimate_probability_two_random_records_match([block_on(*sure)], recall=0.7)
    learnt._probability_two_random_records_match = learnt._probability_two_random_records_match or before
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=seed)
    for columns in _BLOCKS[:2]:
        # Of a pass that agrees on all that is compared Splink makes a question that no engine reads.
        if set(columns) <= filled and filled & _COMPARED - set(columns):
            learn_in_a_pass(linker, columns)
    frame: Any = linker.inference.predict(threshold_match_probability=THRESHOLD, warning_mode="never")
    found = frame.as_pyarrow_table()
    return list(zip(found["unique_id_l"].to_pylist(), found["unique_id_r"].to_pylist(), strict=True))


def _row(at: int, one: Mapping[str, str]) -> dict[str, Any]:
    given, family = (one.get(part) or "" for part in ("given_name", "family_name"))
    if not given and not family:
        given, _, family = (one.get("full_name") or "").rpartition(" ")
    when = born(*(one.get(part) or "" for part in ("date_of_birth", "birth_day", "birth_month", "birth_year")))
    return {
        "unique_id": at, "given": given.lower() or None, "family": family.lower() or None, "born": _as_far_as_said(when),
        "postcode": (one.get("postcode") or "").upper() or None,
    }  # fmt: skip


def _as_far_as_said(when: Born) -> str | None:
    """A date as its column has it: the year alone, or year and month, are text that is compared as well."""
    year = f"{when.year:04}" if when.year else ""
    return when.whole or (f"{year}{when.month:02}" if year and when.month else year) or None

"""The pairs that are kept, their levels and their weights are those of Splink's own prediction by the same model."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from craffu.engines.choice import Engine, Kind
from craffu.linkage.model import pairs
from craffu.linkage.model.blocking import chosen
from craffu.linkage.model.comparisons import comparisons_for
from craffu.linkage.model.pairs import Sides, scored
from craffu.linkage.model.tables import Tables
from craffu.linkage.model.training import learnt
from craffu.linkage.standard.tables import read_rows
from tests.linkage.hard_tables import another_century

DUCKDB, LEAST = Engine(Kind.DUCKDB), -8.0


def _sides(across: bool, count: int) -> Sides:
    table = another_century(count, 11)
    columns = {part: str(column) for part, column in table.mapping.items() if part not in ("id", "other", "place")}
    given = [{part: row[column] for part, column in columns.items()} for row in table.rows]
    rows, _ = read_rows([*given[::2], *given[1::2]], ())
    middle = len(given[::2])
    return (rows[:middle], rows[middle:]) if across else (rows, None)


def _by_splink(sides: Sides, settings: dict[str, Any]) -> dict[tuple[int, int], tuple[float, Sequence[float]]]:
    """By the places of two records the weight of the pair, and what each comparison says of it."""
    names = [one["output_column_name"] for one in settings["comparisons"]]
    inference: Any = Tables(*sides).linker(settings).inference
    table = inference.predict(threshold_match_weight=LEAST, warning_mode="never").as_pyarrow_table()
    found = {}
    for row in table.to_pylist():
        parts = [row[f"mw_{name}"] + row.get(f"mw_tf_adj_{name}", 0.0) for name in names]
        found[min(row["unique_id_l"], row["unique_id_r"]), max(row["unique_id_l"], row["unique_id_r"])] = (
            row["match_weight"], parts,
        )  # fmt: skip
    return found


@pytest.mark.rule("IDN-02")
@pytest.mark.sqlite
@pytest.mark.parametrize(
    "across", [pytest.param(False, marks=pytest.mark.deep, id="in one table"), pytest.param(True, id="across two")]
)
def test_a_pair_weighs_what_splink_says_that_it_weighs(across: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    sides = _sides(across, 150)
    filled = {name for name, share in sides[0].filled().items() if share}
    compared = comparisons_for(filled, 0)
    blocks = chosen(*sides, filled, [], 2_000_000)
    settings = learnt(compared, blocks.rules, sides, filled, 1)
    ours = scored(DUCKDB, sides, settings, blocks.rules, LEAST)
    theirs = _by_splink(sides, settings)
    assert len(theirs) > 60
    assert list(zip(ours["left"].tolist(), ours["right"].tolist(), strict=True)) == sorted(theirs)
    for at, ends in enumerate(sorted(theirs)):
        weight, parts = theirs[ends]
        assert ours["weight"][at] == pytest.approx(weight, abs=1e-9)
        assert [ours[f"part_{one.name}"][at] for one in compared] == pytest.approx(parts, abs=1e-4)
    # Keys of several columns that no whole number holds are made denser meanwhile.
    monkeypatch.setattr(pairs, "_MOST", 1_000)
    again = scored(DUCKDB, sides, settings, blocks.rules, LEAST)
    assert all(np.array_equal(ours[name], again[name]) for name in ours)

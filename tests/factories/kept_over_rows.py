"""Figures over a snapshot of rows by chance, as pages, exports and answers read them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from craffu.engines.choice import Engine, Kind
from craffu.engines.snapshots import Snapshot, build
from craffu.measures.kept.reading import Kept, kept_figures
from craffu.measures.kept.working import figures_of, write
from craffu.measures.snapshots.tables import TABLES
from tests.factories import snapshot_rows


def snapshot_over(folder: Path, rows: Mapping[str, list[dict[str, Any]]]) -> Snapshot:
    wanted = (
        (name, {column: holds.value for column, holds in one.columns.items()}, rows.get(name, []))
        for name, one in TABLES.items()
    )
    return build(folder, wanted, snapshot_rows.LATEST)


def kept_over(folder: Path, snapshot: Snapshot) -> Kept:
    write(folder, figures_of(snapshot, Engine(Kind.DUCKDB)))
    kept = kept_figures(folder)
    assert kept is not None
    return kept

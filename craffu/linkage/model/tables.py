"""The one door to Splink: records in, learnt weights out."""

import logging
from typing import Any, Final

from splink import DuckDBAPI, Linker

from craffu.engines.columns import Columns
from craffu.engines.duck import database
from craffu.linkage.model.levels import Settings

_QUIET: Final = "splink"


class Tables:
    """One table of records, or two to be linked across, as Splink holds them. The key of a record is its place."""

    def __init__(self, left: Columns, right: Columns | None) -> None:
        logging.getLogger(_QUIET).setLevel(logging.ERROR)
        self._link_type = "dedupe_only" if right is None else "link_only"
        engine: Any = DuckDBAPI(connection=database())
        sides = [(left, 0), *([] if right is None else [(right, len(left))])]
        self._frames = [
            engine.register(_with_places(rows, first), dataset_display_name=f"side_{at}")
            for at, (rows, first) in enumerate(sides)
        ]

    def linker(self, settings: Settings) -> Linker:
        """Splink's own, over these tables."""
        made = {
            "link_type": self._link_type, "retain_matching_columns": False, "retain_intermediate_calculation_columns": True,
            **settings,
        }  # fmt: skip
        return Linker(self._frames if len(self._frames) > 1 else self._frames[0], made, log_level=logging.ERROR)


def _with_places(rows: Columns, first: int) -> Any:
    return rows.table.add_column(0, "unique_id", [range(first, first + len(rows))])

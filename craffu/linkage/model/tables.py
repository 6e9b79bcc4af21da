"""The one door to Splink: records in, on the engine that was asked for; learnt weights and scored pairs out."""

import json
import logging
import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker
from splink.internals.spark.jar_location import similarity_jar_location

from craffu.engines.choice import Engine, Kind
from craffu.engines.columns import Columns
from craffu.engines.duck import database, within_memory
from craffu.engines.spark import frame, session

type Settings = dict[str, Any]
type Column = NDArray[Any]

_QUIET: Final = ("splink", "py4j", "pyspark")


class Tables:
    """One table of records, or two to be linked across, as an engine holds them. The key of a record is its place."""

    def __init__(self, engine: Engine, left: Columns, right: Columns | None) -> None:
        for name in _QUIET:
            logging.getLogger(name).setLevel(logging.ERROR)
        self.engine = engine
        self.count = len(left), None if right is None else len(right)
        self.link_type = "dedupe_only" if right is None else "link_only"
        self._api = _api(engine, len(left) + len(right or ()))
        sides = [(left, 0), *([] if right is None else [(right, len(left))])]
        self._frames = [
            self._api.register(self._held(rows, first), dataset_display_name=f"side_{at}")
            for at, (rows, first) in enumerate(sides)
        ]

    def _held(self, rows: Columns, first: int) -> Any:
        table = rows.table.add_column(0, "unique_id", [range(first, first + len(rows))])
        return table if self.engine.kind is Kind.DUCKDB else frame(self._api.spark, table)

    def linker(self, settings: Settings) -> Linker:
        """Splink's own, over these tables. Conditions are written for DuckDB."""
        if self.engine.kind is Kind.SPARK:
            settings = json.loads(_in_spark(json.dumps(settings))) | {"sql_dialect": "spark"}
        made = {
            "link_type": self.link_type, "retain_matching_columns": False, "retain_intermediate_calculation_columns": True,
            **settings,
        }  # fmt: skip
        return Linker(self._frames if self.count[1] is not None else self._frames[0], made, log_level=logging.ERROR)

    @property
    def pairs(self) -> int:
        """How many pairs there are at all."""
        left, right = self.count
        return left * (left - 1) // 2 if right is None else left * right

    @within_memory()
    def scored(self, settings: Settings, least_weight: float, parts: int = 1) -> dict[str, Column]:
        """Pairs at or above a match weight, by the places of both records: those of the right table follow those of the left.

        They are the same in how many parts they are ever scored; a part of them is held at a time, and of each what is kept.
        Raises NotEnoughMemory.
        """
        inference: Any = self.linker(settings).inference
        found = []
        for part in range(1, parts + 1):
            scored = inference.predict_chunk(
                (part, parts), (1, 1), threshold_match_weight=least_weight, warning_mode="never"
            )
            found.append(_kept(scored, settings))
            scored.drop_table_from_database_and_remove_from_cache()
        order = np.lexsort([np.concatenate([one[side] for one in found]) for side in ("right", "left")])
        return {name: np.concatenate([one.pop(name) for one in found])[order] for name in list(found[0])}


def _kept(scored: Any, settings: Settings) -> dict[str, Column]:
    levels = _levels(settings)
    rarer = {one["output_column_name"] for one in settings["comparisons"] if _has_rarer(one)}
    columns = ["unique_id_l", "unique_id_r", "match_weight", *(f"mw_{one}" for one in levels)]
    table = scored.as_pyarrow_table().select([*columns, *(f"mw_tf_adj_{one}" for one in levels if one in rarer)])
    one, other = (table.column(f"unique_id_{side}").to_numpy().astype(np.int32) for side in "lr")
    found = {"left": np.minimum(one, other), "right": np.maximum(one, other)}
    found["weight"] = table.column("match_weight").to_numpy().astype(np.float64)
    for name, weights in levels.items():
        weight = table.column(f"mw_{name}").to_numpy().astype(np.float64)
        found[f"level_{name}"] = _level_of(weight, weights)
        extra = table.column(f"mw_tf_adj_{name}").to_numpy() if name in rarer else 0.0
        found[f"part_{name}"] = (weight + extra).astype(np.float32)
    return found


def _has_rarer(one: Settings) -> bool:
    return any(level.get("tf_adjustment_column") for level in one["comparison_levels"])


# What DuckDB calls otherwise.
_SPARK_CALLS: Final = {
    "array_length(list_intersect(": "size(array_intersect(",
    "starts_with(": "startswith(",
}


def _in_spark(text: str) -> str:
    for ours, theirs in _SPARK_CALLS.items():
        text = text.replace(ours, theirs)
    return text


def _levels(settings: Settings) -> dict[str, list[float]]:
    """The weight of each level of each comparison, the nearest first."""
    return {
        one["output_column_name"]: [
            math.log2(level["m_probability"] / level["u_probability"]) for level in one["comparison_levels"][1:]
        ]
        for one in settings["comparisons"]
    }


def _level_of(weight: Column, weights: Sequence[float]) -> Column:
    """Which level a pair was on, 0 where nothing was alike; -1 where a record does not say. Splink gives only its weight."""
    apart = np.abs(weight[:, None] - np.asarray(weights)[None, :])
    nearest = len(weights) - 1 - apart.argmin(axis=1)
    return np.where(weight == 0, -1, nearest).astype(np.int8)


def _api(engine: Engine, records: int) -> Any:
    if engine.kind is Kind.DUCKDB:
        return DuckDBAPI(connection=database())
    held = session(engine.address, similarity_jar_location(), records)
    from splink import SparkAPI

    made: Any = SparkAPI
    return made(spark_session=held)

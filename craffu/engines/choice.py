"""Which engine works on the tables: DuckDB in this process, or Spark on this machine or a cluster.

Pure. The choice is `--engine` where it is given, else `CRAFFU_ENGINE`, else DuckDB.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """An engine that tables can be worked on with."""

    DUCKDB = "duckdb"
    SPARK = "spark"


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine, and for Spark the address of its cluster, empty for this machine."""

    kind: Kind
    address: str = ""

    def __str__(self) -> str:
        return self.address or self.kind.value


class UnknownEngine(ValueError):
    """No engine is called so."""


def engine_named(asked: str | None, environment: Mapping[str, str]) -> Engine:
    """The engine asked for. Raises UnknownEngine."""
    name = (asked or environment.get("CRAFFU_ENGINE") or Kind.DUCKDB).strip()
    if name.startswith("spark://"):
        return Engine(Kind.SPARK, name)
    try:
        return Engine(Kind(name))
    except ValueError as fault:
        raise UnknownEngine(f"{name} is no engine: give duckdb, spark or spark://host:port") from fault

"""Which engine is taken."""

import pytest

from craffu.engines.choice import Engine, Kind, UnknownEngine, engine_named


@pytest.mark.parametrize(
    ("asked", "set_to", "engine", "shown"),
    [
        (None, "", Engine(Kind.DUCKDB), "duckdb"),
        (None, "spark", Engine(Kind.SPARK), "spark"),
        ("duckdb", "spark", Engine(Kind.DUCKDB), "duckdb"),
        ("spark://10.0.0.1:7077", "", Engine(Kind.SPARK, "spark://10.0.0.1:7077"), "spark://10.0.0.1:7077"),
    ],
)
def test_the_engine_asked_for_is_taken(asked: str | None, set_to: str, engine: Engine, shown: str) -> None:
    found = engine_named(asked, {"CRAFFU_ENGINE": set_to})
    assert (found, str(found)) == (engine, shown)


def test_what_is_no_engine_is_refused() -> None:
    with pytest.raises(UnknownEngine, match="give duckdb, spark or"):
        engine_named("sqlite", {})

"""What B4 and B9 measure: every peer counts, and writes, the same; the results say what they are of."""

from contextlib import closing

import pytest

from craffu.config.bench import dashboards, exporting
from craffu.engines.duck import asked
from craffu.engines.expressions import answered
from craffu.measures.engine import over_people


def test_B4_every_peer_counts_the_same() -> None:
    table = asked(dashboards.INVENTED.format(crimes=5_000), {})
    ours = {
        row["by"]: (row["outcome_14"], row["outcome_16"], row["of"])
        for row in answered(over_people.withdrew(dashboards.ASKED, "offence_class"), {"crimes": table}).to_pylist()
    }
    assert len(ours) == 4
    assert min(min(one) for one in ours.values()) > 0
    with closing(dashboards.in_sqlite(table.to_pandas())) as lite:
        assert {of: tuple(counts) for of, *counts in lite.execute(dashboards.BY_HAND)} == ours
    assert {of: tuple(row) for of, row in zip(*_pandas(table), strict=True)} == ours


def _pandas(table: object) -> tuple[list[str], list[list[int]]]:
    found = dashboards.by_pandas(table.to_pandas())  # type: ignore[attr-defined]
    return list(found.index), found.to_numpy().tolist()


def test_B9_every_peer_writes_the_same_rows_and_the_results_say_of_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(exporting.SIZE, "2000")
    found = exporting.run()
    assert [one["data"] for one in found] == ["2,000 rows"] * len(found)
    assert {"DuckDB COPY", "pandas"} == set(found[0]["peers"])

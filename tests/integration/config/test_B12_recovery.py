"""B12 measures what it says: a whole copy, brought back and held against what was there (T39)."""

import pytest

from craffu.config.bench import recovery

pytestmark = [pytest.mark.deep, pytest.mark.sqlite]


def test_B12_times_a_backup_and_its_return_beside_the_engines_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "REPEATS", 1)
    monkeypatch.delenv("CRAFFU_BENCH_POSTGRES", raising=False)
    backup, restore, both, whole = recovery.run(recovery.AT_A_TIME)
    for one in (backup, restore, both):
        assert one["ratio"] == pytest.approx(one["ours"] / one["peers"]["the engine's tool"], rel=0.1)
        assert one["met"] is (one["ratio"] <= recovery.GOAL)
    assert 0 < whole["ours"] < recovery.SERVING_WITHIN_MINUTES
    assert whole["met"] is True

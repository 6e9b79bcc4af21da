"""B1 and B2 run, tiny: they measure what they say and name a peer that breaks (T42, B1, B2)."""

import pytest

from craffu.config.bench import linking_accuracy, linking_peers, linking_time
from craffu.config.bench.linking_records import described

pytestmark = [pytest.mark.slow, pytest.mark.sqlite, pytest.mark.filterwarnings("ignore")]


def test_the_same_seed_makes_the_same_records() -> None:
    some = described(200, 3)
    assert (len(some), some) == (200, described(200, 3))
    assert some != described(200, 4)
    assert 0 < sum(one.pnc == "" for one in some) < 200


@pytest.mark.deep
@pytest.mark.rule("IDN-02")
def test_accuracy_is_measured_against_peers_and_a_broken_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking_accuracy, "SHARED", linking_accuracy.SHARED / "not there")
    monkeypatch.setattr(
        linking_accuracy,
        "PEERS",
        {name: linking_peers.PEERS[name] for name in ("exact match", "Splink plain")} | {"absent": list},
    )
    monkeypatch.setitem(linking_peers.PACKAGES, "absent", "a_package_that_is_not_there")
    by_pair, missed, clusters, kinds = linking_accuracy.run(people=400, seconds=120)
    assert by_pair["peers"]["our precision"] >= 0.97
    assert by_pair["ours"] > by_pair["peers"]["Splink plain, F1"]
    assert "absent is not installed" in by_pair["goal"]
    assert missed["ours"] < missed["peers"]["exact match"]
    assert clusters["ours"] <= 1
    assert any(name.startswith("all, ") for name in kinds["peers"])
    assert any(name.startswith("welsh, ") for name in kinds["peers"])


@pytest.mark.deep
@pytest.mark.rule("IDN-06")
def test_time_is_measured_beside_raw_splink() -> None:
    result = linking_time.full(1_500, 1)
    assert result["ratio"] == pytest.approx(result["ours"] / result["peers"]["raw Splink, with reading and counting"])
    assert sum(
        result["peers"][stage] for stage in ("of both: reading", "counting", "of ours: learning", "scoring", "joining")
    ) == (pytest.approx(result["ours"]))


@pytest.mark.deep
@pytest.mark.rule("IDN-06")
def test_one_record_is_measured_in_a_register_of_its_own() -> None:
    *_, one = linking_time.run(sizes=(), register=1_500, arrivals=5)
    assert one["name"].startswith("B2 one new record into 1,500")
    assert 0 < one["ours"] < one["peers"]["a full run, keeping nothing"]

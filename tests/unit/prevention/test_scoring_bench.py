"""What B3 measures: the hand-written query gives our scores, and data frames give the same (PRI-02)."""

import pytest

from craffu.config.bench import scoring
from craffu.engines.duck import asked
from craffu.engines.expressions import answered
from craffu.prevention.scoring import bulk
from craffu.prevention.scoring.schemes import default


@pytest.mark.rule("PRI-02")
def test_every_peer_works_out_the_same() -> None:
    events = asked(scoring.INVENTED.format(people=300, offences=3_000), {})
    ours = answered(bulk.scores(default()), {bulk.TABLE: events}).to_pylist()
    by_hand = {row["person"]: row for row in asked(scoring.by_hand(), {bulk.TABLE: events}).to_pylist()}
    assert len(ours) == len(by_hand) > 250
    for row in ours:
        theirs = by_hand[row["person"]]
        for name, value in row.items():
            if name not in {"incidents_in_a_year", "newest_age"}:
                assert theirs[name] == (pytest.approx(value, abs=1e-9) if isinstance(value, float) else value), name
    by_polars = scoring._by_polars(events)
    frame = dict(zip(by_polars["person"], by_polars["score"], strict=True))
    assert frame == pytest.approx({row["person"]: row["score"] for row in ours}, abs=1e-9)
    pandas = pytest.importorskip("pandas")
    assert pandas
    by_pandas = scoring._by_pandas(events.to_pandas())["score"].to_dict()
    assert by_pandas == pytest.approx(frame, abs=1e-9)


@pytest.mark.deep
def test_the_results_say_what_they_are_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(scoring.SIZE, "5000")
    found = scoring.run()
    assert [one["name"][:2] for one in found] == ["B3"] * len(found)
    assert found[0]["data"] == "5,000 offences of 500 people"
    assert set(found[0]["peers"]) >= {"DuckDB, by hand", "polars"}
    assert found[-1]["met"]

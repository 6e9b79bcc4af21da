"""`craffu score events`: events handed in as data, and what may not enter a score (PRI-02, PRI-08)."""

import json
from pathlib import Path

import pytest

from craffu.config import cli

A = {"inc": "i1", "age": 20, "w": 252, "v": ["v1"]}


def asked(folder: Path, said: object) -> int:
    path = folder / "events.json"
    path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
    return cli.main(["score", "events", str(path)])


@pytest.mark.rule("PRI-02")
@pytest.mark.parametrize("said", [[A], {"events": [A]}])
def test_the_score_with_its_parts(said: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(tmp_path, said) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["score"] == pytest.approx(45.0242, abs=5e-5)
    assert (found["tier"], found["floors"], found["flags"]) == ("medium", [], [])
    assert sum(found["contributions"].values()) == pytest.approx(found["score"])
    assert found["range"] == [found["score"]] * 2


@pytest.mark.rule("PRI-08")
@pytest.mark.parametrize(("said", "why"), [
    ([{**A, "postcode": "SA1"}], "postcode may not enter a score"), ([{**A, "sex": "1"}], "sex may not enter"),
    ("{", "cannot be read as JSON"), ({"people": []}, "holds no events"), ("3", "holds no events"),
    ([{"inc": "i1", "w": 1}], "lacks or misspells something"), ([{**A, "role": "boss"}], "lacks or misspells something"),
])  # fmt: skip
def test_what_cannot_be_scored_says_why(
    said: object, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(tmp_path, said) == 2
    assert why in capsys.readouterr().err


def test_a_file_is_needed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["score", "events"]) == 2
    assert "needs a file" in capsys.readouterr().err
    assert cli.main(["score", "events", str(tmp_path / "none.json")]) == 2

"""`craffu evaluate` on a published tool whose error rates are known, and on tables that cannot be judged."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from craffu.config import cli

pytestmark = pytest.mark.rule("PRI-08")
HEAD = ("score", "again", "group")


def table(folder: Path, rows: Sequence[Sequence[object]], head: Sequence[str] = HEAD) -> Path:
    path = folder / "scored.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def asked(path: Path, *more: str) -> list[str]:
    return ["evaluate", str(path), "--score", "score", "--outcome", "again", *more]


def told(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    assert cli.main(asked(path, "--json", *more)) == 0, capsys.readouterr().err
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


# ProPublica's table of COMPAS, 2016: above the threshold and not, with the outcome and without, of the two largest groups.
COMPAS = {"African-American": (1369, 805, 532, 990), "Caucasian": (505, 349, 461, 1139)}


def published() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for group, (tp, fp, fn, tn) in COMPAS.items():
        for score, became, n in ((7, 1, tp), (7, 0, fp), (2, 1, fn), (2, 0, tn)):
            rows += [(score, became, group)] * n
    return rows


def test_a_published_tool(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(table(tmp_path, published()), capsys, "--group", "group", "--threshold", "5")
    assert (found["n"], found["threshold"], found["threshold_taken"]) == (6150, 5, "as asked")
    largest, other = found["groups"]
    assert (largest["group"], largest["n"]) == ("African-American", 3696)
    assert [round(largest[name], 3) for name in ("fpr", "fnr", "ppv")] == [0.448, 0.28, 0.63]
    assert [round(other[name], 3) for name in ("fpr", "fnr", "ppv")] == [0.235, 0.477, 0.591]
    assert largest["intervals"]["fpr"][0] < 0.448 < largest["intervals"]["fpr"][1]
    assert [(one["share"], one["is_alert"]) for one in found["gaps"]] == [("fnr", True), ("ppv", False)]


def test_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path, [*published(), (5, 1, "Other"), ("", 1, "Other"), (5, "", "Other")])
    assert cli.main(asked(path, "--group", "group", "--threshold", "5")) == 0
    said = capsys.readouterr().out
    assert "6151 people, 2 rows left out" in said
    assert "FNR of Caucasian less African-American: +0.197" in said
    assert "ALERT" in said
    assert "Other: fewer than 30 people" in said
    assert "accuracy" not in said


def test_without_a_threshold_as_many_are_taken_as_had_the_outcome(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(table(tmp_path, [(score, int(score in {9, 5, 1}), "") for score in range(1, 11)]), capsys)
    assert found["threshold"] == 8
    assert (found["tp"], found["fp"], found["fn"]) == (1, 2, 2)
    assert "as many" in found["threshold_taken"]
    assert found["groups"] == found["gaps"] == []


def test_where_nothing_is_to_divide_it_says_no_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path, [(3, "no", ""), (4, "false", "")])
    found = told(path, capsys)
    assert (found["base_rate"], found["fnr"], found["auc"], found["lift"], found["threshold"]) == (
        0,
        None,
        None,
        None,
        4,
    )
    assert found["intervals"]["fnr"] is found["auc_interval"] is None
    assert cli.main(asked(path)) == 0
    assert "no cases with it, yet below (FNR)" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(("rows", "more", "said"), [
    ([("Low", 1, "")], (), 'row 2 says "Low" in score: a score is a number'),
    ([(1, 1, ""), ("nan", 0, "")], (), 'row 3 says "nan" in score: a score has an end'),
    ([(1, 2, "")], (), 'row 2 says "2" in again: an outcome is 1 or 0'),
    ([(1, "", ""), ("", 1, "")], (), "no row of scored.csv says both score and again"),
    ([(1, 1, "")], ("--group", "race"), "scored.csv has no column race: it has score, again, group"),
])  # fmt: skip
def test_a_table_that_cannot_be_judged_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[tuple[object, ...]], more: tuple[str, ...], said: str
) -> None:
    assert cli.main(asked(table(tmp_path, rows), *more)) == 2
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(asked(tmp_path / "no.csv")) == 2
    assert "no.csv cannot be read as a table" in capsys.readouterr().err

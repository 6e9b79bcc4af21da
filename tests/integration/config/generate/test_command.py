"""`craffu generate`: what it prints, what it refuses in one line, and how its work grows with the people asked for."""

import argparse
import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.generate import run
from craffu.config.generate.force import Wanted, generate
from tests.integration.config.generate.conftest import rows_in

KEYS = {"files", "people", "records", "offences", "orders", "breaches", "contacts", "seconds"}


def asked(folder: Path, **change: object) -> argparse.Namespace:
    usual = {
        "people": 200,
        "years": 5,
        "seed": 1,
        "forces": 1,
        "until": "2026-09-30",
        "layout": "documented",
        "json": True,
    }
    return argparse.Namespace(folder=str(folder), **{**usual, **change})


def test_one_json_object_says_what_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(asked(tmp_path / "made")) == DONE
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert set(answer) == KEYS
    assert err == ""
    assert answer["people"] == 200
    assert answer["records"] == len(rows_in(tmp_path / "made", "truth", "records"))
    assert answer["files"] == len([path for path in (tmp_path / "made").rglob("*.*") if path.name != "generated.json"])


def test_for_people_it_says_that_nobody_is_real(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(asked(tmp_path / "made", json=False))
    assert "nobody in it is real" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"people": 19}, "--people"),
        ({"people": 50, "forces": 3}, "--people"),
        ({"people": 3_000_000}, "--people"),
        ({"years": 0}, "--years"),
        ({"years": 13}, "--years"),
        ({"forces": 0}, "--forces"),
        ({"until": "30/09/2026"}, "--until"),
        ({"until": "2031-01-01"}, "--until"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_written(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    with pytest.raises(NotCarriedOut, match=said):
        run(asked(tmp_path / "made", **change))
    assert not (tmp_path / "made").exists()


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(NotCarriedOut, match="holds other files"):
        run(asked(tmp_path))
    with pytest.raises(NotCarriedOut, match="is a file"):
        run(asked(tmp_path / "mine.txt"))


@pytest.mark.parametrize("years", [1, 12])
@pytest.mark.parametrize("until", ["2016-01-01", "2020-02-29", "2028-12-31"])
def test_any_years_up_to_any_day_can_be_made(tmp_path: Path, years: int, until: str) -> None:
    assert run(asked(tmp_path / "made", years=years, until=until)) == DONE
    recorded = [row["recorded_at"][:10] for row in rows_in(tmp_path / "made", "police", "crimes")]
    assert max(recorded) <= until
    assert min(recorded) >= f"{int(until[:4]) - years}-01-01"


@pytest.mark.parametrize(
    "people", [20, pytest.param(21, marks=pytest.mark.deep), pytest.param(33, marks=pytest.mark.deep)]
)
def test_the_smallest_forces_are_whole(tmp_path: Path, people: int) -> None:
    for seed in range(5):
        assert run(asked(tmp_path / "made", people=people, seed=seed)) == DONE


@pytest.mark.deep
def test_work_grows_no_faster_than_the_people(tmp_path: Path) -> None:
    wanted = Wanted(people=1_000, years=10, seed=3)
    generate(tmp_path / "warm", wanted)
    took = {}
    for people in (4_000, 16_000):
        began = time.process_time()
        generate(tmp_path / str(people), replace(wanted, people=people))
        took[people] = time.process_time() - began
    assert took[16_000] < 4 * 1.5 * took[4_000] + 0.5


MEASURED = r"""
import json, re, sys, time
from datetime import date
from pathlib import Path
from craffu.config.generate.force import Wanted, generate
from dataclasses import asdict
made = generate(Path(sys.argv[1]), Wanted(people=int(sys.argv[2]), years=10, seed=7))
# The most that this program has held: `ru_maxrss` would count whoever started it.
megabytes = int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps({**asdict(made), "cpu": time.process_time(), "megabytes": megabytes}))
"""


@pytest.mark.deep
def test_a_hundred_thousand_people_are_made_in_two_minutes_and_little_memory(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path / "made"), "100000"], capture_output=True, text=True, check=True
    )
    made = json.loads(done.stdout)
    assert made["cpu"] < 120
    assert made["megabytes"] < 500
    assert made["people"] == 100_000
    assert made["records"] > 140_000
    whose = {row["person"] for row in rows_in(tmp_path / "made", "truth", "records")}
    people = [row["person"] for row in rows_in(tmp_path / "made", "truth", "people")]
    assert len(set(people)) == len(people)
    assert whose <= set(people)

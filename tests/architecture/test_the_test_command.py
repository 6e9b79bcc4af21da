"""bin/test cannot pass by running nothing: an empty part, a crash and a folder that nobody runs are failures."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import run
from tests.architecture.source import ROOT

SUITE = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


def report(folder: Path, *counts: int) -> Path:
    path = folder / "report.xml"
    path.write_text(SUITE.format(*counts))
    return path


@pytest.mark.parametrize(
    ("counts", "code", "narrowed", "ok", "why"),
    [
        ((3, 0, 0, 0), 0, False, True, ""),
        ((3, 0, 0, 3), 0, False, False, "no test ran"),
        ((0, 0, 0, 0), 5, False, False, "no test ran"),
        ((0, 0, 0, 0), 5, True, True, ""),
        ((3, 1, 0, 0), 1, False, False, ""),
        ((3, 0, 1, 0), 1, False, False, ""),
        ((3, 0, 0, 0), 1, False, False, "pytest reports a failure outside the tests"),
        ((3, 0, 0, 0), 2, False, False, "pytest stopped with exit 2"),
        ((3, 0, 0, 0), -9, True, False, "pytest stopped with exit -9"),
    ],
)
def test_a_part_passes_only_when_its_tests_ran_and_passed(
    tmp_path: Path, counts: tuple[int, ...], code: int, narrowed: bool, ok: bool, why: str
) -> None:
    result = run.read_report("part", report(tmp_path, *counts), code, narrowed=narrowed)
    assert (result.ok, result.why) == (ok, why)


def test_a_part_that_left_no_report_fails(tmp_path: Path) -> None:
    assert run.read_report("part", tmp_path / "none.xml", 0, narrowed=False).why == "no test ran"


def test_the_closing_line_adds_up_and_tells_of_a_failure() -> None:
    results = [run.Result("a", passed=2, skipped=1), run.Result("b", passed=3)]
    lines, ok = run.closing_lines(results, [], "SQLite", 4.2)
    assert ok
    assert lines[-1] == "ok: 5 passed, 0 failed, 1 skipped in 4 s on SQLite"
    for bad, faults in (([*results, run.Result("c", failed=1)], []), (results, ["a fault"]), ([run.Result("a")], [])):
        lines, ok = run.closing_lines(bad, faults, "SQLite", 4.2)
        assert not ok
        assert lines[-1].startswith("FAILED: ")


def test_every_folder_of_tests_is_run_by_a_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder in ("unit", "strange", "spec"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "test_x.py").touch()
    monkeypatch.setattr(run, "TESTS", tmp_path)
    faults = run.folders_at_fault()
    assert "tests/strange is run by no part: add it to tests/run.py" in faults
    assert "tests/functional holds no test" in faults
    assert "tests/spec has tests now: take it off NOT_YET" in faults
    assert not [fault for fault in faults if "tests/unit" in fault or "tests/api" in fault]


def test_what_is_typed_narrows_the_parts() -> None:
    whole = run.asked_for([])
    assert not whole.narrowed
    assert [part.name for part in run.PARTS if run.targets(part, whole)][:1] == ["pure"]
    one = run.asked_for(["--deep", "tests/unit", "-k", "leap and not night", "-x"])
    assert (one.deep, one.narrowed, one.options) == (True, True, ("-k", "leap and not night", "-x"))
    assert [part.name for part in run.PARTS if run.targets(part, one)] == ["pure"]


def test_a_name_that_fits_nothing_fails() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "run.py", "tests/architecture/test_names.py", "-k", "nothing_is_called_so", "-n0"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "no test ran" in done.stdout

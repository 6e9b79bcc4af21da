"""Continuous integration cannot pass by hiding a failure: it checks and tests, asks nothing, and says which of the two failed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

STAND_IN = '#!/bin/sh\necho "{name} $CI $# $(cat | wc -c)"\nexit {code}\n'


@pytest.mark.parametrize(
    ("check", "test", "code", "last"),
    [
        (0, 0, 0, "CI: ok"),
        (1, 0, 1, "CI: FAILED: bin/check"),
        (0, 1, 1, "CI: FAILED: bin/test"),
        (2, 130, 1, "CI: FAILED: bin/check bin/test"),
    ],
)
def test_a_failure_of_either_is_a_failure(tmp_path: Path, check: int, test: int, code: int, last: str) -> None:
    for folder in ("bin", ".ci"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    for name, ends in (("check", check), ("test", test)):
        (tmp_path / "bin" / name).write_text(STAND_IN.format(name=name, code=ends))
        (tmp_path / "bin" / name).chmod(0o755)
    done = subprocess.run(
        [tmp_path / ".ci" / "run"], cwd="/", input="asked", capture_output=True, text=True, check=False
    )
    # Both ran, were told that nobody watches, were given no option, and had nothing to read.
    assert done.stdout.splitlines() == ["check true 0 0", "test true 0 0", last]
    assert done.returncode == code


@pytest.mark.parametrize(
    "script", ["bin/setup", "bin/demo", "bin/test", "bin/check", "bin/bench", "bin/craffu", ".ci/run"]
)
def test_a_script_can_be_started_and_read_by_a_shell(script: str) -> None:
    path = ROOT / script
    assert path.stat().st_mode & 0o111
    shell = "bash" if "bash" in path.read_text().splitlines()[0] else "sh"
    assert subprocess.run([shell, "-n", path], check=False).returncode == 0

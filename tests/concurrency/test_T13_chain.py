"""T13: eight writers and two sealers at once leave one whole chain (SEC-05)."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.installation import ROOT, Installation

PROCESSES, THREADS, SEALERS = 2, 4, 2


def start(installation: Installation, job: str, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.concurrency.busy", job, name, str(count)],
        env=installation.env,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(process: subprocess.Popen[str]) -> Any:
    out, _ = process.communicate(timeout=900)
    assert process.returncode == 0
    return json.loads(out)


@pytest.mark.slow
@pytest.mark.rule("SEC-05")
@pytest.mark.long
@pytest.mark.parametrize("each", [50, pytest.param(1000, marks=pytest.mark.deep)])
def test_T13_eight_writers_at_once_leave_one_whole_chain(installation: Installation, each: int) -> None:
    installation.run("audit", "seal")
    before = installation.json("audit", "verify")
    assert before["ok"]
    sealers = [start(installation, "seal", f"s{number}", 0) for number in range(SEALERS)]
    writers = [start(installation, "write", f"w{number}", each) for number in range(PROCESSES)]
    assert [answer(writer)["written"] for writer in writers] == [THREADS * each] * PROCESSES
    sealed = [answer(sealer) for sealer in sealers]
    rest = installation.json("audit", "seal")["sealed"]
    whole = installation.json("audit", "verify")
    assert whole["ok"], whole
    assert whole["unsealed"] == 0
    written = PROCESSES * THREADS * each
    assert whole["rows"] == before["rows"] + written
    # No row was sealed twice and none was left: what each sealer says it sealed adds up.
    assert sum(sealer["sealed"] for sealer in sealed) + rest == written
    assert answer(start(installation, "tally", "t", 0))["events"] == written

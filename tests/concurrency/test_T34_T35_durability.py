"""T34, T35: what was acknowledged stays, whoever is killed: a process that writes, and PostgreSQL itself (SEC-04, SEC-05)."""

import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import postgres
from tests.concurrency.test_T13_chain import answer, start
from tests.installation import Installation

pytestmark = [pytest.mark.rule("SEC-04", "SEC-05")]


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.parametrize("rounds", [12, pytest.param(1_000, marks=[pytest.mark.deep, pytest.mark.long])])
def test_T34_what_a_killed_process_had_acknowledged_is_there(installation: Installation, rounds: int) -> None:
    told = answer(start(installation, "killed", "k", rounds))["acknowledged"]
    assert len(told) >= rounds, "the children hardly wrote: the test proved little"
    whole_and_logged(installation, told)
    with closing(sqlite3.connect(urlsplit(installation.database_url).path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def whole_and_logged(installation: Installation, told: list[str]) -> None:
    """Nothing that was said is lost, no change is without its row, and the chain is whole."""
    found = answer(start(installation, "tally", "t", 0))
    assert len(set(told)) == len(told), "no number was given twice"
    assert set(told) <= set(found["changed"])
    assert (found["unlogged"], found["unchanged"]) == ([], [])
    installation.run("audit", "seal")
    assert installation.json("audit", "verify")["ok"]


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.deep
@pytest.mark.long
@pytest.mark.parametrize("rounds", [3, 100])
def test_T35_what_postgresql_had_acknowledged_is_there_after_it_is_killed(tmp_path: Path, rounds: int) -> None:
    """The server is the test's own, and waits for the disk as a force's does; so one part of the run asks for it."""
    programs = postgres.system_programs()
    if programs is None:
        pytest.skip("the machine has no PostgreSQL of its own to kill")
    chance = random.Random(rounds)  # noqa: S311  # where to kill, not a secret
    with postgres.cluster(programs, postgres.FAST) as own:
        installation = Installation(tmp_path / "home", own.url)
        installation.run("migrate")
        own.stop()
        own.settings = postgres.DURABLE
        own.start()
        told: list[str] = []
        for _round in range(rounds):
            writers = [start(installation, "acknowledge", f"w{number}", 0) for number in range(2)]
            first = [writer.stdout.readline() for writer in writers if writer.stdout]
            time.sleep(0.3 + chance.random())
            own.kill()
            told += [one.strip() for one in first] + [line for writer in writers for line in said_by(writer)]
            own.start()
        assert len(told) > 3 * rounds, "the writers hardly wrote: the test proved little"
        whole_and_logged(installation, told)


def said_by(writer: subprocess.Popen[str]) -> list[str]:
    """What it said before the server went; then it goes too."""
    writer.send_signal(signal.SIGTERM)
    out, _ = writer.communicate(timeout=60)
    return [line.strip() for line in out.splitlines(keepends=True) if line.endswith("\n")]

"""T14: a change and its audit row stand together or not at all, wherever the process is killed (SEC-04)."""

import random
import signal
import time

import pytest

from tests.concurrency.test_T13_chain import answer, start
from tests.installation import Installation

BETWEEN_EVERY = 7


@pytest.mark.postgres_in_deep
@pytest.mark.slow
@pytest.mark.rule("SEC-04")
@pytest.mark.parametrize("kills", [6, pytest.param(100, marks=pytest.mark.deep)])
def test_T14_no_kill_leaves_a_change_without_its_row_or_a_row_without_its_change(
    installation: Installation, kills: int
) -> None:
    chance = random.Random(kills)  # noqa: S311
    between = 0
    for number in range(kills):
        process = start(installation, "act", f"k{number}", BETWEEN_EVERY)
        assert process.stdout
        assert process.stdout.readline() == "started\n"
        if number % 2:
            # At the very moment: the change is made, its row is not yet written.
            assert process.stdout.readline() == "between\n"
            between += 1
        else:
            time.sleep(chance.random() * 0.3)
        process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=30) == -signal.SIGKILL
        process.communicate()
    found = answer(start(installation, "tally", "t", 0))
    assert (found["unlogged"], found["unchanged"]) == ([], [])
    assert found["events"] == found["changes"] >= between * (BETWEEN_EVERY - 1)
    assert between
    installation.run("audit", "seal")
    assert installation.json("audit", "verify")["ok"]

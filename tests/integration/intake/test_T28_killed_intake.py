"""T28: an intake killed at any point, and run again, leaves what one undisturbed run leaves (INT-01)."""

import random
import signal
import time
from pathlib import Path

import pytest

from tests.installation import Installation

KILLS, DEEP_KILLS = 2, 20
LONGEST_SECONDS = 6.0


@pytest.fixture
def messages(shared_data: Path) -> Path:
    return shared_data / "courts" / "results"


def kill_while_taking_in(installation: Installation, messages: Path, after: float) -> bool:
    """Whether the kill came before the run had ended by itself."""
    process = installation.start("intake", "court-results", messages)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize("kills", [KILLS, pytest.param(DEEP_KILLS, marks=pytest.mark.deep)])
def test_T28_an_intake_killed_at_random_points_ends_as_one_that_was_not(
    kills: int, installation: Installation, second_installation: Installation, messages: Path
) -> None:
    second_installation.run("intake", "court-results", messages, expect=1)
    chance = random.Random(kills)  # noqa: S311  # where to kill, not a secret
    landed = 0
    for _ in range(kills):
        landed += kill_while_taking_in(installation, messages, after=0.7 + chance.random() * (LONGEST_SECONDS / kills))
    assert landed, "no kill came in time: the test proved nothing"

    last = installation.json("intake", "court-results", messages, expect=1)
    assert last["reconciled"]
    assert installation.digest() == second_installation.digest()
    verified = installation.json("audit", "verify")
    assert verified["ok"]


@pytest.mark.rule("INT-01")
def test_T28_the_same_messages_three_times_and_overlapping_folders_leave_one_register(
    installation: Installation, second_installation: Installation, messages: Path
) -> None:
    whole, part = messages, messages / "143-breach-bail-denies"
    second_installation.run("intake", "court-results", whole, expect=1)
    installation.run("intake", "court-results", whole, part, expect=1)
    installation.run("intake", "court-results", part, whole, expect=1)
    installation.run("intake", "court-results", whole, expect=1)
    assert installation.digest() == second_installation.digest()

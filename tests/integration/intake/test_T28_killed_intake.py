"""T28: an intake killed at any point, and run again, leaves what one undisturbed run leaves (INT-01)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.installation import Installation
from tests.killing import killed_while_running, timed

pytestmark = pytest.mark.postgres_in_deep

KILLS, DEEP_KILLS = 2, 20
# Every so many stories, with one that is sent amended and one that is refused.
EVERY, ALWAYS = 5, ("121", "143", "401a")


@pytest.fixture
def messages(shared_data: Path) -> Path:
    return shared_data / "courts" / "results"


@pytest.fixture
def some(messages: Path) -> list[Path]:
    stories = sorted(messages.iterdir())
    return [story for story in stories if story in stories[::EVERY] or story.name.startswith(ALWAYS)]


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize(
    ("kills", "all_of_them"), [(KILLS, False), pytest.param(DEEP_KILLS, True, marks=pytest.mark.deep)]
)
def test_T28_an_intake_killed_at_random_points_ends_as_one_that_was_not(
    kills: int,
    all_of_them: bool,
    fresh_installations: Callable[[], Installation],
    second_installation: Installation,
    messages: Path,
    some: list[Path],
) -> None:
    words = ("intake", "court-results", *([messages] if all_of_them else some))
    whole = timed(second_installation, *words, expect=1)
    for installation in killed_while_running(fresh_installations, *words, kills=kills, whole=whole):
        last = installation.json(*words, expect=1)
        assert last["reconciled"]
        assert installation.digest() == second_installation.digest()
        verified = installation.json("audit", "verify")
        assert verified["ok"]


@pytest.mark.deep
@pytest.mark.rule("INT-01")
def test_T28_the_same_messages_three_times_and_overlapping_folders_leave_one_register(
    installation: Installation, second_installation: Installation, messages: Path, some: list[Path]
) -> None:
    part = messages / "143-breach-bail-denies"
    second_installation.run("intake", "court-results", *some, expect=1)
    installation.run("intake", "court-results", *some, part, expect=1)
    installation.run("intake", "court-results", part, *reversed(some), expect=1)
    installation.run("intake", "court-results", *some, expect=1)
    assert installation.digest() == second_installation.digest()

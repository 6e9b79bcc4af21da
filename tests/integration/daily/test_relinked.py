"""Records that are linked to another person or parted again take along what is due of them, and nobody is told anew (MON-04)."""

from collections.abc import Callable
from datetime import datetime

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.daily.ticking import Ticked, tick
from craffu.work.models import Watch, WorkItem, WorkStep
from craffu.work.rules import How
from tests.factories.dues import DAY, HOUR, MONDAY, Made, done, due, told

pytestmark = [pytest.mark.rule("MON-04"), pytest.mark.django_db]

LATE = MONDAY + 3 * DAY


@pytest.fixture
def made() -> Made:
    return Made()


@pytest.fixture
def ticks(force: Force, made: Made) -> Callable[..., Ticked]:
    """`ticks(at, ["7"])` says that something of these people changed, and ticks."""

    def ticked(at: datetime, news: list[str]) -> Ticked:
        told(force, news, at)
        return tick(force=force, at=at, sources=[made.source])

    return ticked


def subjects() -> dict[str, str]:
    """Whose each item is, by its key."""
    rows = WorkItem.objects.for_system("a test").order_by("key")
    return dict(rows.values_list("key", "watch__subject"))


def item(key: str = "1") -> WorkItem:
    found: WorkItem = WorkItem.objects.for_system("a test").get(key=key)
    return found


def steps(key: str = "1") -> list[str]:
    rows = WorkStep.objects.for_system("a test").filter(item__key=key).order_by("id")
    return list(rows.values_list("step", flat=True))


@pytest.mark.parametrize("news", [["8"], ["7", "8"], ["8", "7"]], ids=" ".join)
def test_what_was_due_of_one_person_moves_to_the_one_whose_record_it_is_now(
    made: Made, ticks: Callable[..., Ticked], news: list[str]
) -> None:
    """The first promise is the record's that is linked, the second was the other person's already."""
    made.is_due("7", due("1"))
    made.is_due("8", due("2"))
    ticks(LATE, ["7", "8"])
    before = (steps("1"), steps("2"))
    made.is_due("7")
    made.is_due("8", due("1"), due("2"))
    for _ in range(2):
        told_of = ticks(LATE + HOUR, news)
        assert (told_of.raised, told_of.escalated, told_of.expired) == (0, 0, 0)
    assert subjects() == {"1": "8", "2": "8"}
    assert (steps("1"), steps("2")) == before
    assert (item().state, item().missed_from) == ("open", LATE)


def test_parted_again_it_moves_back_and_is_done_where_it_is(made: Made, ticks: Callable[..., Ticked]) -> None:
    made.is_due("7", due("1"))
    ticks(MONDAY, ["7", "8"])
    made.is_due("7")
    made.is_due("8", due("1"))
    ticks(MONDAY + HOUR, ["7", "8"])
    assert (subjects(), item().state) == ({"1": "8"}, "open")
    made.is_due("7", done(due("1"), MONDAY + 2 * HOUR, How.DONE))
    made.is_due("8")
    ticks(MONDAY + 3 * HOUR, ["8", "7"])
    assert (subjects(), item().state) == ({"1": "7"}, "done")
    assert steps().count("raised") == 1


def test_what_the_old_person_withdrew_first_returns_with_the_new_one(made: Made, ticks: Callable[..., Ticked]) -> None:
    made.is_due("7", due("1"))
    ticks(MONDAY, ["7"])
    made.is_due("7")
    ticks(MONDAY + HOUR, ["7"])
    assert item().state == "withdrawn"
    made.is_due("8", due("1"))
    ticks(MONDAY + 2 * HOUR, ["8"])
    assert (subjects(), item().state, steps()) == ({"1": "8"}, "open", ["raised", "withdrawn", "returned"])


def test_an_earlier_instant_takes_nothing_from_a_later_one(
    made: Made, ticks: Callable[..., Ticked], system: Acting
) -> None:
    made.is_due("7", done(due("1"), MONDAY + DAY, How.DONE))
    ticks(MONDAY + 2 * DAY, ["7"])
    made.is_due("7")
    made.is_due("8", due("1"))
    ticks(MONDAY + HOUR, ["8"])
    assert (subjects(), item().state) == ({"1": "7"}, "done")
    asked_again = Watch.objects.for_user(system).get(subject="8").wakes_at
    assert asked_again is not None
    ticks(MONDAY + 2 * DAY, [])
    assert (subjects(), item().state, steps()) == ({"1": "8"}, "open", ["raised", "done", "returned", "foreseen"])

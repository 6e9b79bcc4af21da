"""T29: the same instant run by several at once, beside whoever follows their own news: each item and each step once (MON-04)."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from craffu.access.actions import set_up_force
from craffu.access.models import Force
from craffu.access.queries import acting_user
from craffu.access.wall.reach import working_for
from craffu.daily import ticking
from craffu.daily.ticking import Ticked, follow, tick
from craffu.outbox.queries import waiting
from craffu.work.actions import take_on
from craffu.work.models import WorkItem, WorkStep
from tests.concurrency.test_T7_at_once import somebody
from tests.factories.dues import DAY, MONDAY, Made, done, due, told
from tests.worlds import force_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.rule("MON-04"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables"),
]
NUMBER = 60
LATE = MONDAY + 10 * DAY


@pytest.fixture
def one_force(db: None) -> Force:
    return set_up_force(**force_of("demo"))


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each came to when all were begun together; an exception where one ended so."""
    together, found = threading.Barrier(len(acts)), dict.fromkeys(range(len(acts)))

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            together.wait(30)
            found[number] = act()  # type: ignore[assignment]
        except Exception as fault:
            found[number] = fault  # type: ignore[assignment]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return list(found.values())


def steps(force: Force) -> Counter[str]:
    with working_for(force.pk):
        return Counter(WorkStep.objects.for_system("a test").values_list("step", flat=True))


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticking, "AT_ONCE", 9)


@pytest.mark.usefixtures("small_batches")
def test_T29_four_ticks_of_one_instant_at_once_are_one(one_force: Force) -> None:
    made = Made()
    made.all_due(*(due(str(number)) for number in range(NUMBER)))
    came = at_once(*[lambda: tick(force=one_force, at=LATE, sources=[made.source])] * 4)
    assert all(isinstance(one, Ticked) for one in came), came
    assert sum((one for one in came if isinstance(one, Ticked)), Ticked()).raised == NUMBER
    every = dict.fromkeys(("raised", "foreseen", "supervisor", "inspector"), NUMBER)
    assert steps(one_force) == every
    assert at_once(*[lambda: tick(force=one_force, at=LATE, sources=[made.source])] * 2) == [Ticked(), Ticked()]


@pytest.mark.usefixtures("small_batches")
def test_T29_ticks_of_several_instants_and_followers_of_the_same_news_tell_nobody_twice(one_force: Force) -> None:
    made = Made()
    made.all_due(*(due(str(number)) for number in range(NUMBER)))
    tick(force=one_force, at=MONDAY, sources=[made.source])
    for number in range(0, NUMBER, 2):
        made.is_due(str(number), done(due(str(number)), MONDAY + DAY))
        told(one_force, [str(number)], MONDAY + DAY)
    acts = [lambda: follow(force=one_force, now=LATE, sources=[made.source])] * 2
    instants = (LATE, LATE - 5 * DAY, LATE - 8 * DAY)
    ticks = [lambda at=at: tick(force=one_force, at=at, sources=[made.source]) for at in instants]
    came = at_once(*acts, *ticks)
    assert all(isinstance(one, Ticked) for one in came), came
    tick(force=one_force, at=LATE, sources=[made.source])
    half = NUMBER // 2
    assert steps(one_force) == {
        "raised": NUMBER, "foreseen": half, "supervisor": half, "inspector": half, "done": half,
    }  # fmt: skip
    with working_for(one_force.pk):
        assert waiting(one_force.code) == []


def test_T31_of_several_who_take_the_same_work_one_has_it(one_force: Force) -> None:
    made = Made()
    made.all_due(due())
    tick(force=one_force, at=MONDAY, sources=[made.source])
    people = [acting_user(somebody(f"one{number}", "investigator")) for number in range(4)]
    with working_for(one_force.pk):
        item = WorkItem.objects.for_system("a test").get().pk

    def taking(number: int) -> Callable[[], object]:
        def take() -> object:
            with working_for(one_force.pk):
                return take_on(by=people[number], item=item, now=MONDAY + timedelta(hours=1))

        return take

    came = at_once(*map(taking, range(4)))
    assert sorted(type(one).__name__ for one in came) == ["Conflict", "Conflict", "Conflict", "NoneType"]
    assert steps(one_force)["took"] == 1

"""T29: the clock run twice, late, out of order or after it was cut short does what once does: nobody is told twice (MON-04).

At the same instant in several processes: tests/concurrency/test_T29_ticks_at_once.py. The other jobs are in the registry of
tests/architecture/test_registries.py, each with the test of its own.
"""

# ruff: noqa: S311  # chance that need not be secure
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from craffu.access.models import Force
from craffu.daily import ticking
from craffu.daily.ticking import Ticked, follow, tick
from craffu.work.facts import Due
from craffu.work.models import WorkItem, WorkStep
from craffu.work.rules import TOLD_AFTER, How, Taken, foreseen_at
from tests.factories.dues import DAY, HOUR, MONDAY, Made, done, due, told

pytestmark = [pytest.mark.rule("MON-04"), pytest.mark.django_db, pytest.mark.postgres_in_deep]

LAST = MONDAY + 60 * DAY


def chance_dues(seed: int, number: int = 40) -> Iterator[Due]:
    """Promises of all lengths: some done in time, some late, some never, some excused, some raised later."""
    dice = random.Random(seed)
    for key in range(number):
        raised = MONDAY + dice.randrange(20 * 24) * HOUR
        late = raised + dice.choice([2, 4, 24, 48, 24 * 7, 24 * 28]) * HOUR
        one = due(str(key), raised_at=raised, due_at=late, overdue_from=late)
        if dice.random() < 0.6:
            one = done(one, raised + dice.randrange(40 * 24) * HOUR, dice.choice([How.DONE, How.EXCUSED]))
        yield one


def instants_of(dues: list[Due]) -> list[datetime]:
    """Every instant at which something happens to one of them, and a few between."""
    found = {LAST}
    for one in dues:
        found |= {one.raised_at, foreseen_at(one.raised_at, one.overdue_from), one.overdue_from}
        found |= {one.overdue_from + wait for wait in TOLD_AFTER.values()}
        found |= {one.done_at} if one.done_at else set()
    return sorted(at for at in found if at <= LAST)


def told_of() -> dict[str, list[tuple[str, datetime]]]:
    """What was told of each, by key, in the order in which it holds."""
    rows = (
        WorkStep.objects.for_system("a test").order_by("true_from", "id").values_list("item__key", "step", "true_from")
    )
    found: dict[str, list[tuple[str, datetime]]] = {}
    for key, step, at in rows:
        found.setdefault(key, []).append((step, at))
    return {
        key: sorted(steps, key=lambda one: (one[1], list(Taken).index(Taken(one[0])))) for key, steps in found.items()
    }


def stands() -> set[tuple[object, ...]]:
    rows = WorkItem.objects.for_system("a test")
    return set(rows.values_list("key", "state", "over_at", "missed_from", "overdue_from", "foreseen_at"))


def should_be_told(one: Due) -> list[str]:
    """By the words of MON-04, worked out apart: whoever is to know by the last instant."""
    over = min(one.done_at or LAST, LAST)
    steps = ["raised"] if one.raised_at <= LAST else []
    steps += ["foreseen"] if foreseen_at(one.raised_at, one.overdue_from) <= over else []
    steps += ["supervisor"] if one.overdue_from <= over else []
    steps += ["inspector"] if one.overdue_from + timedelta(hours=72) <= over else []
    return steps + ([one.how.value] if one.how and one.done_at and one.done_at <= LAST else [])


ORDERS: dict[str, Callable[[list[datetime], random.Random], list[datetime]]] = {
    "each once, in order": lambda all_, _: all_,
    "each twice": lambda all_, _: [at for at in all_ for _ in range(2)],
    "all of them twice": lambda all_, _: [*all_, *all_],
    "backwards": lambda all_, _: [*reversed(all_)],
    "shuffled": lambda all_, dice: [*dice.sample(all_, len(all_)), LAST],
    "the last alone": lambda _all, _: [LAST],
    "now and then": lambda all_, _: [*all_[::17], LAST],
    "a step back each time": lambda all_, _: [at for pair in zip(all_[1:], all_, strict=False) for at in pair] + [LAST],
}
# The others are tried in the deep run.
AT_ONCE = ("each twice", "shuffled", "a step back each time")


@pytest.mark.parametrize(
    "order", [one if one in AT_ONCE else pytest.param(one, marks=pytest.mark.deep) for one in ORDERS]
)
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.deep), pytest.param(3, marks=pytest.mark.deep)])
def test_T29_in_whatever_order_it_is_run_each_is_told_once_and_nobody_is_left_out(
    force: Force, order: str, seed: int
) -> None:
    dues = list(chance_dues(seed))
    made = Made()
    made.all_due(*dues)
    ran = [
        tick(force=force, at=at, sources=[made.source]) for at in ORDERS[order](instants_of(dues), random.Random(seed))
    ]
    found = told_of()
    assert {key: sorted(step for step, _ in steps) for key, steps in found.items()} == {
        one.key: sorted(should_be_told(one)) for one in dues if should_be_told(one)
    }
    for one in dues:
        assert dict(found[one.key]).get("supervisor", one.overdue_from) == one.overdue_from
    before = (found, stands())
    assert sum(ran, Ticked()).raised == len(dues)
    again = [tick(force=force, at=at, sources=[made.source]) for at in (MONDAY, LAST, LAST)]
    again.append(tick(force=force, at=LAST, everything=True, sources=[made.source]))
    assert {(one.raised, one.escalated, one.expired) for one in again} == {(0, 0, 0)}
    assert (told_of(), stands()) == before


def test_T29_news_told_twice_late_or_after_the_clock_was_ahead_counts_once_and_is_not_lost(force: Force) -> None:
    made = Made()
    made.all_due(due("1"), due("2"))
    late = due().overdue_from
    tick(force=force, at=late + HOUR, sources=[made.source])
    made.is_due("1", done(due("1"), late - HOUR))
    for _ in range(2):
        told(force, ["1", "1"], late - HOUR)
        tick(force=force, at=late - HOUR, sources=[made.source])
    assert WorkItem.objects.for_system("a test").get(key="1").state == "open", "the clock was ahead: it waits"
    assert follow(force=force, now=late, sources=[made.source]) == Ticked()
    tick(force=force, at=late + HOUR, sources=[made.source])
    row = WorkItem.objects.for_system("a test").get(key="1")
    assert (row.state, row.missed_from) == ("done", late)
    assert [step for step, _ in told_of()["1"]].count("supervisor") == 1


def test_T29_a_tick_cut_short_between_two_batches_is_gone_on_with(
    force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticking, "AT_ONCE", 7)
    made = Made()
    made.all_due(*(due(str(number)) for number in range(30)))

    class Killed(BaseException):
        pass

    asked = made.source.due

    def cut_short(*said: object) -> object:
        if len(made.asked) == 2:
            raise Killed
        return asked(*said)  # type: ignore[arg-type]

    late = due().overdue_from
    with pytest.raises(Killed):
        tick(force=force, at=late, sources=[replace(made.source, due=cut_short)])  # type: ignore[arg-type]
    assert tick(force=force, at=late, sources=[made.source]).raised == 16
    assert {key: [step for step, _ in steps] for key, steps in told_of().items()} == {
        str(number): ["raised", "foreseen", "supervisor"] for number in range(30)
    }

"""A year of a generated force, from one instant at which something changes to the next: played again it changes nothing (T29).

All of it is known on its first day, and happens as the clock comes to it. Every promise that was missed had stood in a
supervisor's list before it was (VIC-04, MON-04), and what the clock closed is what the truth says became of it.
"""

import csv
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.config.generate.force import Wanted, generate
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.victims import due
from craffu.work.models import WorkItem, WorkStep
from craffu.work.queries import next_wake, supervised
from craffu.work.rules import Taken

pytestmark = [
    pytest.mark.rule("MON-04"),
    pytest.mark.rule("VIC-04"),
    pytest.mark.django_db,
    pytest.mark.postgres_in_deep,
]

VICTIMS = (due.SOURCE,)
BROKEN = frozenset({"late", "missed"})


def kept() -> list[tuple[object, ...]]:
    items = WorkItem.objects.for_system("a test").order_by("id").values_list()
    return [*items, *WorkStep.objects.for_system("a test").order_by("id").values_list()]


@pytest.mark.slow
@pytest.mark.deep
@pytest.mark.parametrize(("people", "days"), [(60, 120), (2000, 365)], ids=["few", "two thousand"])
def test_T29_a_year_of_promises_played_twice_changes_nothing_and_no_miss_came_unseen(
    people: int, days: int, force: Force, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    wanted = Wanted(people=people, years=3, seed=31)
    generate(tmp_path, wanted)
    supervisor = acting_as("supervisor")
    begin = datetime.combine(wanted.until - timedelta(days=days), time(6), UTC)
    end = datetime.combine(wanted.until, time(23, 59), UTC)
    with time_machine.travel(begin, tick=False):
        for kind, of in (("rms", "police"), ("witness-care", "witness-care")):
            assert take_in(by=system, kind=kind, paths=[tmp_path / of]).run.files_refused == 0
    begin += timedelta(seconds=1)
    tick(force=force, at=begin, sources=VICTIMS)
    shown: dict[int, datetime] = {}
    ticked = [begin]
    while (at := next_wake(system)) is not None and at <= end:
        tick(force=force, at=at, sources=VICTIMS)
        ticked.append(at)
        for number in supervised(supervisor, at).values_list("pk", flat=True):
            shown.setdefault(number, at)
    tick(force=force, at=end, sources=VICTIMS)
    before = kept()
    promised = [one for one in WorkItem.objects.for_system("a test").filter(kind=due.PROMISE) if one.raised_at > begin]
    missed = [one for one in promised if one.missed_from is not None]
    assert missed
    assert [one.key for one in missed if one.pk not in shown or shown[one.pk] >= one.missed_from] == []
    told = WorkStep.objects.for_system("a test").filter(item__in=missed, step=Taken.SUPERVISOR)
    assert sorted(told.values_list("item", flat=True)) == sorted(one.pk for one in missed), "each supervisor once"
    truth, ours = true_statuses(tmp_path), {one.key for one in missed}
    assert {one.key for one in promised if truth[one.key] in BROKEN} <= ours
    # What was excused, or made by a wrong channel, only once it was late had been missed all the same.
    assert {truth[key] for key in ours} <= BROKEN | {"excused", "wrong_channel"}
    for at in (*ticked[:: max(1, len(ticked) // 200)], ticked[-1], ticked[0]):
        tick(force=force, at=at, sources=VICTIMS)
    tick(force=force, at=end, everything=True, sources=VICTIMS)
    assert kept() == before


def true_statuses(folder: Path) -> dict[str, str]:
    """What the truth says became of each promise, by what its sender calls it."""
    with (folder / "truth" / "promises.csv").open(encoding="utf-8", newline="") as stream:
        return {f"witness-care:{row['promise']}": row["status"] for row in csv.DictReader(stream)}

"""A stretch of time played from one instant at which something happens, or changes by itself, to the next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import time_machine

from craffu.access.acting import Acting, acting_system
from craffu.access.models import Force
from craffu.daily.ticking import follow, tick
from craffu.work.models import WorkItem, WorkStep
from craffu.work.queries import next_wake, supervised
from craffu.work.queues import SUPERVISOR, roles_of

# What an extract tells bears an instant a little later than the frozen clock's: no two of its batches have the same.
A_SECOND = timedelta(seconds=1)

type Act = Callable[[datetime], None]


@dataclass
class Year:
    """What people do, in order, and what a supervisor was shown at each instant before anything was missed."""

    force: Force
    supervisor: Acting
    acts: list[tuple[datetime, Act]] = field(default_factory=list)
    ticked: list[datetime] = field(default_factory=list)
    first_shown: dict[int, datetime] = field(default_factory=dict)
    # When most of it was told, where that was late: before, nobody could have asked everything anew.
    told_at: datetime | None = None

    def play(self, until: datetime) -> None:
        coming = sorted(self.acts, key=lambda one: one[0])
        system = acting_system(self.force, "test")
        while True:
            by_itself = next_wake(system)
            act = coming[0] if coming else None
            at = min([one for one in (by_itself, act and act[0]) if one is not None], default=until)
            if at >= until:
                break
            seen = at
            with time_machine.travel(at, tick=False):
                if act is not None and act[0] == at:
                    coming.pop(0)[1](at)
                    seen = at + A_SECOND
                    follow(force=self.force, now=seen)
                if by_itself is not None and by_itself <= at:
                    self.tick_at(at)
            for number in supervised(self.supervisor, seen).values_list("pk", flat=True):
                self.first_shown.setdefault(number, seen)

    def tick_at(self, at: datetime) -> None:
        tick(force=self.force, at=at)
        self.ticked.append(at)

    def play_again(self) -> None:
        """Every tick once more, the last twice, and the first that could and the last asking everything anew."""
        for at in (*self.ticked, self.ticked[-1]):
            tick(force=self.force, at=at)
        first = next(at for at in self.ticked if self.told_at is None or at >= self.told_at)
        for at in (first, self.ticked[-1]):
            tick(force=self.force, at=at, everything=True)

    def unseen(self) -> list[tuple[str, str]]:
        """What was missed, could be foreseen, and stood in no supervisor's list before it was missed; of queues that a supervisor
        opens, as of retention alone none does."""
        return [
            (one.kind, one.key)
            for one in WorkItem.objects.for_system("a test")
            if SUPERVISOR in roles_of(one.queue)
            and one.missed_from is not None
            and one.known_from < one.foreseen_at
            and not self.first_shown.get(one.pk, one.missed_from) < one.missed_from
        ]


def kept() -> list[tuple[object, ...]]:
    """All that is kept of due work."""
    items = WorkItem.objects.for_system("a test").order_by("id").values_list()
    steps = WorkStep.objects.for_system("a test").order_by("id").values_list()
    return [*items, *steps]

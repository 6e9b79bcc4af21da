"""A source of due work that a test writes itself: what is due of each subject, and how often it was asked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.wall.reach import working_for
from craffu.common.door import bookkeeping
from craffu.outbox.actions import tell
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def due(key: str = "1", **said: Any) -> Due:
    """A promise of C-10001, raised on Monday at nine and late from Thursday at nine; `said` replaces what it names."""
    facts: dict[str, Any] = {
        "kind": "promise", "key": key, "about": ("case", "C-10001"), "of_case": "C-10001", "queue": "promises",
        "why": "promised", "what_if_not": Consequence.PROMISE_BROKEN, "raised_at": MONDAY, "due_at": MONDAY + 3 * DAY,
        "overdue_from": MONDAY + 3 * DAY,
    }  # fmt: skip
    return Due(**{**facts, **said})


def done(one: Due, at: datetime, how: How = How.DONE) -> Due:
    return replace(one, done_at=at, how=how)


@dataclass
class Made:
    """`answers` by subject; each may be changed, and `told` then says so in the outbox."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[datetime, int]] = field(default_factory=list)

    def is_due(self, subject: str, *dues: Due, wakes_at: datetime | None = None) -> None:
        self.answers[subject] = Answer(dues, wakes_at)

    def all_due(self, *dues: Due) -> None:
        """Each of a subject of its own, named by its key."""
        for one in dues:
            self.is_due(one.key, one)

    @property
    def source(self) -> Source:
        kinds = {one.kind for answer in self.answers.values() for one in answer.dues}
        return Source(
            key="made", topics=frozenset({"made"}), rules=dict.fromkeys(kinds, "VIC-04"), whys=frozenset({"promised"}),
            queues=frozenset({"promises"}),
            every=lambda _by: list(self.answers), named=lambda _by, _topic, subjects: subjects, due=self._due,
        )  # fmt: skip

    def _due(self, _by: Acting, subjects: Collection[str], now: datetime) -> dict[str, Answer]:
        self.asked.append((now, len(subjects)))
        return {one: self.answers[one] for one in subjects if one in self.answers}


@bookkeeping
def told(force: Force, subjects: Iterable[str], at: datetime, topic: str = "made") -> None:
    with working_for(force.pk):
        tell(force=force.code, topic=topic, subjects=subjects, at=at)

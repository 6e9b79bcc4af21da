"""What is due of words that somebody took back: that an auditor decides whether they are destroyed (SEC-09)."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, end_of
from craffu.clocks.working_days import working_days_after
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.scrutiny.models import Destruction
from craffu.scrutiny.topics import DESTRUCTIONS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

DECIDE: Final = "decide_destruction"
ASKED: Final = "destruction_was_asked"
QUEUE: Final = "retention"
# Within so many working days (project decision, ADR 63; UNVERIFIED: no rule names a time).
WITHIN: Final = 5


def every_destruction(by: Acting) -> Iterable[str]:
    return map(str, Destruction.objects.for_user(by).order_by("id").values_list("pk", flat=True))


def destructions_named(_by: Acting, _topic: str, subjects: Collection[str]) -> Iterable[str]:
    return subjects


def destructions_due(by: Acting, subjects: Collection[str], now: datetime) -> dict[str, Answer]:
    """What is due of each of these. One query."""
    rows = Destruction.objects.for_user(by).filter(pk__one_of=frozenset(map(int, subjects)), known_from__lte=now)
    return {str(one.pk): Answer((_due(one, now),)) for one in rows.select_related("decided").order_by("id")}


def _due(one: Destruction, now: datetime) -> Due:
    decided = getattr(one, "decided", None)
    done_at = decided.known_from if decided is not None and decided.known_from <= now else None
    by = end_of(working_days_after(day_of(one.known_from), WITHIN).due_day)
    return Due(
        kind=DECIDE, key=str(one.pk), about=("destruction", one.reference), queue=QUEUE, why=ASKED,
        what_if_not=Consequence.PROMISE_BROKEN, raised_at=one.known_from, due_at=by, overdue_from=by, done_at=done_at,
        how=How.DONE if done_at else None,
    )  # fmt: skip


SOURCE: Final = Source(
    key="destructions",
    topics=frozenset({DESTRUCTIONS}),
    rules={DECIDE: "SEC-09"},
    whys=frozenset({ASKED}),
    queues=frozenset({QUEUE}),
    every=every_destruction,
    named=destructions_named,
    due=destructions_due,
)

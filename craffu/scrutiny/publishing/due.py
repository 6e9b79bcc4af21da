"""What is due of a deep dive: that the force's reply is recorded, or its lack said, by the tenth working day (SCR-12).

Each draft that goes to the force is one thing due. The next step ends it: a reply or the publication does it, a draft that is
taken back takes it away.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import pairwise
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import end_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.models import DeepDive, DiveStep
from craffu.scrutiny.publishing.rules import reply_by
from craffu.scrutiny.topics import DEEP_DIVES
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

REPLY = "reply_to_deep_dive"
DRAFT_IS_OUT = "draft_with_force"
QUEUE: Final = "deep-dives"


def every_dive(by: Acting) -> Iterable[str]:
    return map(str, DeepDive.objects.for_user(by).order_by("id").values_list("pk", flat=True))


def dives_named(_by: Acting, _topic: str, subjects: Collection[str]) -> Iterable[str]:
    return subjects


def dives_due(by: Acting, subjects: Collection[str], now: datetime) -> dict[str, Answer]:
    """What is due of each of these. One query."""
    rows = DiveStep.objects.for_user(by).filter(dive__one_of=frozenset(map(int, subjects)), known_from__lte=now)
    steps: dict[int, list[DiveStep]] = {}
    for one in rows.select_related("dive").order_by("id"):
        steps.setdefault(one.dive_id, []).append(one)
    return {str(dive): Answer(tuple(_replies(several))) for dive, several in steps.items()}


def _replies(steps: Iterable[DiveStep]) -> Iterable[Due]:
    for step, following in pairwise((*steps, None)):
        if step is None or step.status != DiveStatus.WITH_FORCE:
            continue
        by = end_of(reply_by(step.on))
        yield Due(
            kind=REPLY, key=str(step.pk), about=("deep_dive", step.dive.reference), queue=QUEUE, why=DRAFT_IS_OUT,
            what_if_not=Consequence.GOES_STALE, raised_at=step.known_from, due_at=by, overdue_from=by, owner=step.by_id,
            done_at=following.known_from if following else None, how=_how(following),
        )  # fmt: skip


def _how(following: DiveStep | None) -> How | None:
    if following is None:
        return None
    return How.WITHDRAWN if following.status == DiveStatus.DRAFTING else How.DONE


SOURCE: Final = Source(
    key="deep_dives",
    topics=frozenset({DEEP_DIVES}),
    rules={REPLY: "SCR-12"},
    whys=frozenset({DRAFT_IS_OUT}),
    queues=frozenset({QUEUE}),
    every=every_dive,
    named=dives_named,
    due=dives_due,
)

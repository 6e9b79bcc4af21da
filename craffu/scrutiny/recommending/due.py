"""What is due of recommendations: that one is done by the day that was said, and answered where a clock runs (SCR-10).

Each entry that gives a day is one thing due, to the end of that day. The next entry ends it: another day is another thing
due, and what was late stays late in the history.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import pairwise
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import end_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.scrutiny.models import Recommendation, RecommendationEntry
from craffu.scrutiny.recommending.queries import Stands, stands_of
from craffu.scrutiny.recommending.rules import LIVE, Status
from craffu.scrutiny.topics import RECOMMENDATIONS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

DO, GET_ANSWER = "do_recommendation", "answer_recommendation"
A_DAY_WAS_SAID, CLOCK_RUNS = "recommendation_has_a_day", "recommendation_has_a_clock"
QUEUE: Final = "recommendations"


def every_recommendation(by: Acting) -> Iterable[str]:
    return map(str, Recommendation.objects.for_user(by).order_by("id").values_list("pk", flat=True))


def recommendations_named(_by: Acting, _topic: str, subjects: Collection[str]) -> Iterable[str]:
    return subjects


def recommendations_due(by: Acting, subjects: Collection[str], now: datetime) -> dict[str, Answer]:
    """What is due of each of these. Two queries."""
    rows = Recommendation.objects.for_user(by).filter(pk__one_of=frozenset(map(int, subjects)), known_from__lte=now)
    return {str(one.row.pk): Answer((*_answer(one), *_to_do(one))) for one in stands_of(by, rows, now)}


def _answer(one: Stands) -> Iterable[Due]:
    clock = one.clock
    if clock is None:
        return
    first = one.entries[0].known_from if one.entries else None
    by = end_of(clock.last_day)
    yield Due(
        kind=GET_ANSWER, key=str(one.row.pk), about=("recommendation", one.row.reference), queue=QUEUE, why=CLOCK_RUNS,
        what_if_not=Consequence.GOES_STALE, raised_at=one.row.known_from, due_at=by, overdue_from=by, done_at=first,
        how=How.DONE if first else None,
    )  # fmt: skip


def _to_do(one: Stands) -> Iterable[Due]:
    for entry, following in pairwise((*one.entries, None)):
        if entry is None or entry.due_on is None or Status(entry.status) not in LIVE:
            continue
        by = end_of(entry.due_on)
        yield Due(
            kind=DO, key=str(entry.pk), about=("recommendation", one.row.reference), queue=QUEUE, why=A_DAY_WAS_SAID,
            what_if_not=Consequence.GOES_STALE, raised_at=entry.known_from, due_at=by, overdue_from=by,
            owner=entry.owned_by_id, done_at=following.known_from if following else None, how=_how(following),
        )  # fmt: skip


def _how(following: RecommendationEntry | None) -> How | None:
    """Closed is done; whatever else was said in its place took it away."""
    if following is None:
        return None
    return How.DONE if following.status == Status.CLOSED else How.WITHDRAWN


SOURCE: Final = Source(
    key="recommendations",
    topics=frozenset({RECOMMENDATIONS}),
    rules={DO: "SCR-10", GET_ANSWER: "SCR-10"},
    whys=frozenset({A_DAY_WAS_SAID, CLOCK_RUNS}),
    queues=frozenset({QUEUE}),
    every=every_recommendation,
    named=recommendations_named,
    due=recommendations_due,
)

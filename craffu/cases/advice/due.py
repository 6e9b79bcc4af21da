"""What is due of specialist advice: an answer to each question (RES-04). Outside advice is chased by whoever asked."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.advice.models import AdviceAsked
from craffu.cases.advice.rules import ANSWER_WITHIN, Adviser
from craffu.cases.topics import CASES
from craffu.clocks.london import due
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How, after

ANSWER: Final = "answer_advice"
ASKED_INSIDE, ASKED_OUTSIDE = "advice_asked", "advice_asked_outside"
QUEUE: Final = "advice"


def every_case(by: Acting) -> Iterable[str]:
    return map(str, sorted(set(AdviceAsked.objects.for_user(by).order_by().values_list("case_id", flat=True))))


def cases_named(_by: Acting, _topic: str, subjects: Collection[str]) -> Iterable[str]:
    return subjects


def advice_due(by: Acting, subjects: Collection[str], now: datetime) -> dict[str, Answer]:
    """What is due in each of these cases. One query."""
    asked = AdviceAsked.objects.for_user(by).filter(case__one_of=frozenset(map(int, subjects)), known_from__lte=now)
    found: dict[str, list[Due]] = {}
    for one in (
        asked.select_related("case", "answer").defer("question", "answer__words", "answer__adviser").order_by("id")
    ):
        found.setdefault(str(one.case_id), []).append(_due(one, now))
    return {case: Answer(tuple(dues)) for case, dues in found.items()}


def _due(one: AdviceAsked, now: datetime) -> Due:
    is_inside = one.adviser == Adviser.CHAMPION
    answer = getattr(one, "answer", None)
    done_at = answer.known_from if answer is not None and answer.known_from <= now else None
    by = due(one.known_from, ANSWER_WITHIN)
    return Due(
        kind=ANSWER, key=str(one.pk), about=("case", one.case.reference), of_case=one.case.reference, queue=QUEUE,
        why=ASKED_INSIDE if is_inside else ASKED_OUTSIDE, what_if_not=Consequence.GOES_STALE, raised_at=one.known_from,
        due_at=by, overdue_from=after(by), owner=None if is_inside else one.by_id, done_at=done_at,
        how=How.DONE if done_at else None,
    )  # fmt: skip


SOURCE: Final = Source(
    key="advice",
    topics=frozenset({CASES}),
    rules={ANSWER: "RES-04"},
    whys=frozenset({ASKED_INSIDE, ASKED_OUTSIDE}),
    queues=frozenset({QUEUE}),
    every=every_case,
    named=cases_named,
    due=advice_due,
)

"""What is due of specialist advice: an answer to each question (RES-04). Outside advice is chased by whoever asked."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from django.db.models import Q

from craffu.access.acting import Acting
from craffu.cases.advice.models import AdviceAsked
from craffu.cases.advice.rules import ANSWER_WITHIN, Adviser
from craffu.cases.topics import ADVICE, CASES
from craffu.clocks.london import due
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How, after

ANSWER: Final = "answer_advice"
# Of an order that is of no case.
ANSWER_ORDER: Final = "answer_order_advice"
ASKED_INSIDE, ASKED_OUTSIDE = "advice_asked", "advice_asked_outside"
QUEUE: Final = "advice"
_ASKED: Final = "asked:"


def subject_of(one: AdviceAsked) -> str:
    """The case, by row number; for a question about an order of no case, the question."""
    return str(one.case_id) if one.case_id is not None else f"{_ASKED}{one.pk}"


def every_case(by: Acting) -> Iterable[str]:
    """Every case with advice, and every question that is in none."""
    rows = AdviceAsked.objects.for_user(by).order_by().only("case", "pk")
    return sorted({subject_of(one) for one in rows})


def cases_named(_by: Acting, _topic: str, subjects: Collection[str]) -> Iterable[str]:
    return subjects


def advice_due(by: Acting, subjects: Collection[str], now: datetime) -> dict[str, Answer]:
    """What is due of each of these. One query."""
    cases = frozenset(int(one) for one in subjects if not one.startswith(_ASKED))
    alone = frozenset(int(one.removeprefix(_ASKED)) for one in subjects if one.startswith(_ASKED))
    mine = Q(case__one_of=cases) | Q(pk__one_of=alone, case=None)
    asked = AdviceAsked.objects.for_user(by).filter(mine, known_from__lte=now)
    found: dict[str, list[Due]] = {}
    for one in (
        asked.select_related("case", "answer").defer("question", "answer__words", "answer__adviser").order_by("id")
    ):
        found.setdefault(subject_of(one), []).append(_due(one, now))
    return {subject: Answer(tuple(dues)) for subject, dues in found.items()}


def _due(one: AdviceAsked, now: datetime) -> Due:
    is_inside = one.adviser == Adviser.CHAMPION
    answer = getattr(one, "answer", None)
    done_at = answer.known_from if answer is not None and answer.known_from <= now else None
    by = due(one.known_from, ANSWER_WITHIN)
    case = one.case.reference if one.case is not None else ""
    about = ("case", case) if case else ("order", one.about_order)
    return Due(
        kind=ANSWER if case else ANSWER_ORDER, key=str(one.pk), about=about, of_case=case, queue=QUEUE,
        why=ASKED_INSIDE if is_inside else ASKED_OUTSIDE, what_if_not=Consequence.GOES_STALE, raised_at=one.known_from,
        due_at=by, overdue_from=after(by), owner=None if is_inside else one.by_id, done_at=done_at,
        how=How.DONE if done_at else None,
    )  # fmt: skip


SOURCE: Final = Source(
    key="advice",
    topics=frozenset({CASES, ADVICE}),
    rules={ANSWER: "RES-04", ANSWER_ORDER: "RES-04"},
    whys=frozenset({ASKED_INSIDE, ASKED_OUTSIDE}),
    queues=frozenset({QUEUE}),
    every=every_case,
    named=cases_named,
    due=advice_due,
)

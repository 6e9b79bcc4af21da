"""What is due of keeping records: that somebody reviews whose clear period is over, and that another decides an erasure."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.retention.kinds import Step
from craffu.access.retention.models import RetentionStep
from craffu.access.retention.queries import Stands, people_with_steps, stands_of
from craffu.clocks.london import day_of, end_of
from craffu.clocks.working_days import working_days_after
from craffu.daily.retaining.known import people_called
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

# Somebody's retention, by their reference: a step was taken.
RETENTION: Final = "retention"
REVIEW: Final = "review_retention"
DECIDE: Final = "decide_erasure"
CLEAR: Final = "clear_period_over"
ASKED: Final = "erasure_was_asked"
QUEUE: Final = "retention"
# Within so many working days (project decision, ADR 90; UNVERIFIED: no rule names a time).
REVIEW_WITHIN: Final = 20
DECIDE_WITHIN: Final = 5
_ANSWERS: Final = (Step.KEPT, Step.ERASURE_REFUSED, Step.ERASED)


def every_person(by: Acting) -> Iterable[str]:
    return people_with_steps(by)


def people_named(_by: Acting, _topic: str, subjects: Collection[str]) -> Iterable[str]:
    return subjects


def retention_due(by: Acting, subjects: Collection[str], now: datetime) -> dict[str, Answer]:
    """What is due of each of these; of somebody who went with somebody else, nothing more. Two queries."""
    there = people_called(by, subjects)
    stands = stands_of(by, subjects)
    return {
        person: Answer(tuple(_dues(one, now)))
        for person, one in stands.items()
        if person in there or one.erased is not None
    }


def _dues(stands: Stands, now: datetime) -> Iterable[Due]:
    known = [one for one in stands.steps if one.known_from <= now]
    for at, one in enumerate(known):
        later = known[at + 1 :]
        if one.step == Step.OPENED:
            over = next((step for step in later if step.step in (Step.KEPT, Step.ERASED)), None)
            yield _due(stands, REVIEW, CLEAR, one, over, REVIEW_WITHIN)
        elif one.step == Step.ERASURE_ASKED:
            over = next((step for step in later if Step(step.step) in _ANSWERS), None)
            yield _due(stands, DECIDE, ASKED, one, over, DECIDE_WITHIN)


def _due(stands: Stands, kind: str, why: str, one: RetentionStep, over: RetentionStep | None, within: int) -> Due:
    by = end_of(working_days_after(day_of(one.known_from), within).due_day)
    return Due(
        kind=kind, key=f"{stands.person}/{one.number}", about=("person", stands.person), queue=QUEUE, why=why,
        what_if_not=Consequence.PROMISE_BROKEN, raised_at=one.known_from, due_at=by, overdue_from=by,
        done_at=over.known_from if over else None, how=How.DONE if over else None,
    )  # fmt: skip


SOURCE: Final = Source(
    key="retention",
    topics=frozenset({RETENTION}),
    rules={REVIEW: "SEC-08", DECIDE: "SEC-09"},
    whys=frozenset({CLEAR, ASKED}),
    queues=frozenset({QUEUE}),
    every=every_person,
    named=people_named,
    due=retention_due,
)

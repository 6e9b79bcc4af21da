"""What is due of plans: to be made, approved and reviewed, and what they ask for by a day (PLN-01, PLN-02).

A subject is a plan, by row number.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.models import Breach
from craffu.breaches.topics import BREACHES
from craffu.clocks.london import day_of, end_of, start_of
from craffu.clocks.working_days import working_days_after
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.models import Order
from craffu.orders.topics import ORDERS, TRIGGERS
from craffu.people.queries import belonging_now, members, people_of_records
from craffu.people.topics import PEOPLE
from craffu.prevention.models import Plan, PlanReviewed
from craffu.prevention.planning.kinds import Because, Outcome
from craffu.prevention.planning.queries import Action, PlanStory, Version, happened_to, stories_of_plans
from craffu.prevention.planning.rules import plan_due
from craffu.prevention.planning.timing import AHEAD, Happened, NextReview, next_review
from craffu.prevention.topics import PLANS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

QUEUE: Final = "plans"
APPROVE_WORKING_DAYS: Final = 1


class What(StrEnum):
    """What is to be done. Keys are stored."""

    MAKE = "plan_make"
    APPROVE = "plan_approve"
    REVIEW = "plan_review"
    ACT = "plan_action"


class Why(StrEnum):
    """Why. Keys are stored."""

    BEGUN = "plan_begun"
    TO_CHANGE = "plan_to_change"
    PUT = "plan_put"
    ACTION = "plan_action_agreed"
    EVERY_28_DAYS = "plan_review_28_days"
    FOLLOW_UP = "plan_review_follow_up"
    BREACH = "plan_review_breach"


RULES: Final[Mapping[What, str]] = {
    What.MAKE: "PLN-01",
    What.APPROVE: "PLN-01",
    What.REVIEW: "PLN-02",
    What.ACT: "PLN-02",
}
WHY_REVIEWED: Final[Mapping[str, Why]] = {
    Because.EVERY_28_DAYS: Why.EVERY_28_DAYS,
    Because.FOLLOW_UP: Why.FOLLOW_UP,
    Because.BREACH: Why.BREACH,
}


def every_plan(by: Acting) -> Iterable[str]:
    return map(str, Plan.objects.for_user(by).order_by("id").values_list("pk", flat=True).iterator())


def plans_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News names plans, people, orders against whoever has one, or breaches of theirs."""
    if topic == PLANS:
        return subjects
    numbers = frozenset(map(int, subjects))
    if topic == PEOPLE:
        people = set(numbers)
    else:
        if topic == BREACHES:
            named = Breach.objects.for_user(by).filter(pk__one_of=numbers).order_by()
            told = named.values_list("respondent_id", flat=True)
        else:
            against = Order.objects.for_user(by).filter(pk__one_of=numbers).order_by()
            told = against.values_list("respondent_id", flat=True)
        people = set(belonging_now(by, set(told)).values())
    records = frozenset(
        members(by).filter(person__one_of=frozenset(people)).order_by().values_list("record_id", flat=True)
    )
    return map(
        str, Plan.objects.for_user(by).filter(record__one_of=records).order_by("id").values_list("pk", flat=True)
    )


def plans_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of each of these plans as things stand at an instant. Thirteen queries, however many."""
    rows = Plan.objects.for_user(by).filter(pk__one_of=frozenset(map(int, subjects))).select_related("by", "case")
    stories = stories_of_plans(by, rows.order_by("id"))
    happened = happened_to(by, [one.plan for one in stories], now)
    people = people_of_records(by, [one.plan.record_id for one in stories])
    return {
        str(one.plan.pk): Answer(tuple(_dues(one, people[one.plan.record_id].reference, happened[one.plan.pk])))
        for one in stories
        if one.plan.record_id in people
    }


def _dues(story: PlanStory, person: str, happened: Sequence[Happened]) -> Iterator[Due]:
    yield _make(story, person, 0, story.plan.known_from, Why.BEGUN, story.plan.by_id)
    counted = _counted_from(story)
    for review, before in zip(story.reviews, counted, strict=False):
        if review.outcome == Outcome.TO_CHANGE:
            yield _make(story, person, review.number, review.known_from, Why.TO_CHANGE, review.by_id)
        yield _reviewed(story, person, review, before[-1].key)
    yield from (_approve(story, person, one) for one in story.versions)
    for several in counted:
        for looked, later in pairwise(several):
            yield from _put_anew(story, person, looked, later, happened)
    if story.standing is not None:
        yield _next(story, person, counted[-1][-1], happened, story.standing.row.owner_id)
    yield from (_act(story, person, one) for one in story.actions)


def _due(
    story: PlanStory,
    person: str,
    what: What,
    key: str,
    raised_at: datetime,
    day: date,
    why: Why,
    *,
    owner: int | None = None,
    done: tuple[datetime, How] | None = None,
    consequence: Consequence = Consequence.PROTECTION_LAPSES,
) -> Due:
    by = end_of(day)
    ended = story.ended
    if done is None and ended is not None:
        done = (max(ended.known_from, raised_at), How.WITHDRAWN)
    return Due(
        kind=what.value, key=key, about=("person", person), of_case=story.plan.case.reference if story.plan.case else "",
        queue=QUEUE, why=why.value, what_if_not=consequence, raised_at=min(raised_at, by), due_at=by, overdue_from=by,
        owner=owner, facts={"limit": "policy"}, done_at=done[0] if done else None, how=done[1] if done else None,
    )  # fmt: skip


def _make(story: PlanStory, person: str, number: int, at: datetime, why: Why, owner: int) -> Due:
    """PLN-01: a plan that was begun, or found to want a change, is put and approved within seven days."""
    approved = next(
        (
            one.approved.known_from
            for one in story.versions
            if one.approved is not None and one.approved.agrees and one.row.known_from >= at
        ),
        None,
    )
    done = (approved, How.DONE) if approved is not None else None
    return _due(
        story, person, What.MAKE, f"{story.plan.pk}:{number}", at, plan_due(day_of(at)), why, owner=owner, done=done
    )


def _approve(story: PlanStory, person: str, one: Version) -> Due:
    at = one.row.known_from
    day = working_days_after(day_of(at), APPROVE_WORKING_DAYS).due_day
    done = (one.approved.known_from, How.DONE) if one.approved else None
    return _due(story, person, What.APPROVE, str(one.row.pk), at, day, Why.PUT, done=done)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a review counts from, and the key by which that review is known for ever: when it was last looked at, since when
    that stands.
    """

    key: str
    at: datetime
    since: datetime


def _counted_from(story: PlanStory) -> list[list[Looked]]:
    """For each review that was made, and for the one to come, what it counted from: the review before, then each version that
    was put since and approved. A version that stands anew is a review anew, by another day: it has a key of its own.
    """
    standing = [(one.row, one.approved.known_from) for one in story.versions if one.approved and one.approved.agrees]
    if not standing:
        return []
    begins, since = standing[0][0].known_from, standing[0][1]
    found: list[list[Looked]] = []
    for number, until in enumerate([*(one.known_from for one in story.reviews), None], 1):
        key = f"{story.plan.pk}:{number}"
        found.append([Looked(key, begins, since)])
        for row, at in standing:
            if row.known_from > begins and (until is None or at < until):
                found[-1].append(Looked(f"{key}.v{row.number}", row.known_from, at))
        if until is not None:
            begins = since = until
    return found


def _put_anew(story: PlanStory, person: str, one: Looked, later: Looked, happened: Sequence[Happened]) -> Iterator[Due]:
    """A review that stood in somebody's list when another version was approved: that answers it."""
    coming = next_review(one.at, [each for each in happened if each.at <= later.since])
    raised_at = _raised(coming, one.since)
    if raised_at <= later.since:
        yield _due(
            story, person, What.REVIEW, one.key, raised_at, coming.due_day, WHY_REVIEWED[coming.because],
            done=(later.since, How.DONE), consequence=Consequence.GOES_STALE,
        )  # fmt: skip


def _raised(coming: NextReview, since: datetime) -> datetime:
    """What happened raises a review at once, the schedule a week before its day."""
    return max(coming.event.at if coming.event else start_of(coming.due_day - AHEAD), since)


def _reviewed(story: PlanStory, person: str, one: PlanReviewed, key: str) -> Due:
    """Each review that was due and was made, late or not: the day on which it was due stays."""
    raised_at = min(one.raised_at or start_of(one.due_on - AHEAD), one.known_from)
    return _due(
        story, person, What.REVIEW, key, raised_at, one.due_on, WHY_REVIEWED[one.because],
        done=(one.known_from, How.DONE), consequence=Consequence.GOES_STALE,
    )  # fmt: skip


def _next(story: PlanStory, person: str, one: Looked, happened: Sequence[Happened], owner: int) -> Due:
    """PLN-02: the review to come."""
    coming = next_review(one.at, happened)
    return _due(
        story, person, What.REVIEW, one.key, _raised(coming, one.since), coming.due_day, WHY_REVIEWED[coming.because],
        owner=owner, consequence=Consequence.GOES_STALE,
    )  # fmt: skip


def _act(story: PlanStory, person: str, one: Action) -> Due:
    """PLN-02: what a plan asks for, by its day."""
    how = (How.DONE if one.closed.is_done else How.WITHDRAWN) if one.closed else None
    done = (max(one.closed.known_from, one.row.known_from), how) if one.closed and how else None
    return _due(
        story, person, What.ACT, str(one.row.pk), one.row.known_from, one.row.due_on, Why.ACTION, owner=one.row.owner_id,
        done=done,
    )  # fmt: skip


SOURCE: Final = Source(
    key="plans",
    topics=frozenset({PLANS, ORDERS, TRIGGERS, BREACHES, PEOPLE}),
    rules={what.value: rule for what, rule in RULES.items()},
    whys=frozenset(Why),
    queues=frozenset({QUEUE}),
    every=every_plan,
    named=plans_named,
    due=plans_due,
)

"""What is due of priorities: a human within 24 hours of a floor, a second person's word, an answer (PRI-04, PRI-07).

A subject is a person, by row number. Before it is asked, whoever something was recorded of is scored anew (PRI-10).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.models import Breach
from craffu.breaches.topics import BREACHES
from craffu.cases.models import CaseRole
from craffu.cases.topics import CASES
from craffu.clocks.london import day_of, due, end_of
from craffu.people.models import Person
from craffu.people.queries import belonging_now
from craffu.people.topics import PEOPLE
from craffu.prevention.cohort.queries import Membership, Stays, stays_among
from craffu.prevention.deciding.queries import Decided, decided_among
from craffu.prevention.deciding.rules import AGREED_WITHIN, ANSWERED_WITHIN, LOOKED_AT_WITHIN, Said, review_due
from craffu.prevention.models import Plan, ScoreStands
from craffu.prevention.planning.due import QUEUE as PLANS_QUEUE
from craffu.prevention.planning.queries import Begun, plans_begun
from craffu.prevention.planning.rules import plan_due
from craffu.prevention.scoring.actions import renew_scores
from craffu.prevention.scoring.queries import last_run
from craffu.prevention.scoring.reading import ACCUSED
from craffu.prevention.topics import PLANS, PRIORITIES
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How, after

LOOK, AGREE, ANSWER = "floor_review", "priority_agreement", "score_challenge"
MEMBER, PLAN = "cohort_review", "cohort_plan"
ON_A_FLOOR, PUT_FORWARD, CHALLENGED = "on_a_floor", "priority_put_forward", "score_is_challenged"
EVERY_28_DAYS, ENTERED, ENDED = "cohort_28_days", "cohort_entered", "cohort_plan_ended"
QUEUE: Final = "priority"
# How long before its last day a member's review stands in anybody's list.
AHEAD: Final = timedelta(days=7)


def everybody_scored(by: Acting) -> Iterable[str]:
    return map(str, ScoreStands.objects.for_user(by).order_by("person_id").values_list("person_id", flat=True))


def people_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News names people, plans, cases in which they are accused, or breaches: the last two nobody while nobody was scored."""
    if topic in {PEOPLE, PRIORITIES}:
        return subjects
    numbers = frozenset(map(int, subjects))
    if topic == PLANS:
        plans = Plan.objects.for_user(by).filter(pk__one_of=numbers).order_by()
        return map(str, sorted(set(belonging_now(by, set(plans.values_list("record_id", flat=True))).values())))
    if last_run(by) is None:
        return ()
    if topic == CASES:
        rows = CaseRole.objects.for_user(by).filter(case__one_of=numbers, role__in=ACCUSED).order_by()
        records = set(rows.values_list("record_id", flat=True))
    else:
        breaches = Breach.objects.for_user(by).filter(pk__one_of=numbers).order_by()
        records = set(breaches.values_list("respondent_id", flat=True))
    return map(str, sorted(set(belonging_now(by, records).values())))


def renew(by: Acting, subjects: Collection[str], now: datetime) -> None:
    renew_scores(by=by, people=set(map(int, subjects)), now=now)


def priorities_due(by: Acting, subjects: Collection[str], _now: datetime) -> Mapping[str, Answer]:
    """What is due of each of these people's priorities. Fourteen queries at most, however many they are."""
    people = frozenset(map(int, subjects))
    decided, stays = decided_among(by, people), stays_among(by, people)
    decided |= {one: Decided() for one in stays if one not in decided}
    begun = plans_begun(by, set(stays))
    stand = {one.person_id: one for one in ScoreStands.objects.for_user(by).filter(person__one_of=frozenset(decided))}
    # Whoever has no record any more is answered for by whose their records are.
    named = Person.objects.for_user(by).filter(pk__one_of=frozenset(decided), has_records=True).order_by()
    references = dict(named.values_list("pk", "reference"))
    return {
        str(person): Answer(
            (
                *_dues(references[person], whole, is_in=person in stand),
                *_members(references[person], stays.get(person, Stays())),
                *_plans(references[person], stays.get(person, Stays()), begun.get(person, [])),
            )
        )
        for person, whole in decided.items()
        if person in references
    }


def _dues(reference: str, decided: Decided, *, is_in: bool) -> Iterator[Due]:
    yield from _looks(reference, decided, is_in=is_in)
    for one in decided.decisions:
        if one.said == Said.OTHER:
            agreed, by_when = getattr(one, "agreed", None), due(one.known_from, AGREED_WITHIN)
            yield Due(
                kind=AGREE, key=str(one.pk), about=("person", reference), queue=QUEUE, why=PUT_FORWARD,
                what_if_not=Consequence.RISK_UNKNOWN, raised_at=one.known_from, due_at=by_when, overdue_from=after(by_when),
                facts={"limit": "policy"}, done_at=agreed.known_from if agreed else None, how=How.DONE if agreed else None,
            )  # fmt: skip
    for each in decided.challenges:
        answered, by_when = getattr(each, "answered", None), due(each.known_from, ANSWERED_WITHIN)
        yield Due(
            kind=ANSWER, key=str(each.pk), about=("person", reference), queue=QUEUE, why=CHALLENGED,
            what_if_not=Consequence.PROMISE_BROKEN, raised_at=each.known_from, due_at=by_when, overdue_from=after(by_when),
            facts={"limit": "policy"}, done_at=answered.known_from if answered else None,
            how=How.DONE if answered else None,
        )  # fmt: skip


def _looks(reference: str, decided: Decided, *, is_in: bool) -> Iterator[Due]:
    """Each time that somebody came to stand on other floors than before, or another incident put them on one, until an officer
    looked, or a later score put it right.

    Whoever left the population before anybody looked is looked at no more: it is withdrawn.
    """
    before: list[str] = []
    by_then: set[str] | None = set()
    for place, kept in enumerate(decided.kept):
        later = decided.kept[place + 1] if place + 1 < len(decided.kept) else None
        floored = None if kept.floored is None else set(kept.floored)
        is_another = floored is not None and by_then is not None and not floored <= by_then
        new = set(kept.floors) - set(before)
        before, by_then = kept.floors, floored
        if not new and not is_another:
            continue
        of_them = (one for one in decided.decisions if one.person_id == kept.person_id)
        looked = next((one for one in of_them if one.known_from >= kept.at), None)
        if looked is None and (not is_in or (later is not None and not later.floors)):
            continue
        by_when = due(kept.at, LOOKED_AT_WITHIN)
        yield Due(
            kind=LOOK, key=str(kept.pk), about=("person", reference), queue=QUEUE, why=ON_A_FLOOR,
            what_if_not=Consequence.RISK_UNKNOWN, raised_at=kept.at, due_at=by_when, overdue_from=after(by_when),
            facts={"limit": "policy"}, done_at=looked.known_from if looked else None, how=How.DONE if looked else None,
        )  # fmt: skip


def _members(reference: str, stays: Stays) -> Iterator[Due]:
    """Each look at a member that is or was due, 28 days after the last; whoever left is looked at no more (PRI-10).

    Where two members were found to be one, a look at either was a look at both.
    """
    for one in stays.all:
        looked = list(_looked_at(one))
        left = one.left.known_from if one.left is not None else None
        for place, (since, key) in enumerate(looked):
            done = looked[place + 1][0] if place + 1 < len(looked) else None
            ended, ends = done or left, end_of(review_due(day_of(since)))
            raised_at = max(since, ends - AHEAD)
            if ended is not None and ended < raised_at:
                continue
            yield Due(
                kind=MEMBER, key=key, about=("person", reference), queue=QUEUE, why=EVERY_28_DAYS,
                what_if_not=Consequence.GOES_STALE, raised_at=raised_at, due_at=ends, overdue_from=ends,
                facts={"limit": "policy"}, done_at=ended,
                how=None if ended is None else How.DONE if done else How.WITHDRAWN,
            )  # fmt: skip


def _looked_at(one: Membership) -> Iterator[tuple[datetime, str]]:
    """Each instant from which the next look at a member counts, with the key of that: a joining changes no key that was."""
    place = 0
    yield one.entered.known_from, f"{one.entered.pk}/{place}"
    for each in sorted((*one.reviews, *one.beside), key=lambda each: each.known_from):
        place += each.entered_id == one.entered.pk
        also = "" if each.entered_id == one.entered.pk else f".{each.pk}"
        yield each.known_from, f"{one.entered.pk}/{place}{also}"


def _plans(reference: str, stays: Stays, begun: Collection[Begun]) -> Iterator[Due]:
    """A plan is begun for whoever enters, within seven days, where none is going on, and again for a member whose plan ended
    (PLN-01); to approve it is the plan's own. One that ended before anybody approved it, while they stayed, was none.
    """
    for one in stays.all:
        left = one.left.known_from if one.left is not None else None
        theirs = [each for each in begun if _answers(each, left)]
        key, since, why = str(one.entered.pk), one.entered.known_from, ENTERED
        while left is None or since < left or why is ENTERED:
            standing = (each for each in theirs if each.ended is None or each.ended > since)
            found = min(standing, key=lambda each: each.at, default=None)
            done = max(found.at, since) if found else None
            ended, ends = done or left, end_of(plan_due(day_of(since)))
            # Two people found to be one may have two plans: where one ends, the other goes on.
            if why is ENTERED or done != since:
                yield Due(
                    kind=PLAN, key=key, about=("person", reference), queue=PLANS_QUEUE, why=why,
                    what_if_not=Consequence.PROTECTION_LAPSES, raised_at=since, due_at=ends, overdue_from=ends,
                    facts={"limit": "policy"}, done_at=ended,
                    how=None if ended is None else How.DONE if done else How.WITHDRAWN,
                )  # fmt: skip
            if found is None or found.ended is None:
                break
            key, since, why = f"{one.entered.pk}/{found.pk}", found.ended, ENDED


def _answers(plan: Begun, left: datetime | None) -> bool:
    """Whether a plan counts for a stay: begun before its end, and not dropped in it before anybody approved it."""
    stayed = left is None or (plan.ended is not None and plan.ended <= left)
    is_dropped = plan.ended is not None and not plan.was_approved and stayed
    return (left is None or plan.at <= left) and not is_dropped


SOURCE: Final = Source(
    key="priorities",
    topics=frozenset({CASES, PEOPLE, BREACHES, PRIORITIES, PLANS}),
    rules={LOOK: "PRI-04", AGREE: "PRI-07", ANSWER: "PRI-07", MEMBER: "PRI-10", PLAN: "PLN-01"},
    whys=frozenset({ON_A_FLOOR, PUT_FORWARD, CHALLENGED, EVERY_28_DAYS, ENTERED, ENDED}),
    queues=frozenset({QUEUE, PLANS_QUEUE}),
    every=everybody_scored,
    named=people_named,
    due=priorities_due,
    keep=renew,
)

"""When an order is reviewed next, worked out from everything recorded of it, its case and its earlier reviews (REV-01).

An event counts from when we know of it: nobody can review an order because of what nobody has told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.risk.queries import CaseRisk, risks_in
from craffu.cases.risk.rules import Asks
from craffu.clocks.london import day_of, day_or_none
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.catalogue.rules import age_on
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order
from craffu.orders.noting.facts import Noted
from craffu.orders.queries import OrderStory
from craffu.orders.reviewing.policies import REVIEWED
from craffu.orders.reviewing.queries import Reviewed, completed, decisions_of
from craffu.orders.reviewing.timing import (
    CBO,
    Because,
    Event,
    Happened,
    Next,
    end_decided_on,
    grades_raised,
    next_review_due,
    statutory_from,
)
from craffu.orders.reviewing.timing import Reviewed as Facts
from craffu.orders.watching.ending import watches
from craffu.orders.watching.reading import MAKES, history
from craffu.orders.watching.stood import Stood
from craffu.people.queries import identities, people_of_records
from craffu.people.rules import birth_precision

# What people record of the case that brings a review forward.
_RECORDED: Final = {
    Asks.POSSIBLE_BREACH_RAISED.value: Event.BREACH,
    Asks.VICTIM_MORE_AFRAID.value: Event.CIRCUMSTANCES,
    Asks.RELATIONSHIP_OR_ADDRESS_CHANGED.value: Event.CIRCUMSTANCES,
}


@dataclass(frozen=True, slots=True)
class Stands:
    """How an order stands towards its next review: since when it waits for one, when that is due, and after which event.

    `changes_at` is when time alone changes the answer: a watch that comes, or a grade that runs out.
    """

    since: datetime
    next: Next | None
    event: Happened | None
    changes_at: datetime | None


def put_last(reviews: Sequence[Reviewed]) -> datetime | None:
    """When the last completed review was put forward: what happened later it could not weigh."""
    done = completed(reviews)
    return done[-1].row.known_from if done else None


def is_reviewed(order: Order) -> bool:
    """REV-01: whether an order stands that is reviewed."""
    return order.status in LIVE and kind_of(order.kind).family in REVIEWED


@dataclass(frozen=True, slots=True)
class Bears:
    """What bears on when an order is reviewed next: the rule's own facts, since when it waits, the events that no review has
    answered, and the instants at which a watch is still to come or a grade runs out.
    """

    facts: Facts
    since: datetime
    events: Sequence[Happened]
    watches: Sequence[datetime]
    runs_out: datetime | None


def what_bears(
    story: OrderStory,
    stood: Sequence[Stood],
    reviews: Sequence[Reviewed],
    risk: CaseRisk | None,
    born: date | None,
    now: datetime,
) -> Bears:
    """By all that is known now. Raises ValueError for an order that was not made."""
    order = story.order
    if order.made_at is None:
        raise ValueError(f"order {order.reference} was not made")
    done = completed(reviews)
    since = put_last(reviews) or _known_since(story)
    raised = watches(kind_of(order.kind), stood, now)
    happened = sorted(_events(story, risk, [one.raised_at for one in raised]), key=lambda one: one.at)
    open_events = [one for one in happened if since < one.at <= now]
    grade = risk.standing(now) if risk else None
    facts = Facts(
        served_on=_bound_on(order),
        grade=grade.clock_grade.value if grade else None,
        last_completed_on=_day(done[-1].completed_at) if done else None,
        events=[day_of(one.at) for one in open_events],
        last_day=order.last_day,
        end_is_decided=end_decided_on(order.last_day, decisions_of(order, done, story.noted)) is not None,
        statutory_from=statutory_from(
            order.kind, age_on(born, day_of(now)) if born else None, day_of(order.takes_effect_at or order.made_at)
        ),
    )
    coming = [one.raised_at for one in raised if one.raised_at > now]
    runs_out = grade.due if grade is not None and grade.due is not None and grade.due > now else None
    return Bears(facts, since, open_events, coming, runs_out)


def stands(
    story: OrderStory,
    stood: Sequence[Stood],
    reviews: Sequence[Reviewed],
    risk: CaseRisk | None,
    born: date | None,
    now: datetime,
) -> Stands:
    """By all that is known now. Raises ValueError for an order that was not made."""
    bears = what_bears(story, stood, reviews, risk, born, now)
    found = next_review_due(bears.facts)
    runs_out = [bears.runs_out] if bears.runs_out else []
    event = bears.events[0] if found is not None and found.because is Because.EVENT else None
    return Stands(bears.since, found, event, min([*bears.watches, *runs_out], default=None))


def _day(at: datetime | None) -> date | None:
    return day_of(at) if at is not None else None


def _bound_on(order: Order) -> date | None:
    """Whoever is proven to know of an order is bound by it as if it had been served."""
    return _day(order.served_at or order.aware_at)


def _known_since(story: OrderStory) -> datetime:
    """Since when we know that it was made."""
    made = [one.known_from for one in story.moves if one.move in MAKES]
    return made[-1] if made else story.order.known_from


def _events(story: OrderStory, risk: CaseRisk | None, watched: Iterable[datetime]) -> Iterator[Happened]:
    yield from (Happened(at, Event.EXPIRY_WATCH) for at in watched)
    yield from (
        Happened(one.known_from, Event.CHANGE_SOUGHT) for one in story.noted if one.what == Noted.RELAXATION_SOUGHT
    )
    if risk is not None:
        yield from grades_raised((one.at, one.grade) for one in risk.given)
        yield from (Happened(one.known_from, _RECORDED[one.kind]) for one in risk.events if one.kind in _RECORDED)


def standing_of(by: Acting, story: OrderStory, reviews: Sequence[Reviewed], now: datetime) -> Stands:
    """When one order is reviewed next, and why then. Fourteen queries at most."""
    order = story.order
    risk = risks_in(by, [order.case_id], now).get(order.case_id) if order.case_id else None
    born = born_of(by, [order]).get(order.pk)
    return stands(story, history(story, None, (), (), reviews), reviews, risk, born, now)


def born_of(by: Acting, orders: Iterable[Order], known_at: datetime | None = None) -> dict[int, date]:
    """When the respondents of orders were born for which the statute asks so, by the order. Three queries at most."""
    asked = [one for one in orders if one.kind == CBO]
    if not asked:
        return {}
    people = people_of_records(by, [one.respondent_id for one in asked], known_at)
    known = identities(by, dict.fromkeys(people.values()), known_at)
    found = {}
    for one in asked:
        said = known[people[one.respondent_id].pk].born_on if one.respondent_id in people else ""
        if birth_precision(said) == "day" and (born := day_or_none(said)) is not None:
            found[one.pk] = born
    return found

"""The only writes beside a draft itself: a condition more, and a second person's approval of a bespoke one (ORD-14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.orders import events
from craffu.orders.drafting.checking import as_given, drafters_of
from craffu.orders.drafting.policies import (
    check_is_bespoke,
    check_is_drafted,
    check_is_not_put_forward,
    check_is_second_person,
)
from craffu.orders.facts import NewCondition, NewTerms
from craffu.orders.life.policies import check_is_as_seen
from craffu.orders.models import Condition, Order, OrderTerms
from craffu.orders.permissions import check_can_agree_to_terms, check_can_consider, check_is_named
from craffu.orders.queries import OrderStory, find_order, story_of_order
from craffu.orders.scanning.policies import check_zone_gives_nothing_away
from craffu.orders.scanning.queries import zones_that_give_away
from craffu.orders.terms.actions import keep_terms
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell


@dataclass(frozen=True, slots=True)
class _Draft:
    """An order, locked, and the draft that stands of its terms."""

    order: Order
    story: OrderStory

    @property
    def conditions(self) -> list[Condition]:
        return list(self.story.standing.conditions.all()) if self.story.standing else []


def _opened(by: Acting, reference: str, seen: int) -> _Draft:
    lock_until_commit("order", by.force.code, reference)
    order = check_is_there(find_order(by, reference))
    story = story_of_order(by, order)
    check_is_as_seen(seen, len(story.terms))
    check_is_not_put_forward(order.status)
    check_is_drafted(is_made=order.made_at is not None)
    return _Draft(order, story)


def _kept(
    by: Acting, draft: _Draft, conditions: Sequence[NewCondition], kind: EventKind, at: datetime, drafter: User | None
) -> OrderTerms:
    """A further version: the limits stay as they stood."""
    was = draft.story.standing
    given = NewTerms(
        tuple(conditions),
        language=was.language if was else "en",
        locality=was.locality if was else "",
        has_no_locality=was.has_no_locality if was else False,
    )
    check_zone_gives_nothing_away(zones_that_give_away(by, draft.order, given))
    terms = keep_terms(
        by=by, order=draft.order, given=given, why="drafted", applies_from=None, entered_by=drafter, now=at
    )
    tell(force=by.force.code, topic=ORDERS, subjects=[draft.order.pk], at=at)
    refs = [f"order/{draft.order.reference}"]
    audit.record(kind=kind, actor=by.actor, refs=refs, request=by.request, now=at)
    return terms


@action
def add_to_draft(
    *, by: Acting, order: str, condition: NewCondition, seen: int, now: datetime | None = None
) -> OrderTerms:
    """A further version of the draft, with one condition more. `seen` is how many versions there were.

    Raises Conflict where there are others by now, NotNow once it is put forward to be authorised or a court has made the terms.
    """
    at = now or clock.now()
    check_can_consider(by)
    check_is_named(by)
    draft = _opened(by, order, seen)
    conditions = [*map(as_given, draft.conditions), condition]
    return _kept(by, draft, conditions, events.ORDER_TERMS_DRAFTED, at, by.user)


@action
def approve_condition(*, by: Acting, order: str, number: int, seen: int, now: datetime | None = None) -> OrderTerms:
    """A second person approves a condition that is worded for this order alone. Whoever drafted stays its drafter.

    Raises NotPermitted for whoever drafted it, NotNow for a condition that needs no approval and as `add_to_draft` does.
    """
    at = now or clock.now()
    user = check_can_agree_to_terms(by)
    draft = _opened(by, order, seen)
    wanted = next((one for one in draft.conditions if one.number == number), None)
    check_is_bespoke(wanted.type if wanted else None)
    drafter = draft.story.standing.entered_by if draft.story.standing else None
    for one in drafters_of(draft.story, wanted.words if wanted else ""):
        check_is_second_person(one.username, user.username)
    conditions = [as_given(one, user if one.number == number else None) for one in draft.conditions]
    return _kept(by, draft, conditions, events.ORDER_TERMS_APPROVED, at, drafter)

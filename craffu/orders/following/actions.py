"""The only writes of heightened follow-up: what raised it, each thing once, and what was done about it (MON-03)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from craffu.access.acting import Acting, acting_system
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.cases.risk.queries import case_risk
from craffu.common import clock
from craffu.common.door import action
from craffu.orders import events
from craffu.orders.following.policies import check_has_words, check_is_after, check_is_by_hand, check_is_followed
from craffu.orders.following.queries import follow_up_of
from craffu.orders.following.reading import triggers_told
from craffu.orders.following.rules import DATED, Told, Trigger
from craffu.orders.life.actions import lock_orders, refs_of
from craffu.orders.life.policies import check_happened_by_now
from craffu.orders.models import Order, OrderTrigger, TriggerAction
from craffu.orders.models.following import BY_HAND
from craffu.orders.noting.policies import check_is_made
from craffu.orders.permissions import check_can_follow_up
from craffu.orders.queries import find_order
from craffu.orders.topics import TRIGGERS
from craffu.outbox.actions import tell


@action
def raise_trigger(
    *, by: Acting, order: str, trigger: Trigger, at: datetime, words: str, now: datetime | None = None
) -> OrderTrigger:
    """Somebody raises heightened follow-up of an order that stands, saying why. The same said twice is kept once.

    Raises NotPermitted, and NotNow where the order does not stand, it has not happened yet, or nothing is said of it.
    """
    moment = now or clock.now()
    user = check_can_follow_up(by)
    lock_orders(by, order)
    found = check_is_there(find_order(by, order))
    check_is_followed(found.status)
    check_is_by_hand(trigger)
    check_is_made(found.made_at, at)
    check_happened_by_now(at, moment)
    check_has_words(words)
    said = words.strip()
    rows = OrderTrigger.objects.for_user(by).filter(order=found, trigger=trigger.value, key=BY_HAND, at=at, by=user)
    same: OrderTrigger | None = next((one for one in rows if one.words == said), None)
    if same is not None:
        return same
    told = Told(trigger, BY_HAND, at, moment)
    row: OrderTrigger = OrderTrigger.objects.create(by=user, words=said, **_columns(by, found, told, moment))
    _log(by, found, moment)
    return row


@action
def raise_told(*, by: Acting, order: Order, told: Collection[Told], now: datetime) -> int:
    """Keep what records tell of an order, each once for ever. Called within an action: of the clock, or of what was recorded.

    Returns how much was kept.
    """
    lock_orders(by, order.reference)
    known = set(OrderTrigger.objects.for_user(by).filter(order=order).values_list("trigger", "key"))
    new = [one for one in told if (one.trigger.value, one.key) not in known and one.raised_at <= now]
    if new:
        OrderTrigger.objects.bulk_create(OrderTrigger(**_columns(by, order, one, now)) for one in new)
        _log(by, order, now)
    return len(new)


def raise_what_is_told(by: Acting, orders: Collection[int], now: datetime) -> None:
    """Keep whatever the records tell of these orders and is not kept yet. Twice is the same as once."""
    system = acting_system(by.force, by.actor.name)
    told = {
        number: [one for one in each if one.raised_at <= now]
        for number, each in triggers_told(system, orders, now).items()
    }
    new = _unkept(system, told)
    for order in Order.objects.for_user(system).filter(pk__in=sorted(new)).select_related("case").order_by("id"):
        raise_told(by=system, order=order, told=new[order.pk], now=now)


def _unkept(by: Acting, told: Mapping[int, Collection[Told]]) -> dict[int, list[Told]]:
    rows = OrderTrigger.objects.for_user(by).filter(order__one_of=frozenset(told)).exclude(key=BY_HAND)
    kept = set(rows.order_by().values_list("order_id", "trigger", "key"))
    found = {
        number: [one for one in each if (number, one.trigger.value, one.key) not in kept]
        for number, each in told.items()
    }
    return {number: each for number, each in found.items() if each}


def _columns(by: Acting, order: Order, told: Told, now: datetime) -> dict[str, object]:
    return {
        "force": by.force, "order": order, "trigger": told.trigger.value, "key": told.key, "at": told.at,
        "raised_at": told.raised_at, "due_at": told.due_at(_risk(by, order, told)), "known_from": now,
    }  # fmt: skip


def _risk(by: Acting, order: Order, told: Told) -> str | None:
    """The grade of the order's case when it was raised, where the hours go by it; None while unassessed, and with no case."""
    if told.trigger is not Trigger.POSSIBLE_BREACH_RAISED or order.case is None:
        return None
    grade = case_risk(by, order.case, told.raised_at).standing(told.raised_at).grade
    return grade.value if grade else None


@action
def record_action(
    *, by: Acting, order: str, number: int, done_at: datetime, words: str, now: datetime | None = None
) -> TriggerAction:
    """Something was done about a trigger, by whoever says so. The same said twice is kept once."""
    moment = now or clock.now()
    user = check_can_follow_up(by)
    lock_orders(by, order)
    found = check_is_there(find_order(by, order))
    follow_up = check_is_there(follow_up_of(by, found, number))
    row = follow_up.row
    check_is_after(done_at, row.raised_at if follow_up.trigger in DATED else row.at)
    check_happened_by_now(done_at, moment)
    check_has_words(words)
    said = words.strip()
    same = next(
        (one for one in follow_up.actions if (one.done_at, one.by_id, one.words) == (done_at, user.pk, said)), None
    )
    if same is not None:
        return same
    new: TriggerAction = TriggerAction.objects.create(
        force=by.force, trigger=row, done_at=done_at, words=said, by=user, known_from=moment
    )
    tell(force=by.force.code, topic=TRIGGERS, subjects=[found.pk], at=moment)
    audit.record(
        kind=events.ORDER_TRIGGER_ACTED_ON, actor=by.actor, refs=refs_of(found), request=by.request, now=moment
    )
    return new


def _log(by: Acting, order: Order, now: datetime) -> None:
    tell(force=by.force.code, topic=TRIGGERS, subjects=[order.pk], at=now)
    audit.record(kind=events.ORDER_TRIGGER_RAISED, actor=by.actor, refs=refs_of(order), request=by.request, now=now)

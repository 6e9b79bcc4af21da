"""The only writes of notifications: taken at the station, acknowledged in writing, verified or found false (MON-05)."""

from collections.abc import Collection
from dataclasses import fields
from datetime import date, datetime

from craffu.access.acting import Acting, acting_system
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of, end_of
from craffu.common import clock
from craffu.common.door import action
from craffu.orders import events
from craffu.orders.clocks.notifications import Standing
from craffu.orders.following.actions import raise_told
from craffu.orders.following.policies import check_has_words
from craffu.orders.following.reading import told_near
from craffu.orders.following.rules import Told, Trigger
from craffu.orders.life.actions import lock_orders, refs_of
from craffu.orders.life.policies import check_happened_by_now
from craffu.orders.life.states import LIVE
from craffu.orders.models import NotificationAcknowledged, NotificationGiven, NotificationVerified, Order
from craffu.orders.notifying.facts import NewNotification
from craffu.orders.notifying.policies import (
    check_acknowledged_after,
    check_can_acknowledge,
    check_can_verify,
    check_is_asked,
    check_is_whole,
    check_verified_on,
)
from craffu.orders.notifying.queries import Received, answered_at, areas, others_against, received_one, received_under
from craffu.orders.notifying.rules import About, Found, is_asked
from craffu.orders.noting.actions import keep_notified
from craffu.orders.noting.policies import check_is_made
from craffu.orders.permissions import check_can_note_notification
from craffu.orders.queries import find_order
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell


@action
def record_notification(
    *, by: Acting, order: str, given: NewNotification, now: datetime | None = None
) -> NotificationGiven:
    """A respondent notified the police, whether it counts or not. The same said twice is kept once.

    A change raises heightened follow-up, and so does one that came late. Raises NotPermitted, and NotNow where the order asks for
    no such thing, or something is lacking.
    """
    moment = now or clock.now()
    user = check_can_note_notification(by)
    found = _locked_with_others(by, order)
    check_is_made(found.made_at, given.given_at)
    check_happened_by_now(given.given_at, moment)
    check_is_asked(is_asked=is_asked(found.kind, given.about))
    check_is_whole(given, [one.code for one in areas()])
    said = {
        one.name: value.strip() if isinstance(value := getattr(given, one.name), str) else value
        for one in fields(given)
        if one.name != "acknowledged_at"
    }
    there = (one.row for one in received_under(by, [found.pk]).get(found.pk, ()))
    same = next((row for row in there if all(getattr(row, name) == value for name, value in said.items())), None)
    if same is not None:
        return same
    row: NotificationGiven = NotificationGiven.objects.create(
        force=by.force, order=found, by=user, known_from=moment, **said
    )
    _logged(by, events.ORDER_NOTIFICATION_RECORDED, found, moment)
    _raise_of_change(by, Received(row, None, ()), moment)
    _raise_of_home(by, row, moment)
    if given.acknowledged_at is not None and Received(row, None, ()).validity.valid:
        acknowledge_notification(by=by, order=order, number=row.pk, at=given.acknowledged_at, now=moment)
    return row


def _raise_of_change(by: Acting, one: Received, now: datetime) -> None:
    """A new name or address is a trigger, and so is one that was told too late."""
    row, ran = one.row, one.clock
    if ran is None:
        return
    told = [Told(Trigger.NAME_OR_ADDRESS_CHANGED, f"change:{row.pk}", row.given_at, now)]
    if ran.status is Standing.LATE and ran.ends is not None:
        told.append(Told(Trigger.NOTIFICATION_MISSED, f"late:{row.pk}", ran.ends, now))
    _raise(by, row.order, told, now)


def _raise_of_home(by: Acting, row: NotificationGiven, now: datetime) -> None:
    """An address that was notified is at or near the home of somebody whom this order protects, or another that stands against
    him, whether the notification counts or not. Compared and raised as the system does: whoever takes it learns nothing of it.
    """
    system = acting_system(by.force, by.actor.name)
    orders = {
        one.pk: one for one in sorted([row.order, *others_against(system, row.order)], key=lambda one: one.reference)
    }
    near = told_near(system, orders, row.addresses, now)
    told = [Told(Trigger.HOME_NEAR_PROTECTED, f"notified:{row.pk}", row.given_at, now)]
    for order in (one for pk, one in orders.items() if pk in near):
        raise_told(by=system, order=order, told=told, now=now)


def _raise(by: Acting, order: Order, told: list[Told], now: datetime) -> None:
    if order.status in LIVE:
        raise_told(by=by, order=order, told=told, now=now)


@action
def acknowledge_notification(
    *, by: Acting, order: str, number: int, at: datetime, now: datetime | None = None
) -> NotificationAcknowledged:
    """It was acknowledged in writing: from then on it counts, and what it was due for is done."""
    moment = now or clock.now()
    user = check_can_note_notification(by)
    found = _locked(by, order)
    one = check_is_there(received_one(by, found, number))
    check_can_acknowledge(is_valid=one.validity.valid, is_acknowledged=one.acknowledged is not None)
    check_acknowledged_after(is_before=at < one.row.given_at)
    check_happened_by_now(at, moment)
    row: NotificationAcknowledged = NotificationAcknowledged.objects.create(
        force=by.force, notification=one.row, at=at, by=user, known_from=moment
    )
    if one.about is About.INITIAL:
        keep_notified(by, found, one.row.given_at, user, moment)
    return _logged(by, events.ORDER_NOTIFICATION_ACKNOWLEDGED, found, moment, row)


@action
def verify_notification(
    *, by: Acting, order: str, number: int, found: Found, on: date, words: str, now: datetime | None = None
) -> NotificationVerified:
    """Somebody looked whether what was notified is true. Found false, it raises heightened follow-up as if it were missed."""
    moment = now or clock.now()
    user = check_can_note_notification(by)
    order_found = _locked(by, order)
    one = check_is_there(received_one(by, order_found, number))
    check_can_verify(is_valid=one.validity.valid, is_settled=one.found is not Found.NOT_YET)
    check_verified_on(on, day_of(one.row.given_at), day_of(moment))
    check_has_words(words)
    row: NotificationVerified = NotificationVerified.objects.create(
        force=by.force, notification=one.row, found=found.value, on=on, words=words.strip(), by=user, known_from=moment
    )
    if found is Found.FALSE:
        told = Told(Trigger.NOTIFICATION_MISSED, f"false:{one.row.pk}", one.row.given_at, moment)
        _raise(by, order_found, [told], moment)
    return _logged(by, events.ORDER_NOTIFICATION_VERIFIED, order_found, moment, row)


@action
def raise_missed_years(*, by: Acting, orders: Collection[int], now: datetime) -> int:
    """Raise follow-up where the notification of a year has not come by its last day. Returns how much was raised."""
    raised = 0
    for received in received_under(by, orders, now).values():
        for place, one in enumerate(received):
            ends = end_of(one.next_year_by) if one.next_year_by else None
            answered = answered_at(received[place + 1 :])
            if ends is None or now < ends or (answered is not None and answered < ends):
                continue
            if one.row.order.status in LIVE:
                told = Told(Trigger.NOTIFICATION_MISSED, f"annual:{one.row.pk}", ends, ends)
                raised += raise_told(by=by, order=one.row.order, told=[told], now=now)
    return raised


def _locked_with_others(by: Acting, order: str) -> Order:
    """With the others that stand against the same person, under which an address may be raised: all in the order of their names,
    so that nobody who takes a notification waits for another who waits for them.
    """
    found = check_is_there(find_order(by, order))
    others = others_against(acting_system(by.force, by.actor.name), found)
    for reference in sorted({order, *(one.reference for one in others)}):
        lock_orders(by, reference)
    return check_is_there(find_order(by, order))


def _locked(by: Acting, order: str) -> Order:
    lock_orders(by, order)
    return check_is_there(find_order(by, order))


def _logged[R](by: Acting, kind: EventKind, order: Order, now: datetime, row: R = None) -> R:  # type: ignore[assignment]
    tell(force=by.force.code, topic=ORDERS, subjects=[order.pk], at=now)
    audit.record(kind=kind, actor=by.actor, refs=refs_of(order), request=by.request, now=now)
    return row

"""The only writes of what is done under an order beside its moves (CLK-03, VIC-06)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.door import action
from craffu.orders import events
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.clocks.notifications import WITH_DUTY
from craffu.orders.life.actions import lock_orders, refs_of
from craffu.orders.life.policies import check_happened_by_now
from craffu.orders.models import Order, OrderNoted
from craffu.orders.noting.facts import OTHER_DUTIES, Noted
from craffu.orders.noting.policies import (
    check_asks_for_it,
    check_is_made,
    check_is_protected,
    check_names_the_change,
    check_says_why,
)
from craffu.orders.permissions import (
    check_can_note_court,
    check_can_note_notification,
    check_can_note_terms,
    check_can_note_told,
)
from craffu.orders.queries import find_order, protected_by
from craffu.orders.telling.actions import tell_protected
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell


@action
def note_notification(*, by: Acting, order: str, at: datetime, now: datetime | None = None) -> OrderNoted:
    """The respondent gave the first notification at an instant. Said twice it is kept once."""
    moment = now or clock.now()
    user = check_can_note_notification(by)
    found = _locked(by, order, at, moment)
    check_asks_for_it(is_asked=found.kind in WITH_DUTY)
    return keep_notified(by, found, at, user, moment)


def keep_notified(by: Acting, order: Order, at: datetime, user: User, now: datetime) -> OrderNoted:
    """Keep that the first notification was given. Called within an action that has locked and judged."""
    row = _same(by, order, Noted.NOTIFIED, at, None)
    if row is not None:
        return row
    row = OrderNoted.objects.create(
        force=by.force, order=order, what=Noted.NOTIFIED.value, at=at, by=user, known_from=now
    )
    return _logged(by, events.ORDER_NOTIFIED, row, now)


@action
def note_other_duty(*, by: Acting, order: str, what: Noted, at: datetime, now: datetime | None = None) -> OrderNoted:
    """Another duty to notify the police began or ended, at any time before: while it stands, this one waits (CLK-05, CLK-06)."""
    moment = now or clock.now()
    user = check_can_note_notification(by)
    lock_orders(by, order)
    found = check_is_there(find_order(by, order))
    check_asks_for_it(is_asked=found.kind in WITH_DUTY and what in OTHER_DUTIES)
    check_happened_by_now(at, moment)
    row = _same(by, found, what, at, None)
    if row is not None:
        return row
    row = OrderNoted.objects.create(force=by.force, order=found, what=what.value, at=at, by=user, known_from=moment)
    return _logged(by, events.ORDER_OTHER_DUTY_NOTED, row, moment)


@action
def note_terms_given(*, by: Acting, order: str, record: int, at: datetime, now: datetime | None = None) -> OrderNoted:
    """Somebody whom the order protects was given its terms, and what to do if they are broken, in writing (VIC-06)."""
    moment = now or clock.now()
    user = check_can_note_terms(by)
    found = _locked(by, order, at, moment)
    check_is_protected(is_protected=record in protected_by(by, found))
    row = _same(by, found, Noted.TERMS_GIVEN, at, record)
    if row is not None:
        return row
    row = OrderNoted.objects.create(
        force=by.force, order=found, what=Noted.TERMS_GIVEN.value, record_id=record, at=at, by=user, known_from=moment
    )
    return _logged(by, events.ORDER_TERMS_GIVEN, row, moment)


@action
def note_relaxation_sought(*, by: Acting, order: str, at: datetime, now: datetime | None = None) -> OrderNoted:
    """Somebody asked a court to relax or end the order, which has decided nothing yet: whom it protects is told (VIC-06)."""
    moment = now or clock.now()
    user = check_can_note_court(by)
    found = _locked(by, order, at, moment)
    row = _same(by, found, Noted.RELAXATION_SOUGHT, at, None)
    if row is not None:
        return row
    row = OrderNoted.objects.create(
        force=by.force, order=found, what=Noted.RELAXATION_SOUGHT.value, at=at, by=user, known_from=moment
    )
    tell_protected(by, [found.pk], moment)
    return _logged(by, events.ORDER_RELAXATION_SOUGHT, row, moment)


@action
def note_change_refused(
    *, by: Acting, order: str, change: str, applicant: str, at: datetime, now: datetime | None = None
) -> OrderNoted:
    """A court refused to vary, renew or end the order, and who had asked for it: the order stands as it was (MET26).

    Whoever it protects is told, as they were of what was asked (VIC-06). Of an order that is over it is recorded too: a renewal
    that came too late. Said twice it is kept once.
    """
    moment = now or clock.now()
    user = check_can_note_court(by)
    found = _locked(by, order, at, moment)
    check_names_the_change(change, applicant, kind_of(found.kind).changing.applicants)
    rows = OrderNoted.objects.for_user(by).filter(order=found, what=Noted.CHANGE_REFUSED.value, at=at)
    same: OrderNoted | None = rows.filter(change=change, applicant=applicant).first()
    if same is not None:
        return same
    row = OrderNoted.objects.create(
        force=by.force, order=found, what=Noted.CHANGE_REFUSED.value, at=at, change=change, applicant=applicant, by=user,
        known_from=moment,
    )  # fmt: skip
    tell_protected(by, [found.pk], moment)
    return _logged(by, events.ORDER_CHANGE_REFUSED, row, moment)


@action
def note_told(
    *, by: Acting, order: str, record: int, at: datetime, why_not: str | None = None, now: datetime | None = None
) -> OrderNoted:
    """Somebody whom the order protects was told of it at an instant, or is not told, and why (VIC-05). Of an order that was
    refused, or is over, they are told too.
    """
    moment = now or clock.now()
    user = check_can_note_told(by)
    lock_orders(by, order)
    found = check_is_there(find_order(by, order))
    check_happened_by_now(at, moment)
    check_is_protected(is_protected=record in protected_by(by, found))
    if why_not is not None:
        check_says_why(why_not)
    what = Noted.TOLD if why_not is None else Noted.NOT_TOLD
    row = _same(by, found, what, at, record)
    if row is not None:
        return row
    row = OrderNoted.objects.create(
        force=by.force, order=found, what=what.value, record_id=record, at=at, words=(why_not or "").strip(), by=user,
        known_from=moment,
    )  # fmt: skip
    return _logged(by, events.ORDER_TOLD, row, moment)


def _locked(by: Acting, order: str, at: datetime, now: datetime) -> Order:
    lock_orders(by, order)
    found = check_is_there(find_order(by, order))
    check_is_made(found.made_at, at)
    check_happened_by_now(at, now)
    return found


def _same(by: Acting, order: Order, what: Noted, at: datetime, record: int | None) -> OrderNoted | None:
    rows = OrderNoted.objects.for_user(by).filter(order=order, what=what.value, at=at, record=record)
    same: OrderNoted | None = rows.first()
    return same


def _logged(by: Acting, kind: EventKind, row: OrderNoted, at: datetime) -> OrderNoted:
    tell(force=by.force.code, topic=ORDERS, subjects=[row.order_id], at=at)
    audit.record(kind=kind, actor=by.actor, refs=refs_of(row.order), request=by.request, now=at)
    return row

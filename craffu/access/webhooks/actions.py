"""The writes to webhooks: set one up, approve, begin again, end; and each telling: wait, be taken, arrive or not (ADR 94)."""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q
from django.utils.translation import gettext as _

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.permissions import check_can_approve_webhook, check_can_keep_webhooks
from craffu.access.policies import check_fresh_factor, check_is_there
from craffu.access.restricted.actions import said
from craffu.access.webhooks.models import Webhook, WebhookDelivery
from craffu.access.webhooks.policies import (
    check_may_be_sent_to,
    check_token_may_be_read_by,
    check_webhook_may_be_approved,
    check_webhook_was_stopped,
)
from craffu.access.webhooks.queries import Listener, find_webhook, standing_of, token_to_read_by
from craffu.access.webhooks.rules import (
    MARK,
    OVER,
    SECRET_BYTES,
    Delivery,
    Event,
    Standing,
    events_in,
    has_arrived,
    kept,
    next_try,
)
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action, bookkeeping
from craffu.common.locks import lock_until_commit
from craffu.common.refusals import NotNow, Refusal

# Whoever took a telling and said nothing for so long has stopped: another may take it up.
TAKEN_FOR: Final = timedelta(minutes=5)
# How long a telling is kept after it was over.
KEPT_FOR: Final = timedelta(days=30)
_SENDING = Q(status=Delivery.UNDER_WAY)


@action
def set_up_webhook(
    *, by: Acting, purpose: str, address: str, about: Collection[str], token: str, now: datetime | None = None
) -> tuple[Webhook, str]:
    """A receiver and the secret that signs what it is sent, told this once. Nothing is sent before somebody else approved it."""
    user = check_can_keep_webhooks(by)
    check_fresh_factor(by, now)
    at, why = now or clock.now(), said(purpose)
    if not about or not set(about) <= {one.value for one in Event}:
        raise Refusal("event_unknown", _("Choose what it is told of."))
    check_may_be_sent_to(address)
    found = check_is_there(token_to_read_by(by, token))
    check_token_may_be_read_by(found, events_in(kept(about)), at)
    secret = MARK + secrets.token_urlsafe(SECRET_BYTES)
    row: Webhook = Webhook.objects.create(
        force=by.force, reference=next_reference(kind="webhook", prefix="WH"), token=found, purpose=why, address=address,
        secret=secret, events=kept(about), asked_by=user, asked_at=at,
    )  # fmt: skip
    _record(by, events.WEBHOOK_SET_UP, row, at, why)
    return row, secret


@action
def approve_webhook(*, by: Acting, reference: str, reason: str, now: datetime | None = None) -> Webhook:
    """Somebody else who looks after accounts lets it be told, while its token works. Raises NotNow."""
    hook = check_is_there(find_webhook(by, reference))
    approver = check_can_approve_webhook(by, hook)
    check_fresh_factor(by, now)
    at, why = now or clock.now(), said(reason)
    lock_until_commit("webhook", reference)
    hook = check_is_there(find_webhook(by, reference))
    check_webhook_may_be_approved(standing_of(hook, at))
    check_may_be_sent_to(hook.address)
    Webhook.objects.filter(pk=hook.pk).update(approved_by=approver, approved_at=at)
    _record(by, events.WEBHOOK_APPROVED, hook, at, why)
    return check_is_there(find_webhook(by, reference))


@action
def begin_webhook_again(*, by: Acting, reference: str, reason: str, now: datetime | None = None) -> None:
    """One that was stopped because nobody answered is told again of what changes from now on. Raises NotNow."""
    check_can_keep_webhooks(by)
    at, why = now or clock.now(), said(reason)
    lock_until_commit("webhook", reference)
    hook = check_is_there(find_webhook(by, reference))
    check_webhook_was_stopped(standing_of(hook, at))
    Webhook.objects.filter(pk=hook.pk).update(stopped_at=None)
    _record(by, events.WEBHOOK_BEGUN_AGAIN, hook, at, why)


@action
def end_webhook(*, by: Acting, reference: str, now: datetime | None = None) -> None:
    """It is told nothing any more, nor what still waits. Raises NotNow where it was ended already."""
    check_can_keep_webhooks(by)
    hook, at = check_is_there(find_webhook(by, reference)), now or clock.now()
    if not Webhook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=at, ended_by=by.actor.name):
        raise NotNow("ended_already", _("This webhook was ended already."))
    _drop(hook, at)
    _record(by, events.WEBHOOK_ENDED, hook, at)


@bookkeeping
def keep_tellings(*, listener: Listener, event: Event, about: Iterable[str], now: datetime) -> int:
    """Tellings that wait, one for each record that it is not to be told of already. Part of whatever hears the news."""
    open_ = WebhookDelivery.objects.filter(webhook=listener.hook, event=event, status=Delivery.WAITS, tries=0)
    waiting = set(open_.values_list("about", flat=True))
    new = [one for one in dict.fromkeys(about) if one not in waiting]
    for one in new:
        WebhookDelivery.objects.create(
            force=listener.hook.force, webhook=listener.hook, number=secrets.token_hex(16), event=event, about=one,
            told_at=now, next_at=now, changed_at=now,
        )  # fmt: skip
    return len(new)


@bookkeeping
def take(*, by: Acting, now: datetime, passed: set[int]) -> WebhookDelivery | None:
    """The next telling to send, taken by nobody else; None where there is none. Of a webhook that does not work it is dropped."""
    while True:
        due = Q(status=Delivery.WAITS, next_at__lte=now) | Q(_SENDING, changed_at__lte=now - TAKEN_FOR)
        rows = WebhookDelivery.objects.filter(due, force=by.force).exclude(pk__in=passed).order_by("next_at", "id")
        row: WebhookDelivery | None = (
            rows.select_for_update(of=("self",))
            .select_related("webhook", "webhook__token", "webhook__token__user")
            .first()
        )
        if row is None:
            return None
        passed.add(row.pk)
        if standing_of(row.webhook, now) is not Standing.WORKS:
            _moved(row, Delivery.DROPPED, now)
            continue
        # Compared and set: on SQLite no row is locked.
        if WebhookDelivery.objects.filter(pk=row.pk, status=row.status, changed_at=row.changed_at).update(
            status=Delivery.UNDER_WAY, tries=F("tries") + 1, changed_at=now
        ):
            row.tries += 1
            return row


@bookkeeping
def drop(*, row: WebhookDelivery, now: datetime) -> None:
    """A telling that was taken is not sent: its receiver may not be told of that any more."""
    _moved(row, Delivery.DROPPED, now)


@action
def note_what_came(*, by: Acting, row: WebhookDelivery, status: int | None, answer: str, now: datetime) -> Delivery:
    """What came of a telling: it arrived, is tried again, or is given up and its webhook stopped. One that is over stays as it
    is: whoever took it up after whoever was slow has said already what came of it.
    """
    hook, held = row.webhook, Delivery(WebhookDelivery.objects.select_for_update().get(pk=row.pk).status)
    if held in OVER:
        return held
    again = None if has_arrived(status) else next_try(row.tries, now)
    became = Delivery.ARRIVED if has_arrived(status) else Delivery.WAITS if again else Delivery.FAILED
    _moved(row, became, now, answer=answer, next_at=again or now)
    refs = [f"webhook/{hook.reference}", row.about]
    if became is Delivery.ARRIVED:
        _note(by, events.WEBHOOK_TOLD, refs, hook, now)
    else:
        _note(by, events.WEBHOOK_NOT_TOLD, refs, hook, now, reason=answer, tries=row.tries)
    if became is Delivery.FAILED and Webhook.objects.filter(pk=hook.pk, stopped_at=None).update(stopped_at=now):
        _drop(hook, now)
        _record(by, events.WEBHOOK_STOPPED, hook, now, answer)
    return became


@bookkeeping
def forget(*, by: Acting, now: datetime, most: int = 500) -> int:
    """Delete tellings that were over longer ago than they are kept. Returns how many that was."""
    old = WebhookDelivery.objects.filter(force=by.force, changed_at__lt=now - KEPT_FOR, status__in=sorted(OVER))
    rows = list(old.values_list("pk", flat=True)[:most])
    if rows:
        WebhookDelivery.objects.filter(pk__in=rows).delete()
    return len(rows)


def _drop(hook: Webhook, at: datetime) -> None:
    WebhookDelivery.objects.filter(webhook=hook, status=Delivery.WAITS).update(status=Delivery.DROPPED, changed_at=at)


def _moved(row: WebhookDelivery, to: Delivery, at: datetime, **more: object) -> None:
    WebhookDelivery.objects.filter(pk=row.pk).update(status=to, changed_at=at, **more)


def _note(
    by: Acting, kind: EventKind, refs: list[str], hook: Webhook, at: datetime, reason: str = "", tries: int = 0
) -> None:
    audit.record(
        kind=kind, actor=by.actor, refs=refs, recipient=hook.reference, reason=reason,
        counts={"tries": tries} if tries else {}, request=by.request, now=at,
    )  # fmt: skip


def _record(by: Acting, kind: EventKind, hook: Webhook, at: datetime, reason: str = "") -> None:
    refs = [f"webhook/{hook.reference}", f"api_token/{hook.token.reference}"]
    audit.record(kind=kind, actor=by.actor, refs=refs, reason=reason, request=by.request, now=at)

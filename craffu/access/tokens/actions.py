"""The writes to API tokens: ask for one, approve it for a time, note its use, end it (ADR 91)."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_can_approve_token, check_can_ask_for_token, check_can_end_token
from craffu.access.policies import check_fresh_factor, check_is_there, check_token_may_be_approved
from craffu.access.restricted.actions import said
from craffu.access.tokens.models import ApiToken
from craffu.access.tokens.queries import find_token, standing_of
from craffu.access.tokens.rules import MARK, SECRET_BYTES, Scope, digest, kept
from craffu.access.unattended.rules import is_length
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action, bookkeeping
from craffu.common.locks import lock_until_commit
from craffu.common.refusals import NotNow, Refusal

# Its last use is written no oftener.
_USED_EVERY: Final = timedelta(minutes=1)


@action
def ask_for_token(
    *, by: Acting, purpose: str, scopes: Collection[str], days: int, now: datetime | None = None
) -> tuple[ApiToken, str]:
    """A token and its secret, which is told this once and kept nowhere. It opens nothing before somebody else approves it."""
    user = check_can_ask_for_token(by)
    check_fresh_factor(by, now)
    at, why = now or clock.now(), said(purpose)
    if not scopes or not set(scopes) <= {one.value for one in Scope}:
        raise Refusal("scope_unknown", _("Choose what it may be used for."))
    if not is_length(days):
        raise Refusal("days_unfit", _("Enter a number of days from 1 to 90"))
    secret = MARK + secrets.token_urlsafe(SECRET_BYTES)
    row: ApiToken = ApiToken.objects.create(
        user=user, reference=next_reference(kind="api_token", prefix="AT"), purpose=why, scopes=kept(scopes),
        digest=digest(secret), days=days, asked_at=at,
    )  # fmt: skip
    _record(by, events.TOKEN_ASKED, row, at, why)
    return row, secret


@action
def approve_token(*, by: Acting, reference: str, reason: str, now: datetime | None = None) -> ApiToken:
    """Somebody else who looks after accounts lets it work, for as many days as were asked for, from now on. Raises NotNow."""
    token = check_is_there(find_token(by, reference))
    approver = check_can_approve_token(by, token)
    check_fresh_factor(by, now)
    at, why = now or clock.now(), said(reason)
    lock_until_commit("api_token", reference)
    token = check_is_there(find_token(by, reference))
    check_token_may_be_approved(standing_of(token, at))
    until = at + timedelta(days=token.days)
    ApiToken.objects.filter(pk=token.pk).update(approved_by=approver, approved_at=at, until=until)
    _record(by, events.TOKEN_APPROVED, token, at, why)
    return check_is_there(find_token(by, reference))


@action
def end_token(*, by: Acting, reference: str, now: datetime | None = None) -> None:
    """It opens nothing any more, from the next question on. Raises NotNow where it was ended already."""
    token = check_is_there(find_token(by, reference))
    check_can_end_token(by, token)
    at = now or clock.now()
    rows = ApiToken.objects.filter(pk=token.pk, ended_at=None)
    if not rows.update(ended_at=at, ended_by=by.actor.name):
        raise NotNow("ended_already", _("This token was ended already."))
    _record(by, events.TOKEN_ENDED, token, at)


@bookkeeping
def end_all_tokens(*, user: User, now: datetime) -> int:
    """Every token of an account opens nothing any more. Part of an action that says so in the log."""
    ended: int = ApiToken.objects.filter(user=user, ended_at=None).update(ended_at=now, ended_by=user.username)
    return ended


def note_use(token: ApiToken, now: datetime | None = None) -> None:
    at = now or clock.now()
    if token.used_at is None or at >= token.used_at + _USED_EVERY:
        _note_use(token, at)


@bookkeeping
def _note_use(token: ApiToken, at: datetime) -> None:
    ApiToken.objects.filter(pk=token.pk).update(used_at=at)


def _record(by: Acting, kind: EventKind, token: ApiToken, at: datetime, reason: str = "") -> None:
    refs = [f"api_token/{token.reference}", f"user/{token.user.username}"]
    audit.record(kind=kind, actor=by.actor, refs=refs, reason=reason, request=by.request, now=at)

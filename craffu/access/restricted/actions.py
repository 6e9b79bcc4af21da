"""The writes that shut a record to all but those it names, and say who they are (SEC-02)."""

from datetime import datetime

from django.utils.translation import gettext as _

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_can_restrict, check_same_force
from craffu.access.policies import check_is_restricted, check_may_restrict, check_somebody_stays
from craffu.access.restricted.models import Admission, Restriction
from craffu.access.restricted.queries import readers_of, restrictions
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.door import action
from craffu.common.refusals import Refusal


@action
def restrict(*, by: Acting, kind: str, reference: str, reason: str, now: datetime | None = None) -> Restriction:
    """Shut a record to everybody but the one who does so, whom outsiders are sent to ask (SEC-02)."""
    ask = check_can_restrict(by, kind, reference)
    check_may_restrict((kind, reference) in restrictions(by.force))
    at = now or clock.now()
    row = _restriction(by, ask, kind, reference, reason, at, restricted=True)
    _admission(by, ask, kind, reference, reason, at, admitted=True)
    _log(by, events.RECORD_RESTRICTED, kind, reference, reason)
    return row


@action
def lift_restriction(*, by: Acting, kind: str, reference: str, reason: str, now: datetime | None = None) -> Restriction:
    """Open a record again to everybody whose role allows it."""
    ask = check_can_restrict(by, kind, reference)
    check_is_restricted((kind, reference) in restrictions(by.force))
    row = _restriction(by, ask, kind, reference, reason, now or clock.now(), restricted=False)
    _log(by, events.RESTRICTION_LIFTED, kind, reference, reason)
    return row


@action
def let_in(
    *,
    by: Acting,
    user: User,
    kind: str,
    reference: str,
    reason: str,
    until: datetime | None = None,
    now: datetime | None = None,
) -> Admission:
    """Let somebody see a restricted record as their role allows. It counts from their next request."""
    check_can_restrict(by, kind, reference)
    check_is_restricted((kind, reference) in restrictions(by.force))
    check_same_force(by, user)
    row = _admission(by, user, kind, reference, reason, now or clock.now(), admitted=True, until=until)
    _log(by, events.READER_LET_IN, kind, reference, reason, user)
    return row


@action
def shut_out(
    *, by: Acting, user: User, kind: str, reference: str, reason: str, now: datetime | None = None
) -> Admission:
    """Take a restricted record from somebody. It is gone on their next request; the last reader stays."""
    check_can_restrict(by, kind, reference)
    check_is_restricted((kind, reference) in restrictions(by.force))
    check_same_force(by, user)
    check_somebody_stays(len(readers_of(by.force, kind, reference)))
    row = _admission(by, user, kind, reference, reason, now or clock.now(), admitted=False)
    _log(by, events.READER_SHUT_OUT, kind, reference, reason, user)
    return row


def _restriction(
    by: Acting, ask: User, kind: str, reference: str, reason: str, at: datetime, *, restricted: bool
) -> Restriction:
    row: Restriction = Restriction.objects.create(
        force=by.force, kind=kind, reference=reference, restricted=restricted, ask=ask, reason=said(reason),
        changed_at=at, changed_by=by.actor.name,
    )  # fmt: skip
    return row


def _admission(
    by: Acting, user: User, kind: str, reference: str, reason: str, at: datetime, *, admitted: bool,
    until: datetime | None = None,
) -> Admission:  # fmt: skip
    row: Admission = Admission.objects.create(
        force=by.force, kind=kind, reference=reference, user=user, admitted=admitted, until=until, reason=said(reason),
        changed_at=at, changed_by=by.actor.name,
    )  # fmt: skip
    return row


def said(reason: str) -> str:
    """A reason in words. Raises `Refusal` where there is none."""
    words = " ".join(reason.split())
    if not words:
        raise Refusal("reason_missing", _("Say why."))
    return words


def _log(by: Acting, kind: EventKind, record_kind: str, reference: str, reason: str, user: User | None = None) -> None:
    refs = [f"{record_kind}/{reference}", *([f"user/{user.username}"] if user else [])]
    audit.record(kind=kind, actor=by.actor, refs=refs, reason=said(reason), request=by.request)

"""The writes around a sign-in at the provider: the same rows in the log as by a password, and whose identity it is."""

from datetime import datetime

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.factors.rules import Proof
from craffu.access.models import User
from craffu.access.permissions import check_can_reset_factors
from craffu.access.policies import check_fresh_factor
from craffu.access.provider.models import ProviderIdentity
from craffu.access.provider.queries import is_anothers, mark_of
from craffu.access.provider.rules import NotAccepted, Said, Why
from craffu.access.queries import home_force
from craffu.access.restricted.actions import said as words_said
from craffu.access.rules import Over
from craffu.access.sessions.actions import end_all_sessions
from craffu.access.signing_in.actions import record_signed_in
from craffu.access.signing_in.places import CameFrom
from craffu.audit import actions as audit
from craffu.audit.actors import Actor
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit

LOCK = "provider identity"


@action
def sign_in(
    *,
    user: User,
    said: Said,
    proof: Proof,
    came_from: CameFrom,
    session: str,
    request: str,
    now: datetime | None = None,
) -> None:
    """Log a sign-in by the provider and begin the session of this key. The first one says which identity the account has.

    How old the proof is counts from the sign-in there, so that a session begun silently opens nothing that asks for a fresh
    one. Raises NotAccepted where the account has another identity.
    """
    now = now or clock.now()
    lock_until_commit(LOCK, str(user.pk))
    if is_anothers(user, said):
        raise NotAccepted(Why.OTHER_IDENTITY)
    _, is_new = ProviderIdentity.objects.get_or_create(user=user, mark=mark_of(said), defaults={"known_at": now})
    if is_new:
        actor = Actor(name=user.username, role="", force=user.force.code)
        audit.record(kind=events.IDENTITY_KNOWN, actor=actor, refs=[f"user/{user.username}"], request=request, now=now)
    record_signed_in(
        user=user,
        came_from=came_from,
        session=session,
        proof=proof,
        proved_at=min(said.signed_in_at, now),
        request=request,
        now=now,
    )


@action
def record_not_accepted(
    *, user: User | None, why: Why, request: str, kind: EventKind = events.SIGN_IN_REFUSED, now: datetime | None = None
) -> None:
    """Log that the provider's word was not accepted, and why. Somebody who has no account here is not written down."""
    name, force = (user.username, user.force.code) if user else ("unknown", home_force().code)
    audit.record(kind=kind, actor=Actor(name=name, role="", force=force), reason=why, request=request, now=now)


@action
def forget_identity(*, by: Acting, user: User, reason: str, now: datetime | None = None) -> None:
    """An account's identity at the provider is known no more, and its sessions end: the next sign-in there says it anew.

    For somebody whose identity there was made again. Never one's own.
    """
    check_can_reset_factors(by, user)
    check_fresh_factor(by, now)
    now, why = now or clock.now(), words_said(reason)
    lock_until_commit(LOCK, str(user.pk))
    ProviderIdentity.objects.filter(user=user).delete()
    ended = end_all_sessions(user=user, why=Over.FACTORS, now=now)
    audit.record(
        kind=events.IDENTITY_FORGOTTEN,
        actor=by.actor,
        refs=[f"user/{user.username}"],
        reason=why,
        counts={"sessions": ended},
        request=by.request,
        now=now,
    )

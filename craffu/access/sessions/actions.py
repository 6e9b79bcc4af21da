"""The writes to sessions: begin, see, end one, end all (T16); a person's own password; and the terms they accepted."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.factors.rules import Proof
from craffu.access.later import Later
from craffu.access.models import User
from craffu.access.rules import Over, why_over
from craffu.access.sessions.models import SignInSession, TermsAcceptance
from craffu.access.sessions.queries import (
    TERMS,
    find_session,
    lifetime,
    session_token,
    session_tokens_to_look_for,
)
from craffu.access.tokens.actions import end_all_tokens
from craffu.audit import actions as audit
from craffu.audit.actors import Actor
from craffu.common import clock
from craffu.common.door import action, bookkeeping

# A session's last use is written no oftener: a page and its pictures are one use.
SEEN_EVERY = timedelta(seconds=10)
KEPT_FOR = timedelta(days=30)


@bookkeeping
def begin_session(
    *,
    user: User,
    key: str,
    proof: Proof | None = None,
    proved_at: datetime | None = None,
    now: datetime | None = None,
) -> SignInSession:
    """The session of this key is open from now on, begun with this proof. The person's own long past ones are forgotten."""
    now = now or clock.now()
    SignInSession.objects.filter(user=user, began_at__lt=now - KEPT_FOR).delete()
    proved = {"factor": proof, "factor_at": proved_at or now} if proof else {}
    begun: SignInSession = SignInSession.objects.create(
        user=user, key=session_token(key), began_at=now, seen_at=now, **proved
    )
    return begun


def see_session(
    *,
    user: User,
    key: str,
    request: str,
    now: datetime | None = None,
    found: Later[SignInSession | None] | None = None,
) -> SignInSession | Over:
    """Note that a session is in use; or why it is over, ending it in the log if it ran out.

    `found` is what `find_session` gives of it, where it was asked for with something else.
    """
    now = now or clock.now()
    session = (found or find_session(user, key)).answer
    if session is None:
        return Over.SIGNED_OUT
    if session.ended_at is not None:
        return Over(session.ended_why)
    why = why_over(session.began_at, session.seen_at, lifetime(), now)
    if why:
        end_session(user=user, key=key, why=why, request=request, now=now)
        return why
    if now >= session.seen_at + SEEN_EVERY:
        _note_use(session, key, now)
    return session


@bookkeeping
def _note_use(session: SignInSession, key: str, now: datetime) -> None:
    """Whatever key its token was made with, from now on it is that of the key that writes."""
    SignInSession.objects.filter(pk=session.pk, ended_at=None).update(seen_at=now, key=session_token(key))


@action
def confirm_session(
    *, by: Acting, user: User, key: str, new_key: str, proof: Proof, now: datetime | None = None
) -> None:
    """The person proved again who they are. The session goes on under a new key; the old one opens nothing (T17)."""
    now = now or clock.now()
    rows = SignInSession.objects.filter(user=user, key__in=session_tokens_to_look_for(key), ended_at=None)
    rows.update(key=session_token(new_key), factor=proof, factor_at=now)
    audit.record(kind=events.FACTOR_CONFIRMED, actor=by.actor, reason=proof, request=by.request, now=now)


@bookkeeping
def end_session(*, user: User, key: str, why: Over, request: str, role: str = "", now: datetime | None = None) -> None:
    """One session is over, and logged, once: of two requests that find it so at one instant, one changes nothing."""
    now = now or clock.now()
    rows = SignInSession.objects.filter(user=user, key__in=session_tokens_to_look_for(key), ended_at=None)
    if rows.update(ended_at=now, ended_why=why) or why is Over.SIGNED_OUT:
        kind = events.SIGNED_OUT if why is Over.SIGNED_OUT else events.SESSION_ENDED
        reason = "" if why is Over.SIGNED_OUT else why
        actor = Actor(name=user.username, role=role, force=user.force.code)
        audit.record(kind=kind, actor=actor, reason=reason, request=request, now=now)


@bookkeeping
def end_all_sessions(*, user: User, why: Over, now: datetime | None = None) -> int:
    """Every session of an account is over at its next request, and so is every other way in. Part of an action that says so."""
    User.objects.filter(pk=user.pk).update(ways_in_ended_at=now or clock.now())
    end_all_tokens(user=user, now=now or clock.now())
    ended: int = SignInSession.objects.filter(user=user, ended_at=None).update(
        ended_at=now or clock.now(), ended_why=why
    )
    return ended


@bookkeeping
def end_other_sessions(*, user: User, key: str, why: Over, now: datetime | None = None) -> int:
    """Every session of an account but the one of this key. Part of an action that says so in the log."""
    others = SignInSession.objects.filter(user=user, ended_at=None).exclude(key__in=session_tokens_to_look_for(key))
    ended: int = others.update(ended_at=now or clock.now(), ended_why=why)
    return ended


@action
def sign_out_everywhere(*, by: Acting, user: User) -> None:
    """The acting person ends all their own sessions, this one too."""
    ended = end_all_sessions(user=user, why=Over.EVERYWHERE)
    audit.record(kind=events.SIGNED_OUT_EVERYWHERE, actor=by.actor, counts={"sessions": ended}, request=by.request)


@action
def change_own_password(*, by: Acting, user: User, password: str) -> None:
    """A new password ends every session, and no device or network is known any more: a thief's would be among them."""
    User.objects.filter(pk=user.pk).update(password=make_password(password))
    ended = end_all_sessions(user=user, why=Over.PASSWORD)
    user.known_places.all().delete()
    audit.record(
        kind=events.PASSWORD_CHANGED,
        actor=by.actor,
        refs=[f"user/{user.username}"],
        fields=["password"],
        counts={"sessions": ended},
        request=by.request,
    )


@action
def accept_terms(*, by: Acting, user: User, now: datetime | None = None) -> None:
    """The person accepts the terms in force. Accepting them again changes nothing."""
    accepted = now or clock.now()
    _, new = TermsAcceptance.objects.get_or_create(user=user, version=TERMS, defaults={"accepted_at": accepted})
    if new:
        audit.record(kind=events.TERMS_ACCEPTED, actor=by.actor, refs=[f"terms/{TERMS}"], request=by.request, now=now)

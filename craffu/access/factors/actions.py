"""The writes to second factors: set up, use, remove, reset; each code and each challenge is good once (T17)."""

import secrets
from datetime import datetime, timedelta

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.factors import codes, passkeys
from craffu.access.factors.models import (
    AuthenticatorApp,
    Change,
    FactorChange,
    Passkey,
    PasskeyChallenge,
    Purpose,
    RecoveryCode,
)
from craffu.access.factors.queries import app_of, factors_of
from craffu.access.factors.rules import Proof, is_counter_ahead, steps_allowed
from craffu.access.models import User
from craffu.access.permissions import check_can_reset_factors
from craffu.access.policies import check_fresh_factor, check_has_factor, check_may_enrol, check_may_remove_factor
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import said
from craffu.access.rules import Over
from craffu.access.sessions.actions import confirm_session, end_all_sessions, end_other_sessions
from craffu.access.sessions.models import SignInSession
from craffu.access.sessions.queries import session_token, session_tokens_to_look_for
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.door import action, bookkeeping
from craffu.common.locks import lock_until_commit

ANSWERED_WITHIN = timedelta(minutes=5)
LOCK = "factors"


@bookkeeping
def use_app_code(*, user: User, code: str, now: datetime | None = None) -> bool:
    """Whether this is a code of somebody's app that is good now; it never is again, however many ask at once."""
    now = now or clock.now()
    app = app_of(user)
    step = codes.step_of(app.secret, code, steps_allowed(app.last_step, now)) if app else None
    if app is None or step is None:
        return False
    # Compare and set: of two that come with the same code, one changes a row.
    rows = AuthenticatorApp.objects.filter(pk=app.pk, last_step__lt=step)
    return bool(rows.update(last_step=step, used_at=now))


def use_recovery_code(*, user: User, code: str, request: str, now: datetime | None = None) -> bool:
    """Whether this is a recovery code of somebody that was not used yet; now it is."""
    found = RecoveryCode.objects.filter(user=user, place=codes.place_of(code), used_at=None).first()
    return found is not None and codes.is_code(code, found.hash) and _spend(found, user, request, now or clock.now())


@bookkeeping
def _spend(code: RecoveryCode, user: User, request: str, now: datetime) -> bool:
    """One of two at the same instant spends it and is logged; the other changes nothing."""
    if not RecoveryCode.objects.filter(pk=code.pk, used_at=None).update(used_at=now):
        return False
    FactorChange.objects.create(user=user, change=Change.CODE_USED, at=now, by=user.username)
    actor = acting_user(user).actor
    audit.record(kind=events.RECOVERY_CODE_USED, actor=actor, refs=[f"user/{user.username}"], request=request, now=now)
    return True


@bookkeeping
def ask_passkey(*, user: User, key: str, purpose: Purpose, now: datetime | None = None) -> bytes:
    """A new challenge for one person, session and purpose. The last one for the same is good no longer."""
    now = now or clock.now()
    theirs = PasskeyChallenge.objects.filter(user=user)
    theirs.filter(until__lte=now).delete()
    theirs.filter(session__in=session_tokens_to_look_for(key), purpose=purpose).delete()
    challenge = secrets.token_bytes(32)
    PasskeyChallenge.objects.create(
        user=user,
        session=session_token(key),
        purpose=purpose,
        challenge=passkeys.encoded(challenge),
        until=now + ANSWERED_WITHIN,
    )
    return challenge


@bookkeeping
def _spend_challenge(user: User, key: str, purpose: Purpose, answer: str, now: datetime) -> bytes:
    """The challenge that an answer is for, which is gone with this, right or wrong. Raises `WrongAnswer`."""
    challenge = passkeys.challenge_in(answer)
    rows = PasskeyChallenge.objects.filter(
        user=user,
        session__in=session_tokens_to_look_for(key),
        purpose=purpose,
        challenge=passkeys.encoded(challenge),
        until__gt=now,
    )
    if not rows.delete()[0]:
        raise passkeys.WrongAnswer("nobody asked for this")
    return challenge


def use_passkey(
    *, user: User, site: passkeys.Site, key: str, purpose: Purpose, answer: str, now: datetime | None = None
) -> None:
    """Raises `WrongAnswer` unless a passkey of this person signed what this session was asked, and its counter went on."""
    now = now or clock.now()
    challenge = _spend_challenge(user, key, purpose, answer, now)
    known = factors_of(user).passkeys
    _note_counter(passkeys.used(site, known, challenge, answer), now)


@bookkeeping
def _note_counter(shown: passkeys.Shown, now: datetime) -> None:
    stored = Passkey.objects.get(identifier=shown.identifier).counter
    # Compare and set: an answer that somebody else gave in the meantime was ahead of this one.
    rows = Passkey.objects.filter(identifier=shown.identifier, counter=stored)
    if not is_counter_ahead(stored, shown.counter) or not rows.update(counter=shown.counter, used_at=now):
        raise passkeys.WrongAnswer("the counter of this passkey did not go on: it may have been copied")


@action
def add_app(
    *, by: Acting, session: SignInSession, secret: str, step: int, key: str, new_key: str, now: datetime | None = None
) -> None:
    """An app for the acting person, who gave the code of `step`, in place of the one they had. Other sessions are over."""
    now = now or clock.now()
    user = _begin_change(session, now)
    AuthenticatorApp.objects.update_or_create(
        user=user, defaults={"secret": secret, "last_step": step, "added_at": now, "used_at": now}
    )
    confirm_session(by=by, user=user, key=key, new_key=new_key, proof=Proof.CODE, now=now)
    _changed(by, user, Change.APP_ADDED, events.FACTOR_ADDED, "app", new_key, now)


def new_passkey(
    *, user: User, site: passkeys.Site, key: str, answer: str, now: datetime | None = None
) -> passkeys.Shown:
    """The passkey that a device made for this session. Raises `WrongAnswer`, also for one that is known already."""
    challenge = _spend_challenge(user, key, Purpose.REGISTER, answer, now or clock.now())
    shown = passkeys.registered(site, challenge, answer)
    if Passkey.objects.filter(identifier=shown.identifier).exists():
        raise passkeys.WrongAnswer("this passkey is known already")
    return shown


@action
def add_passkey(
    *,
    by: Acting,
    session: SignInSession,
    shown: passkeys.Shown,
    name: str,
    key: str,
    new_key: str,
    now: datetime | None = None,
) -> None:
    """A passkey for the acting person, whose device made it just now. Other sessions are over."""
    now = now or clock.now()
    user = _begin_change(session, now)
    Passkey.objects.create(
        user=user,
        identifier=shown.identifier,
        name=name,
        credential=shown.credential,
        counter=shown.counter,
        added_at=now,
        used_at=now,
    )
    confirm_session(by=by, user=user, key=key, new_key=new_key, proof=Proof.PASSKEY, now=now)
    _changed(by, user, Change.PASSKEY_ADDED, events.FACTOR_ADDED, "passkey", new_key, now)


@action
def remove_app(*, by: Acting, session: SignInSession, key: str, now: datetime | None = None) -> None:
    """Take the acting person's app away. Other sessions are over. The last factor stays where one is required."""
    now = now or clock.now()
    user = _begin_change(session, now)
    check_may_remove_factor(len(factors_of(user)) - 1)
    AuthenticatorApp.objects.filter(user=user).delete()
    _changed(by, user, Change.APP_REMOVED, events.FACTOR_REMOVED, "app", key, now)


@action
def remove_passkey(
    *, by: Acting, session: SignInSession, passkey: Passkey, key: str, now: datetime | None = None
) -> None:
    """Take a passkey of the acting person away, as `remove_app` does the app."""
    now = now or clock.now()
    user = _begin_change(session, now)
    check_may_remove_factor(len(factors_of(user)) - 1)
    Passkey.objects.filter(user=user, pk=passkey.pk).delete()
    _changed(by, user, Change.PASSKEY_REMOVED, events.FACTOR_REMOVED, "passkey", key, now)


def make_recovery_codes(*, by: Acting, session: SignInSession, now: datetime | None = None) -> list[str]:
    """Ten new codes for the acting person, shown this once. The ones they had are good no longer."""
    now = now or clock.now()
    made = codes.new_recovery_codes()
    # Ten slow hashes, made before anybody is kept waiting by the transaction.
    _store_codes(by, session, {codes.place_of(code): codes.hash_of(code) for code in made}, now)
    return made


@action
def _store_codes(by: Acting, session: SignInSession, hashes: dict[str, str], now: datetime) -> None:
    user = _begin_change(session, now)
    check_has_factor(len(factors_of(user)))
    RecoveryCode.objects.filter(user=user).delete()
    for place, stored in hashes.items():
        RecoveryCode.objects.create(user=user, place=place, hash=stored, made_at=now)
    _changed(by, user, Change.CODES_MADE, events.RECOVERY_CODES_MADE, "recovery_codes", "", now)


@action
def reset_factors(*, by: Acting, user: User, reason: str, now: datetime | None = None) -> None:
    """Take all second factors and recovery codes of somebody who lost them away, and end their sessions.

    Never one's own. They are told on their account page, with who did it and why.
    """
    check_can_reset_factors(by, user)
    check_fresh_factor(by, now)
    now, why = now or clock.now(), said(reason)
    lock_until_commit(LOCK, str(user.pk))
    removed = len(factors_of(user))
    for model in (AuthenticatorApp, Passkey, RecoveryCode, PasskeyChallenge):
        model.objects.filter(user=user).delete()
    ended = end_all_sessions(user=user, why=Over.FACTORS, now=now)
    FactorChange.objects.create(user=user, change=Change.RESET, at=now, by=by.actor.name, reason=why)
    audit.record(
        kind=events.FACTORS_RESET,
        actor=by.actor,
        refs=[f"user/{user.username}"],
        reason=why,
        counts={"factors": removed, "sessions": ended},
        request=by.request,
        now=now,
    )


def _begin_change(session: SignInSession, now: datetime) -> User:
    """Whose factors are changed: one change of theirs at a time, and only soon after they proved who they are."""
    user: User = session.user
    lock_until_commit(LOCK, str(user.pk))
    # Read again: a reset, or a change in another session, may have ended it since the request began.
    still_open = SignInSession.objects.filter(pk=session.pk, ended_at=None).first()
    check_may_enrol(still_open, has_factor=bool(factors_of(user)), now=now)
    return user


def _changed(by: Acting, user: User, change: Change, kind: EventKind, field: str, key: str, now: datetime) -> None:
    """Say so in the log and on the account page; every other session was begun without what changed."""
    ended = end_other_sessions(user=user, key=key, why=Over.FACTORS, now=now) if key else 0
    FactorChange.objects.create(user=user, change=change, at=now, by=by.actor.name)
    audit.record(
        kind=kind,
        actor=by.actor,
        refs=[f"user/{user.username}"],
        fields=[field],
        counts={"sessions": ended},
        request=by.request,
        now=now,
    )

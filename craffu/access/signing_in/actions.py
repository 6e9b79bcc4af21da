"""The writes around a try to sign in: count it before the password is looked at, then log how it went (T15, SEC-04).

Counting first is what makes the limit hold when a hundred tries come at the same instant.
"""

from dataclasses import dataclass
from datetime import datetime

from craffu.access import events
from craffu.access.factors.rules import Proof
from craffu.access.models import User
from craffu.access.queries import acting_user, home_force
from craffu.access.rules import Counted, Held, Scope, hold_begun, how_many, is_held, longest_memory
from craffu.access.sessions.actions import begin_session
from craffu.access.signing_in import limits
from craffu.access.signing_in.models import KnownPlace, SignInHold, SignInTry
from craffu.access.signing_in.places import (
    CameFrom,
    account_token,
    address_token,
    address_tokens_to_look_for,
    device_token,
    device_tokens_to_look_for,
    page_token,
)
from craffu.audit import actions as audit
from craffu.audit.actors import Actor
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.door import action, bookkeeping
from craffu.common.locks import lock_until_commit

HELD_BACK = "held_back"
CLEANED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Try:
    """A try as it was counted. `user` is whose account it is, if it is anybody's; `held` says that it may not go on."""

    user: User | None
    client: str
    keys: dict[Scope, str]
    held: tuple[Scope, ...]
    begun: dict[Scope, Held]
    row: int = 0


@bookkeeping
def begin_try(*, user: User | None, came_from: CameFrom, now: datetime | None = None) -> Try:
    """Count a try and begin what waits it calls for, unless it is held back already. The log says later how it went."""
    now = now or clock.now()
    account, address, device = (
        account_token(user.username if user else None),
        address_token(came_from),
        device_token(came_from),
    )
    devices, addresses = device_tokens_to_look_for(came_from), address_tokens_to_look_for(came_from)
    known = _known(user, {*devices, *addresses}, now)
    device_known, address_known = not known.isdisjoint(devices), not known.isdisjoint(addresses)
    client = device if device_known else address
    keys = {Scope.PAIR: f"{account}{client}"}
    if not device_known:
        keys[Scope.ADDRESS] = address
        if not address_known:
            keys[Scope.ACCOUNT] = account
    # Always in the same order, so that two tries never wait for each other.
    for scope in sorted(keys):
        lock_until_commit("sign-in", scope, keys[scope])
    before = {scope: hold for scope, key in keys.items() if (hold := _hold(scope, key))}
    held = tuple(scope for scope in sorted(keys) if is_held(before.get(scope), now))
    begun = {}
    if not held:
        SignInTry.objects.create(at=now, account=account, client=client, address=keys.get(Scope.ADDRESS, ""))
        begun = _begin_holds(keys, before, account, client, now)
    _clean_up(now)
    return Try(user, client, keys, held, begun)


@bookkeeping
def begin_page_try(*, came_from: CameFrom, now: datetime | None = None) -> Try:
    """Count a try at the safe page, which is of no account: apart from every try to sign in."""
    now, key = now or clock.now(), page_token(came_from)
    lock_until_commit("sign-in", Scope.PAGE, key)
    hold = _hold(Scope.PAGE, key)
    keys = {Scope.PAGE: key}
    if is_held(hold, now):
        return Try(None, key, keys, (Scope.PAGE,), {})
    row = SignInTry.objects.create(at=now, account=Scope.PAGE.value, client=key, address="")
    begun = _begin_holds(keys, {Scope.PAGE: hold} if hold else {}, Scope.PAGE.value, key, now)
    _clean_up(now)
    return Try(None, key, keys, (), begun, row.pk)


@bookkeeping
def take_back_page_try(*, tried: Try) -> None:
    """It opened the page: this one try and the wait that it began count no more; those before it still do."""
    SignInTry.objects.filter(pk=tried.row).delete()
    _end_waits(tried)


def _begin_holds(
    keys: dict[Scope, str], before: dict[Scope, Held], account: str, client: str, now: datetime
) -> dict[Scope, Held]:
    tries = SignInTry.objects.all()
    about = {
        Scope.PAIR: tries.filter(account=account, client=client),
        Scope.ACCOUNT: tries.filter(account=account),
        Scope.ADDRESS: tries.filter(address=keys.get(Scope.ADDRESS)),
        Scope.PAGE: tries.filter(account=account, client=client),
    }
    begun = {}
    for scope, limit in limits.limits().items():
        if scope not in keys:
            continue
        counted = [Counted(*row) for row in about[scope].values_list("at", "account", "client", "address")]
        count = how_many(scope, counted, limit, now)
        hold = hold_begun(count, limit, before.get(scope), limits.forget_after(), now)
        if hold:
            SignInHold.objects.update_or_create(
                scope=scope, key=keys[scope], defaults={"step": hold.step, "until": hold.until}
            )
            begun[scope] = hold
    return begun


@action
def record_failed_try(
    *,
    tried: Try,
    request: str,
    kind: EventKind = events.SIGN_IN_REFUSED,
    reason: str = "",
    now: datetime | None = None,
) -> None:
    """Log a try that failed or was held back, and each wait that it began. A name that nobody has is not written down."""
    now = now or clock.now()
    actor = (
        Actor(name=tried.user.username, role="", force=tried.user.force.code)
        if tried.user
        else Actor(name="unknown", role="", force=home_force().code)
    )
    reason = HELD_BACK if tried.held else reason
    audit.record(kind=kind, actor=actor, reason=reason, request=request, now=now)
    _log_waits(tried, actor, request, now)


def _log_waits(tried: Try, actor: Actor, request: str, now: datetime) -> None:
    for scope, hold in tried.begun.items():
        seconds = round((hold.until - now).total_seconds())
        audit.record(
            kind=events.SIGN_IN_HELD_BACK,
            actor=actor,
            reason=scope,
            counts={"seconds": seconds},
            request=request,
            now=now,
        )


@action
def record_password_accepted(*, tried: Try, user: User, request: str, now: datetime | None = None) -> None:
    """Log that the password was right and a second factor is asked for. The try is not taken back before that is right too.

    Whoever has the password alone would otherwise get as many tries at the factor as they like.
    """
    now, actor = now or clock.now(), acting_user(user).actor
    audit.record(kind=events.FACTOR_ASKED, actor=actor, request=request, now=now)
    _log_waits(tried, actor, request, now)


@action
def record_success(
    *,
    tried: Try,
    user: User,
    came_from: CameFrom,
    session: str,
    request: str,
    proof: Proof = Proof.PASSWORD,
    now: datetime | None = None,
) -> None:
    """Log a sign-in, take its tries back, know this place from now on, and begin the session of this key."""
    take_back(tried=tried, user=user)
    record_signed_in(user=user, came_from=came_from, session=session, request=request, proof=proof, now=now)


@action
def record_signed_in(
    *,
    user: User,
    came_from: CameFrom,
    session: str,
    request: str,
    proof: Proof,
    proved_at: datetime | None = None,
    now: datetime | None = None,
) -> None:
    """Log a sign-in, however it was done and `proved_at`, know this place from now on, and begin the session of this key."""
    now = now or clock.now()
    for token in filter(None, (address_token(came_from), device_token(came_from))):
        KnownPlace.objects.update_or_create(user=user, token=token, defaults={"last_at": now})
    begin_session(user=user, key=session, proof=proof, proved_at=proved_at, now=now)
    audit.record(kind=events.SIGNED_IN, actor=acting_user(user).actor, reason=proof, request=request, now=now)


@bookkeeping
def take_back(*, tried: Try, user: User) -> None:
    """The password was right: what the try counted and began, and this place's earlier failures, count no more."""
    SignInTry.objects.filter(account=account_token(user.username), client=tried.client).delete()
    SignInHold.objects.filter(scope=Scope.PAIR, key=tried.keys[Scope.PAIR]).delete()
    _end_waits(tried)


def _end_waits(tried: Try) -> None:
    for scope, hold in tried.begun.items():
        SignInHold.objects.filter(scope=scope, key=tried.keys[scope], until=hold.until).delete()


def _known(user: User | None, tokens: set[str], now: datetime) -> set[str]:
    places = KnownPlace.objects.filter(
        user=user.pk if user else 0, token__in=tokens, last_at__gt=now - limits.known_for()
    )
    return set(places.values_list("token", flat=True))


def _hold(scope: Scope, key: str) -> Held | None:
    found = SignInHold.objects.filter(scope=scope, key=key).values_list("step", "until").first()
    return Held(*found) if found else None


def _clean_up(now: datetime) -> None:
    """Nothing is kept longer than a count can need it. What another process is removing at this moment is left to it."""
    for old in (
        SignInTry.objects.filter(at__lte=now - longest_memory(limits.limits())),
        SignInHold.objects.filter(until__lte=now - limits.forget_after()),
        KnownPlace.objects.filter(last_at__lte=now - limits.known_for()),
    ):
        rows = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:CLEANED_AT_ONCE])
        if rows:
            old.model.objects.filter(pk__in=rows).delete()

"""The only writes to accounts and rights, and the log of who signed in."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from craffu.access import events
from craffu.access.acting import Acting, acting_system
from craffu.access.models import Area, Force, RankChange, RightChange, Team, User
from craffu.access.permissions import KEEPERS, check_can_manage_accounts, check_same_force
from craffu.access.queries import rights_of
from craffu.access.ranks import Rank
from craffu.access.restricted.actions import hand_on
from craffu.access.roles import BY_KEY
from craffu.access.rules import Over
from craffu.access.sessions.actions import end_all_sessions
from craffu.access.unattended.rules import PREFIX
from craffu.access.wall.reach import account_named
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.refusals import Refusal

# The log refers to an account by its username, so it holds no space and nothing that needs quoting.
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}", re.ASCII)


@action
def set_up_force(*, code: str, name_en: str, name_cy: str, controller: str) -> Force:
    """The force this installation belongs to. Setting it up again changes nothing."""
    force, new = Force.objects.get_or_create(
        code=code, defaults={"name_en": name_en, "name_cy": name_cy, "controller": controller}
    )
    if new:
        audit.record(kind=events.FORCE_SET_UP, actor=acting_system(force, "migrate").actor, refs=[f"force/{code}"])
    return force


@action
def set_up_area(
    *, by: Acting, code: str, name_en: str, name_cy: str, teams: Iterable[tuple[str, str, str]] = ()
) -> Area:
    """An area of the acting person's force, with its teams as (code, English name, Welsh name)."""
    check_can_manage_accounts(by)
    area, _ = Area.objects.get_or_create(force=by.force, code=code, defaults={"name_en": name_en, "name_cy": name_cy})
    for team, team_en, team_cy in teams:
        Team.objects.get_or_create(area=area, code=team, defaults={"name_en": team_en, "name_cy": team_cy})
    audit.record(kind=events.FORCE_SET_UP, actor=by.actor, refs=[f"area/{code}"], request=by.request)
    return area


@action
def create_user(*, by: Acting, username: str, name: str, password: str | None = None, language: str = "en") -> User:
    """An account in the acting person's force. Without a password nobody can sign in with it yet."""
    check_can_manage_accounts(by)
    if not USERNAME.fullmatch(username):
        raise Refusal(
            "username_unfit", "A username has small letters, digits, dots, dashes and underlines, up to 60 of them."
        )
    if username.startswith(PREFIX):
        raise Refusal("username_unfit", f"A name that begins with {PREFIX} is a service account's: choose another one.")
    with account_named(username):
        is_taken = User.objects.filter(username=username).exists()
    if is_taken:
        raise Refusal("username_taken", f"There is an account called {username} already: choose another name.")
    user: User = User.objects.create(
        force=by.force, username=username, name=name, language=language, password=make_password(password)
    )
    audit.record(kind=events.ACCOUNT_CREATED, actor=by.actor, refs=[f"user/{username}"], request=by.request)
    return user


@action
def set_password(*, by: Acting, user: User, password: str) -> None:
    check_can_manage_accounts(by)
    if User.objects.filter(pk=user.pk, force=by.force).update(password=make_password(password)):
        end_all_sessions(user=user, why=Over.PASSWORD)
    audit.record(
        kind=events.PASSWORD_SET,
        actor=by.actor,
        refs=[f"user/{user.username}"],
        fields=["password"],
        request=by.request,
    )


@action
def close_account(*, by: Acting, user: User, reason: str, heir: User | None = None) -> None:
    """Nobody signs in with it any more, and whoever is signed in with it is out at their next request (SEC-01).

    The `heir` takes over what is restricted to them alone. Raises Refusal where there is something and nobody takes it over.
    """
    check_can_manage_accounts(by)
    check_same_force(by, user)
    hand_on(by=by, user=user, heir=heir, reason=reason)
    User.objects.filter(pk=user.pk).update(is_active=False)
    ended = end_all_sessions(user=user, why=Over.CLOSED)
    audit.record(
        kind=events.ACCOUNT_CLOSED,
        actor=by.actor,
        refs=[f"user/{user.username}"],
        reason=reason,
        counts={"sessions": ended},
        request=by.request,
    )


@action
def change_right(
    *,
    by: Acting,
    user: User,
    right: str,
    held: bool,
    reason: str,
    area: Area | None = None,
    heir: User | None = None,
    now: datetime | None = None,
) -> RightChange:
    """Give a role or capability for the whole force, or take it away. It counts from the person's next request (SEC-01).

    An `area` is refused: how far a right reaches is said of its role, and where somebody belongs of them (access/reach). A
    right that only looks limited is worse than none. Of whoever may restrict records no more the `heir` takes over what is
    restricted to them alone.
    """
    check_can_manage_accounts(by)
    if area is not None:
        raise Refusal(
            "area_does_not_limit",
            "A right cannot be limited to an area by itself. Give it without; say where the person belongs with "
            "`craffu user post`, and how far the role reaches with `craffu area reach`.",
        )
    check_same_force(by, user)
    if right not in BY_KEY:
        raise Refusal("right_unknown", f"There is no role or capability called {right}. Known: {', '.join(BY_KEY)}.")
    if not held and rights_of(user) & frozenset(KEEPERS) <= {right}:
        hand_on(by=by, user=user, heir=heir, reason=reason, now=now)
    change = RightChange.objects.create(
        user=user,
        right=right,
        held=held,
        changed_at=now or clock.now(),
        changed_by=by.actor.name,
        reason=reason,
    )
    if not held and not rights_of(user):
        end_all_sessions(user=user, why=Over.NO_RIGHTS)
    audit.record(
        kind=events.RIGHT_GIVEN if held else events.RIGHT_TAKEN,
        actor=by.actor,
        refs=[f"user/{user.username}", f"right/{right}"],
        reason=reason,
        request=by.request,
    )
    return change


@action
def say_rank(*, by: Acting, user: User, rank: str, reason: str, now: datetime | None = None) -> RankChange:
    """The rank that somebody holds from now on; empty for none. Raises Refusal for a rank nobody knows."""
    check_can_manage_accounts(by)
    check_same_force(by, user)
    if rank and rank not in set(Rank):
        raise Refusal("rank_unknown", f"There is no rank called {rank}. Known: {', '.join(Rank)}.")
    change = RankChange.objects.create(
        user=user, rank=rank, changed_at=now or clock.now(), changed_by=by.actor.name, reason=reason
    )
    audit.record(
        kind=events.RANK_SAID,
        actor=by.actor,
        refs=[f"user/{user.username}", f"rank/{rank or 'none'}"],
        reason=reason,
        request=by.request,
    )
    return change


def list_accounts(*, by: Acting, username: str = "") -> list[User]:
    """The accounts of the acting person's force, or the one called `username`, and one log row naming those shown (SEC-04)."""
    check_can_manage_accounts(by)
    found = User.objects.filter(force=by.force).order_by("username")
    shown = list(found.filter(username=username) if username else found)
    audit.record_consultation(
        kind=events.ACCOUNTS_LISTED,
        actor=by.actor,
        refs=[f"user/{user.username}" for user in shown],
        request=by.request,
    )
    return shown


def record_refusal(*, by: Acting, refs: Iterable[str], reason: str) -> None:
    """One log row for an act that was refused."""
    with transaction.atomic():
        audit.record(kind=events.ACCESS_REFUSED, actor=by.actor, refs=list(refs), reason=reason, request=by.request)

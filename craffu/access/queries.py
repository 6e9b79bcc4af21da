"""Which rights a person holds now, and which force this installation belongs to."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from craffu.access.acting import Acting
from craffu.access.later import Later
from craffu.access.models import Force, RankChange, RightChange, User
from craffu.access.reach.queries import within_of
from craffu.access.restricted.queries import standing_by
from craffu.access.roles import ROLE_KEYS
from craffu.access.standing import Told, told_of
from craffu.access.wall.reach import account_named
from craffu.audit.actors import Actor


class NoForce(RuntimeError):
    """The installation has not been set up."""


def home_force() -> Force:
    """The force of this installation (CRAFFU_FORCE). Raises NoForce before `craffu migrate` has run."""
    try:
        return Force.objects.get(code=settings.CRAFFU_FORCE)
    except Force.DoesNotExist as fault:
        raise NoForce("This installation has no force yet: run `craffu migrate` first.") from fault


def rights_of(user: User) -> frozenset[str]:
    """The rights held at this moment, each for the whole force. One query.

    Read afresh on every request, so that a right taken away is gone on the next one (SEC-01).
    """
    return told_of(user).answer.rights


def acting_user(
    user: User, request: str = "", factor_at: datetime | None = None, said: Later[Told] | None = None
) -> Acting:
    """The person, acting in the first of their roles that the page map names, as they stand at this moment.

    One query; one more where their reach ends before their force does, or where they have something open in an emergency.
    `said` is what `told_of` gives of them, where it was asked for with something else at this request.
    """
    told = (said or told_of(user)).answer
    role = next((key for key in ROLE_KEYS if key in told.rights), "")
    actor = Actor(name=user.username, role=role, force=user.force.code, kind="user")
    within = within_of(user, told.rights, told.reaches)
    standing = standing_by(told, is_narrowed=within is not None)
    return Acting(
        actor,
        user.force,
        told.rights,
        user=user,
        request=request,
        closed=standing.closed,
        hidden=standing.hidden,
        emergency=standing.emergency,
        within=within,
        let_in=standing.let_in,
        factor_at=factor_at,
    )


def rank_of(user: User) -> str | None:
    """The rank somebody holds by the last that their force said of it; None where it said none. One query."""
    return RankChange.objects.filter(user=user).order_by("-id").values_list("rank", flat=True).first() or None


def find_user(username: str) -> User | None:
    """The account in use of this name, whichever force it is of: the caller looks at that."""
    with account_named(username):
        user: User | None = User.objects.select_related("force").filter(username=username, is_active=True).first()
    return user


def names_of(by: Acting, usernames: Iterable[str]) -> dict[str, str]:
    """The names of accounts of the reader's force, by sign-in name, whether or not they are still in use."""
    found = User.objects.filter(force=by.force, username__in=sorted(set(usernames)))
    return dict(found.values_list("username", "name"))


def others_with(by: Acting, right: str) -> list[User]:
    """Who else in the force holds a right now, by name."""
    changes = RightChange.objects.filter(right=right, area=None, user__force=by.force, user__is_active=True)
    held = dict(changes.order_by("id").values_list("user_id", "held"))
    holders = [number for number, is_held in held.items() if is_held]
    return list(User.objects.filter(pk__in=holders).exclude(username=by.actor.name).order_by("name"))


def closed_accounts(by: Acting) -> frozenset[int]:
    """The row numbers of the force's accounts that are closed: what work they have is nobody's. One query."""
    closed = User.objects.filter(force=by.force, is_active=False).order_by()
    return frozenset(closed.values_list("pk", flat=True))


def holders_of(by: Acting, rights: Iterable[str]) -> list[User]:
    """Who in the force holds any of these rights now, by name. Two queries."""
    changes = RightChange.objects.filter(
        right__in=sorted(rights), area=None, user__force=by.force, user__is_active=True
    )
    last = {(user, right): held for user, right, held in changes.order_by("id").values_list("user", "right", "held")}
    holders = {user for (user, _right), held in last.items() if held}
    return list(User.objects.filter(pk__in=sorted(holders)).order_by("name", "pk"))

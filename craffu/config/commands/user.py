"""`craffu user`: accounts and rights from the terminal, as a named person or the machine's operator (SEC-01).

A password is made here and shown once; it is never taken from the command line, where others could read it.
"""

import argparse
import json
import secrets
from typing import Any

from django.db import transaction

from craffu.access.acting import Acting
from craffu.access.actions import change_right, close_account, create_user, list_accounts, say_rank, set_password
from craffu.access.factors.actions import reset_factors
from craffu.access.models import User
from craffu.access.provider.actions import forget_identity
from craffu.access.provider.configuration import may_sign_in_here
from craffu.access.queries import rank_of, rights_of
from craffu.access.reach.actions import post
from craffu.access.reach.queries import standing_postings
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.area import area_and_team
from craffu.config.commands.database import acting

# Without the letters and figures that are taken for each other.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 5, 4
FIRST_REASON = "Given when the account was made"


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        answer = ACTIONS[args.action](by, args)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    print(json.dumps(answer, ensure_ascii=False) if args.json else in_words(answer))
    return DONE


def add(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    """A new account with its rights, or nothing of it."""
    if not args.username or not args.name:
        raise NotCarriedOut('Say who: craffu user add USERNAME --name "Their name" --right analyst.')
    # Who may only sign in at the identity provider is given no password: it would open nothing.
    password = new_password() if may_sign_in_here(args.username) else None
    with transaction.atomic():
        user = create_user(by=by, username=args.username, name=args.name, password=password)
        for right in args.right:
            change_right(by=by, user=user, right=right, held=True, reason=args.reason or FIRST_REASON)
    return {**described(user), "password": password} if password else described(user)


def give(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    return _change(by, args, held=True)


def take(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    return _change(by, args, held=False)


def _change(by: Acting, args: argparse.Namespace, *, held: bool) -> dict[str, Any]:
    if not args.username or not args.right or not args.reason:
        raise NotCarriedOut(
            f'Say who, what and why: craffu user {args.action} USERNAME --right analyst --reason "...".'
        )
    user = _found(by, args.username)
    with transaction.atomic():
        for right in args.right:
            change_right(by=by, user=user, right=right, held=held, reason=args.reason, heir=_heir(by, args))
    return described(user)


def post_to(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    """Put somebody into an area, or into a team of it."""
    return _post(by, args, held=True)


def unpost(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    return _post(by, args, held=False)


def _post(by: Acting, args: argparse.Namespace, *, held: bool) -> dict[str, Any]:
    if not args.username or not args.area or not args.reason:
        raise NotCarriedOut(
            f'Say who, where and why: craffu user {args.action} USERNAME --area AREA [--team TEAM] --reason "...".'
        )
    user = _found(by, args.username)
    area, team = area_and_team(by, args.area, args.team)
    post(by=by, user=user, area=area, team=team, held=held, reason=args.reason)
    return described(user)


def rank(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    """The rank somebody holds, by which they may authorise orders (ORD-03). `none` takes it away."""
    if not args.username or not args.rank or not args.reason:
        raise NotCarriedOut('Say who, what and why: craffu user rank USERNAME --rank superintendent --reason "...".')
    user = _found(by, args.username)
    say_rank(by=by, user=user, rank="" if args.rank == "none" else args.rank, reason=args.reason)
    return {**described(user), "rank": rank_of(user)}


def reset(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    """Second factors and recovery codes of somebody who lost them are removed, such as those of the only administrator."""
    if not args.username or not args.reason:
        raise NotCarriedOut('Say who and why: craffu user reset-factors USERNAME --reason "...".')
    if by.user is not None:
        raise NotCarriedOut("Leave --as out: a named person does this on the page, with a second factor of their own.")
    user = _found(by, args.username)
    reset_factors(by=by, user=user, reason=args.reason)
    return described(user)


def close(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    """The account of somebody who has left: nobody signs in with it any more, and what work they have is nobody's."""
    if not args.username or not args.reason:
        raise NotCarriedOut('Say who and why: craffu user close USERNAME --reason "...".')
    user = _found(by, args.username)
    close_account(by=by, user=user, reason=args.reason, heir=_heir(by, args))
    return described(_found(by, args.username))


def _heir(by: Acting, args: argparse.Namespace) -> User | None:
    """Who takes over what is restricted to somebody alone."""
    return _found(by, args.hand_to) if args.hand_to else None


def password(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    """Another password, shown once, for somebody who lost theirs. Whoever is signed in as them is out."""
    if not args.username or not args.reason:
        raise NotCarriedOut('Say who and why: craffu user password USERNAME --reason "...".')
    user = _found(by, args.username)
    if not may_sign_in_here(user.username):
        raise NotCarriedOut(f"{user.username} signs in at the identity provider: change the password there.")
    made = new_password()
    set_password(by=by, user=user, password=made)
    return {**described(user), "password": made}


def unlink(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    """The identity at the provider that an account belongs to is forgotten: the next sign-in there by its name says it anew."""
    if not args.username or not args.reason:
        raise NotCarriedOut('Say who and why: craffu user unlink USERNAME --reason "...".')
    if by.user is not None:
        raise NotCarriedOut("Leave --as out: this is done by whoever stands at the machine.")
    user = _found(by, args.username)
    forget_identity(by=by, user=user, reason=args.reason)
    return described(user)


def _found(by: Acting, username: str) -> User:
    user: User | None = User.objects.filter(username=username, force=by.force).first()
    if user is None:
        raise NotCarriedOut(f"There is no account called {username}. `craffu user list` shows them.")
    return user


def everybody(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    """The accounts of the acting person's force."""
    users = list_accounts(by=by, username=args.username or "")
    posted = _places([user.pk for user in users])
    return {"users": [described(user, posted) for user in users]}


ACTIONS = {
    "add": add, "close": close, "give": give, "take": take, "post": post_to, "unpost": unpost, "rank": rank,
    "password": password, "reset-factors": reset, "unlink": unlink, "list": everybody,
}  # fmt: skip


def _places(users: list[int]) -> dict[int, list[str]]:
    """Where each account belongs: the code of an area, or of an area and a team of it."""
    found: dict[int, list[str]] = {}
    for one in standing_postings(users):
        found.setdefault(one.user_id, []).append("/".join(place.code for place in (one.area, one.team) if place))
    return found


def described(user: User, posted: dict[int, list[str]] | None = None) -> dict[str, Any]:
    rights = rights_of(user)
    places = _places([user.pk]) if posted is None else posted
    return {
        "username": user.username,
        "name": user.name,
        "active": user.is_active,
        "rights": sorted(rights),
        "areas": sorted(places.get(user.pk, [])),
    }


def new_password() -> str:
    """Five groups of four: about a hundred bits, and sayable over a telephone."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def in_words(answer: dict[str, Any]) -> str:
    if "users" in answer:
        return "\n".join(_line(user) for user in answer["users"]) or "There are no accounts yet."
    if "password" in answer:
        return f"{_line(answer)}\nPassword, shown this once: {answer['password']}"
    return _line(answer)


def _line(user: dict[str, Any]) -> str:
    limited = f" in {', '.join(user['areas'])}" if user["areas"] else ""
    closed = "" if user["active"] else " (closed)"
    return f"{user['username']:<20} {user['name']:<30} {', '.join(user['rights']) or 'no rights'}{limited}{closed}"

"""`craffu service-account`: accounts for work with nobody there, asked for by one person and approved by another (ADR 27).

Such an account has no secret: it is an account of the machine's own, which cron or systemd runs the command under.
"""

import argparse
import getpass
import json
import sys
from dataclasses import replace
from typing import Any

from craffu.access.acting import Acting
from craffu.access.factors.actions import use_app_code
from craffu.access.factors.queries import factors_of
from craffu.access.models import User
from craffu.access.signing_in.actions import Try, begin_try, record_failed_try, take_back
from craffu.access.signing_in.places import CameFrom
from craffu.access.unattended.actions import approve_service, ask_for_service, end_service, list_services
from craffu.access.unattended.queries import Service, find_service, owner_named
from craffu.access.unattended.rules import AT_WORK
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, INTAKE_KINDS, NotCarriedOut
from craffu.config.commands.database import acting

HOW = 'craffu service-account create svc.NAME --as YOU --owner USER --machine-account NAME --work "intake rms" --reason "..."'
NOT_YOU = "That is not right. After several wrong tries, wait a few minutes first."


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        answer = ACTIONS[args.action](by, args)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    print(json.dumps(answer, ensure_ascii=False) if args.json else in_words(answer))
    return DONE


def create(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    """A new account, which works when another administrator has approved it."""
    if not (args.name and args.owner and args.machine_account and args.work and args.reason):
        raise NotCarriedOut(f"Say who answers for it, what it does and why: {HOW}.")
    owner = owner_named(by, args.owner)
    if owner is None:
        raise NotCarriedOut(f"There is no account called {args.owner}. `craffu user list` shows them.")
    unknown = [kind for one in args.work if (kind := one.partition("intake ")[2]) and kind not in INTAKE_KINDS]
    if unknown:
        raise NotCarriedOut(
            f"There is no kind of intake called {', '.join(unknown)}. `craffu intake --help` names them."
        )
    by = proved(by)
    ask_for_service(
        by=by,
        name=args.name,
        purpose=args.reason,
        work=args.work,
        machine_account=args.machine_account,
        owner=owner,
    )
    return described(_found(by, args.name))


def approve(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    """Somebody else than asked for it lets it work, and says at the terminal who they are."""
    if not (args.name and args.reason):
        raise NotCarriedOut('Say which and why: craffu service-account approve svc.NAME --as YOU --reason "...".')
    service = _found(by, args.name)
    approve_service(by=proved(by), service=service, reason=args.reason, days=args.days)
    return described(_found(by, args.name))


def end(by: Acting, args: argparse.Namespace) -> dict[str, Any]:
    if not (args.name and args.reason):
        raise NotCarriedOut('Say which and why: craffu service-account end svc.NAME --reason "...".')
    end_service(by=by, service=_found(by, args.name), reason=args.reason)
    return described(_found(by, args.name))


def everything(by: Acting, _args: argparse.Namespace) -> dict[str, Any]:
    return {"service_accounts": [described(one) for one in list_services(by=by)]}


ACTIONS = {"create": create, "approve": approve, "end": end, "list": everything}


def _found(by: Acting, name: str) -> Service:
    service = find_service(by.force, name, clock.now())
    if service is None:
        raise NotCarriedOut(f"There is no service account called {name}. `craffu service-account list` shows them.")
    return service


def proved(by: Acting) -> Acting:
    """The same person, who has shown a password and a code at the terminal: a name that anybody could type is not enough.

    Wrong ones are counted and held back like those at the door (T15).
    """
    user = by.user
    if user is None:
        raise NotCarriedOut("Say who you are with --as: one person asks for a service account and another approves it.")
    if not sys.stdin.isatty():
        raise NotCarriedOut("This asks for your password and code, so it needs a terminal. Or approve it on the page.")
    tried = begin_try(user=user, came_from=CameFrom("terminal"))
    if not _shown(user, tried):
        record_failed_try(tried=tried, request="")
        raise NotCarriedOut(NOT_YOU)
    take_back(tried=tried, user=user)
    return replace(by, factor_at=clock.now())


def _shown(user: User, tried: Try) -> bool:
    password = getpass.getpass(f"Password of {user.username}: ")
    app = factors_of(user).app
    code = getpass.getpass("Code from your app: ") if app else ""
    if tried.held or not user.check_password(password):
        return False
    return use_app_code(user=user, code=code) if app else not factors_of(user)


def described(service: Service) -> dict[str, Any]:
    account = service.account
    return {
        "name": account.name,
        "purpose": account.purpose,
        "work": list(service.work),
        "machine_account": account.machine_account,
        "owner": account.owner.username,
        "requested_by": account.requester.username,
        "standing": service.standing.value,
        "until": service.until.isoformat() if service.until else None,
    }


def in_words(answer: dict[str, Any]) -> str:
    if "service_accounts" in answer:
        return "\n".join(map(_line, answer["service_accounts"])) or "There are no service accounts."
    return _line(answer)


STANDING = {
    "works": "works",
    "ends_soon": "works, to be approved again soon",
    "waits": "waits for an approval by another administrator",
    "expired": "rests: its approval is over",
    "unowned": "rests: whoever answered for it has left",
    "ended": "ended",
}


def _line(one: dict[str, Any]) -> str:
    until = f" until {one['until'][:10]}" if one["standing"] in AT_WORK else ""
    return f"{one['name']:<24} {', '.join(one['work']):<30} {one['owner']:<16} {STANDING[one['standing']]}{until}"

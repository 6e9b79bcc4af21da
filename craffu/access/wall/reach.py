"""Whom a process works for while it works: one force, one account that is looked up, or, at the owner's own hand, all.

The database shows nothing to whoever has not said so (ADR 20). Said once around a request, a job or a command.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from craffu.common.telling import tell, telling, told

FORCE, ACCOUNT, EVERY_FORCE = "app.force", "app.account", "app.every_force"
# How an account is called, and its number in the register.
_NAMED, _NUMBERED = "name", "number"
_CAN_BE_NAMED = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}", re.ASCII)


@contextmanager
def working_for(force: int) -> Iterator[None]:
    """Inside, the rows of this force alone are there, by its row number."""
    with telling({FORCE: str(int(force))}):
        yield


def work_for(force: int) -> None:
    """The same from now on: for a command that works for one force until it ends."""
    tell({FORCE: str(int(force))})


@contextmanager
def account_named(username: str) -> Iterator[None]:
    """Inside, the account of this name can be read too, whosever it is: a sign-in does not know the force yet."""
    with _account(_NAMED, username if _CAN_BE_NAMED.fullmatch(username) else ""):
        yield


@contextmanager
def account_numbered(number: object) -> Iterator[None]:
    """Inside, the account of this row number can be read too: a session knows no more."""
    with _account(_NUMBERED, str(number) if str(number).isascii() and str(number).isdigit() else ""):
        yield


@contextmanager
def _account(how: str, which: str) -> Iterator[None]:
    with telling({**told(), ACCOUNT: f"{how} {which}"} if which else told()):
        yield


@contextmanager
def every_force(reason: str) -> Iterator[None]:
    """Inside, the rows of all forces are there for the tables' owner, and for nobody else who says this."""
    if not reason:
        raise ValueError("whoever works for every force says why")
    with telling({**told(), EVERY_FORCE: "on"}):
        yield

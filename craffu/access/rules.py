"""How long a try to sign in is held back, and when a session is over (SEC-01; quality, T15 and T16).

The attacker waits, the force does not. Three counts stand beside each other: one account from one place, one account from
many places, one place at many accounts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Scope(StrEnum):
    """What is held back."""

    PAIR = "pair"
    ACCOUNT = "account"
    ADDRESS = "address"
    # A place at the safe page, where nobody has an account: who guesses there keeps no officer out, nor the other way.
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many within such a time, then a wait that doubles from the first to the longest."""

    most: int
    within: timedelta
    first_wait: timedelta
    longest_wait: timedelta

    @classmethod
    def in_seconds(cls, most: int, within: int, first_wait: int, longest_wait: int) -> "Limit":
        return cls(most, *(timedelta(seconds=seconds) for seconds in (within, first_wait, longest_wait)))


@dataclass(frozen=True, slots=True)
class Held:
    """A wait: the how manieth in a row, and until when."""

    step: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """One try that was let through to the password: when, for which account, from which place."""

    at: datetime
    account: str
    client: str
    address: str


def is_held(hold: Held | None, now: datetime) -> bool:
    return hold is not None and now < hold.until


def wait_after(step: int, limit: Limit) -> timedelta:
    """The wait of the `step`-th hold in a row, from 1. It doubles until it is as long as a wait gets."""
    doublings: int = 2 ** min(step - 1, 20)
    return min(limit.first_wait * doublings, limit.longest_wait)


def how_many(scope: Scope, tries: Iterable[Counted], limit: Limit, now: datetime) -> int:
    """What a scope counts: tries, or for an account the different places it was tried from.

    So a single place, however long it tries, never holds an account back for anybody else.
    """
    recent = [one for one in tries if one.at > now - limit.within]
    return len({one.client for one in recent}) if scope is Scope.ACCOUNT else len(recent)


def hold_begun(count: int, limit: Limit, before: Held | None, forget: timedelta, now: datetime) -> Held | None:
    """The wait that this try begins, if it fails: longer than the one before, unless that is long forgotten."""
    if count < limit.most:
        return None
    step = before.step + 1 if before and now < before.until + forget else 1
    return Held(step, now + wait_after(step, limit))


def longest_memory(limits: Mapping[Scope, Limit]) -> timedelta:
    """How long a counted try is of any use."""
    return max(limit.within for limit in limits.values())


class Over(StrEnum):
    """Why a session is over."""

    SIGNED_OUT = "signed_out"
    IDLE = "idle"
    TOO_LONG = "too_long"
    EVERYWHERE = "everywhere"
    PASSWORD = "password"  # noqa: S105  # the reason, not a secret
    CLOSED = "closed"
    NO_RIGHTS = "no_rights"
    FACTORS = "factors"


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lasts without use, and at the most."""

    idle: timedelta
    longest: timedelta


def why_over(began_at: datetime, seen_at: datetime, lasts: Lifetime, now: datetime) -> Over | None:
    """Why a session that nobody ended is over all the same, if it is."""
    if now >= began_at + lasts.longest:
        return Over.TOO_LONG
    return Over.IDLE if now >= seen_at + lasts.idle else None

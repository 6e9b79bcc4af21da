"""What an API token looks like, what it may be used for, and whether it works (SEC-01; project decision, ADR 91). Pure.

Its secret has 256 bits that nobody chose, so that a plain hash keeps it: nobody can try so many.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

# So that a secret that lies about is found by whoever searches for one.
MARK: Final = "craffu_"
SECRET_BYTES: Final = 32
_BEARER: Final = re.compile(r"Bearer (craffu_[A-Za-z0-9_-]{43})", re.ASCII | re.IGNORECASE)


class Scope(StrEnum):
    """What a program may ask or do by a token, of what its owner may. Keys are stored and are part of the contract."""

    READ_PEOPLE = "people.read"
    READ_CASES = "cases.read"
    READ_ORDERS = "orders.read"
    MOVE_ORDERS = "orders.write"
    GIVE_ORDERS_OUT = "orders.disclose"
    READ_BREACHES = "breaches.read"
    REPORT_BREACHES = "breaches.write"
    READ_WORK = "work.read"
    READ_MEASURES = "measures.read"
    READ_VICTIMS = "victims.read"
    CONTACT_VICTIMS = "victims.write"
    READ_VIEWS = "views.read"
    TAKE_VIEWS = "views.write"
    READ_PREVENTION = "prevention.read"
    PLAN = "prevention.write"
    READ_SCRUTINY = "scrutiny.read"
    SAY_OF_RECOMMENDATIONS = "scrutiny.write"
    READ_SAFETY = "safety.read"
    KEEP_SAFE = "safety.write"
    READ_ADVOCATES = "advocates.read"
    READ_PROMISES = "promises.read"
    READ_LETTERS = "letters.read"
    CARRY_LETTERS = "letters.write"
    READ_MEETINGS = "meetings.read"
    ACT_FOR_MEETINGS = "meetings.write"
    READ_INITIATIVES = "initiatives.read"
    READ_CHAMPIONS = "champions.read"
    READ_PUBLISHED = "published.read"


class Standing(StrEnum):
    """Whether a token works, and if not why."""

    WAITS = "waits"
    WORKS = "works"
    EXPIRED = "expired"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Facts:
    """What its standing follows from: until when it was approved, if it was, and whether it was ended."""

    until: datetime | None
    is_ended: bool


def standing(facts: Facts, now: datetime) -> Standing:
    """It works before its last moment, and not at it."""
    if facts.is_ended:
        return Standing.ENDED
    if facts.until is None:
        return Standing.WAITS
    return Standing.WORKS if now < facts.until else Standing.EXPIRED


def secret_in(header: str) -> str | None:
    """The secret that an Authorization header carries; None of any other header."""
    found = _BEARER.fullmatch(header.strip())
    return found.group(1) if found else None


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def kept(scopes: Iterable[str]) -> str:
    """Scopes as they are kept. Raises ValueError of one that there is not."""
    return "\n".join(sorted({Scope(one).value for one in scopes}))


def scopes_in(lines: str) -> frozenset[Scope]:
    return frozenset(Scope(one) for one in lines.split())

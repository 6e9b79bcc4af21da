"""How long an account for unattended work may work, what it may do, and who may say so (SEC-01; project decision, ADR 27)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# An approval holds so many days at most, and is asked for again in the last of them.
LONGEST_DAYS = 90
RENEW_WITHIN = timedelta(days=14)
# No person's account is called so, and no service's otherwise: whoever reads the log sees which it was.
PREFIX = "svc."
NAME = re.compile(r"svc\.[a-z0-9][a-z0-9._-]{0,55}", re.ASCII)

# What no role gives: nobody in person has the model compare the whole register.
LINKING = "linking"

# The commands that may run with nobody there, and the rights that each has meanwhile. A new one is written here or nowhere.
WORK: Mapping[str, frozenset[str]] = {
    "export": frozenset({"analyst"}),
    "initiatives": frozenset({"analyst"}),
    "intake": frozenset({"analyst"}),
    "link": frozenset({LINKING}),
    "measures": frozenset({"analyst"}),
    "profile": frozenset({"analyst"}),
    "reconcile": frozenset({"analyst"}),
    "snapshot": frozenset({"analyst"}),
}


class Standing(StrEnum):
    """Whether a service account works, and if not why."""

    WORKS = "works"
    ENDS_SOON = "ends_soon"
    WAITS = "waits"
    EXPIRED = "expired"
    UNOWNED = "unowned"
    ENDED = "ended"


AT_WORK = frozenset({Standing.WORKS, Standing.ENDS_SOON})


@dataclass(frozen=True, slots=True)
class Facts:
    """What its standing follows from: was it ended, is its owner's account in use, and until when it is approved."""

    is_ended: bool
    has_owner: bool
    until: datetime | None


def standing(facts: Facts, now: datetime) -> Standing:
    """An approval ends with its last moment, not after it. Whoever nobody answers for does not work, approved or not."""
    if facts.is_ended:
        return Standing.ENDED
    if not facts.has_owner:
        return Standing.UNOWNED
    if facts.until is None:
        return Standing.WAITS
    if now >= facts.until:
        return Standing.EXPIRED
    return Standing.ENDS_SOON if now >= facts.until - RENEW_WITHIN else Standing.WORKS


def is_length(days: int) -> bool:
    return 1 <= days <= LONGEST_DAYS


def is_second_person(approver: str, requester: str, owner: str) -> bool:
    """Whether an approval is somebody else's: neither who asked for the account nor who answers for it."""
    return approver not in {requester, owner}


def unknown_work(asked: Iterable[str]) -> list[str]:
    """What was asked for that no service may do. `intake court-results` is intake of that kind alone."""
    return sorted({one for one in asked if one.split(" ", 1)[0] not in WORK})


def may_do(allowed: Iterable[str], work: str) -> bool:
    """Whether work is among what is allowed, which may be wider."""
    return any(work == one or work.startswith(f"{one} ") for one in allowed)


def rights_for(work: str) -> frozenset[str]:
    """What a service may do while it does this, and no more. Empty for work that no service does."""
    return WORK.get(work.split(" ", 1)[0], frozenset())

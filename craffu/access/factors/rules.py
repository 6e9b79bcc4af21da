"""What proves who is at the keyboard, and for how long that counts (quality, T17; ASVS 7.5.3).

Exports, erasure and break-glass ask for a fresh proof: a session left open must not be enough for them.
"""

from datetime import datetime, timedelta
from enum import StrEnum


class Proof(StrEnum):
    """How somebody last proved in a session who they are."""

    PASSWORD = "password"  # noqa: S105  # the way, not a secret
    CODE = "code"
    PASSKEY = "passkey"
    RECOVERY = "recovery"


def counts_as_factor(proof: Proof, *, is_required: bool) -> bool:
    """Whether a proof opens what asks for a fresh second factor.

    A recovery code never does: it lets its owner in to set up a new factor. A password alone does where no factor is required.
    """
    if proof is Proof.RECOVERY:
        return False
    return proof is not Proof.PASSWORD or not is_required


def is_fresh(proved_at: datetime | None, lasts: timedelta, now: datetime) -> bool:
    """Whether a proof still counts: up to its last moment, not at it."""
    return proved_at is not None and now < proved_at + lasts

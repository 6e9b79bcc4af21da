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
    # Signed in at the force's identity provider: with a second factor there, and without one.
    PROVIDER = "provider"
    PROVIDER_ONE = "provider_1"


# The proofs that are one step alone.
ONE_STEP: frozenset[Proof | None] = frozenset({Proof.PASSWORD, Proof.PROVIDER_ONE})
# The proofs that the identity provider gave.
BY_PROVIDER: frozenset[Proof | None] = frozenset({Proof.PROVIDER, Proof.PROVIDER_ONE})


def counts_as_factor(proof: Proof, *, is_required: bool) -> bool:
    """Whether a proof opens what asks for a fresh second factor.

    A recovery code never does: it lets its owner in to set up a new factor. A password alone does where no factor is required,
    and so does a provider's sign-in without a second factor.
    """
    if proof is Proof.RECOVERY:
        return False
    return proof not in ONE_STEP or not is_required


def is_fresh(proved_at: datetime | None, lasts: timedelta, now: datetime) -> bool:
    """Whether a proof still counts: up to its last moment, not at it."""
    return proved_at is not None and now < proved_at + lasts


# An authenticator app's code changes every half minute (RFC 6238), counted from 1970. A clock may be one step off.
STEP = timedelta(seconds=30)
DRIFT = 1
CODES_AT_ONCE = 10


def step_at(now: datetime) -> int:
    return int(now.timestamp() // STEP.total_seconds())


def steps_allowed(last_used: int, now: datetime) -> tuple[int, ...]:
    """The steps whose code is good now: this one and one either way, each later than the last that was used.

    So a code is good once, and whoever saw it typed cannot use it, nor an older one (T17).
    """
    here = step_at(now)
    return tuple(step for step in range(here - DRIFT, here + DRIFT + 1) if step > last_used)


def is_counter_ahead(stored: int, shown: int) -> bool:
    """Whether a passkey's counter went on. One that shows 0, as those kept in several devices do, has no counter.

    A counter that stands still or goes back means that the key was copied.
    """
    return shown > stored or stored == shown == 0


def may_enrol(
    proof: Proof | None, proved_at: datetime | None, *, has_factor: bool, lasts: timedelta, now: datetime
) -> bool:
    """Whether somebody may change their own second factors now.

    A password is enough while there is no factor to ask for. Who came in with a recovery code can do nothing else, so the
    whole session is for it.
    """
    if proof is Proof.RECOVERY:
        return True
    if proof in ONE_STEP and has_factor:
        return False
    return is_fresh(proved_at, lasts, now)


def must_enrol(proof: Proof | None, *, is_required: bool) -> bool:
    """Whether a session is for setting up a second factor and nothing else."""
    return proof is Proof.RECOVERY or (is_required and (proof is None or proof in ONE_STEP))

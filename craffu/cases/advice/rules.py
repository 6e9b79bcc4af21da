"""Specialist advice is a record: asked, answered after how many hours, and followed or why not (RES-04)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# No rule sets a limit: what waits for advice is decided within two days (`orders.consider_within`), so advice is given in two.
ANSWER_WITHIN: Final = timedelta(hours=48)
_HOUR: Final = timedelta(hours=1)


class Adviser(StrEnum):
    """Whose advice is asked: somebody of the force, or somebody outside it."""

    CHAMPION = "champion"
    PROSECUTOR = "prosecutor"
    LEGAL = "legal"
    ADVOCACY = "advocacy_service"
    PSYCHOLOGIST = "psychologist"
    OTHER = "other"


# What a lawyer advises is privileged: it is marked and never leaves (SEC-12).
PRIVILEGED: Final = frozenset({Adviser.PROSECUTOR, Adviser.LEGAL})


class Followed(StrEnum):
    """What became of advice."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Advice:
    """Elapsed hours from question to answer, None while there is none; whether it is a whole record, and what it lacks."""

    hours: float | None
    accepted: bool
    why: tuple[str, ...]


def advice(
    asked_at: datetime, answered_at: datetime | None = None, followed: Followed | None = None, reason: str = ""
) -> Advice:
    """RES-04: hours are elapsed ones. What is set aside, whole or in part, says why."""
    hours = None if answered_at is None else round((answered_at - asked_at) / _HOUR, 2)
    why: list[str] = []
    if answered_at is not None and answered_at < asked_at:
        why.append("answered_before_asked")
    if followed is not None and answered_at is None:
        why.append("not_answered")
    if followed in {Followed.NO, Followed.PARTLY} and not reason.strip():
        why.append("reason_missing")
    return Advice(hours, not why, tuple(why))

"""What the register and the court's own list of orders say differently: shown with an owner and an age, neither overwritten.

ORD-19. Nothing tells a force that an order was varied or revoked, so the lists are compared in full.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# A result may be entered the day after.
_MADE_MAY_DIFFER_BY: Final = timedelta(days=1)
# `orders.reconcile_every`
RECONCILE_EVERY: Final = timedelta(days=7)


class Finding(StrEnum):
    """How the two sides differ."""

    NOT_ON_REGISTER = "made_by_court_not_on_register"
    NOT_IN_COURT_LIST = "on_register_not_in_court_list"
    TYPE = "type_differs"
    MADE = "made_date_differs"
    END = "end_differs"


@dataclass(frozen=True, slots=True)
class Listed:
    """An order as one side lists it; a `last_day` of None is until further order. `ref` is what that side calls it."""

    court_case_no: str | None
    type: str
    made_on: date | None
    last_day: date | None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Different:
    court_case_no: str | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many orders were compared, how many agree, and every difference by case number."""

    compared: int
    agreed: int
    differences: tuple[Different, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands for one order on both sides, None where a side lacks it, and how the two differ."""

    ours: Listed | None
    theirs: Listed | None
    findings: tuple[Finding, ...]


def compared(register: Iterable[Listed], court: Iterable[Listed]) -> list[Pair]:
    """ORD-19: every order of both sides, matched on the court's case number; within one by type first."""
    return [Pair(ours, theirs, tuple(_findings(ours, theirs))) for ours, theirs in _pairs(register, court)]


def reconcile(register: Iterable[Listed], court: Iterable[Listed]) -> Reconciled:
    """ORD-19: matched on the court's case number; within one by type first, as a case may hold an interim and a full order."""
    pairs = compared(register, court)
    differences = [
        Different((pair.ours or pair.theirs).court_case_no, finding)  # type: ignore[union-attr]
        for pair in pairs
        for finding in pair.findings
    ]
    return Reconciled(len(pairs), sum(not pair.findings for pair in pairs), tuple(differences))


type _Pair = tuple[Listed | None, Listed | None]


def _pairs(register: Iterable[Listed], court: Iterable[Listed]) -> Iterator[_Pair]:
    """What stands for the same order on both sides; an order without a number is nobody else's."""
    sides: dict[str | None, tuple[list[Listed], list[Listed]]] = defaultdict(lambda: ([], []))
    for side, listed in enumerate((register, court)):
        for one in listed:
            sides[_number(one)][side].append(one)
    for number in sorted(sides, key=lambda one: (one is None, one or "")):
        ours, theirs = sides[number]
        yield from _matched(ours, theirs) if number is not None else _alone(ours, theirs)


def _number(one: Listed) -> str | None:
    return (one.court_case_no or "").strip() or None


def _matched(ours: list[Listed], theirs: list[Listed]) -> Iterator[_Pair]:
    left, waiting = [], list(theirs)
    for one in ours:
        same = next((other for other in waiting if other.type == one.type), None)
        if same is None:
            left.append(one)
        else:
            waiting.remove(same)
            yield one, same
    yield from zip(left, waiting, strict=False)
    yield from _alone(left[len(waiting) :], waiting[len(left) :])


def _alone(ours: list[Listed], theirs: list[Listed]) -> Iterator[_Pair]:
    yield from ((one, None) for one in ours)
    yield from ((None, one) for one in theirs)


def _findings(ours: Listed | None, theirs: Listed | None) -> Iterator[Finding]:
    if ours is None:
        yield Finding.NOT_ON_REGISTER
    elif theirs is None:
        yield Finding.NOT_IN_COURT_LIST
    else:
        if ours.type != theirs.type:
            yield Finding.TYPE
        if _made_differs(ours.made_on, theirs.made_on):
            yield Finding.MADE
        if ours.last_day != theirs.last_day:
            yield Finding.END


def _made_differs(ours: date | None, theirs: date | None) -> bool:
    if ours is None or theirs is None:
        return ours is not theirs
    return abs(ours - theirs) > _MADE_MAY_DIFFER_BY

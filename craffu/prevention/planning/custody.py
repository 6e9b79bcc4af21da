"""The days on which somebody was locked up, as far as the register knows from when until when (PLN-03).

Pure. A release whose beginning is not known takes nothing out of time at risk: it is named instead, so that whoever reads a rate
knows that it may be too low.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from craffu.prevention.planning.before_after import Stretch

# The statuses by which a court keeps somebody in until the next hearing (official list `remand-status`).
KEPT: Final = frozenset({"C", "P", "S"})
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a court said at one hearing of one defendant: the bail status, and whether it is done with every offence."""

    on: date
    bail_status: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """When somebody was locked up, and the releases of which nobody says since when."""

    stretches: tuple[Stretch, ...]
    unknown: tuple[date, ...]


def at_court(sittings: Iterable[Sitting], released: Collection[date]) -> list[Stretch]:
    """From each hearing that kept somebody until the next, or until they were let out before it.

    After the last: until they were let out; while the case goes on without end. Of a case that is over, and no release known,
    nothing is known and nothing is taken out.
    """
    found, in_order = [], sorted(sittings, key=lambda one: one.on)
    for place, one in enumerate(in_order):
        if one.bail_status not in KEPT:
            continue
        following = in_order[place + 1].on if place + 1 < len(in_order) else None
        out = min((day for day in released if day > one.on), default=None)
        ends = min((day for day in (following, out) if day is not None), default=None)
        if ends is not None or not one.is_over:
            found.append(Stretch(one.on, ends))
    return found


def detained(arrested: date, released: date | None) -> Stretch | None:
    """The whole days of a detention at a police station; on the days of the arrest and of the release somebody was at large.

    None where there are none, or nobody says when they were let out: nobody is detained there for weeks.
    """
    first = arrested + _A_DAY
    return Stretch(first, released) if released is not None and released > first else None


def absent(first: date, last: date) -> Stretch:
    """As whoever looks after an order said it, both days included."""
    return Stretch(first, last + _A_DAY)


def kept(said: Sequence[Stretch], released: Iterable[date]) -> Kept:
    """All of it, and the releases that end none of it."""
    in_order = sorted(said, key=lambda one: (one.first, one.until or date.max))
    unknown = sorted({day for day in released if not any(_holds(one, day) for one in in_order)})
    return Kept(tuple(in_order), tuple(unknown))


def _holds(one: Stretch, day: date) -> bool:
    return one.first < day and (one.until is None or day <= one.until)

"""The nearest change that would alter somebody's priority: how many more of what, or how long with nothing new (PRI-02).

Pure. It says how the score works, and predicts nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from craffu.prevention.scoring.facts import Event
from craffu.prevention.scoring.rules import CHOSEN, Score, Tier, Weights, scored
from craffu.prevention.scoring.schemes import Scheme

# More than this of one thing is no near change.
MOST: Final = 5


class What(StrEnum):
    """What would have to be otherwise."""

    INCIDENTS = "incidents"
    BREACHES = "breaches"
    VICTIMS = "victims"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Change:
    """So many more of what, or so many days with nothing new, give this score and this priority."""

    what: What
    number: int
    value: float | None
    tier: Tier


def nearest(
    events: Sequence[Event], scheme: Scheme, unknown: Weights, *, victim_fears_most: bool = False
) -> list[Change]:
    """The least of each kind that alters the priority, in the order of `What`; a kind that never does is left out.

    What is added happens on the scoring date, weighs what an unknown offence weighs, and is of somebody already named, but for
    another victim.
    """

    def at(given: Sequence[Event]) -> Score:
        return scored(given, scheme, unknown=unknown, victim_fears_most=victim_fears_most)

    before = at(events).tier
    if before not in CHOSEN:
        return []
    known = next((one.victims for one in events if one.victims), frozenset({"known"}))
    added: dict[What, Callable[[int], Event]] = {
        What.INCIDENTS: lambda number: _new(number, unknown, known),
        What.BREACHES: lambda number: replace(_new(number, unknown, known), is_breach=True),
        What.VICTIMS: lambda number: _new(number, unknown, frozenset({f"another {number}"})),
    }
    found = []
    for what, make in added.items():
        for number in range(1, MOST + 1):
            score = at([*events, *(make(each) for each in range(number))])
            if score.tier is not before:
                found.append(Change(what, number, score.value, score.tier))
                break
    later = _days_until(events, before, at, scheme.params.lookback_days)
    return [*found, *([later] if later else [])]


def _new(number: int, unknown: Weights, victims: frozenset[str]) -> Event:
    return Event(f"another {number}", 0, unknown.median, victims, 0)


def _days_until(
    events: Sequence[Event], before: Tier, at: Callable[[Sequence[Event]], Score], longest: int
) -> Change | None:
    """After how many days with nothing new the priority is another. With time a score only falls, and floors only end."""
    first, last = 1, longest + 1
    if at(_aged(events, last)).tier is before:
        return None
    while first < last:
        middle = (first + last) // 2
        if at(_aged(events, middle)).tier is before:
            first = middle + 1
        else:
            last = middle
    score = at(_aged(events, first))
    return Change(What.DAYS, first, score.value, score.tier)


def _aged(events: Sequence[Event], days: int) -> list[Event]:
    return [
        replace(
            one,
            age=None if one.age is None else one.age + days,
            recorded_age=None if one.recorded_age is None else one.recorded_age + days,
        )
        for one in events
    ]

"""Which letters an order gives rise to, whether one may go to somebody whom it protects, in which language, and what is in none.

VIC-01, VIC-02, VIC-06, VIC-09, REV-04; BIL-02. Somebody else may find paper: without an agreement that calls letters safe there
is none, and what could tell where anybody is stands in none.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from craffu.orders.catalogue.kinds import Breach, Kind
from craffu.orders.letters.kinds import About
from craffu.orders.life.states import ENDS, LIVE, OrderStatus
from craffu.orders.papers.rules import printed_as_law
from craffu.people.scanning import kinds_found
from craffu.victims.happenings.kinds import Happening
from craffu.victims.letters.rules import one_space

# Of what an order tells by itself, what a letter about it has told.
TELLS: Final = {
    About.TERMS: frozenset({Happening.ORDER_GRANTED, Happening.ORDER_SERVED, Happening.BAIL_CONDITIONS_CHANGED}),
    About.CHANGED: frozenset({Happening.ORDER_VARIED, Happening.ORDER_RELAXED, Happening.BAIL_CONDITIONS_CHANGED}),
    About.ENDED: frozenset({Happening.ORDER_ENDED, Happening.ORDER_REFUSED, Happening.BAIL_ENDED, Happening.APPEAL}),
    About.REVIEW: frozenset(),
}


def letters_to_protected(status: str, *, was_changed: bool, was_reviewed: bool) -> list[About]:
    """VIC-06, REV-04: what somebody whom an order protects can be written of, as it stands."""
    found = letters_to_respondent(status, was_changed=was_changed)
    if status == OrderStatus.REFUSED:
        found.append(About.ENDED)
    return [*found, About.REVIEW] if was_reviewed else found


def letters_to_respondent(status: str, *, was_changed: bool) -> list[About]:
    """What whoever an order is against can be written of: it bound them, so a refusal is none of it."""
    if status in ENDS:
        return [About.ENDED]
    if status not in LIVE:
        return []
    return [About.TERMS, About.CHANGED] if was_changed else [About.TERMS]


def happening_of(about: About, *, is_bound: bool, relaxes: bool, was_refused: bool) -> Happening | None:
    """The news that a letter is; None for what was decided after somebody was asked, of which they are told (REV-04)."""
    match about:
        case About.TERMS:
            return Happening.ORDER_SERVED if is_bound else Happening.ORDER_GRANTED
        case About.CHANGED:
            return Happening.ORDER_RELAXED if relaxes else Happening.ORDER_VARIED
        case About.ENDED:
            return Happening.ORDER_REFUSED if was_refused else Happening.ORDER_ENDED
        case About.REVIEW:
            return None


class Breaks(StrEnum):
    """What a letter says follows where an order is broken."""

    OFFENCE = "offence"
    OFFENCE_WITHOUT_EXCUSE = "offence_without_excuse"
    COURT = "court"
    ACTED_ON = "acted_on"


def breaks(kind: Kind) -> Breaks:
    """CLK-14: what the law says of a breach, where that is confirmed; otherwise only that something is done about it."""
    effect = kind.effect
    if printed_as_law(kind, effect.breach_statute) is None:
        return Breaks.ACTED_ON
    if effect.breach_is == Breach.OFFENCE:
        return Breaks.OFFENCE_WITHOUT_EXCUSE if effect.reasonable_excuse else Breaks.OFFENCE
    return Breaks.COURT if effect.breach_is in (Breach.CIVIL, Breach.CONTEMPT) else Breaks.ACTED_ON


def is_withheld(words: str, protected: Iterable[tuple[str, str]]) -> bool:
    """VIC-09: whether the words of a condition would tell where somebody is, and so stand in no letter to a protected person."""
    return bool(kinds_found(words, protected))


def without_names(text: str, names: Sequence[str], instead: str) -> str:
    """A text in which something else stands for the names of others whom the order protects, longest first."""
    found = text
    for name in sorted({one_space(one) for one in names} - {""}, key=lambda one: (-len(one), one)):
        found = _named(name).sub(lambda _: instead, found)
    return found


def names_somebody(text: str, names: Iterable[str]) -> bool:
    """Whether one of these names stands in a text."""
    return any(_named(one).search(text) for one in (one_space(name) for name in names) if one)


def _named(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(one) for one in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)

"""Which letters an order gives rise to, whether one may go to somebody whom it protects, in which language, and what is in none.

VIC-01, VIC-02, VIC-06, VIC-09, REV-04; BIL-02. Somebody else may find paper: without an agreement that calls letters safe there
is none, and what could tell where anybody is stands in none.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from craffu.common.languages import Language
from craffu.orders.catalogue.kinds import Breach, Kind
from craffu.orders.letters.kinds import About
from craffu.orders.life.states import ENDS, LIVE, OrderStatus
from craffu.orders.papers.rules import printed_as_law
from craffu.people.scanning import kinds_found
from craffu.victims.contacts.rules import Channel
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import Topic, is_told

# What waits for so long to be printed may no longer be right (project decision, ADR 59).
WAITS_FOR: Final = timedelta(days=7)
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


class WhyNot(StrEnum):
    """Why no letter may go to somebody."""

    NOT_LOOKED_AFTER = "not_looked_after"
    SHUT = "shut"
    NOT_AGREED = "not_agreed"
    DECLINED = "declined"
    NOT_SAFE = "not_safe"
    NOT_WANTED = "not_wanted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How somebody is reached. `is_looked_after`: they are the victim in a case; `is_shut`: their page is, to this reader."""

    is_looked_after: bool = True
    is_shut: bool = False
    is_agreed: bool = True
    is_declined: bool = False
    channels: Collection[str] = ()
    not_wanted: frozenset[Topic] = frozenset()


def why_no_letter(reach: Reach, news: Happening | None = None) -> WhyNot | None:
    """VIC-01, VIC-02: why no letter may go; None where one may. Nothing overrides it: no letter is as quick as danger to life.

    What somebody does not want to hear about is not written either, unless their safety hangs on it (VIC-05).
    """
    against = {
        WhyNot.NOT_LOOKED_AFTER: not reach.is_looked_after,
        WhyNot.SHUT: reach.is_shut,
        WhyNot.DECLINED: reach.is_declined,
        WhyNot.NOT_AGREED: not reach.is_agreed,
        WhyNot.NOT_SAFE: Channel.LETTER not in reach.channels,
        WhyNot.NOT_WANTED: news is not None and not is_told(news, reach.not_wanted),
    }
    return next((why for why, holds in against.items() if holds), None)


def languages_of(chosen: str) -> tuple[Language, ...]:
    """BIL-02: the language that somebody chose; both, Welsh first, where they chose both or one that we do not write."""
    return tuple(one for one in Language if one == chosen) or (Language.WELSH, Language.ENGLISH)


_PHRASES: Final = re.compile(r"[\n;.]")
# Fewer letters stand in every text.
SHORTEST_PHRASE: Final = 4


def says_what_must_not_be(text: str, never_say: str) -> bool:
    """Whether a phrase that an agreement says must never be left stands in a text, whatever its capitals and spaces.

    It may be meant more widely than it is written: whoever writes reads the letter too.
    """
    said = _squeezed(text)
    phrases = (_squeezed(one) for one in _PHRASES.split(never_say))
    return any(one in said for one in phrases if len(one) >= SHORTEST_PHRASE)


def is_withheld(words: str, protected: Iterable[tuple[str, str]]) -> bool:
    """VIC-09: whether the words of a condition would tell where somebody is, and so stand in no letter to a protected person."""
    return bool(kinds_found(words, protected))


def without_names(text: str, names: Sequence[str], instead: str) -> str:
    """A text in which something else stands for the names of others whom the order protects, longest first."""
    found = text
    for name in sorted({_one_space(one) for one in names} - {""}, key=lambda one: (-len(one), one)):
        found = _named(name).sub(lambda _: instead, found)
    return found


def names_somebody(text: str, names: Iterable[str]) -> bool:
    """Whether one of these names stands in a text."""
    return any(_named(one).search(text) for one in (_one_space(name) for name in names) if one)


def _named(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(one) for one in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _one_space(text: str) -> str:
    return " ".join(text.split())


def _squeezed(text: str) -> str:
    return _one_space(text).casefold()

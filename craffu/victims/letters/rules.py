"""Whether a letter may go to a victim at all, in which language, what stands in none, and of what there is one.

VIC-01, VIC-02, VIC-05, BIL-02. Somebody else may find paper: without an agreement that calls letters safe there is none.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.common.languages import Language
from craffu.victims.contacts.rules import Channel
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import RAISES, Topic, is_told

# What waits for so long to be printed may no longer be right (project decision, ADR 59).
WAITS_FOR: Final = timedelta(days=7)
# What is warned of in writing before it happens; of anything else that lies ahead there is no letter yet.
WARNED_OF: Final = frozenset({Happening.RELEASE_FROM_CUSTODY, Happening.RELEASE_FROM_PRISON})
# Of these an order's own letter tells (VIC-06).
_OF_ORDERS: Final = frozenset({Happening.ORDER_SERVED, Happening.ORDER_RELAXED, Happening.ORDER_ENDED})


# Of what there is a letter: what the Code says that she is told, and what her safety hangs on (VIC-05).
WRITTEN_OF: Final = frozenset(
    one for one, raised in RAISES.items() if (raised.code or raised.safety) is not None and one not in _OF_ORDERS
)


def is_ahead(kind: Happening, at: datetime, now: datetime) -> bool | None:
    """Whether a letter warns of what is to come; None where there is none of it yet."""
    if at <= now:
        return False
    return True if kind in WARNED_OF else None


class WhyNot(StrEnum):
    """Why no letter may go to somebody."""

    NOT_LOOKED_AFTER = "not_looked_after"
    SHUT = "shut"
    NOT_AGREED = "not_agreed"
    DECLINED = "declined"
    NOT_SAFE = "not_safe"
    IN_DOUBT = "reach_in_doubt"
    NOT_WANTED = "not_wanted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How somebody is reached. `is_looked_after`: they are the victim in a case; `is_shut`: their page is, to this reader;
    `is_in_doubt`: it came to light since that how they are reached is no longer safe.
    """

    is_looked_after: bool = True
    is_shut: bool = False
    is_agreed: bool = True
    is_declined: bool = False
    is_in_doubt: bool = False
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
        WhyNot.IN_DOUBT: reach.is_in_doubt,
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


def one_space(text: str) -> str:
    return " ".join(text.split())


def _squeezed(text: str) -> str:
    return one_space(text).casefold()

"""Which of the records that a figure counted are listed: those of one of its parts, or all that it is divided by (P25)."""

from typing import Final

from django.utils.translation import gettext as _

from craffu.measures.definitions import Definition, Statistic
from craffu.measures.kept.counted import SIGNAL, WHOLE
from craffu.web.presenters import Link
from craffu.web.profiles.words import number_words, said

PART: Final = "part"


def _parts(defined: Definition) -> dict[str, str]:
    whole = {} if defined.statistic in (Statistic.COUNT, Statistic.RATE) else {WHOLE: said(defined.denominator)}
    return {**whole, **{part.key: said(part.words) for part in defined.parts}}


def part_of(defined: Definition, asked: str) -> str:
    """What was asked for, where the measure has it; the first of what it has otherwise."""
    parts = _parts(defined)
    if asked in {f"{SIGNAL}{part}" for part in parts}:
        return asked
    return asked if asked in parts else next(iter(parts))


def part_links(defined: Definition, now: str) -> list[Link]:
    """Each part with its own list; the one that is listed leads nowhere."""
    return [Link(words, "" if part == now else f"?{PART}={part}") for part, words in _parts(defined).items()]


def counts_words(counted: int, listed: int, *, sees_all: bool, is_breaches: bool = False) -> str:
    """How many orders, or breaches, are behind the figure, and how many of those are open to the reader now.

    From whom any record is shut a small figure is hidden, and so is how many it counted.
    """
    told = {"counted": number_words(counted), "listed": number_words(listed)}
    if is_breaches:
        return _("Breaches counted, open to you now: %(listed)s") % told
    if not sees_all:
        return _("Of the orders counted, open to you now: %(listed)s") % told
    if counted == listed:
        return _("Orders counted: %(counted)s") % told
    return _("Orders counted: %(counted)s. Open to you now: %(listed)s") % told

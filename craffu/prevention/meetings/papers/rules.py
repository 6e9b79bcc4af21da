"""Whether minutes for an agency name a victim, or somebody else who was discussed (P23, VIC-09).

Pure. A whole name is looked for everywhere; a part of one only in what somebody wrote in words of their own, and with a capital:
a month, a verb or a place may be called alike. Accents and the kind of an apostrophe make no other name.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Final

type Names = Collection[tuple[str, str]]

# A shorter part of a name stands in nearly every text by chance.
SHORTEST_PART: Final = 3
_BETWEEN: Final = re.compile(r"[\s-]+")


def names_of(given_and_family: Iterable[tuple[str, str]]) -> set[str]:
    """Whole names, in either order and by the first given name alone, as they are compared."""
    found = set()
    for given, family in given_and_family:
        found |= {_compared(f"{given} {family}"), _compared(f"{family} {given}")}
        found |= {_compared(f"{first} {family}") for first in given.split()[:1]}
    return {one for one in found if " " in one}


def parts_of(given_and_family: Iterable[tuple[str, str]]) -> set[str]:
    """Each given name and each family name by itself, and each half of a double one, as they are compared."""
    return {
        part
        for given, family in given_and_family
        for name in (_compared(given), _compared(family))
        for part in (*name.split(), *_BETWEEN.split(name))
        if len(part) >= SHORTEST_PART
    }


def names_somebody_else(text: str, free: str, others: Names, theirs: Names) -> bool:
    """Whether a paper about people names anybody else: `others` are given and family names of those it must not name, `theirs`
    of whom it is about. A name that both bear tells nothing.
    """
    whole, parts = names_of(others) - names_of(theirs), parts_of(others) - parts_of(theirs)
    return any(_found(one, text) for one in whole) or any(
        found[0].isupper() for one in parts for found in _found(one, free)
    )


def _compared(name: str) -> str:
    return " ".join(_plain(name).casefold().split())


def _plain(text: str) -> str:
    """A text without its accents, in which an apostrophe is an apostrophe."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(one for one in apart if not unicodedata.combining(one))


def _found(name: str, text: str) -> list[str]:
    """Wherever a name stands in a text, as it is written there."""
    words = r"\s+".join(re.escape(one) for one in name.split())
    return re.findall(rf"(?<!\w){words}(?!\w)", _plain(text), re.IGNORECASE)

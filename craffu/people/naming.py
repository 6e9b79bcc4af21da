"""Where a name stands in a text, as it is written there (VIC-09).

Pure. Accents and the kind of an apostrophe make no other name, nor does the order of its parts.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Final

type Names = Collection[tuple[str, str]]
"""Given names and family name."""

# A shorter part of a name stands in nearly every text by chance.
SHORTEST_PART: Final = 3
_BETWEEN: Final = re.compile(r"[\s-]+")


def names_of(given_and_family: Iterable[tuple[str, str]]) -> set[str]:
    """Whole names, in either order and by the first given name alone, as they are compared."""
    found = set()
    for given, family in given_and_family:
        found |= {_compared(f"{given} {family}"), _compared(f"{family} {given}")}
        for first in given.split()[:1]:
            found |= {_compared(f"{first} {family}"), _compared(f"{family} {first}")}
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


def written_in(name: str, text: str) -> list[str]:
    """Wherever a name stands in a text, as it is written there, with a comma in it or without."""
    words = r",?\s+".join(re.escape(one) for one in name.split())
    return re.findall(rf"(?<!\w){words}(?!\w)", _plain(text), re.IGNORECASE)


def _compared(name: str) -> str:
    return " ".join(_plain(name).casefold().split())


def _plain(text: str) -> str:
    """A text without its accents, in which an apostrophe is an apostrophe."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(one for one in apart if not unicodedata.combining(one))

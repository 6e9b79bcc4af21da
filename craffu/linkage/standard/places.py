"""Where somebody lives as it is compared: the house, the street, the postcode and the place apart.

Pure.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from craffu.people.homes.towns import english_of
from craffu.people.homes.words import NOWHERE, SHORT
from craffu.people.search.folding import fold

_SHORT: Final = {**SHORT, **dict.fromkeys(("apt", "apartment", "unit", "fflat"), "flat"), "mt": "mount"}
_NOT_OF_A_POSTCODE: Final = re.compile(r"[^A-Z0-9]")
_HAS_DIGIT: Final = re.compile(r"\d")
_BRITISH: Final = re.compile(r"[A-Z]{1,2}\d[A-Z0-9]?\d[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Address:
    """The number of a house or flat and what it stands in, each None where it is not said."""

    number: str | None = field(repr=False)
    street: str | None = field(repr=False)


@lru_cache(maxsize=1 << 17)
def address_of(text: str) -> Address:
    folded = fold(text)
    if folded in NOWHERE:
        return Address(None, None)
    words = [_SHORT.get(word, word) for word in folded.split()]
    numbers = [word for word in words if _HAS_DIGIT.search(word)]
    # Which flat, before which house, whichever is said first.
    numbers.sort(key=lambda word: words[max(0, words.index(word) - 1)] != "flat")
    street = [word for word in words if not _HAS_DIGIT.search(word) and word != "flat"]
    return Address(" ".join(numbers[:3]) or None, " ".join(street[:4]) or None)


@lru_cache(maxsize=1 << 17)
def postcode_of(text: str) -> str | None:
    """Letters and figures alone; None for one that says nothing."""
    plain = _NOT_OF_A_POSTCODE.sub("", text.upper())
    if len(plain) < 3 or len(set(plain)) == 1 or plain.lower() in NOWHERE or plain == "ZZ993VZ":
        return None
    return plain


def district_of(postcode: str | None) -> str | None:
    """Its first part: the outward code of a British one, else all but the last figure."""
    if postcode is None:
        return None
    return postcode[:-3] if _BRITISH.fullmatch(postcode) else postcode[:-1]


def sector_of(postcode: str | None) -> str | None:
    """All but the last two letters of a British postcode: a few streets beside one another."""
    return postcode[:-2] if postcode is not None and _BRITISH.fullmatch(postcode) else None


def place_of(text: str) -> str | None:
    """A listed town by its English name, so that it is one whichever of its names is said."""
    folded = fold(text)
    return None if folded in NOWHERE else english_of(folded)

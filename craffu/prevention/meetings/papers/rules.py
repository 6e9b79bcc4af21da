"""Whether minutes for an agency name a victim, or somebody else who was discussed (P23, VIC-09).

Pure. A whole name is looked for everywhere; a part of one only in what somebody wrote in words of their own and as names are
written, since a month, a verb or a place may be called alike.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final

# A shorter part of a name stands in nearly every text by chance.
SHORTEST_PART: Final = 3


def names_of(given_and_family: Iterable[tuple[str, str]]) -> set[str]:
    """Whole names, in either order, on one space."""
    found = set()
    for given, family in given_and_family:
        found |= {" ".join(f"{given} {family}".split()), " ".join(f"{family} {given}".split())}
        found |= {" ".join(f"{first} {family}".split()) for first in given.split()[:1]}
    return {one for one in found if " " in one}


def parts_of(given_and_family: Iterable[tuple[str, str]]) -> set[str]:
    """Each given name and each family name by itself."""
    return {
        part
        for given, family in given_and_family
        for part in (*given.split(), *family.split())
        if len(part) >= SHORTEST_PART
    }


def names_somebody_else(
    text: str, free: str, others: Collection[tuple[str, str]], theirs: Collection[tuple[str, str]]
) -> bool:
    """Whether a paper about people names anybody else: `others` are given and family names of those it must not name, `theirs`
    of whom it is about. A name that both bear tells nothing.
    """
    whole = {one.casefold() for one in names_of(others)} - {one.casefold() for one in names_of(theirs)}
    shared = {one.casefold() for one in parts_of(theirs)}
    parts = {one.capitalize() for one in parts_of(others) if one.casefold() not in shared}
    return any(_stands(one, text, re.IGNORECASE) for one in whole) or any(
        _stands(form, free, 0) for one in parts for form in (one, one.upper())
    )


def _stands(name: str, text: str, flags: int) -> bool:
    words = r"\s+".join(re.escape(one) for one in name.split())
    return re.search(rf"(?<!\w){words}(?!\w)", text, flags) is not None

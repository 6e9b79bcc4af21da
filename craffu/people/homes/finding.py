"""Whether a text tells somebody's address, however it is written there: by its door, or by its postcode (VIC-09).

Pure. A number with its street is found without the town, with the marks of Welsh letters or without; a postcode with what tells
the house before it. Where a text says at once that another town or another flat is meant, it tells nothing of this one. Nor does
a postcode alone: in most of them somebody is at home.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from craffu.people.homes.reading import POSTCODE, Home, home_of
from craffu.people.homes.towns import english_of, is_only_one, is_town
from craffu.people.homes.words import SHORT, UNITS
from craffu.people.search.folding import fold

_LINES: Final = re.compile(r"[,;\n]")
# The number of a house and its street, in words; how far before a postcode a house is named, and behind a street its postcode.
_FEWEST, _MOST, _BEFORE, _BEHIND = 2, 7, 12, 8
_TOWN: Final = 3
_NEAR: Final = 5
_SHORTEST: Final = 5
_IN: Final = frozenset({"in", "at", "yn", "ym", "yng"})
_INWARD: Final = 3


@dataclass(frozen=True, slots=True)
class Door:
    """A door that a text may name, and between which words."""

    key: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in words as they stand, and as they are compared."""

    words: tuple[str, ...]
    folded: tuple[str, ...]

    @property
    def postcodes(self) -> Iterator[tuple[str, int]]:
        """Each postcode with the word that it begins with."""
        for at, word in enumerate(self.words):
            two = f"{word} {self.words[at + 1]}" if at + 1 < len(self.words) else word
            if (found := POSTCODE.search(two.upper())) and found.start() < len(word):
                yield "".join(found.groups()), at


# One text is held against many addresses in turn, and then no more: what it says of anybody is not kept for long.
@lru_cache(maxsize=4)
def _read(text: str) -> _Text:
    plain = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    words = tuple(plain.split())
    return _Text(words, tuple(map(fold, words)))


def doors_in(text: str) -> list[Door]:
    """Every number with so many words behind it: one of them may be a street."""
    said = _read(text)
    return [door for at, word in enumerate(said.folded) if word[:1].isdigit() for door in _doors_at(said, at)]


def _doors_at(said: _Text, at: int) -> Iterator[Door]:
    for length in range(_FEWEST, _MOST + 1):
        if at + length <= len(said.words):
            home = home_of(" ".join(said.words[at : at + length]))
            if home.by_door is not None:
                yield Door(home.by_door, at, at + length)


def postcodes_in(text: str) -> list[str]:
    return [postcode for postcode, _ in _read(text).postcodes]


def tells(text: str, address: str) -> bool:
    """Whether a text tells this address by its door, or by its postcode and what tells the house."""
    said, home = _read(text), home_of(address)
    return _tells_door(said, home, address) or _tells_postcode(said, home, address)


def _tells_door(said: _Text, home: Home, address: str) -> bool:
    if home.by_door is None:
        return False
    number = home.by_door.partition("|")[0]
    # Most texts hold no such number, and are not read closer.
    starts = [at for at, word in enumerate(said.folded) if word[:1].isdigit() and number.startswith(word.split()[0])]
    found = {
        door.first: door for at in starts for door in reversed(list(_doors_at(said, at))) if door.key == home.by_door
    }
    return any(
        not _is_elsewhere(said, door, home, address) and not _is_another_flat(said, door, home)
        for door in found.values()
    )


def _is_elsewhere(said: _Text, door: Door, home: Home, address: str) -> bool:
    """Whether the text says at once that the street lies in another town, or under a postcode of another district."""
    behind = [postcode for postcode, at in said.postcodes if door.end <= at < door.end + _BEHIND]
    if behind and home.postcode is not None:
        return behind[0][:-_INWARD] != home.postcode[:-_INWARD]
    town, hers = _town_behind(said, door.end), _towns_of(address)
    return town is not None and bool(hers) and is_only_one(town) and all(map(is_only_one, hers)) and town not in hers


def _town_behind(said: _Text, end: int) -> str | None:
    last = said.words[end - 1]
    if last.endswith((".", "!", "?")) and said.folded[end - 1] not in SHORT:
        return None
    at = end + 1 if said.folded[end : end + 1] and said.folded[end] in _IN else end
    spans = (" ".join(said.folded[at : at + length]) for length in range(_TOWN, 0, -1))
    return next((english_of(one) for one in spans if one and is_town(one)), None)


def _towns_of(address: str) -> set[str]:
    parts = [fold(part).split() for part in _LINES.split(POSTCODE.sub(" ", address.upper()))]
    ends = (" ".join(words[-length:]) for words in parts for length in range(1, _TOWN + 1) if len(words) >= length)
    return {english_of(one) for one in ends if is_town(one)}


def _is_another_flat(said: _Text, door: Door, home: Home) -> bool:
    """Whether the text names a flat of the house, and it is not this one."""
    known = next((one.partition("|")[0] for one in (home.by_postcode, home.by_street) if one is not None), "")
    near = [*said.folded[max(door.first - _NEAR, 0) : door.first], "", *said.folded[door.end : door.end + _NEAR]]
    named = [number for word, number in pairwise(near) if UNITS.get(word) == "" and number]
    return (
        bool(known)
        and known[0].isdigit()
        and door.key.partition("|")[0] != known
        and bool(named)
        and known not in named
    )


def _tells_postcode(said: _Text, home: Home, address: str) -> bool:
    if home.postcode is None:
        return False
    called = home.by_door.partition("|")[0] if home.by_door is not None else _long(_LINES.split(address)[0])
    for postcode, at in said.postcodes:
        before = said.folded[max(at - _BEFORE, 0) : at]
        if postcode == home.postcode and (
            called in before
            if home.by_door is not None
            else len(called) >= _SHORTEST and called in _long(" ".join(before))
        ):
            return True
    return False


def _long(words: str) -> str:
    return "".join(SHORT.get(word, word) for word in fold(words).split())

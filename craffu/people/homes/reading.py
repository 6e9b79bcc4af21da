"""Which home a written address is of: a part of a house, the house and its postcode, or without a postcode all of the address.

Pure. Two that are one home are known by the same words: its town in Welsh or in English, with its county or without, the flat
before or behind, in whatever capitals and spaces. What cannot be told for certain is not one home: a home that is missed says
nothing of two people, a wrong one says that they live together.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, override

from craffu.people.homes.towns import english_of, is_only_one, is_town
from craffu.people.homes.words import (
    ARTICLES,
    BUILDINGS,
    COUNTIES,
    COUNTRIES,
    HELD,
    NOT_A_HOME,
    NOWHERE,
    NUMBER,
    OF_SEVERAL,
    SHORT,
    SHORT_BEFORE,
    STREETS,
    UNITS,
    WELSH_BUILDINGS,
    WELSH_STREETS,
    WHICH,
)
from craffu.people.search.folding import fold

type Words = tuple[str, ...]

# The second floor is no inward code.
POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b(?!\s+FLOOR)")
# Postcodes that stand for no place, such as that of no fixed abode.
_OF_NO_PLACE: Final = "ZZ99"
_OUTWARD: Final = re.compile(r"[a-z]{1,2}\d[a-z\d]?")
_LINES: Final = re.compile(r"[,;\n]")
# Numbers that are one number: folding would take away what stands between them.
_RANGE: Final = re.compile(r"\b(\d+[A-Z]?)\s*[-‐‑–—&]\s*(\d+[A-Z]?)\b")
_STROKE: Final = re.compile(r"\b(\d+[A-Z]?)\s*/\s*(\d+[A-Z]?)\b")
_DOOR: Final = re.compile(r"\d+[a-z]?(?:(?:to|of)\d+[a-z]?)?")
_WITHIN: Final = re.compile(r"\d+[a-z]?|[a-xz]\d*")
_NOUGHTS: Final = re.compile(r"^0+(?=\d)")
_ENDS_A_STREET: Final = STREETS | BUILDINGS
_BEGINS_NOT_A_HOME: Final = frozenset(words.split()[0] for words in NOT_A_HOME)


class Home(NamedTuple):
    """What a home is known by where its postcode is said, and by its address without one; None where it is not known by that.

    `by_door` is less: the number of the house with its street alone, whatever the flat and the town. It and the `postcode` are
    known of what is no home too: a refuge, a hostel. A tuple, because an extract has a million of them.
    """

    by_postcode: str | None = None
    by_street: str | None = None
    by_door: str | None = None
    postcode: str | None = None

    @override
    def __repr__(self) -> str:
        return "Home()"


@dataclass(frozen=True, slots=True)
class _House:
    """Which part of a house, empty for all of it, the house by its number or name, and the parts of the address beside that."""

    unit: str
    name: str
    street: Words
    beside: tuple[Words, ...]


@lru_cache(maxsize=1 << 14)
def home_of(text: str) -> Home:
    """A home is of nobody alone; somebody in prison, of no fixed abode or only written to has none."""
    plain = unicodedata.normalize("NFKC", text).upper()
    folded = fold(plain)
    postcodes = {"".join(found) for found in POSTCODE.findall(plain)}
    if len(postcodes) > 1 or any(one.startswith(_OF_NO_PLACE) for one in postcodes):
        return Home()
    postcode = "".join(postcodes)
    there = postcode or None
    parts = _parts(POSTCODE.sub(",", plain))
    unit, rest = _without_units(parts)
    house = None if unit is None else _house_of(unit, rest)
    if folded in NOWHERE or _is_not_a_home(folded) or any(map(_is_held, parts)):
        return Home(by_door=_door_of(house) if house is not None else None, postcode=there)
    if house is None:
        return Home(by_street=_as_written(postcode, parts, rest), postcode=there)
    return Home(
        "|".join((house.unit, house.name, _letter_of(house.street), postcode)) if postcode else None,
        "|".join((house.unit, house.name, *map(_telling, (house.street, *house.beside)))) if house.beside else None,
        _door_of(house),
        there,
    )


def _is_not_a_home(folded: str) -> bool:
    if _BEGINS_NOT_A_HOME.isdisjoint(folded.split()):
        return False
    return any(f" {words} " in f" {folded} " for words in NOT_A_HOME)


def _door_of(house: _House) -> str | None:
    """The number with the street, or with the building of several homes where it lies on none that is said to be numbered."""
    number, _, terrace = house.name.partition(" ")
    if _is_door(number):
        name = terrace or _telling(house.street)
        return f"{number}|{name}" if name else None
    return f"{house.unit}|{house.name}" if _is_door(house.unit) else None


def _as_written(postcode: str, parts: Sequence[Words], rest: Sequence[Words]) -> str | None:
    """A home whose house cannot be told is the same where all of it is: a farm known by its name, and not a whole street."""
    if len(parts) < 2 or not rest or _is_place(rest[0]) or rest[0][-1] in OF_SEVERAL or rest[0][0] in OF_SEVERAL:
        return None
    return "|".join(("as written", postcode, *map(_telling, parts)))


def _is_place(words: Words) -> bool:
    return _is_street(words) or is_town(" ".join(words))


def _telling(words: Words) -> str:
    """A name as it is compared: without its article, in one word."""
    return "".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def _letter_of(street: Words) -> str:
    """The letter that a street's own name begins with. Two small streets may have one postcode: a number alone is not enough."""
    own = street[1:] if len(street) > 1 and street[0] in WELSH_STREETS else street
    return _telling(own)[:1]


def _parts(text: str) -> list[Words]:
    """The words of each line, and of what stands between commas, without the country, and the county where a town says enough."""
    text = _STROKE.sub(r"\1of\2", _RANGE.sub(r"\1to\2", text))
    parts = [part for line in _LINES.split(text) if (words := _words(line)) for part in _with_town_apart(words)]
    while len(parts) > 1 and (" ".join(parts[-1]) in COUNTRIES or _is_outward(parts[-1])):
        parts.pop()
    if len(parts) > 1 and " ".join(parts[-1]) in COUNTIES and is_only_one(" ".join(parts[-2])):
        parts.pop()
    return [tuple(english_of(" ".join(part)).split()) for part in parts]


def _words(line: str) -> Words:
    words = [_NOUGHTS.sub("", word) if word[0] == "0" else SHORT_BEFORE.get(word, word) for word in fold(line).split()]
    if not NUMBER.isdisjoint(words):
        both = zip(words, [*words[1:], ""], strict=True)
        words = [word for word, after in both if not (word in NUMBER and _is_door(after))]
    return (*words[:-1], SHORT.get(words[-1], words[-1])) if len(words) > 1 else tuple(words)


def _is_door(word: str) -> bool:
    # Most words are none, and are not read closer.
    return word[:1].isdigit() and bool(_DOOR.fullmatch(word))


def _with_town_apart(words: Words) -> list[Words]:
    """An address without commas: what stands before a listed town ends as a street or a building does."""
    for at in range(2, len(words)):
        last = SHORT.get(words[at - 1], words[at - 1])
        if last in _ENDS_A_STREET and is_town(" ".join(words[at:])):
            return [(*words[: at - 1], last), words[at:]]
    return [words]


def _is_outward(words: Words) -> bool:
    return len(words) == 1 and bool(_OUTWARD.fullmatch(words[0]))


def _is_held(words: Words) -> bool:
    return not _is_door(words[0]) and not {words[0], words[-1]}.isdisjoint(HELD)


def _without_units(parts: Sequence[Words]) -> tuple[str | None, list[Words]]:
    """Which part of the house, empty for all of it and None where it is said and cannot be read; and the address without it."""
    if not any(word in UNITS for words in parts for word in words):
        return "", _with_numbers(parts)
    units: set[str] = set()
    is_clear, rest = True, list[Words]()
    for words in parts:
        kept: list[str] = []
        left = list(words)
        while left:
            word = left.pop(0)
            if word not in UNITS or (word in WHICH and left[:1] and left[0] in UNITS):
                kept.append(word)
                continue
            unit = {UNITS[word]} - {""}
            while kept and kept[-1] in WHICH:
                unit.add(kept.pop())
            if left and (number := _within(left[0])):
                unit.add(number[0])
                left[:1] = number[1:]
            is_clear = is_clear and bool(unit - {UNITS[word]})
            units.add(" ".join(sorted(unit)))
        if kept:
            rest.append(tuple(kept))
    return (" ".join(sorted(units)) if is_clear else None), _with_numbers(rest)


def _within(word: str) -> list[str]:
    """The number of a part of a house, and of two by a stroke that of the house."""
    flat, stroke, house = word.partition("of")
    return [flat, *([house] if stroke else [])] if _WITHIN.fullmatch(flat) and (not stroke or _is_door(word)) else []


def _with_numbers(parts: Sequence[Words]) -> list[Words]:
    """A number that stands alone goes with what follows it, a letter with the number before it."""
    found: list[Words] = []
    for words in parts:
        both = (*found.pop(), *words) if found and len(found[-1]) == 1 and _is_door(found[-1][0]) else words
        if len(both) > 1 and both[0].isdigit() and len(both[1]) == 1 and both[1] in "abcdefghijkl":
            both = (both[0] + both[1], *both[2:])
        found.append(both)
    return found


def _is_street(words: Words) -> bool:
    return words[-1] in STREETS or words[0] in WELSH_STREETS


def _is_building(words: Words) -> bool:
    return not _is_street(words) and (words[-1] in BUILDINGS or words[0] in WELSH_BUILDINGS)


def _house_of(unit: str, parts: Sequence[Words]) -> _House | None:
    """The house by its number in a street, in a building by that one's name, or by its own name; None where it cannot be told."""
    numbered = [at for at, words in enumerate(parts) if _is_door(words[0])]
    if any(len(parts[at]) < 2 or _is_door(parts[at][1]) or is_town(" ".join(parts[at][1:])) for at in numbered):
        return None
    within = [at for at in numbered if _is_building(parts[at][1:]) or _has_street_behind(parts, at)]
    on_street = [at for at in numbered if at not in within]
    if len(within) > 1 or len(on_street) > 1 or (within and on_street and unit):
        return None
    if on_street:
        number, *street = parts[on_street[0]]
        beside = [words[1:] if at in within else words for at, words in enumerate(parts) if at != on_street[0]]
        return _House(unit or (parts[within[0]][0] if within else ""), number, tuple(street), tuple(beside))
    if within:
        number, *name = parts[within[0]]
        beside = [words for at, words in enumerate(parts) if at != within[0]]
        called = _telling(tuple(name))
        if unit or _is_street(tuple(name)):
            return _House(unit, f"{number} {called}", (), tuple(beside))
        return _House(number, called, (), tuple(beside))
    return _named(unit, parts)


def _has_street_behind(parts: Sequence[Words], at: int) -> bool:
    """A row of houses with a name of its own, which lies on a street."""
    return at + 1 < len(parts) and _is_street(parts[at + 1]) and not _is_door(parts[at + 1][0])


def _named(unit: str, parts: Sequence[Words]) -> _House | None:
    """A house without a number, by its name: a building's, or one that a street follows."""
    if len(parts) < 2 or _is_place(parts[0]) or (not unit and not {parts[0][0], parts[0][-1]}.isdisjoint(OF_SEVERAL)):
        return None
    if not _is_building(parts[0]) and not _is_street(parts[1]):
        return None
    return _House(unit, _telling(parts[0]), (), tuple(parts[1:]))

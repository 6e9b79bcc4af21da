"""Names asked for wrongly, in seven ways, with the name that was meant: what the recall of the search is measured on (B7).

People are those of `craffu generate`; which of them, and how each is misspelt, is a draw of the seed. A caller who lacks part
of a name, or gives too much of one, gives a date of birth: without it nobody could say who was meant.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from craffu.config.generate.chance import Chance
from craffu.config.generate.days import written
from craffu.config.generate.people import people_of
from craffu.config.generate.tables import rows_of

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MARKS = "\u0302\u0308\u0301\u0300"
_FIRST_DAY, _LAST_DAY = date(2021, 1, 1), date(2026, 9, 30)

type Forms = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody invented: the names and the date of birth that the register holds."""

    given: str
    family: str
    born_on: str
    alias: tuple[str, str] | None

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Misspelt:
    """What is asked, in which way it is wrong, and the name that was meant."""

    way: str
    asked: str
    meant: str


def invented(count: int, seed: int) -> list[Named]:
    """So many people of the invented force."""
    epoch = date(1970, 1, 1)
    first, last = ((day - epoch).days for day in (_FIRST_DAY, _LAST_DAY))
    people = people_of(Chance(seed), count, 0, first, last)
    everybody = people.everybody
    given = people.forenames(everybody).tolist()
    family = people.surnames(everybody, np.full(count, last)).tolist()
    born = list(written(people.born[everybody]))
    alias_given, alias_family = people.alias_names(everybody)
    aliases = zip(alias_given.tolist(), alias_family.tolist(), strict=True)
    return [
        Named(str(one), str(two), str(day), (str(alias[0]), str(alias[1])) if alias[0] else None)
        for one, two, day, alias in zip(given, family, born, aliases, strict=True)
    ]


def misspelt(people: Sequence[Named], each: int, seed: int, real: Forms | None = None) -> Iterator[Misspelt]:
    """So many questions of each way. `real` are variants of forenames, in small letters, that somebody else collected."""
    draw = random.Random(seed)  # noqa: S311
    ways = dict(WAYS)
    if real:
        ways["real variant"] = lambda one, draw: _first_name_is(one, real.get(one.given.split()[0].lower(), ()), draw)
    for way, misspell in ways.items():
        made = 0
        while made < each:
            meant = draw.choice(people)
            asked = misspell(meant, draw)
            if asked:
                made += 1
                yield Misspelt(way, asked, meant.name)


def _typo(one: Named, draw: random.Random) -> str | None:
    words = one.name.replace("-", " ").split()
    long = [at for at, word in enumerate(words) if len(word) >= 4]
    if not long:
        return None
    at = draw.choice(long)
    words[at] = _edited(words[at].lower(), draw)
    return " ".join(words)


def _edited(word: str, draw: random.Random) -> str:
    at = draw.randrange(len(word) - 1)
    return draw.choice(
        (
            word[:at] + draw.choice(_LETTERS) + word[at + 1 :],
            word[:at] + draw.choice(_LETTERS) + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def _swap(one: Named, draw: random.Random) -> str | None:  # noqa: ARG001  # nothing to draw
    return f"{one.family} {one.given}"


def _pairs(table: str, first: str, second: str, part: str = "") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows_of(table):
        if not part or row["part"] == part:
            found.setdefault(row[first], []).append(row[second])
            found.setdefault(row[second], []).append(row[first])
    return found


def _welsh(one: Named, draw: random.Random) -> str | None:
    surnames = _pairs("welsh_and_english.csv", "welsh", "english", "surname").get(one.family, ())
    if surnames and draw.random() < 0.5:
        return f"{one.given} {draw.choice(surnames)}"
    forenames = _pairs("welsh_and_english.csv", "welsh", "english", "forename")
    return _first_name_is(one, forenames.get(one.given.split()[0], ()), draw)


def _nickname(one: Named, draw: random.Random) -> str | None:
    return _first_name_is(one, _pairs("nicknames.csv", "name", "called").get(one.given.split()[0], ()), draw)


def _first_name_is(one: Named, forms: Sequence[str], draw: random.Random) -> str | None:
    if not forms:
        return None
    return " ".join([draw.choice(forms), *one.given.split()[1:], one.family])


def _missing_part(one: Named, draw: random.Random) -> str | None:
    given, family = one.given.split(), one.family.split("-")
    fewer = [f"{name} {one.family}" for name in given if len(given) > 1]
    fewer += [f"{one.given} {half}" for half in family if len(family) > 1]
    return f"{draw.choice(fewer)} {one.born_on}" if fewer else None


def _part_too_many(one: Named, draw: random.Random) -> str | None:
    more = draw.choice(("Elfed", "Howard", "Morfydd", "Gwen", "Paul", "Lowri"))
    return f"{one.given} {more} {one.family} {one.born_on}"


def _diacritic(one: Named, draw: random.Random) -> str | None:
    if not one.name.isascii():
        plain = unicodedata.normalize("NFKD", one.name)
        return "".join(letter for letter in plain if not unicodedata.combining(letter))
    vowels = [at for at, letter in enumerate(one.name) if letter in "aeiouwy"]
    if not vowels:
        return None
    at = draw.choice(vowels) + 1
    return unicodedata.normalize("NFC", one.name[:at] + draw.choice(_MARKS) + one.name[at:])


WAYS: Mapping[str, Callable[[Named, random.Random], str | None]] = {
    "typo": _typo,
    "swap": _swap,
    "Welsh form": _welsh,
    "nickname": _nickname,
    "missing part": _missing_part,
    "part too many": _part_too_many,
    "diacritic": _diacritic,
}

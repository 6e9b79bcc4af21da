"""The fictional force's own small tables: names, places, offences and the rates at which everything happens."""

import csv
import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np

from craffu.config.generate.chance import Chance, Ints, Words

_FOLDER = files("craffu.config.generate") / "reference"
_LAYOUTS = files("craffu.intake") / "layouts"

MAN, WOMAN = 0, 1


@functools.cache
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one table as text, in the order of the file."""
    return tuple(csv.DictReader((_FOLDER / name).read_text(encoding="utf-8").splitlines()))


@functools.cache
def all_rates() -> dict[str, dict[str, Any]]:
    """Every rate by its name, such as `errors.nickname`."""
    with (_FOLDER / "rates.toml").open("rb") as stream:
        held = tomllib.load(stream)
    flat: dict[str, dict[str, Any]] = {}
    for group, within in held.items():
        if "source" in within:
            flat[group] = within
        else:
            flat.update({f"{group}.{name}": entry for name, entry in within.items()})
    return flat


def rate(name: str) -> float:
    return float(all_rates()[name]["rate"])


def weights(name: str) -> dict[Any, Any]:
    """The weight of each value."""
    entry = all_rates()[name]
    return dict(zip(entry["values"], entry["weights"], strict=True))


def drawn(chance: Chance, name: str, at: Ints, lane: int = 0) -> Ints:
    """One of a rate's whole-number values for each."""
    values = np.asarray(all_rates()[name]["values"], dtype=np.int64)
    return values[chance.pick(at, all_rates()[name]["weights"], lane)]


def drawn_word(chance: Chance, name: str, at: Ints, lane: int = 0) -> Words:
    """One of a rate's words for each."""
    return words(all_rates()[name]["values"])[chance.pick(at, all_rates()[name]["weights"], lane)]


def words(values: Sequence[str]) -> Words:
    made = np.empty(len(values), dtype=object)
    made[:] = list(values)
    return made


@functools.cache
def layout(kind: str) -> dict[str, dict[str, dict[str, Any]]]:
    """The columns of each table of an extract, as intake documents them: table, column, what it holds."""
    with (_LAYOUTS / f"{kind}.toml").open("rb") as stream:
        held = tomllib.load(stream)
    return {name: entry["columns"] for name, entry in held.items() if isinstance(entry, dict)}


@dataclass(frozen=True, slots=True)
class NamePool:
    """Names of one sort with a weight for each time of birth."""

    places: Ints
    weights: tuple[Ints, ...]


@dataclass(frozen=True)
class Names:
    """All forenames and surnames, and how they hang together. Names are told by their place in the lists."""

    forenames: Words
    surnames: Words
    by_origin_and_sex: dict[tuple[str, int], NamePool]
    by_origin: dict[str, NamePool]
    rare: Ints
    nicknames: dict[str, tuple[str, ...]]
    other_forms: dict[str, str]
    other_surnames: dict[str, str]
    # By part of a name and the sex of its bearer, each name with its other spellings.
    spellings: dict[tuple[str, int], dict[str, tuple[str, ...]]]


_STEMS = (
    "Ash", "Bar", "Black", "Bram", "Brad", "Bur", "Cald", "Chad", "Clay", "Cran", "Crow", "Den", "Dun", "East", "Elm", "Fair",
    "Farn", "Fen", "Gar", "Glad", "Graft", "Hal", "Hard", "Hather", "Hazel", "Hem", "Hol", "Horn", "Kel", "Kings", "Lang",
    "Led", "Lin", "Lud", "Maple", "Mar", "Mel", "Mil", "Nether", "North", "Oak", "Old", "Pem", "Pick", "Pol", "Quarn", "Raven",
    "Red", "Rush", "Sed", "Shel", "Stan", "Staple", "Sten", "Stock", "Swan", "Thorn", "Tid", "Under", "Wal", "War", "West",
    "Whit", "Win", "Wool", "Wych",
)  # fmt: skip
_ENDINGS = (
    "bourne", "bridge", "brook", "bury", "by", "combe", "cott", "croft", "dale", "den", "field", "fold", "ford", "gate", "grave",
    "ham", "hurst", "land", "ley", "low", "man", "mere", "more", "over", "shaw", "stead", "stone", "ton", "thwaite", "ward",
    "well", "wick", "worth", "yard",
)  # fmt: skip


@functools.cache
def names() -> Names:
    """The pools the people's names are drawn from."""
    given, family = rows_of("forenames.csv"), rows_of("surnames.csv")
    listed = [row["name"] for row in family]
    rare = sorted({stem + ending for stem in _STEMS for ending in _ENDINGS} - set(listed))
    pairs = rows_of("welsh_and_english.csv")
    forms: dict[str, dict[str, str]] = {"forename": {}, "surname": {}}
    for pair in pairs:
        forms[pair["part"]].setdefault(pair["welsh"], pair["english"])
        forms[pair["part"]].setdefault(pair["english"], pair["welsh"])
    nicknames: dict[str, tuple[str, ...]] = {}
    for row in rows_of("nicknames.csv"):
        nicknames[row["name"]] = (*nicknames.get(row["name"], ()), row["called"])
    return Names(
        forenames=words([row["name"] for row in given]),
        surnames=words([*listed, *rare]),
        by_origin_and_sex={
            (origin, sex): _pool(
                [(place, row) for place, row in enumerate(given) if (row["origin"], row["sex"]) == (origin, letter)],
                ("born_to_1959", "born_1960_1989", "born_from_1990"),
            )
            for origin in ("cy", "en", "me", "ea", "sa", "ee", "af")
            for sex, letter in ((MAN, "M"), (WOMAN, "F"))
        },
        by_origin={
            origin: _pool([(place, row) for place, row in enumerate(family) if row["origin"] == origin], ("weight",))
            for origin in ("cy", "en", "me", "ea", "ie", "sa", "ee", "af")
        },
        rare=np.arange(len(listed), len(listed) + len(rare)),
        nicknames=nicknames,
        other_forms=forms["forename"],
        other_surnames=forms["surname"],
        spellings={
            (part, sex): _spellings(part, letter)
            for part in ("forename", "surname")
            for sex, letter in ((MAN, "M"), (WOMAN, "F"))
        },
    )


def _spellings(part: str, sex: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows_of("spellings.csv"):
        if row["part"] == part and row["sex"] in ("", sex):
            group = row["names"].split(";")
            found |= {name: tuple(other for other in group if other != name) for name in group}
    return found


def _pool(rows: list[tuple[int, dict[str, str]]], columns: tuple[str, ...]) -> NamePool:
    return NamePool(
        np.asarray([place for place, _ in rows], dtype=np.int64),
        tuple(np.asarray([int(row[column]) for _, row in rows], dtype=np.int64) for column in columns),
    )

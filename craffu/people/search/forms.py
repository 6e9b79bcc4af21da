"""Which names stand for each other: Welsh and English, the name and what its bearers are called, other spellings (X12, BIL-04).

Pure. The groups are those of `reference/forms.csv`. A Welsh word may also be asked for as it stands in a sentence, its first
consonant changed: Gaerfyrddin for Caerfyrddin.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

_FILE: Final = files("craffu.people.search") / "reference" / "forms.csv"
# "Son of" and "daughter of", which a name may be asked for with or without.
PATRONYMICS: Final = frozenset({"ap", "ab", "ferch", "verch", "merch"})
# What stands at the beginning of a changed word, and what may have stood there.
_UNCHANGED: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("ngh", ("c",)), ("mh", ("p",)), ("nh", ("t",)), ("ng", ("g",)), ("ch", ("c",)), ("ph", ("p",)), ("th", ("t",)),
    ("dd", ("d",)), ("f", ("b", "m")), ("g", ("c",)), ("b", ("p",)), ("d", ("t",)), ("m", ("b",)), ("n", ("d",)),
    ("l", ("ll", "gl")), ("r", ("rh", "gr")), ("w", ("gw",)), ("o", ("go",)), ("a", ("ga",)), ("h", ("",)),
)  # fmt: skip


class Kind(StrEnum):
    """How two names stand for each other."""

    WELSH = "welsh"
    NICKNAME = "nickname"
    VARIANT = "variant"


@dataclass(frozen=True, slots=True)
class Form:
    """Another name, of one word or more, that stands for the one asked for; `steps` is 2 where only a third joins them."""

    words: tuple[str, ...]
    kind: Kind
    steps: int


@cache
def _groups() -> dict[str, list[tuple[Kind, str, tuple[str, ...]]]]:
    """By each name, the groups it is in: their kind, the name that leads them if one does, and all their names."""
    by_name: dict[str, list[tuple[Kind, str, tuple[str, ...]]]] = {}
    for row in csv.DictReader(_FILE.read_text(encoding="utf-8").splitlines()):
        names, kind = tuple(row["names"].split(";")), Kind(row["kind"])
        group = kind, "" if kind is Kind.VARIANT else names[0], names
        for name in names:
            by_name.setdefault(name, []).append(group)
    return by_name


def forms_of(name: str) -> list[Form]:
    """Every name that stands for this one, the nearest first. A name of two words is a patronymic: `ap rhys`."""
    found: dict[str, Form] = {}
    for other, kind in _beside(name):
        found.setdefault(other, Form(tuple(other.split()), kind, 1))
    # A variant of a variant may be anybody.
    for near, form in list(found.items()):
        for other, kind in _beside(near) if form.kind is not Kind.VARIANT else ():
            if kind is not Kind.VARIANT:
                found.setdefault(other, Form(tuple(other.split()), kind, 2))
    found.pop(name, None)
    return list(found.values())


def _beside(name: str) -> Iterator[tuple[str, Kind]]:
    """Names one step away: in a group that a name leads, from it to each and from each to it."""
    for kind, leader, names in _groups().get(name, ()):
        if not leader or leader == name:
            yield from ((other, kind) for other in names if other != name)
        else:
            yield leader, kind


@cache
def meeting_names(name: str) -> frozenset[str]:
    """Names at which two that stand for each other meet: the name, and what leads each group it is in."""
    return frozenset({name, *(leader or names[0] for _, leader, names in _groups().get(name, ()))})


def is_welsh_form(name: str) -> bool:
    """Whether it is what stands in Welsh for a name."""
    return any(kind is Kind.WELSH and leader != name for kind, leader, _ in _groups().get(name, ()))


def unchanged(word: str) -> list[str]:
    """What a Welsh word may be without the change of its first consonant; empty where it shows none."""
    found = []
    for changed, befores in _UNCHANGED:
        if word.startswith(changed) and len(word) > len(changed) + 2:
            found += [before + word[len(changed) :] for before in befores]
    return found

"""What towns of Wales are called in English and in Welsh (BIL-04).

Pure. The list is our own; a town that is not in it stands as it was written.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from craffu.people.search.folding import fold

_FILE: Final = files("craffu.people") / "reference" / "places.csv"
# There is another town of this name, so that neither its county nor the language in which it is said can be left out.
_NAMED_TWICE: Final = frozenset({"newport", "newtown", "bangor"})


@cache
def towns() -> tuple[tuple[str, str], ...]:
    """The English and the Welsh name of each."""
    rows = csv.DictReader(_FILE.read_text(encoding="utf-8").splitlines())
    return tuple((row["english"], row["welsh"]) for row in rows)


@cache
def _english() -> Mapping[str, str]:
    """The English name, folded, of each by whatever it is called, without spaces."""
    called = ((fold(english), fold(welsh)) for english, welsh in towns())
    return {
        name.replace(" ", ""): english
        for english, welsh in called
        for name in (english, welsh, welsh.removeprefix("yr ").removeprefix("y "), english.replace("st ", "saint "))
    }


def english_of(place: str) -> str:
    """The English name of a town by either; what was given of a place that is not listed, or one of two of one name. Folded."""
    english = _english().get(place.replace(" ", ""), place)
    return place if english in _NAMED_TWICE else english


def is_town(place: str) -> bool:
    """Whether a folded name is a listed town's own, in either language."""
    return place.replace(" ", "") in _english()


def is_only_one(place: str) -> bool:
    """Whether it is, and no other town's."""
    return _english().get(place.replace(" ", ""), "newport") not in _NAMED_TWICE

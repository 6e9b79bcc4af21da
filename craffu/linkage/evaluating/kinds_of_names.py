"""Kinds of names as they are written, for whether linking serves all alike. Nobody's descent is guessed from them.

Pure.
"""

from collections.abc import Mapping

from craffu.linkage.standard.names import PARTICLES, name_of
from craffu.people.search.forms import is_welsh_form

_SHORT = 3
_WELSH_BEGINNINGS = ("ll", "rh", "gw")


def kinds_of_name(record: Mapping[str, str]) -> frozenset[str]:
    """`welsh`, `hyphenated`, `two_family_names`, `short`, `marked` (letters with marks), `particle`; `other` where none."""
    given, family, full = (record.get(part) or "" for part in ("given_name", "family_name", "full_name"))
    name = name_of(given, family, full)
    text = f"{given} {family} {full}"
    found = {
        "hyphenated": "-" in (family or full),
        "two_family_names": len(name.family) > 1,
        "short": bool(name.family) and len("".join(name.family)) <= _SHORT,
        "marked": not text.isascii(),
        "particle": bool({word.lower() for word in family.replace("-", " ").split()} & PARTICLES),
        "welsh": any(_is_welsh(word) for word in (*name.given[:1], " ".join(name.family))),
    }
    return frozenset(kind for kind, is_so in found.items() if is_so) or frozenset({"other"})


def _is_welsh(name: str) -> bool:
    """Whether it is the Welsh form of a name, or begins as names of no other language here do."""
    return is_welsh_form(name) or name.startswith(_WELSH_BEGINNINGS)

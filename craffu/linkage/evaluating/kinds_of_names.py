"""Kinds of names as they are written, for whether linking serves all alike. Nobody's descent is guessed from them.

Pure.
"""

from collections.abc import Mapping
from functools import cache

from craffu.linkage.standard.names import PARTICLES, name_of
from craffu.people.search.forms import Kind, forms_of

_SHORT = 3


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


@cache
def _is_welsh(name: str) -> bool:
    """Whether it is the Welsh form of an English name, or is written as only Welsh is."""
    return any(form.kind is Kind.WELSH for form in forms_of(name)) or (
        any(part in name for part in ("ll", "dd", "wy", "rh")) and name.startswith(("ll", "rh", "gw"))
    )

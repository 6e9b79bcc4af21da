"""How far a number that a person is known by can be used: kept as it was given, marked, and never a reason to refuse (INT-03).

Pure. The forms are those that police systems share; a force's own references are not judged at all.
"""

import re
from functools import lru_cache
from typing import Final

from craffu.intake.court_results.shape import DUMMY_ASNS
from craffu.people.numbers import FORMS

VALID: Final = "valid"
DUMMY: Final = "dummy"
MALFORMED: Final = "malformed"

# kind, as given, the form it is compared by, standing
type Known = tuple[str, str, str, str]

_FILLER = re.compile(r"[0/]+[A-Z]?|(.)\1+|X+|UNKNOWN|NONE|NULL|NAN|N/?A|NK|-+", re.ASCII)


@lru_cache(maxsize=1 << 10)
def identifier(kind: str, given: str) -> Known:
    """One number as it is kept."""
    said = " ".join(given.upper().split())
    if _FILLER.fullmatch(said):
        return kind, given, said, DUMMY
    normalised = FORMS[kind](said)
    if kind == "asn" and normalised in DUMMY_ASNS:
        return kind, given, str(normalised), DUMMY
    return (kind, given, said, MALFORMED) if normalised is None else (kind, given, normalised, VALID)

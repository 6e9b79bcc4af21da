"""How far a number that a person is known by can be used: kept as it was given, marked, and never a reason to refuse (INT-03).

Pure. The forms are those that police systems share; a force's own references are not judged at all. UNVERIFIED: how the check
letter of a PNC number is worked out, so that only its place in the alphabet of check letters is looked at.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from craffu.intake.court_results.shape import DUMMY_ASNS

VALID: Final = "valid"
DUMMY: Final = "dummy"
MALFORMED: Final = "malformed"

# kind, as given, the form it is compared by, standing
type Known = tuple[str, str, str, str]

_PNC = re.compile(r"(\d{2}|\d{4})/(\d{1,7})([ZABCDEFGHJKLMNPQRTUVWXY])", re.ASCII)
_CRO = re.compile(r"(?:SF)?(\d{1,6})/(\d{2})([A-Z])|SF(\d{2})/(\d{1,6})([A-Z])", re.ASCII)
_ASN = re.compile(r"\d{2}[0-9A-Z]{6}\d{11}[A-Z]", re.ASCII)
_SEPARATORS = re.compile(r"[\s/]+")
_FILLER = re.compile(r"[0/]+[A-Z]?|(.)\1+|X+|UNKNOWN|NONE|NULL|NAN|N/?A|NK|-+", re.ASCII)
_CENTURY_TURNS: Final = 50  # two digits of a year below this are of this century: the PNC opened in 1974


@lru_cache(maxsize=1 << 10)
def identifier(kind: str, given: str) -> Known:
    """One number as it is kept."""
    said = " ".join(given.upper().split())
    if _FILLER.fullmatch(said):
        return kind, given, said, DUMMY
    normalised = _FORMS[kind](said)
    if kind == "asn" and normalised in DUMMY_ASNS:
        return kind, given, str(normalised), DUMMY
    return (kind, given, said, MALFORMED) if normalised is None else (kind, given, normalised, VALID)


def _pnc(said: str) -> str | None:
    found = _PNC.fullmatch(said.replace(" ", ""))
    if found is None:
        return None
    year, serial, letter = found.groups()
    if len(year) == 2:
        year = f"{20 if int(year) < _CENTURY_TURNS else 19}{year}"
    return f"{year}/{int(serial):07}{letter}"


def _cro(said: str) -> str | None:
    found = _CRO.fullmatch(said.replace(" ", ""))
    if found is None:
        return None
    serial, year, letter, short_year, short_serial, short_letter = found.groups()
    if short_year:
        return f"SF{short_year}/{int(short_serial)}{short_letter}"
    return f"{int(serial)}/{year}{letter}"


def _asn(said: str) -> str | None:
    joined = _SEPARATORS.sub("", said)
    return joined if _ASN.fullmatch(joined) else None


_FORMS: Final[Mapping[str, Callable[[str], str | None]]] = {"pnc": _pnc, "cro": _cro, "asn": _asn}

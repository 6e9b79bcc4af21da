"""The form in which numbers that systems know a person by are compared: PNC ID, CRO number, arrest summons number.

Pure. UNVERIFIED: how the check letter of a PNC ID is worked out, so that only its place in the alphabet of check letters is
looked at.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

_PNC = re.compile(r"(\d{2}|\d{4})/(\d{1,7})([ZABCDEFGHJKLMNPQRTUVWXY])", re.ASCII)
_CRO = re.compile(r"(?:SF)?(\d{1,6})/(\d{2})([A-Z])|SF(\d{2})/(\d{1,6})([A-Z])", re.ASCII)
_ASN = re.compile(r"\d{2}[0-9A-Z]{6}\d{11}[A-Z]", re.ASCII)
_SEPARATORS = re.compile(r"[\s/]+")
_CENTURY_TURNS: Final = 50  # two digits of a year below this are of this century: the PNC opened in 1974


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


# By kind: the form in which a number in capitals is compared, None where it is none of that kind.
FORMS: Final[Mapping[str, Callable[[str], str | None]]] = {"pnc": _pnc, "cro": _cro, "asn": _asn}

"""A number some system knows somebody by, as it is compared; one that stands for none is none.

Pure.
"""

import re
from functools import lru_cache
from typing import Final

from craffu.people.search.folding import fold

_NEITHER: Final = re.compile(r"[^A-Z0-9]")
_PNC: Final = re.compile(r"(\d{4}|\d{2})/(\d{1,7})([A-Z]?)")
_SAID_FOR_NONE: Final = frozenset(
    {"UNKNOWN", "NONE", "NA", "NULL", "NAN", "NOTKNOWN", "TBC", "REFUSED", "123456789", "1234567890"}
)
# Far more records than somebody has anywhere.
MOST_OF_ONE_PERSON: Final = 25


@lru_cache(maxsize=1 << 17)
def identifier_of(text: str) -> str | None:
    """Capital letters and figures; a PNC identity in its long form."""
    raw = text.strip().upper()
    pnc = _PNC.fullmatch(raw)
    if pnc is not None:
        year, serial, letter = pnc.groups()
        if not int(serial):
            return None
        century = "" if len(year) == 4 else "20" if int(year) < 40 else "19"
        return f"{century}{year}{int(serial):07}{letter}"
    plain = (
        _NEITHER.sub("", raw).removesuffix("00") if raw.endswith(".00") else _NEITHER.sub("", raw.removesuffix(".0"))
    )
    digits = [letter for letter in plain if letter.isdigit()]
    if len(plain) < 3 or plain in _SAID_FOR_NONE or len(set(plain)) == 1 or (digits and not int("".join(digits))):
        return None
    return plain


# A number in clear, however it is parted; a token that stands for one is longer, or has letters.
_TELEPHONE: Final = re.compile(r"[\d\s()./+-]{6,24}")
_NO_DIGIT: Final = re.compile(r"\D")
# So many figures from the end are the same with a country's code before them and with its 0.
_OF_A_TELEPHONE: Final = 9


@lru_cache(maxsize=1 << 17)
def phone_of(text: str) -> str | None:
    """The last figures of a telephone number; what stands for one, as it is."""
    if not _TELEPHONE.fullmatch(text.strip()):
        return fold(text) or None
    return _NO_DIGIT.sub("", text)[-_OF_A_TELEPHONE:] or None


_SEXES: Final = {
    "m": "m",
    "male": "m",
    "man": "m",
    "boy": "m",
    "gwryw": "m",
    "dyn": "m",
    "1": "m",
    "f": "f",
    "female": "f",
    "woman": "f",
    "girl": "f",
    "w": "f",
    "benyw": "f",
    "menyw": "f",
    "2": "f",
}


def sex_of(text: str) -> str | None:
    """`m` or `f`; what says neither is not compared."""
    return _SEXES.get(text.strip().lower().removesuffix(".0"))

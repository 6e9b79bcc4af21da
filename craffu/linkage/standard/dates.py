"""A date of birth as it is compared: whole or in part, possible or not, and what it is with day and month exchanged.

Pure. An impossible date is a slip of somebody's fingers, so its figures are compared; a date that stands for none is none.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan ion",
            "feb chw",
            "mar maw",
            "apr ebr",
            "may mai",
            "jun meh",
            "jul gor",
            "aug aws",
            "sep med",
            "oct hyd",
            "nov tac",
            "dec rha",
        ),
        start=1,
    )
    for name in names.split()
}
_WHOLE: Final = (
    re.compile(r"(?P<y>\d{4})[-/. ](?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<y>\d{4})(?:[T ].*)?"),
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/. ]*(?P<word>[a-z]{3,12})[-/., ]*(?P<y>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<word>[a-z]{3,12})[. ]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[, ]+(?P<y>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<short>\d{2})"),
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/. ]+(?P<word>[a-z]{3,12})[-/., ]+(?P<short>\d{2})", re.IGNORECASE),
)
# A year of two figures is of the last century from here on.
_LAST_CENTURY: Final = 30
_PARTS: Final = (
    re.compile(r"--(?P<m>\d{2})-(?P<d>\d{2})"),
    re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})"),
    re.compile(r"(?P<m>\d{1,2})/(?P<y>\d{4})"),
    re.compile(r"(?:c\.?|ca\.?|circa|about|abt\.?)? ?(?P<y>\d{4})(?:\.0)?", re.IGNORECASE),
    re.compile(r"(?P<word>[a-z]{3,12})[ ,]*(?P<y>\d{4})", re.IGNORECASE),
)
# Said around a date of which somebody is not sure, or that is of a baptism.
_AROUND: Final = re.compile(
    r"^(?:(?:c|ca|circa|about|abt|approx|approximately|est|estimated|b|born|bap|bapt|baptised)\b\.?|[~?(\[])\s*"
    r"|\s*(?:\(?(?:\?|\b(?:approx|est|circa)\b\.?)\)?|[)\]])$",
    re.IGNORECASE,
)
_BETWEEN_DATES: Final = re.compile(r"\s*(?:[;|]|\bor\b)\s*", re.IGNORECASE)
_YEARS: Final = re.compile(r"(?:between\s+)?(\d{4})\s*(?:-|–|to|and)\s*(\d{4})", re.IGNORECASE)
# Years so near one another stand for the one between them.
_NEAR_YEARS: Final = 4
# Written where a date had to be written and none was known.
STANDS_FOR_NONE: Final = frozenset({(1800, 1, 1), (1900, 1, 1), (1901, 1, 1), (1970, 1, 1)})


@dataclass(frozen=True, slots=True)
class Born:
    """Year, month and day as written, each 0 where it was not."""

    year: int = field(default=0, repr=False)
    month: int = field(default=0, repr=False)
    day: int = field(default=0, repr=False)

    @property
    def whole(self) -> str | None:
        """Eight figures, possible as a date or not."""
        return f"{self.year:04}{self.month:02}{self.day:02}" if self.year and self.month and self.day else None

    @property
    def turned(self) -> str | None:
        """The same with day and month exchanged, where that says something else."""
        if not self.whole or self.day == self.month:
            return None
        return f"{self.year:04}{self.day:02}{self.month:02}"

    @property
    def days(self) -> int | None:
        """Its number among days, where there is such a day."""
        try:
            return date(self.year, self.month, self.day).toordinal()
        except ValueError:
            return None


NOT_GIVEN: Final = Born()


@lru_cache(maxsize=1 << 17)
def born(text: str, day: str = "", month: str = "", year: str = "") -> Born:
    """A date of birth from one text, or from three columns where the text says nothing."""
    found = (
        _read(text.strip()) or _of_several(text.strip())
        if text.strip()
        else Born(_number(year), _month(month), _number(day))
    )
    if found.month > 12 >= found.day > 0:
        found = Born(found.year, found.day, found.month)
    if (found.year, found.month, found.day) in STANDS_FOR_NONE or (found.year and not 1000 <= found.year <= 2100):
        return NOT_GIVEN
    if found.month > 99 or found.day > 99:
        return Born(found.year)
    return found


def _of_several(text: str) -> Born:
    """Of several dates the first that is whole, or else the first; of years near one another the one between; none else."""
    found = [one for part in _BETWEEN_DATES.split(text) if (one := _around(part)) is not None]
    return next((one for one in found if one.whole), found[0] if found else NOT_GIVEN)


def _around(text: str) -> Born | None:
    bare = text.strip()
    while (less := _AROUND.sub("", bare)) != bare:
        bare = less
    if years := _YEARS.fullmatch(bare):
        first, last = map(int, years.groups())
        return Born((first + last) // 2) if 0 <= last - first <= _NEAR_YEARS else None
    return _read(bare)


def _read(text: str) -> Born | None:
    for pattern in (*_WHOLE, *_PARTS):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        given = match.groupdict()
        month = _month(given["word"]) if "word" in given else _number(given.get("m", ""))
        if "word" in given and not month:
            return None
        year = _century(given["short"]) if "short" in given else _number(given.get("y", ""))
        return Born(year, month, _number(given.get("d", "")))
    return None


def _century(short: str) -> int:
    return int(short) + (1900 if int(short) >= _LAST_CENTURY else 2000)


def _month(text: str) -> int:
    return _MONTHS.get(text.strip()[:3].lower(), 0) or _number(text)


def _number(text: str) -> int:
    plain = text.strip().removesuffix(".0")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 4 else 0


def without_first_of_january(one: Born) -> Born:
    """The year alone, of a date that says 1 January: for tables where far too many do."""
    return Born(one.year) if (one.month, one.day) == (1, 1) else one

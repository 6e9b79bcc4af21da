"""What somebody typed into the search box, taken apart: words of a name, dates or parts of one, and numbers (X12).

Pure. Nothing typed is refused: what cannot be a date or a number is a word.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from craffu.people.search.folding import fold

# More words are no name, and longer ones no word.
MOST_WORDS, LONGEST_WORD = 6, 40
# Said of a date or of a name, and no part of either.
_SAID: Final = frozenset({"born", "dob", "ganwyd", "ganed", "aka", "alias"})

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr ion", "february feb chwefror chwef", "march mar mawrth", "april apr ebrill ebr", "may mai",
            "june jun mehefin meh", "july jul gorffennaf gorff", "august aug awst", "september sep sept medi",
            "october oct hydref hyd", "november nov tachwedd tach", "december dec rhagfyr rhag",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES: Final = re.compile(
    rf"""(?<![\w/.-])(?:
      (?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d\d?)(?:[-/.](?P<d1>\d\d?))?
    | (?P<d2>\d\d?)[-/.](?P<m2>\d\d?)[-/.](?P<y2>(?:19|20)\d\d|\d\d)
    | (?P<d7>\d\d?)\ (?P<m7>\d\d?)\ (?P<y7>(?:19|20)\d\d|\d\d)
    | (?P<m3>\d\d?)[-/.](?P<y3>(?:19|20)\d\d)
    | (?P<d8>\d\d?)[/.](?P<m8>\d\d?)
    | (?P<d4>\d\d?)(?:st|nd|rd|th|af|ain|ydd|fed|eg)?\s+(?P<m4>{_MONTH})(?:\s+(?P<y4>(?:19|20)\d\d))?
    | (?P<m5>{_MONTH})\s+(?P<y5>(?:19|20)\d\d)
    | (?P<y6>(?:19|20)\d\d)
    )(?![\w/-])""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?=\S*\d)\S*[A-Za-z/]\S*|\S*\d{5,}\S*")
_SPACED_NUMBER: Final = re.compile(
    r"\b\d{2}(?:\d{2})?/\d{1,7}\s[A-Za-z]\b|\b\d{2}/[0-9A-Za-z]{4}/\d{2}/\d{11}\s?[A-Za-z]\b"
)


@dataclass(frozen=True, slots=True)
class BornAsked:
    """A date of birth or part of one: year, month and day, each 0 where it was not given."""

    year: int
    month: int
    day: int

    @property
    def swapped(self) -> "BornAsked | None":
        """The same with day and month in each other's place, where that is a date too."""
        if 0 < self.day <= 12 and self.day != self.month:
            return BornAsked(self.year, self.day, self.month)
        return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, by what it can be. `words` are folded and in the order typed; `numbers` in capitals, as typed."""

    words: tuple[str, ...] = field(repr=False)
    born: BornAsked | None = field(repr=False, default=None)
    numbers: tuple[str, ...] = field(repr=False, default=())

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.born or self.numbers)


def taken_apart(text: str) -> Asked:
    """One date at most is read, the first; numbers are taken out before it, so that 1984/0123456A is none."""
    rest, numbers = text[:200], []
    for pattern in (_SPACED_NUMBER, _NUMBER):
        for found in pattern.findall(rest):
            if not (_DATES.fullmatch(found) and _born(_DATES.fullmatch(found))) and not re.fullmatch(
                r"\d{1,2}[a-z]+", found
            ):
                numbers.append(found.upper())
                rest = rest.replace(found, " ", 1)
    born = None
    for match in _DATES.finditer(rest):
        born = _born(match)
        if born is not None:
            rest = rest[: match.start()] + " " + rest[match.end() :]
            break
    words = tuple(word[:LONGEST_WORD] for word in fold(rest).split() if not word.isdigit() and word not in _SAID)
    return Asked(words[:MOST_WORDS], born, tuple(numbers[:MOST_WORDS]))


def _born(match: re.Match[str] | None) -> BornAsked | None:
    if match is None:
        return None
    given = {name[0]: value for name, value in match.groupdict().items() if value}
    month = given.get("m", "0")
    at = BornAsked(_year(given.get("y", "0")), _MONTHS.get(month.lower(), 0) or int(month), int(given.get("d", 0)))
    try:
        date(at.year or 2000, at.month or 1, at.day or 1)
    except ValueError:
        return _turned(at) if at.month > 12 else None
    return at


def _turned(at: BornAsked) -> BornAsked | None:
    """Month first, as some write it: 12/31/1984."""
    return BornAsked(at.year, at.day, at.month) if at.month <= 31 and 0 < at.day <= 12 else None


def _year(given: str) -> int:
    year = int(given)
    # Two digits: nobody in the register is to be born after 2029.
    return year if year == 0 or year > 99 else year + (2000 if year < 30 else 1900)

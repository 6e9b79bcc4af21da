"""Whether a general note about advice holds anything of anybody: a name, a day, an address, a number, a reference (RES-04, R1b).

What is compared with is what the register holds of those in the case and under the order; beside that, whatever has the shape of
a day, a postcode, a telephone number, an e-mail address or a reference, whosever it is. Of two readings the one that finds more:
whoever writes words it anew.
"""

import re
from collections.abc import Iterable
from typing import Final

from craffu.orders.advising.kinds import Holds
from craffu.people.scanning import kinds_found
from craffu.people.search.folding import fold

# Two letters are a word of Welsh or English more often than a name.
SHORTEST_NAME: Final = 3
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*")
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    *("ion", "chw", "maw", "ebr", "mai", "meh", "gor", "awst", "med", "hyd", "tach", "rhag"),
    # As Welsh writes them after *o*.
    *("fawrth", "fai", "feh", "orff", "fedi", "dach", "rag"),
)
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})\w*\.?"
_DAYS: Final = (
    re.compile(r"\b\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*(?:\d{4}|\d{2})\b"),
    re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b"),
    re.compile(
        rf"\b\d{{1,2}}(?:st|nd|rd|th|af|ail|il|ydd|edd|ed|fed|eg|ain)?\s+(?:o\s+|of\s+)?{_MONTH},?\s+\d{{4}}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b", re.IGNORECASE),
)
_CONTACTS: Final = (
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE),
    re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.\w+"),
    re.compile(r"\+?\(?\d[\d\s().-]{8,}\d"),
)
_REFERENCES: Final = (
    # Ours; the national computer's; a crime's or a court's, with a stroke or of letters and many figures.
    re.compile(r"\b[A-Z]{1,3}-\d{2,12}\b"),
    re.compile(r"\b\d{2,4}/\d{3,7}[A-Z]?\b", re.IGNORECASE),
    re.compile(r"\b[A-Z]{1,4}\d{5,}\b", re.IGNORECASE),
    re.compile(r"\b\d{2}[A-Z]{2}\d{3,}\b", re.IGNORECASE),
)


def holds(text: str, names: Iterable[str], protected: Iterable[tuple[str, str]]) -> list[Holds]:
    """Which sorts of things of somebody stand in a text, each once; none, and it may be kept. `names` are whole names or parts of
    them; `protected` are contacts and safe words, as kind and value.
    """
    # A day with strokes between looks like a number of a telephone or a record.
    without_days = text
    for one in _DAYS:
        without_days = one.sub(" ", without_days)
    found = [
        (Holds.NAME, bool(_named(text) & _parts(names))),
        (Holds.DATE, any(one.search(text) for one in _DAYS)),
        (Holds.CONTACT, any(one.search(without_days) for one in _CONTACTS) or bool(kinds_found(text, protected))),
        (Holds.REFERENCE, any(one.search(without_days) for one in _REFERENCES)),
    ]
    return [kind for kind, is_found in found if is_found]


def _parts(names: Iterable[str]) -> set[str]:
    return {part for name in names for part in fold(name.replace("-", " ")).split() if len(part) >= SHORTEST_NAME}


def _named(text: str) -> set[str]:
    """The words that could be somebody's name, without what makes them somebody's: those that begin with a capital."""
    found: set[str] = set()
    for word in _WORD.findall(text):
        if word[0].isupper():
            bare = re.sub(r"[’']s$", "", word)
            found |= set(fold(bare.replace("-", " ")).split()) | {fold(bare).replace(" ", "")}
    return found


def words_asked(text: str) -> list[str]:
    """The words that a search asks for, each of which stands in what it finds."""
    return list(dict.fromkeys(fold(text).split()))

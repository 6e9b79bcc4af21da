"""How far a date of birth goes, and which of several values a page shows (IDN-01).

IDN-01: the newest value is shown with the record it came from, and all are kept. What somebody called themselves in custody heads
nothing while another system names them (ADR 128).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final

_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[^\w ]|_")
_NO_DIGIT = re.compile(r"\D")
# Whose key of a record begins with the number of a case.
COURTS: Final = "court-results"
_NEVER = datetime.min.replace(tzinfo=UTC)
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def record_name(source: str, key: str, number: int) -> str:
    """What a source record is called wherever people read of it: as its source calls it, and a court's by our number of its row.

    A case's number is told to whoever may open the case, and stands in no name (SEC-02).
    """
    return f"{source}/{number if source == COURTS else key}"


def birth_precision(born_on: str) -> str:
    """`day`, `month`, `year` or `not_given`. Raises ValueError for anything that is not an ISO date, whole or partial."""
    if not born_on:
        return "not_given"
    found = _PARTIAL_DATE.fullmatch(born_on)
    if found is None:
        raise ValueError("a date of birth is YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = found.groups()
    date(int(year), int(month or 1), int(day or 1))
    if day:
        return "day"
    return "month" if month else "year"


def age_on(born_on: str, day: date) -> int | None:
    """Age in whole years, or None where the birthday is not known to the day or lies ahead.

    A person born on 29 February comes of age on 1 March in a common year (ORD-05, where that reading is UNVERIFIED).
    """
    if birth_precision(born_on) != "day":
        return None
    born = date.fromisoformat(born_on)
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    age = day.year - born.year - (0 if had_birthday else 1)
    return age if age >= 0 else None


@dataclass(frozen=True, slots=True)
class Said:
    """One version's word for a value: when it was true, when we received it, its place among those of one instant, and when
    its source made it, where it says so.
    """

    value: str = field(repr=False)
    source: str
    true_from: date | None
    received_at: datetime
    order: int
    said_at: datetime | None = None


def shown(said: Iterable[Said]) -> Said | None:
    """The word to show: the newest that says anything, by the day from which it was true, of one day by when its source made
    it, then by when it was received (IDN-01).

    Not by when it was stored: a word held back and released later is no newer one (INT-01).
    """
    words = [word for word in said if word.value]
    return max(words, key=_newness, default=None)


# Where somebody says themselves who they are, and nothing else is asked.
SELF_SAID: Final = frozenset({"custody"})


def shown_name(said: Iterable[Said]) -> Said | None:
    """The whole name to show: the newest that was not given in custody, or where there is no other the newest (ADR 128)."""
    names = list(said)
    return shown(name for name in names if name.source not in SELF_SAID) or shown(names)


def names_beside(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """The other names of somebody who is shown under one, in order: no name twice that differs in capitals and spaces alone."""
    differing = {*others} - {name}
    if not differing:
        return ()
    known = {_folded(other): other.strip() for other in sorted(differing)}
    known.pop(_folded(name), None)
    return tuple(sorted(known.values()))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _newness(word: Said) -> tuple[date, datetime, datetime, int]:
    return word.true_from or date.min, word.said_at or _NEVER, word.received_at, word.order


def searched_by(kind: str, value: str) -> str:
    """The form in which a contact is compared: letters and digits of an address, digits of a telephone number with the
    country's 0 for +44, an e-mail address in small letters, a word folded to small letters.
    """
    if kind == "phone":
        digits = _NO_DIGIT.sub("", value)
        for country in ("0044", "44"):
            if digits.startswith(country):
                return "0" + digits.removeprefix(country).removeprefix("0")
        return digits
    words = " ".join(unicodedata.normalize("NFC", value).casefold().split())
    if kind == "email":
        return words
    return _NEITHER_LETTER_NOR_DIGIT.sub("", words).strip()

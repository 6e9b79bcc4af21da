"""Takes typed values out of raw elements, and notes each that could not be taken as it stands (INT-03).

Free text never enters a field meant for a code, because codes are stored in the open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from itertools import groupby, islice
from typing import Protocol

from craffu.intake.court_results.raw import Raw, amount
from craffu.intake.court_results.records import Text
from craffu.intake.refused import safe_to_show

UNKNOWN = {
    "offence": "offence_code_unknown",
    "result": "result_code_unknown",
    "result-qualifier": "qualifier_unknown",
    "court": "court_unknown",
    "psa": "psa_code_unknown",
    "plea": "plea_unknown",
    "verdict": "finding_unknown",
    "remand-status": "bail_status_unknown",
    "gender": "gender_unknown",
    "duration-unit": "duration_unit_unknown",
    "presence": "presence_unknown",
}

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{0,19}", re.ASCII)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_TIME = re.compile(r"(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)
_VARIANTS = "ABCI"  # attempt, aid and abet, conspiracy, incitement
_DAMAGED = "\ufffd"
_RUNS_SHOWN = 8
_LONGEST_CLASS = 38
_LONGEST_FIELD = 60
_UNREAD_LISTED = 50


class CodeLists(Protocol):
    """The official code lists, as far as a message needs them."""

    def known(self, list_name: str, code: str) -> bool:
        """Whether a code stands in a list (a key of `UNKNOWN`). Courts are the first five characters of a place."""
        ...


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt about a record that is kept all the same. `detail` holds codes, dates or shapes, never words or names."""

    code: str
    field: str
    line: int
    detail: str = ""


def value_class(text: str) -> str:
    """The shape of a value without the value, safe to store and show: letters A, digits 9, spaces _, others #.

    'XXXXXXXXX' is 'A×9' and '1101ZD01410791W' is '9×4 A×2 9×8 A×1'; an empty value is ''. At most 40 characters.
    """
    runs = [f"{sign}×{sum(1 for _ in run)}" for sign, run in groupby(text.strip(), key=_sign)]
    shown = " ".join(runs[:_RUNS_SHOWN])[:_LONGEST_CLASS]
    return f"{shown} …" if len(runs) > _RUNS_SHOWN else shown


def _sign(character: str) -> str:
    if character.isalpha():
        return "A"
    if character.isdigit():
        return "9"
    return "_" if character.isspace() else "#"


def court_key(place: str) -> str:
    """The court of a place code: first letter and two pairs, so B01EF01 is B01EF."""
    return place[:5]


class Picker:
    """One record's reading. Remembers what was taken, so that what was not can be listed."""

    def __init__(self, codes: CodeLists) -> None:
        self.flags: list[Flag] = []
        self._codes = codes
        self._taken: set[int] = set()

    def flag(self, code: str, where: Raw | None, path: str, line: int, detail: str = "") -> None:
        """Note a doubt about the value at a path, or about its absence at `line`."""
        found = where.first(path) if where is not None else None
        field = _field(path)
        self.flags.append(Flag(code, field, line if found is None else found.line, detail))

    def one(self, parent: Raw | None, path: str) -> Raw | None:
        """The only element at a path; where there are several, the first and a flag."""
        found = parent.all(path) if parent is not None else ()
        if not found:
            return None
        if len(found) > 1:
            self.flag("value_repeated", parent, path, found[1].line, str(len(found)))
        self._taken.add(id(found[0]))
        return found[0]

    def every(self, parent: Raw | None, path: str) -> tuple[Raw, ...]:
        """All elements at a path."""
        found = parent.all(path) if parent is not None else ()
        self._taken.update(id(element) for element in found)
        return found

    def given(self, parent: Raw | None, path: str) -> str | None:
        """The value as it stands, or None where it is absent or blank."""
        found = self.one(parent, path)
        return found.text if found is not None and found.text.strip() else None

    def text(self, parent: Raw | None, path: str) -> Text | None:
        """Words, or None."""
        given = self.given(parent, path)
        return None if given is None else Text(given)

    def texts(self, parent: Raw | None, *paths: str) -> tuple[Text, ...]:
        """The words at several paths, leaving out what is absent or blank."""
        return tuple(text for path in paths if (text := self.text(parent, path)) is not None)

    def code(self, parent: Raw | None, path: str, list_name: str = "") -> str | None:
        """A code, flagged where its list does not know it; words in its place are not taken in."""
        found = self.one(parent, path)
        return None if found is None else self._code(found, path, list_name)

    def codes(self, parent: Raw | None, path: str, list_name: str) -> tuple[str, ...]:
        """Several codes of one list."""
        picked = (self._code(found, path, list_name) for found in self.every(parent, path))
        return tuple(code for code in picked if code is not None)

    def day(self, parent: Raw | None, path: str) -> date | None:
        """A date written year-month-day, or None and a flag."""
        found = self.one(parent, path)
        return None if found is None else self._day(found, path)

    def days(self, parent: Raw | None, path: str) -> tuple[date, ...]:
        """Several dates."""
        picked = (self._day(found, path) for found in self.every(parent, path))
        return tuple(day for day in picked if day is not None)

    def clock_time(self, parent: Raw | None, path: str) -> time | None:
        """A time of day as the court's clock shows it, or None and a flag."""
        given = self.given(parent, path)
        if given is None:
            return None
        if (form := _TIME.fullmatch(given.strip())) is not None:
            try:
                return time.fromisoformat(form.group(1)).replace(microsecond=0)
            except ValueError:
                pass
        self._unreadable("time_unreadable", parent, path, given)
        return None

    def whole(self, parent: Raw | None, path: str) -> int | None:
        """A whole number of at most six digits, or None and a flag."""
        given = self.given(parent, path)
        if given is None:
            return None
        if _WHOLE.fullmatch(given.strip()):
            return int(given)
        self._unreadable("number_unreadable", parent, path, given)
        return None

    def amounts(self, parent: Raw | None, path: str) -> tuple[Decimal, ...]:
        """Amounts in pounds; what is not an amount is flagged."""
        picked: list[Decimal] = []
        for found in self.every(parent, path):
            value = amount(found.text)
            if value is None:
                self.flags.append(Flag("number_unreadable", path, found.line, value_class(found.text)))
            else:
                picked.append(value)
        return tuple(picked)

    def yes_or_no(self, parent: Raw | None, path: str) -> bool | None:
        """Y or N, or None and a flag."""
        given = self.given(parent, path)
        if given is None:
            return None
        answer = {"Y": True, "N": False}.get(given.strip())
        if answer is None:
            self._unreadable("indicator_unreadable", parent, path, given)
        return answer

    def flag_damaged_and_unread(self, *roots: Raw | None) -> None:
        """Note every damaged character, and once for each name the values that were not taken."""
        unread: dict[str, Flag] = {}
        for root in roots:
            for path, leaf in _leaves(root):
                field = safe_to_show(path, _LONGEST_FIELD)
                if _DAMAGED in leaf.text:
                    self.flags.append(Flag("damaged_characters", field, leaf.line, str(leaf.text.count(_DAMAGED))))
                if id(leaf) not in self._taken and leaf.text.strip():
                    unread.setdefault(path, Flag("element_not_read", field, leaf.line))
        self.flags += islice(unread.values(), _UNREAD_LISTED)

    def _code(self, found: Raw, path: str, list_name: str) -> str | None:
        code = found.text.strip()
        field = _field(path)
        if not code:
            return None
        if not _CODE.fullmatch(code):
            self.flags.append(Flag("code_unreadable", field, found.line, value_class(code)))
            return None
        if list_name == "psa":
            code = code.zfill(4)  # some senders write it as a number and lose the leading nought
        if list_name and not self._is_known(list_name, code):
            self.flags.append(Flag(UNKNOWN[list_name], field, found.line, code))
        return code

    def _is_known(self, list_name: str, code: str) -> bool:
        if list_name == "court":
            return self._codes.known("court", court_key(code))
        if self._codes.known(list_name, code):
            return True
        is_variant = list_name == "offence" and code[-1] in _VARIANTS
        return is_variant and self._codes.known("offence", code[:-1])

    def _day(self, found: Raw, path: str) -> date | None:
        given = found.text.strip()
        if not given:
            return None
        if (form := _DATE.fullmatch(given)) is not None:
            try:
                return date.fromisoformat(form.group(1))
            except ValueError:
                pass
        field = _field(path)
        self.flags.append(Flag("date_unreadable", field, found.line, value_class(given)))
        return None

    def _unreadable(self, code: str, parent: Raw | None, path: str, given: str) -> None:
        self.flag(code, parent, path, 0, value_class(given))


def _field(path: str) -> str:
    """How a value is named in a flag: by the last two names of its path, as in NextHearingDetails/DateOfHearing."""
    return "/".join(path.split("/")[-2:])


def _leaves(root: Raw | None, path: str = "") -> Iterator[tuple[str, Raw]]:
    """Each element with a value of its own, with the last two names of its path."""
    if root is None:
        return
    here = f"{path.rpartition('/')[2]}/{root.name}" if path else root.name
    if root.text.strip():
        yield here, root
    for child in root.children:
        yield from _leaves(child, here)

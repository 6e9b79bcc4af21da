"""Takes typed values out of raw elements, and notes each that could not be taken as it stands (INT-03).

Free text never enters a field meant for a code, because codes are stored in the open.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Protocol

from craffu.intake.court_results.raw import Raw, amount
from craffu.intake.court_results.records import Text
from craffu.intake.court_results.written import (
    LONGEST_CODE,
    as_area_code,
    as_code,
    as_date,
    as_time,
    as_whole,
    as_yes_or_no,
    value_class,
)
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

_VARIANTS = "ABCI"  # attempt, aid and abet, conspiracy, incitement
_DAMAGED = "\ufffd"
_UNREAD_LISTED = 50
_LONGEST_FIELD = 60


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


def court_key(place: str) -> str:
    """The court of a place code: first letter and two pairs, so B01EF01 is B01EF."""
    return place[:5]


class Picker:
    """One record's reading. Remembers what was taken, so that what was not can be listed.

    A value that is absent or blank is None; one that cannot be read is None and flagged.
    """

    def __init__(self, codes: CodeLists) -> None:
        self.flags: list[Flag] = []
        self._codes = codes
        self._taken: set[int] = set()

    def flag(self, code: str, where: Raw, path: str, detail: str = "") -> None:
        """Note a doubt about the value at a path, at its line or else at the line of the element around it."""
        self.flags.append(Flag(code, _field(where, path), (where.first(path) or where).line, detail))

    def every(self, parent: Raw | None, path: str) -> tuple[Raw, ...]:
        """All elements at a path."""
        found = parent.all(path) if parent is not None else ()
        self._taken.update(id(element) for element in found)
        return found

    def one(self, parent: Raw | None, path: str) -> Raw | None:
        """The only element at a path; where there are several, the first and a flag."""
        found = self.every(parent, path)
        if parent is not None and len(found) > 1:
            self.flag("value_repeated", parent, path, str(len(found)))
        return found[0] if found else None

    def given(self, parent: Raw | None, path: str) -> str | None:
        """A value as it stands."""
        found = self.one(parent, path)
        return found.text if found is not None and found.text.strip() else None

    def text(self, parent: Raw | None, path: str) -> Text | None:
        """Words."""
        given = self.given(parent, path)
        return None if given is None else Text(given)

    def short_text(self, parent: Raw | None, path: str, longest: int, problem: str) -> Text | None:
        """Words that are left out and flagged where they are longer than `longest`."""
        text = self.text(parent, path)
        if parent is None or text is None or len(text.given) <= longest:
            return text
        self.flag(problem, parent, path, str(len(text.given)))
        return None

    def texts(self, parent: Raw | None, *paths: str) -> tuple[Text, ...]:
        """The words at several paths, leaving out what is absent or blank."""
        return tuple(text for path in paths if (text := self.text(parent, path)) is not None)

    def day(self, parent: Raw | None, path: str) -> date | None:
        """A date."""
        return self._first(parent, path, as_date, "date_unreadable")

    def days(self, parent: Raw | None, path: str) -> tuple[date, ...]:
        """Several dates."""
        return self._several(parent, path, as_date, "date_unreadable")

    def clock_time(self, parent: Raw | None, path: str) -> time | None:
        """A time of day."""
        return self._first(parent, path, as_time, "time_unreadable")

    def whole(self, parent: Raw | None, path: str) -> int | None:
        """A whole number."""
        return self._first(parent, path, as_whole, "number_unreadable")

    def amounts(self, parent: Raw | None, path: str) -> tuple[Decimal, ...]:
        """Amounts in pounds."""
        return self._several(parent, path, amount, "number_unreadable")

    def yes_or_no(self, parent: Raw | None, path: str) -> bool | None:
        """Y or N."""
        return self._first(parent, path, as_yes_or_no, "indicator_unreadable")

    def code(self, parent: Raw | None, path: str, list_name: str = "", longest: int = LONGEST_CODE) -> str | None:
        """A code, flagged where its list does not know it. One longer than `longest` is none."""
        read = partial(as_area_code if list_name == "psa" else as_code, longest=longest)
        code = self._first(parent, path, read, "code_unreadable")
        if parent is not None and code is not None and list_name and not self._is_known(list_name, code):
            self.flag(UNKNOWN[list_name], parent, path, code)
        return code

    def codes(self, parent: Raw, path: str, list_name: str) -> tuple[str, ...]:
        """Several codes of one list."""
        found = self.every(parent, path)
        picked = [(element, self._as(element, _field(parent, path), as_code, "code_unreadable")) for element in found]
        for element, code in picked:
            if code is not None and not self._is_known(list_name, code):
                self.flags.append(Flag(UNKNOWN[list_name], _field(parent, path), element.line, code))
        return tuple(code for _, code in picked if code is not None)

    def flag_damaged_and_unread(self, *roots: Raw) -> None:
        """Note every damaged character, and once for each name the values that were not taken."""
        unread: dict[str, Flag] = {}
        for root in roots:
            for path, leaf in _leaves(root):
                field = safe_to_show(path, _LONGEST_FIELD)
                if _DAMAGED in leaf.text:
                    self.flags.append(Flag("damaged_characters", field, leaf.line, str(leaf.text.count(_DAMAGED))))
                if id(leaf) not in self._taken:
                    unread.setdefault(path, Flag("element_not_read", field, leaf.line))
        self.flags += islice(unread.values(), _UNREAD_LISTED)

    def _first[T](self, parent: Raw | None, path: str, read: Callable[[str], T | None], problem: str) -> T | None:
        found = self.one(parent, path)
        return None if parent is None or found is None else self._as(found, _field(parent, path), read, problem)

    def _several[T](
        self, parent: Raw | None, path: str, read: Callable[[str], T | None], problem: str
    ) -> tuple[T, ...]:
        if parent is None:
            return ()
        values = (self._as(found, _field(parent, path), read, problem) for found in self.every(parent, path))
        return tuple(value for value in values if value is not None)

    def _as[T](self, element: Raw, field: str, read: Callable[[str], T | None], problem: str) -> T | None:
        trimmed = element.text.strip()
        value = read(trimmed) if trimmed else None
        if trimmed and value is None:
            self.flags.append(Flag(problem, field, element.line, value_class(trimmed)))
        return value

    def _is_known(self, list_name: str, code: str) -> bool:
        """The full code comes first: some variants stand in the list themselves."""
        if list_name == "court":
            return self._codes.known("court", court_key(code))
        if self._codes.known(list_name, code):
            return True
        is_variant = list_name == "offence" and code[-1] in _VARIANTS
        return is_variant and self._codes.known("offence", code[:-1])


def _field(parent: Raw, path: str) -> str:
    """How a value is named in a flag: with the element around it, as in NextHearingDetails/DateOfHearing."""
    return "/".join(f"{parent.name}/{path}".split("/")[-2:])


def _leaves(element: Raw, around: str = "") -> Iterator[tuple[str, Raw]]:
    """Each element with a value of its own, named with the element around it."""
    if element.text.strip():
        yield f"{around}/{element.name}" if around else element.name, element
    for child in element.children:
        yield from _leaves(child, element.name)

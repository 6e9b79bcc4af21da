"""A court result message's values as they stand, each with its line, before anything is decided about them (INT-02).

`content_hash` says when two messages say the same thing; `totals` counts what was read, for reconciliation (INT-05).
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

type _Folded = list[str | list[list[str]] | list["_Folded"]]

_AMOUNT = re.compile(r"-?\d{1,12}(\.\d{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Raw:
    """One element: its name without prefix, its line, its text as given and what stands inside it.

    An element of a foreign namespace keeps the namespace in its name, so that it is never taken for one of ours.
    """

    name: str
    line: int
    text: str = field(default="", repr=False)
    children: tuple["Raw", ...] = field(default=(), repr=False)
    attributes: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def all(self, path: str) -> tuple["Raw", ...]:
        """Every element at a path of names, such as `Hearing/DateOfHearing`, in order."""
        found: tuple[Raw, ...] = (self,)
        for name in path.split("/"):
            found = tuple(child for one in found for child in one.children if child.name == name)
        return found

    def first(self, path: str) -> "Raw | None":
        """The first element at a path, if there is one."""
        return next(iter(self.all(path)), None)


@dataclass(frozen=True, slots=True)
class RawDefendant:
    """One defendant of one message, with the sitting and the case that stand over them.

    `position` counts defendants from 1 within the message. `defendant` is None where a case names nobody.
    """

    session: Raw
    case: Raw
    defendant: Raw | None
    position: int
    content_hash: str

    @property
    def line(self) -> int:
        """The line where the defendant, or else the case, begins."""
        return self.case.line if self.defendant is None else self.defendant.line


@dataclass(frozen=True, slots=True)
class RawMessage:
    """One message, read. `content_hash` is of what it says, not of its bytes."""

    defendants: tuple[RawDefendant, ...]
    content_hash: str
    schema_version: str


@dataclass(frozen=True, slots=True)
class Totals:
    """What was read, counted. Totals of parts add up to the total of the whole."""

    messages: int = 0
    defendants: int = 0
    offences: int = 0
    results: int = 0
    results_without_code: int = 0
    next_hearings: int = 0
    qualifiers: int = 0
    durations: int = 0
    amounts: int = 0
    amounts_unreadable: int = 0
    sum_of_amounts: Decimal = Decimal("0.00")

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def fold(text: str) -> str:
    """A text for comparing: composed letters (NFC), no outer spaces, each run of spaces, tabs and breaks one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def content_hash(*elements: Raw) -> str:
    """SHA-256 of what elements say: names, attributes, order and folded text of everything inside them.

    Not in it: the wrapper, namespace prefixes, line ends, indentation, comments, outer and doubled spaces, and whether
    an accented letter was written as one character or two.
    """
    said = json.dumps([_folded(element) for element in elements], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(said.encode("ascii")).hexdigest()


def _folded(element: Raw) -> _Folded:
    attributes = [[name, fold(value)] for name, value in element.attributes]
    return [element.name, attributes, fold(element.text), [_folded(child) for child in element.children]]


def amount(text: str) -> Decimal | None:
    """Pounds and pence, or None where the text is not an amount."""
    trimmed = text.strip()
    return Decimal(trimmed) if _AMOUNT.fullmatch(trimmed) else None


def totals(messages: Iterable[RawMessage]) -> Totals:
    """What stands in messages as read, including what is later rejected or parked."""
    counted = Totals()
    for message in messages:
        counted += Totals(messages=1)
        for defendant in message.defendants:
            counted += totals_of_defendant(defendant)
    return counted


def totals_of_defendant(raw: RawDefendant) -> Totals:
    """What stands under one defendant; its message is counted by `totals`."""
    if raw.defendant is None:
        return Totals()
    results = raw.defendant.all("Offence/Result")
    given = [element.text for result in results for element in result.all("Outcome/ResultAmountSterling")]
    amounts = [value for text in given if (value := amount(text)) is not None]
    return Totals(
        defendants=1,
        offences=len(raw.defendant.all("Offence")),
        results=len(results),
        results_without_code=sum(not any(code.text.strip() for code in one.all("ResultCode")) for one in results),
        next_hearings=sum(len(one.all("NextHearing")) for one in results),
        qualifiers=sum(len(one.all("ResultCodeQualifier")) for one in results),
        durations=sum(len(one.all("Outcome/Duration")) for one in results),
        amounts=len(given),
        amounts_unreadable=len(given) - len(amounts),
        sum_of_amounts=sum(amounts, Decimal("0.00")),
    )

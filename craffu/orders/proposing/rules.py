"""Which results of a court look like an order or like bail conditions, so that a person may say whether they are.

ORD-09, CLK-13; law.md, section 1.5 (result codes). The two signs of bail, a result's and a status's, disagree by design, so each
is read. Nothing here makes an order: it only keeps one from being overlooked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Does(StrEnum):
    """What a result does to an order."""

    MAKES = "makes"
    CHANGES = "changes"
    ENDS = "ends"


class Because(StrEnum):
    """By which sign it was known."""

    CODE = "code"
    STATUS = "status"
    CONDITIONS = "conditions"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a result code says: of which kind, interim or full, and what becomes of the order."""

    kind: str
    does: Does = Does.MAKES
    is_interim: bool = False


BAIL: Final = "BAIL"
# A restraining order varied or discharged: one code for both, on conviction or acquittal alike. The result's words tell which.
RESTRAINING_ORDER_CHANGED: Final = "3263"
CODES: Final[Mapping[str, Meaning]] = {
    "3047": Meaning("RO_CONV"),
    "3260": Meaning("RO_ACQ"),
    RESTRAINING_ORDER_CHANGED: Meaning("RO_CONV", Does.CHANGES),
    "3307": Meaning("SPO"),
    "3306": Meaning("ISPO", is_interim=True),
    "3326": Meaning("DAPO"),
    "1177": Meaning("CBO"),
    "1178": Meaning("CBO", is_interim=True),
    "1179": Meaning("SHPO"),
    "1181": Meaning("SHPO", is_interim=True),
    "3282": Meaning("SRO"),
    "3281": Meaning("SRO", is_interim=True),
    "3516": Meaning("ASBI"),
    "4027": Meaning(BAIL),
    "4530": Meaning(BAIL),
    "4572": Meaning(BAIL, Does.CHANGES),
    "4574": Meaning(BAIL, Does.CHANGES),
    "4596": Meaning(BAIL, Does.ENDS),
    "4597": Meaning("PCB", Does.CHANGES),
}
CONDITIONAL: Final = "B"
# One code tells of a change to either, and only its words tell which.
_CHANGED_ALIKE: Final = frozenset({"RO_CONV", "RO_ACQ"})


def may_be_about(kind: str, proposed_kind: str) -> bool:
    """Whether what a court said of a kind may be about an order of this one: a restraining order's code names both."""
    return kind == proposed_kind or {kind, proposed_kind} <= _CHANGED_ALIKE


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a hearing, in the court's order."""

    code: str
    words: str = ""
    next_bail_status: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a court said of one defendant on one day, as far as orders and bail hang on it. `key` is the hearing's own."""

    key: str
    bail_status: str = ""
    bail_conditions: str = ""
    results: Sequence[Result] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """One thing to confirm or refuse; `key` is its own for ever, so that it is proposed once."""

    key: str
    kind: str
    does: Does
    because: Because
    code: str = ""
    is_interim: bool = False
    words: str = ""


def proposed(heard: Heard) -> list[Proposed]:
    """Everything in a hearing that looks like an order, and bail once however many results and statuses tell of it.

    Results of one code and one wording about several offences are one order.
    """
    return [*_orders(heard), *_bail(heard)]


def _orders(heard: Heard) -> Iterator[Proposed]:
    said: dict[Meaning, list[str]] = {}
    for one in heard.results:
        meaning = CODES.get(one.code)
        if meaning is None or meaning.kind == BAIL:
            continue
        wordings = said.setdefault(meaning, [])
        if (words := " ".join(one.words.split()).casefold()) in wordings:
            continue
        wordings.append(words)
        form = "interim" if meaning.is_interim else "full"
        key = f"{heard.key}/{meaning.kind}/{form}/{meaning.does}/{len(wordings)}"
        yield Proposed(key, meaning.kind, meaning.does, Because.CODE, one.code, meaning.is_interim, one.words)


def _bail(heard: Heard) -> Iterator[Proposed]:
    by_code = [(one, CODES[one.code]) for one in heard.results if one.code in CODES and CODES[one.code].kind == BAIL]
    if by_code:
        result, meaning = by_code[0]
        words = heard.bail_conditions or result.words
        yield Proposed(f"{heard.key}/bail", BAIL, meaning.does, Because.CODE, result.code, words=words)
    elif heard.bail_conditions.strip():
        yield Proposed(f"{heard.key}/bail", BAIL, Does.MAKES, Because.CONDITIONS, words=heard.bail_conditions)
    elif CONDITIONAL in {heard.bail_status, *(one.next_bail_status for one in heard.results)}:
        yield Proposed(f"{heard.key}/bail", BAIL, Does.MAKES, Because.STATUS)


def conditions_in(words: str) -> list[str]:
    """The conditions of a text in which the courts separate them by a semicolon, each as it stands. A person puts them right."""
    return [part for one in words.split(";") if (part := one.strip())]

"""Which papers an order has, for whom each is printed, and which of the papers kept with it go into one.

ORD-06, ORD-11, ORD-18, VIC-09, SEC-12. What is privileged goes into none; what nobody has looked at is no respondent's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Printed(StrEnum):
    """The papers that are printed of an order."""

    CARD = "card"
    APPLICATION = "application"
    DRAFT_ORDER = "draft_order"
    BUNDLE = "bundle"
    SERVICE = "statement_of_service"
    LETTER_PROTECTED = "letter_to_protected"
    LETTER_RESPONDENT = "letter_to_respondent"


class Audience(StrEnum):
    """Whom a paper is printed for."""

    POLICE = "police"
    COURT = "court"
    RESPONDENT = "respondent"
    PROTECTED = "protected"


# A card stays with the police; a statement of service goes to the court. Of the rest the respondent has a copy of their own.
AUDIENCES: Final[Mapping[str, tuple[Audience, ...]]] = {
    Printed.CARD: (Audience.POLICE,),
    Printed.APPLICATION: (Audience.COURT, Audience.RESPONDENT),
    Printed.DRAFT_ORDER: (Audience.COURT, Audience.RESPONDENT),
    Printed.BUNDLE: (Audience.COURT, Audience.RESPONDENT),
    Printed.SERVICE: (Audience.COURT,),
    Printed.LETTER_PROTECTED: (Audience.PROTECTED,),
    Printed.LETTER_RESPONDENT: (Audience.RESPONDENT,),
}
# Written to one person, on pages of their own (`letters`).
LETTERS: Final = frozenset({Printed.LETTER_PROTECTED, Printed.LETTER_RESPONDENT})


class Mark(StrEnum):
    """What somebody said may become of a paper that is kept."""

    PRIVILEGED = "privileged"
    COURT_ONLY = "court_only"
    RESPONDENT = "respondent"


# Advice is privileged by what it is; nothing has to be marked.
ADVICE: Final = "advice"


class Place(StrEnum):
    """Whether a paper kept goes into a bundle."""

    IN = "in"
    OUT = "out"
    UNDECIDED = "undecided"


def is_privileged(kind: str, mark: str | None) -> bool:
    """SEC-12: advice always, and whatever somebody has marked so."""
    return kind == ADVICE or mark == Mark.PRIVILEGED


def place_of(kind: str, mark: str | None, audience: str) -> Place:
    """SEC-12, VIC-09: nobody outside the police has what is privileged, the respondent only what somebody looked at for them."""
    if is_privileged(kind, mark):
        return Place.OUT
    if audience == Audience.COURT or mark == Mark.RESPONDENT:
        return Place.IN
    return Place.OUT if mark == Mark.COURT_ONLY else Place.UNDECIDED


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper kept with an order: its row, its kind and what was last said of it."""

    number: int
    kind: str
    mark: str | None


def undecided(papers: Iterable[Kept], audience: str) -> list[int]:
    """The papers of which somebody has to say first whether the reader may have them."""
    return [one.number for one in papers if place_of(one.kind, one.mark, audience) == Place.UNDECIDED]


def goes_in(papers: Iterable[Kept], audience: str) -> list[int]:
    return [one.number for one in papers if place_of(one.kind, one.mark, audience) == Place.IN]


def withheld(papers: Iterable[Kept], audience: str) -> list[int]:
    """The papers that the index says are left out: of what is privileged it says nothing, not even that it is there."""
    return [
        one.number
        for one in papers
        if place_of(one.kind, one.mark, audience) == Place.OUT and not is_privileged(one.kind, one.mark)
    ]

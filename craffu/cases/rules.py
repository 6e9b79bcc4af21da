"""Which defendant a court message is about, what stage a case is at, and how an offence ended.

INT-04: what cannot be decided is parked for a person. IDN-02: conflicting hard identifiers are never joined automatically.
An arrest summons number alone never says who somebody is, and a case reference is not a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from craffu.cases.states import Stage


class Match(StrEnum):
    """Whether the person in a message is somebody the case already knows."""

    SAME = "same"
    NEW = "new"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Described:
    """A defendant as a message or a stored record describes them, within one case.

    `asn` is empty unless it is a real arrest summons number; `name` is folded; `born_on` an ISO date or empty.
    """

    asn: str = field(repr=False)
    name: str = field(repr=False)
    born_on: str = field(repr=False)
    record: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    match: Match
    reason: str
    record: int = 0


def which_defendant(told: Described, known: Iterable[Described]) -> Decided:
    """Which of the case's known defendants a message is about: one of them, nobody yet, or a person must say.

    With an arrest summons number: the same number and the same name are the same person, even where a date of birth is
    missing or corrected, because one number is one arrest of one person; the same number with another name is undecided.
    Without one: the same name and the same full date of birth are the same person; a missing date of birth is undecided.
    """
    if told.asn:
        return _by_arrest(told, [one for one in known if one.asn == told.asn])
    return _by_name(told, [one for one in known if not one.asn and one.name == told.name])


def _by_arrest(told: Described, same_arrest: list[Described]) -> Decided:
    if not same_arrest:
        return Decided(Match.NEW, "first_with_this_arrest_number")
    same_name = [one for one in same_arrest if one.name == told.name]
    if len(same_name) == 1:
        return Decided(Match.SAME, "same_arrest_number_and_name", same_name[0].record)
    if same_name:
        return Decided(Match.UNDECIDED, "several_with_this_arrest_number_and_name")
    return Decided(Match.UNDECIDED, "same_arrest_number_other_name")


def _by_name(told: Described, same_name: list[Described]) -> Decided:
    if not same_name:
        return Decided(Match.NEW, "first_with_this_name_in_the_case")
    if not told.born_on:
        return Decided(Match.UNDECIDED, "same_name_birth_date_missing")
    same = [one for one in same_name if one.born_on == told.born_on]
    if len(same) == 1:
        return Decided(Match.SAME, "same_name_and_birth_date", same[0].record)
    if same or any(not one.born_on for one in same_name):
        return Decided(Match.UNDECIDED, "same_name_birth_date_missing")
    return Decided(Match.NEW, "same_name_other_birth_date")


def stage_at_court(final: Iterable[bool | None]) -> Stage:
    """The stage of a case after its latest hearings: concluded once the court has done with every offence."""
    settled = list(final)
    return Stage.CONCLUDED if settled and all(settled) else Stage.AT_COURT


FINDINGS = {"G": "convicted", "A": "convicted", "N": "not_guilty", "O": "no_conviction"}


def outcome_at_court(*, finding: str, final: bool | None) -> str | None:
    """How an offence ended: None until the court has finally disposed of it, then by its finding (official list `verdict`)."""
    if not final:
        return None
    return FINDINGS.get(finding, "ended")

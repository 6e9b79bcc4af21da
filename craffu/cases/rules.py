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
    """`held` is the reference of the held row by which a person decided; empty where the rule did."""

    match: Match
    reason: str
    record: int = 0
    held: str = ""


def candidates(told: Described, known: Iterable[Described]) -> list[Described]:
    """Whom of the case's known defendants a message could be about, each record once.

    Those with the same arrest summons number, under whatever name. Where there are none, or the message has no number:
    those of the same name whose date of birth does not differ, unless both sides have a number.
    """
    known = list(known)
    same_arrest = [one for one in known if told.asn and one.asn == told.asn]
    if same_arrest:
        return _once(same_arrest)
    arrested = {one.record for one in known if one.asn} if told.asn else frozenset()
    return _once(
        one for one in known if one.name == told.name and not _born_apart(told, one) and one.record not in arrested
    )


def _once(described: Iterable[Described]) -> list[Described]:
    return list({one.record: one for one in sorted(described, key=lambda one: one.asn, reverse=True)}.values())


def _born_apart(told: Described, one: Described) -> bool:
    return bool(told.born_on and one.born_on and told.born_on != one.born_on)


def which_defendant(told: Described, known: Iterable[Described]) -> Decided:
    """Which of the case's known defendants a message is about: one of them, nobody yet, or a person must say.

    With an arrest summons number: the same number and the same name are the same person, even where a date of birth is
    missing or corrected, because one number is one arrest of one person; the same number with another name is undecided.
    Without one: the same name and the same full date of birth are the same person; a missing date of birth is undecided.
    With a number on one side only: the same name is undecided unless the dates of birth differ.
    """
    known = list(known)
    possible = candidates(told, known)
    if told.asn:
        return _by_arrest(told, possible)
    return _by_name(told, possible, any(one.name == told.name for one in known))


def _by_arrest(told: Described, possible: list[Described]) -> Decided:
    if not possible:
        return Decided(Match.NEW, "first_with_this_arrest_number")
    same_arrest = [one for one in possible if one.asn == told.asn]
    if not same_arrest:
        return Decided(Match.UNDECIDED, "same_name_arrest_number_missing")
    same_name = [one for one in same_arrest if one.name == told.name]
    if len(same_name) == 1:
        return Decided(Match.SAME, "same_arrest_number_and_name", same_name[0].record)
    if same_name:
        return Decided(Match.UNDECIDED, "several_with_this_arrest_number_and_name")
    return Decided(Match.UNDECIDED, "same_arrest_number_other_name")


def _by_name(told: Described, possible: list[Described], name_known: bool) -> Decided:
    if not possible:
        return Decided(Match.NEW, "same_name_other_birth_date" if name_known else "first_with_this_name_in_the_case")
    same = [one for one in possible if not one.asn and told.born_on and one.born_on == told.born_on]
    if len(same) == 1:
        return Decided(Match.SAME, "same_name_and_birth_date", same[0].record)
    if any(one.asn for one in possible):
        return Decided(Match.UNDECIDED, "same_name_arrest_number_missing")
    return Decided(Match.UNDECIDED, "same_name_birth_date_missing")


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

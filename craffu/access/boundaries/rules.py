"""Whose each kind of record is that Craffu itself makes: under which law, with whom it is shared, and on what basis (SEC-10).

The controller is the force of the record: every record has one. What was received keeps its sender's, row by row. With whom a
kind is not named here, it is not shared: that is an answer. UNVERIFIED: the regimes and bases are a project decision (ADR 90),
for the force's own lawyers to confirm.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Of(StrEnum):
    """A kind of record."""

    PEOPLE = "people"
    CASES = "cases"
    VICTIMS = "victims"
    SURVEYS = "surveys"
    ORDERS = "orders"
    BREACHES = "breaches"
    PREVENTION = "prevention"
    SCRUTINY = "scrutiny"
    PUBLISHED = "published"
    INTAKE = "intake"
    WORK = "work"
    STAFF = "staff"
    LOG = "log"


class With(StrEnum):
    """Somebody outside the force, whether they use the same installation or are sent what they need."""

    COMMISSIONER = "commissioner"
    VICTIM_SERVICE = "victim_service"
    REVIEWERS = "reviewers"
    COURTS = "courts"
    PROSECUTION = "prosecution"
    PROBATION = "probation"
    FORCES = "forces"


class Basis(StrEnum):
    """On what basis something is shared."""

    LAW_ENFORCEMENT = "law_enforcement"
    PROCEEDINGS = "proceedings"
    SUPERVISION = "supervision"
    HER_CHOICE = "her_choice"
    FIGURES = "figures"
    WITHOUT_NAMES = "without_names"


@dataclass(frozen=True, slots=True)
class Boundary:
    """`regime` is of `craffu.access.exports.rules.REGIMES`; an empty `shared` says that it is not shared."""

    regime: str
    shared: Mapping[With, Basis] = field(default_factory=dict)


_CASEWORK: Final = {With.COURTS: Basis.PROCEEDINGS, With.PROSECUTION: Basis.PROCEEDINGS}
_MANAGED: Final = {With.PROBATION: Basis.SUPERVISION, With.FORCES: Basis.LAW_ENFORCEMENT}
_SCRUTINISED: Final = {With.REVIEWERS: Basis.WITHOUT_NAMES}

BOUNDARIES: Final[Mapping[Of, Boundary]] = {
    Of.PEOPLE: Boundary("part_3", _CASEWORK | _MANAGED),
    Of.CASES: Boundary("part_3", _CASEWORK | _SCRUTINISED),
    Of.VICTIMS: Boundary("part_3", {With.VICTIM_SERVICE: Basis.HER_CHOICE}),
    Of.SURVEYS: Boundary("uk_gdpr", {With.COMMISSIONER: Basis.FIGURES}),
    Of.ORDERS: Boundary("part_3", _CASEWORK | _MANAGED),
    Of.BREACHES: Boundary("part_3", _CASEWORK | _MANAGED),
    Of.PREVENTION: Boundary("part_3", _MANAGED),
    Of.SCRUTINY: Boundary("uk_gdpr", {With.COMMISSIONER: Basis.FIGURES, With.REVIEWERS: Basis.WITHOUT_NAMES}),
    Of.PUBLISHED: Boundary("uk_gdpr", {With.COMMISSIONER: Basis.FIGURES}),
    Of.INTAKE: Boundary("part_3"),
    Of.WORK: Boundary("part_3"),
    Of.STAFF: Boundary("uk_gdpr"),
    Of.LOG: Boundary("part_3"),
}

# Which kind the tables of a package hold; those of a package that are of another are named one by one.
OF_PACKAGES: Final[Mapping[str, Of]] = {
    "people": Of.PEOPLE, "linkage": Of.PEOPLE, "cases": Of.CASES, "victims": Of.VICTIMS, "orders": Of.ORDERS,
    "breaches": Of.BREACHES, "prevention": Of.PREVENTION, "scrutiny": Of.SCRUTINY, "published": Of.PUBLISHED,
    "intake": Of.INTAKE, "work": Of.WORK, "outbox": Of.WORK, "outgoing": Of.VICTIMS, "resourcing": Of.STAFF,
    "access": Of.STAFF, "audit": Of.LOG,
}  # fmt: skip
OF_TABLES: Final[Mapping[str, Of]] = {
    "victims.SurveyAnswered": Of.SURVEYS, "victims.SurveyInvited": Of.SURVEYS, "victims.SurveyNotAsked": Of.SURVEYS,
    "access.RightsRequest": Of.PEOPLE, "access.RightsStep": Of.PEOPLE, "access.RightsEnding": Of.PEOPLE,
    "access.RetentionStep": Of.PEOPLE,
    "access.RetentionLook": Of.PEOPLE, "access.Restriction": Of.CASES, "access.Admission": Of.CASES,
    "access.Placement": Of.CASES, "access.EmergencyAccess": Of.CASES, "access.EmergencyReview": Of.CASES,
}  # fmt: skip

# With whom purposes and means are decided together, and of which kinds of record.
JOINT: Final[Mapping[With, tuple[Of, ...]]] = {
    With.COMMISSIONER: (Of.SURVEYS, Of.SCRUTINY),
    With.VICTIM_SERVICE: (Of.VICTIMS,),
}


def kind_of(table: str) -> Of | None:
    """Of which kind a table is, by its name such as `cases.Case`; None where nobody has said so."""
    return OF_TABLES.get(table) or OF_PACKAGES.get(table.partition(".")[0])


def seen_by(who: With) -> dict[Of, Basis]:
    """What somebody outside is given, and on what basis."""
    return {of: one.shared[who] for of, one in BOUNDARIES.items() if who in one.shared}


def unseen_by(who: With) -> list[Of]:
    """What they are given nothing of."""
    return [of for of, one in BOUNDARIES.items() if who not in one.shared]

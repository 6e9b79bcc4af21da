"""How far into its own force a role reaches: own records, its team's, its area's or all; and what is answered beyond that.

SEC-01; rules.md, Annex F. Project decision (ADR 25): a force says for which roles it narrows what, within this table, and a
force that has said nothing narrows nobody. Who somebody is, is reached by every role that looks at people, because an
officer at a door must be told; what he is said to have done stands in cases, and a case may be beyond them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

type Key = int | str


class Reach(StrEnum):
    """How far a role reaches; each takes in the one before."""

    OWN = "own"
    TEAM = "team"
    AREA = "area"
    FORCE = "force"


NARROW_TO_WIDE = tuple(Reach)


@dataclass(frozen=True, slots=True)
class RoleReach:
    """What a role reaches: of cases, as it is narrowed furthest, and of people; None where it reads none of them.

    `case` is how far a force may narrow it; where the force has said nothing, a role that reads cases reads the force's.
    """

    case: Reach | None
    person: Reach | None


WHOLE = RoleReach(Reach.FORCE, Reach.FORCE)
PEOPLE_ALONE = RoleReach(None, Reach.FORCE)
NEITHER = RoleReach(None, None)
# By role. Coordinators see patterns and place what nobody placed; the orders team serves the whole force.
REACHES: Mapping[str, RoleReach] = {
    "response_officer": PEOPLE_ALONE,
    "investigator": RoleReach(Reach.OWN, Reach.FORCE),
    "supervisor": RoleReach(Reach.TEAM, Reach.FORCE),
    "coordinator": WHOLE,
    "offender_manager": RoleReach(Reach.OWN, Reach.FORCE),
    "orders_team": WHOLE,
    "victim_officer": RoleReach(Reach.OWN, Reach.FORCE),
    "link_clerk": PEOPLE_ALONE,
    "analyst": NEITHER,
    "workforce_lead": NEITHER,
    "auditor": PEOPLE_ALONE,
    "scrutiny_officer": NEITHER,
    "volunteer_reviewer": NEITHER,
    "commissioner_view": NEITHER,
}


def choices_of(role: str) -> tuple[Reach, ...]:
    """How far a force may let a role reach, from the narrowest; nothing where it reads no case."""
    narrowest = REACHES[role].case if role in REACHES else None
    return () if narrowest is None else NARROW_TO_WIDE[NARROW_TO_WIDE.index(narrowest) :]


def reach_of(rights: Collection[str], said: Mapping[str, str]) -> Reach:
    """How far somebody's roles together reach; `said` is what their force has said of roles.

    The role that reaches furthest counts, of those that read cases at all: one that looks people up widens nothing. Who has
    none of them is kept away by what a role may open, and not by how far it reaches. What a force could not say counts as
    the nearest that it could.
    """
    reached = [_allowed(said.get(role, Reach.FORCE), choices) for role in rights if (choices := choices_of(role))]
    return max(reached, key=NARROW_TO_WIDE.index, default=Reach.FORCE)


def _allowed(said: str, choices: tuple[Reach, ...]) -> Reach:
    return Reach(said) if said in choices else choices[0]


@dataclass(frozen=True, slots=True)
class Within:
    """Somebody whose reach ends before their force does: who they are, and the areas and teams they belong to."""

    reach: Reach
    user: Key
    areas: frozenset[Key] = frozenset()
    teams: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs; None where nobody said."""

    area: Key | None = None
    team: Key | None = None
    owner: Key | None = None


NOWHERE = Place()


def reaches(within: Within, place: Place) -> bool:
    """Whether somebody reaches a record that belongs there. What belongs nowhere yet is reached by the whole force's alone."""
    wide = NARROW_TO_WIDE.index(within.reach)
    return any(
        (
            wide >= NARROW_TO_WIDE.index(Reach.FORCE),
            wide >= NARROW_TO_WIDE.index(Reach.AREA) and place.area in within.areas,
            wide >= NARROW_TO_WIDE.index(Reach.TEAM) and place.team in within.teams,
            place.owner == within.user,
        )
    )


class Answer(StrEnum):
    """What somebody is answered who asks for one record."""

    GRANTED = "granted"
    REFUSED = "refused"
    STUB = "stub"
    NOT_FOUND = "not_found"


STATUS: Mapping[Answer, HTTPStatus] = {
    Answer.GRANTED: HTTPStatus.OK,
    Answer.REFUSED: HTTPStatus.FORBIDDEN,
    Answer.STUB: HTTPStatus.FORBIDDEN,
    Answer.NOT_FOUND: HTTPStatus.NOT_FOUND,
}


def answer(*, of_force: bool, holds_right: bool, is_shut: bool, is_reached: bool, is_let_in: bool) -> Answer:
    """What somebody is answered. `is_shut`: the record is restricted; `is_let_in`: it names them, or an emergency does.

    Another force's record is not there for anybody. Being let in stands for reaching it, and never for the right.
    """
    if not of_force:
        return Answer.NOT_FOUND
    if not holds_right:
        return Answer.REFUSED
    return Answer.GRANTED if is_let_in or (is_reached and not is_shut) else Answer.STUB


def places_anew(present: Place | None, *, is_by_hand: bool, told: Place) -> bool:
    """Whether a source's word on where a record belongs counts: not against somebody's own, and not where it says nothing new."""
    return told != NOWHERE and not is_by_hand and present != told

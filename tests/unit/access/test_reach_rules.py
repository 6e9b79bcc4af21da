"""How far roles reach: the table over every role, every reach over every place, and what is answered beyond (SEC-01)."""

from itertools import product

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.reach.plain import access
from craffu.access.reach.rules import (
    NARROW_TO_WIDE,
    NOWHERE,
    REACHES,
    STATUS,
    Answer,
    Place,
    Reach,
    Within,
    answer,
    choices_of,
    places_anew,
    reach_of,
    reaches,
)
from craffu.access.roles import CAPABILITIES, OPS, ROLE_KEYS
from craffu.audit.actors import Actor
from craffu.cases.permissions import check_can_view_case
from craffu.common.refusals import allows
from craffu.people.permissions import check_can_search

pytestmark = pytest.mark.rule("SEC-01")

# By role: how far a force may narrow it in cases, and how far it reaches people; as pages.md opens P05 and P10 to it.
WANTED = {
    "response_officer": (None, "force"),
    "investigator": ("own", "force"),
    "supervisor": ("team", "force"),
    "coordinator": ("force", "force"),
    "offender_manager": ("own", "force"),
    "orders_team": ("force", "force"),
    "victim_officer": ("own", "force"),
    "link_clerk": (None, "force"),
    "auditor": (None, "force"),
}


def test_the_table_says_of_every_role_how_far_it_reaches() -> None:
    said = {role: (one.case, one.person) for role, one in REACHES.items()}
    assert said == {role: WANTED.get(role, (None, None)) for role in ROLE_KEYS}
    assert {role for role, (case, _) in WANTED.items() if case} == {*OPS, "victim_officer"}
    assert {role for role in ROLE_KEYS if len(choices_of(role)) > 1} == {
        "investigator", "supervisor", "offender_manager", "victim_officer",
    }  # fmt: skip
    assert choices_of("supervisor") == ("team", "area", "force")
    assert choices_of("coordinator") == ("force",)
    assert choices_of("response_officer") == choices_of("administrator") == ()


def test_a_role_reaches_what_its_pages_open_and_nothing_else() -> None:
    for role in ROLE_KEYS:
        by = Acting(Actor(name="x", role=role, force="demo"), Force(code="demo"), frozenset({role}))
        assert (REACHES[role].case is not None) is allows(check_can_view_case, by), role
        assert (REACHES[role].person is not None) is allows(check_can_search, by), role


@pytest.mark.parametrize("role", [*ROLE_KEYS, *(one.key for one in CAPABILITIES)])
@pytest.mark.parametrize("said", [*Reach, "nonsense"])
def test_a_role_reaches_what_its_force_said_within_the_table(role: str, said: str) -> None:
    choices = choices_of(role)
    wanted = said if said in choices else choices[0] if choices else "force"
    assert reach_of({role}, {role: said}) == wanted
    assert reach_of({role}, {}) is Reach.FORCE


@pytest.mark.parametrize(
    ("rights", "wanted"),
    [
        ({"investigator", "supervisor"}, "area"),
        ({"investigator", "response_officer", "auditor", "administrator"}, "own"),
        ({"supervisor", "coordinator"}, "force"),
        ({"investigator", "victim_officer"}, "force"),
        (set(), "force"),
    ],
)
def test_of_several_roles_that_read_cases_the_one_that_reaches_furthest_counts(rights: set[str], wanted: str) -> None:
    assert reach_of(rights, {"investigator": "own", "supervisor": "area"}) == wanted


@pytest.mark.parametrize("reach", Reach)
def test_each_reach_takes_in_the_one_before_and_nothing_more(reach: Reach) -> None:
    me = Within(reach, 7, frozenset({1, 2}), frozenset({11}))
    for area, team, owner in product((None, 1, 3), (None, 11, 31), (None, 7, 8)):
        first = next(
            (
                one
                for one, is_mine in (
                    (Reach.OWN, owner == 7), (Reach.TEAM, team == 11), (Reach.AREA, area == 1), (Reach.FORCE, True),
                )
                if is_mine
            ),
        )  # fmt: skip
        wanted = NARROW_TO_WIDE.index(reach) >= NARROW_TO_WIDE.index(first)
        assert reaches(me, Place(area, team, owner)) is wanted, (reach, area, team, owner)


def test_what_belongs_nowhere_is_reached_by_the_whole_forces_roles_alone() -> None:
    reached = [reach for reach in Reach if reaches(Within(reach, 7, frozenset({1}), frozenset({11})), NOWHERE)]
    assert reached == [Reach.FORCE]


def test_what_is_answered_in_every_case() -> None:
    names = ("of_force", "holds_right", "is_shut", "is_reached", "is_let_in")
    for values in product((False, True), repeat=5):
        asked = dict(zip(names, values, strict=True))
        if not asked["of_force"]:
            wanted = Answer.NOT_FOUND
        elif not asked["holds_right"]:
            wanted = Answer.REFUSED
        elif asked["is_let_in"] or (asked["is_reached"] and not asked["is_shut"]):
            wanted = Answer.GRANTED
        else:
            wanted = Answer.STUB
        assert answer(**asked) is wanted, asked
    assert {one.value: int(status) for one, status in STATUS.items()} == {
        "granted": 200, "refused": 403, "stub": 403, "not_found": 404,
    }  # fmt: skip


@pytest.mark.rule("SEC-02")
@pytest.mark.parametrize(
    ("areas", "rights", "record", "wanted"),
    [
        (["north"], ["view"], {"force": "a", "area": "north"}, ("granted", 200, "consultation")),
        (["*"], ["view"], {"force": "a", "area": "south"}, ("granted", 200, "consultation")),
        (["north"], ["view"], {"force": "a", "area": "south"}, ("stub", 403, "denied")),
        (["north"], ["other"], {"force": "a", "area": "north"}, ("refused", 403, "denied")),
        (["*"], ["view"], {"force": "b", "area": "north"}, ("not_found", 404, "denied")),
        (["*"], ["view"], {"force": "a", "area": "x", "restricted": True, "team": ["u2"]}, ("stub", 403, "denied")),
        (["north"], ["view"], {"force": "a", "area": "x", "restricted": True, "team": ["u1"]}, ("granted", 200, "consultation")),
    ],
)  # fmt: skip
def test_as_a_case_file_asks_it(areas: list[str], rights: list[str], record: dict, wanted: tuple) -> None:
    user = {"id": "u1", "force": "a", "areas": areas, "rights": rights}
    assert tuple(access(user, record, "view").values()) == wanted


@pytest.mark.parametrize(
    ("present", "by_hand", "told", "wanted"),
    [
        (None, False, Place(1), True),
        (Place(1), False, Place(2), True),
        (Place(1), False, Place(1, 11), True),
        (Place(1), False, Place(1), False),
        (Place(1), True, Place(2), False),
        (None, False, NOWHERE, False),
    ],
)
def test_a_source_places_a_record_where_nobody_said_otherwise(
    present: Place | None, by_hand: bool, told: Place, wanted: bool
) -> None:
    assert places_anew(present, is_by_hand=by_hand, told=told) is wanted

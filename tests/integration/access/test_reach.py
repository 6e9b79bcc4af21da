"""What belongs beyond somebody's reach is not there for them, for every row of it, from the next request on (SEC-01)."""

import json
import secrets
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from craffu.access.acting import Acting, acting_system
from craffu.access.actions import change_right, close_account, set_up_area
from craffu.access.emergency.actions import Asked, leave, open_in_emergency
from craffu.access.emergency.models import EmergencyReview
from craffu.access.models import Force, User
from craffu.access.notices.models import Notice
from craffu.access.queries import acting_user
from craffu.access.reach.actions import list_areas, place, place_by_source, place_station, post, say_reach
from craffu.access.reach.models import Placement
from craffu.access.reach.queries import (
    areas_listed,
    beyond,
    find_area,
    find_team,
    place_of,
    placements,
    standing_postings,
    stations,
    whom_to_ask,
)
from craffu.access.reach.rules import Place, Reach, reaches
from craffu.access.restricted.actions import let_in, lift_restriction, restrict, shut_out
from craffu.access.restricted.queries import let_in_from_elsewhere, readers_of
from craffu.access.scoping import ForceScoped, RestrictedWith
from craffu.access.wall.reach import working_for
from craffu.audit.models import Event
from craffu.cases.models import Case
from craffu.cases.queries import cases_page, cases_part, cases_up_to, closed_cases_of, find_case, latest_versions
from craffu.cases.search import cases_numbered
from craffu.common import clock
from craffu.common.door import action
from craffu.common.refusals import NotNow, NotPermitted, Refusal
from craffu.intake.running import take_in
from craffu.people.models import SourceRecord
from tests.factories.areas import Areas, two_areas
from tests.factories.court_messages import court_message
from tests.factories.extracts import AT, LATER, row, write

pytestmark = [pytest.mark.rule("SEC-01"), pytest.mark.django_db]

OF_A_CASE = [
    model
    for model in apps.get_models()
    if issubclass(model, ForceScoped) and isinstance(model.restricted_with, RestrictedWith)
]
CASE = {"kind": "case", "reference": "C-10001"}


@pytest.fixture
def areas(system: Acting) -> Areas:
    return two_areas(system)


@pytest.fixture
def coordinator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("coordinator")


@pytest.fixture
def investigator(make_user: Callable[..., User], areas: Areas) -> User:
    """Of the north, and of one team there; narrowed to the area."""
    user = make_user("investigator")
    areas.post(user, "north")
    areas.post(user, "north-1")
    areas.narrow("investigator")
    return user


@pytest.fixture
def cases(take_in_messages: Callable[..., Any]) -> Callable[[int], None]:
    """`cases(3)` takes in C-10001 to C-10003, each of somebody else."""

    def taken(count: int) -> None:
        take_in_messages(
            *(court_message(ptiurn=f"63AA00{n:03}25", asn=f"2563AA01{n:011}K") for n in range(1, count + 1))
        )

    return taken


def seen(user: User) -> set[str]:
    return set(Case.objects.for_user(acting_user(user)).values_list("reference", flat=True))


def test_the_database_leaves_out_what_the_rule_says_for_every_model_and_every_place(
    areas: Areas, coordinator: Acting, investigator: User, cases: Callable[[int], None]
) -> None:
    places = ("", "north", "north-1", "north-2", "south-1")
    cases(len(places) + 2)
    for number, code in enumerate(places[1:], start=10002):
        areas.place(coordinator, f"C-{number}", code)
    areas.place(coordinator, "C-10006", "south", owner=investigator)
    areas.place(coordinator, "C-10007", "", owner=investigator)
    everywhere = {model: model.objects.for_user(coordinator).count() for model in OF_A_CASE}
    assert everywhere[Case] == 7
    assert sum(count > 0 for count in everywhere.values()) >= 8
    stand = placements(coordinator.force, "case", [f"C-{number}" for number in range(10001, 10008)])
    for reach, number in ((Reach.OWN, 2), (Reach.TEAM, 3), (Reach.AREA, 5), (Reach.FORCE, 7)):
        areas.narrow("investigator", reach)
        by = acting_user(investigator)
        wanted = {
            f"C-{one}" for one in range(10001, 10008)
            if by.within is None or reaches(by.within, place_of(stand.get(f"C-{one}")))
        }  # fmt: skip
        assert len(wanted) == number
        assert beyond(by, "case", everywhere_of(coordinator)) == everywhere_of(coordinator) - wanted
        for model in OF_A_CASE:
            path = model.restricted_with.path  # type: ignore[union-attr]
            rows = model.objects.for_user(by)
            assert set(rows.values_list(path, flat=True)) <= wanted, (reach, model)
            of_wanted = model.objects.for_user(coordinator).filter(**{f"{path}__in": wanted})
            assert rows.count() == of_wanted.count() == model.objects.number_for(by), (reach, model)
            assert model.objects.for_user(by.joining()).count() == everywhere[model]


def everywhere_of(by: Acting) -> set[str]:
    return set(Case.objects.for_user(by).values_list("reference", flat=True))


def test_a_force_that_has_said_nothing_narrows_nobody(
    areas: Areas, make_user: Callable[..., User], coordinator: Acting, cases: Callable[[int], None]
) -> None:
    cases(1)
    areas.place(coordinator, "C-10001", "south")
    user = make_user("investigator")
    areas.post(user, "north")
    assert acting_user(user).within is None
    assert acting_user(user).sees_all
    assert seen(user) == {"C-10001"}


@pytest.mark.parametrize("change", ["moved", "posted", "unposted", "widened", "also coordinator"])
def test_T6_each_change_counts_from_the_next_request(
    areas: Areas, coordinator: Acting, investigator: User, cases: Callable[[int], None], change: str, system: Acting
) -> None:
    cases(2)
    areas.place(coordinator, "C-10001", "north-2")
    areas.place(coordinator, "C-10002", "south")
    assert seen(investigator) == {"C-10001"}
    if change == "moved":
        areas.place(coordinator, "C-10001", "south-1")
        assert seen(investigator) == set()
        areas.place(coordinator, "C-10001", "north")
        assert seen(investigator) == {"C-10001"}
    elif change == "posted":
        areas.post(investigator, "south")
        assert seen(investigator) == {"C-10001", "C-10002"}
    elif change == "unposted":
        areas.post(investigator, "north", held=False)
        assert seen(investigator) == {"C-10001"}, "of a team of it still"
        areas.post(investigator, "north-1", held=False)
        assert seen(investigator) == set()
    elif change == "widened":
        areas.narrow("investigator", "force")
        assert seen(investigator) == {"C-10001", "C-10002"}
    else:
        change_right(by=system, user=investigator, right="coordinator", held=True, reason="a test")
        assert seen(investigator) == {"C-10001", "C-10002"}


def test_queries_inside_queries_and_counts_keep_to_it(
    areas: Areas, coordinator: Acting, investigator: User, cases: Callable[[int], None], django_assert_num_queries: Any
) -> None:
    cases(4)
    for number, code in enumerate(("north", "south", "north-1", "south-1"), start=10001):
        areas.place(coordinator, f"C-{number}", code)
    by = acting_user(investigator)
    assert {one.hearing.case.reference for one in latest_versions(by).select_related("hearing__case")} == {
        "C-10001", "C-10003",
    }  # fmt: skip
    with django_assert_num_queries(1):
        assert cases_page(by).count() == 2
    assert cases_up_to(by, most=5) == len(cases_part(by, first=0, most=5).answer) == 2
    with django_assert_num_queries(2):
        acting_user(investigator)
    found = cases_numbered(by, ["C-10001", "C-10002", "63AA0000425", "C-99999"])
    assert [hit.reference for hit in found.hits] == ["C-10001"]
    assert found.closed == ("C-10002", "C-10004")
    records = list(SourceRecord.objects.for_system("a test").values_list("pk", flat=True))
    with django_assert_num_queries(2):
        assert closed_cases_of(by, records) == ["C-10002", "C-10004"]


def asked() -> Asked:
    return Asked("threat_to_life", "She reports him at the door now", secrets.token_hex(16))


def fresh(user: User) -> Acting:
    return acting_user(user, factor_at=clock.now())


@pytest.mark.rule("SEC-03")
def test_T7_the_glass_is_broken_for_what_is_elsewhere_as_for_what_is_restricted(
    areas: Areas, coordinator: Acting, investigator: User, cases: Callable[[int], None], frozen_clock: Any
) -> None:
    cases(1)
    areas.place(coordinator, "C-10001", "south")
    before = Event.objects.count()
    by = fresh(investigator)
    access = open_in_emergency(by=by, asked=asked(), **CASE)
    (logged,) = [json.loads(one.payload) for one in list(Event.objects.order_by("id"))[before:]]
    assert (logged["kind"], logged["refs"]) == ("opened_in_emergency", ["case/C-10001", f"emergency/{access.number}"])
    assert [one.to for one in Notice.objects.all()] == [coordinator.user]
    assert EmergencyReview.objects.count() == 1
    assert seen(investigator) == {"C-10001"}
    assert acting_user(investigator).opened("case", "C-10001")
    with pytest.raises(NotNow) as refused:
        open_in_emergency(by=by, asked=asked(), **CASE)
    assert refused.value.code == "open_already", "another tab, which began before"
    frozen_clock.shift(timedelta(minutes=60) - timedelta(microseconds=1))
    assert seen(investigator) == {"C-10001"}
    frozen_clock.shift(timedelta(microseconds=1))
    assert seen(investigator) == set()
    open_in_emergency(by=fresh(investigator), asked=asked(), **CASE)
    assert leave(by=acting_user(investigator), **CASE)
    assert seen(investigator) == set()
    assert acting_user(investigator).emergency == ()


@pytest.mark.rule("SEC-02")
@pytest.mark.rule("SEC-03")
def test_what_is_both_restricted_and_elsewhere_opens_to_whoever_is_let_in(
    areas: Areas, coordinator: Acting, investigator: User, cases: Callable[[int], None], frozen_clock: Any
) -> None:
    cases(1)
    areas.place(coordinator, "C-10001", "south")
    restrict(by=coordinator, reason="a test", **CASE)
    assert seen(investigator) == set()
    let_in(by=coordinator, user=investigator, reason="a test", **CASE)
    assert seen(investigator) == {"C-10001"}
    assert [one.user for one in readers_of(coordinator.force, **CASE)] == [coordinator.user, investigator]
    assert let_in_from_elsewhere(coordinator.force, **CASE) == []
    frozen_clock.shift(timedelta(seconds=1))
    open_it_again = lift_restriction(by=coordinator, reason="a test", **CASE)
    assert not open_it_again.restricted
    assert seen(investigator) == set(), "who was let in while it was restricted is not let in by that"
    open_in_emergency(by=fresh(investigator), asked=asked(), **CASE)
    assert seen(investigator) == {"C-10001"}


def test_somebody_from_elsewhere_is_let_in_by_name_and_shut_out_again(
    areas: Areas, coordinator: Acting, investigator: User, cases: Callable[[int], None], make_user: Callable[..., User]
) -> None:
    cases(2)
    areas.place(coordinator, "C-10001", "south")
    let_in(by=coordinator, user=investigator, reason="a test", **CASE)
    assert seen(investigator) == {"C-10001"}
    assert [one.user for one in let_in_from_elsewhere(coordinator.force, **CASE)] == [investigator]
    areas.narrow("supervisor")
    supervisor = make_user("supervisor")
    for change in (let_in, shut_out):
        with pytest.raises(NotPermitted) as refused:
            change(by=acting_user(supervisor), user=investigator, reason="a test", **CASE)
        assert refused.value.code == "elsewhere"
    shut_out(by=coordinator, user=investigator, reason="a test", **CASE)
    assert seen(investigator) == set()


def test_whom_to_ask(
    areas: Areas, coordinator: Acting, investigator: User, make_user: Callable[..., User], system: Acting
) -> None:
    owner, of_south, chief = make_user("investigator"), make_user("coordinator"), make_user("supervisor")
    areas.post(of_south, "south-1")
    by = acting_user(investigator)

    def ask(code: str, who: User | None = None) -> User | None:
        areas.place(coordinator, "C-10001", code, owner=who)
        return whom_to_ask(by, "case", ["C-10001"])["C-10001"][1]

    assert ask("north", owner) == owner
    assert ask("south") == of_south
    assert ask("north") == coordinator.user
    assert ask("south", owner) == owner
    close_account(by=system, user=owner, reason="a test")
    assert whom_to_ask(by, "case", ["C-10001"])["C-10001"][1] == of_south
    for user in (of_south, coordinator.user):
        change_right(by=system, user=user, right="coordinator", held=False, reason="a test")
    assert whom_to_ask(by, "case", ["C-10001", "C-10002"])["C-10002"] == (None, chief)
    change_right(by=system, user=chief, right="supervisor", held=False, reason="a test")
    assert whom_to_ask(by, "case", ["C-10001"])["C-10001"][1] is None
    assert whom_to_ask(by, "case", []) == {}


@pytest.mark.rule("SEC-03")
def test_where_nobody_answers_for_a_record_the_notice_goes_to_whoever_opened_it(
    areas: Areas, investigator: User, cases: Callable[[int], None]
) -> None:
    cases(1)
    open_in_emergency(by=fresh(investigator), asked=asked(), **CASE)
    assert [one.to for one in Notice.objects.all()] == [investigator]


def test_who_may_say_where_something_belongs(
    areas: Areas, coordinator: Acting, investigator: User, acting_as: Callable[..., Acting], cases: Callable[[int], None],
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    cases(1)
    north, south = areas.area["north"], areas.area["south"]
    told: dict[str, Any] = {**CASE, "area": south, "team": None, "owner": None, "reason": "a test"}
    for by in (acting_user(investigator), acting_as("administrator"), areas.by):
        with pytest.raises(NotPermitted):
            place(by=by, **told)
    areas.narrow("supervisor")
    supervisor = make_user("supervisor")
    areas.post(supervisor, "north")
    with pytest.raises(NotPermitted) as refused:
        place(by=acting_user(supervisor), **told)
    assert refused.value.code == "elsewhere"
    areas.place(coordinator, "C-10001", "north")
    place(by=acting_user(supervisor), **told)
    with pytest.raises(NotPermitted):
        place(by=acting_user(supervisor), **{**told, "area": north})
    with pytest.raises(NotNow) as same:
        place(by=coordinator, **told)
    assert same.value.code == "placed_already"
    with pytest.raises(Refusal):
        place(by=coordinator, **{**told, "area": north, "reason": " "})
    with pytest.raises(NotPermitted) as wrong:
        place(by=coordinator, **{**told, "area": north, "team": areas.team["south-1"]})
    assert wrong.value.code == "no_such_area"
    for user_act in (
        lambda by: post(by=by, user=supervisor, area=north, team=None, held=True, reason="a test"),
        lambda by: say_reach(by=by, role="investigator", reach="own", reason="a test"),
        lambda by: place_station(by=by, name="Llanelli", area=north, team=None, reason="a test"),
        lambda by: list_areas(by=by),
    ):
        with pytest.raises(NotPermitted):
            user_act(coordinator)
    restrict(by=coordinator, reason="a test", **CASE)
    other = acting_as("coordinator")
    with pytest.raises(NotPermitted) as shut:
        place(by=other, **{**told, "area": north})
    assert shut.value.code == "restricted"


@pytest.mark.parametrize(("role", "reach"), [("coordinator", "area"), ("supervisor", "own"), ("analyst", "force")])
def test_no_force_narrows_a_role_beyond_the_table(system: Acting, role: str, reach: str) -> None:
    with pytest.raises(NotNow) as refused:
        say_reach(by=system, role=role, reach=reach, reason="a test")
    assert refused.value.code == "reach_not_allowed"


def test_T2_another_forces_areas_and_people_do_not_exist(
    areas: Areas, coordinator: Acting, other_force: Force, make_user: Callable[..., User], system: Acting
) -> None:
    theirs = acting_system(other_force, "test")
    stranger = make_user("investigator", force=other_force, username="stranger")
    with working_for(other_force.pk):
        north = set_up_area(by=theirs, code="north", name_en="North", name_cy="Gogledd", teams=[("t", "T", "T")])
        team = north.teams.get()
    mine: dict[str, Any] = {"area": areas.area["north"], "team": None, "reason": "a test"}
    user = make_user("investigator")
    for act in (
        lambda: post(by=system, user=stranger, held=True, **mine),
        lambda: post(by=system, user=user, held=True, area=north, team=None, reason="a test"),
        lambda: post(by=system, user=user, held=True, **{**mine, "team": team}),
        lambda: place_station(by=system, name="x", area=north, team=team, reason="a test"),
        lambda: place(by=coordinator, owner=stranger, **CASE, **mine),
        lambda: place(by=coordinator, owner=None, **CASE, **{**mine, "area": north}),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert Placement.objects.count() == 0


@pytest.mark.rule("SEC-04")
def test_each_change_is_one_row_in_the_log_with_its_reason_and_what_it_was_about(
    areas: Areas, coordinator: Acting, investigator: User
) -> None:
    before = Event.objects.count()
    areas.post(investigator, "south-1")
    areas.post(investigator, "south-1", held=False)
    areas.narrow("supervisor")
    place_station(
        by=areas.by, name=" LLANELLI  Town", area=areas.area["south"], team=areas.team["south-2"], reason="a test"
    )
    areas.place(coordinator, "C-10001", "north-1", owner=investigator)
    list_areas(by=areas.by)
    rows = [json.loads(one.payload) for one in list(Event.objects.order_by("id"))[before:]]
    name = investigator.username
    assert [(row["kind"], set(row["refs"])) for row in rows] == [
        ("posted", {f"user/{name}", "area/south", "team/south-1"}),
        ("posting_ended", {f"user/{name}", "area/south", "team/south-1"}),
        ("reach_said", {"right/supervisor", "reach/area"}),
        ("station_placed", {"area/south", "team/south-2"}),
        ("record_placed", {"case/C-10001", "area/north", "team/north-1", f"user/{name}"}),
        ("areas_listed", {f"user/{name}"}),
    ]
    assert {row.get("reason") for row in rows[:-1]} == {"a test"}
    assert stations(areas.by.force) == {
        "llanelli town": Place(areas.area["south"].pk, areas.team["south-2"].pk),
    }  # fmt: skip


def test_a_source_places_what_nobody_placed_and_what_a_source_did(
    areas: Areas, coordinator: Acting, system: Acting, cases: Callable[[int], None]
) -> None:
    cases(3)

    @action
    def told(references: Sequence[str], code: str) -> int:
        area, team = areas.of(code)
        assert area is not None
        where = Place(area.pk, team.pk if team else None)
        placed = place_by_source(
            by=system, kind="case", source="police", told=dict.fromkeys(references, where), now=clock.now()
        )
        list_areas(by=system)
        return placed

    areas.place(coordinator, "C-10003", "north")
    everything = ["C-10001", "C-10002", "C-10003"]
    assert told(everything, "south") == 2
    assert told(everything, "south") == 0
    assert told(["C-10001"], "south-1") == 1
    assert told([], "south-1") == 0
    stand = placements(system.force, "case", everything)
    assert {one: place_of(stand[one]) for one in everything} == {
        "C-10001": Place(areas.area["south"].pk, areas.team["south-1"].pk),
        "C-10002": Place(areas.area["south"].pk),
        "C-10003": Place(areas.area["north"].pk),
    }
    assert {row.source for row in stand.values()} == {"police", ""}


@pytest.mark.rule("INT-01")
def test_a_case_goes_where_the_station_of_its_crime_lies_unless_somebody_placed_it(
    areas: Areas, coordinator: Acting, system: Acting, tmp_path: Path
) -> None:
    def sent(name: str, station: str, at: str = AT) -> None:
        said = [
            row("rms", "crimes", number, ptiurn="", station=station, updated_at=at) for number in (1, 2)
        ]  # fmt: skip
        assert take_in(by=system, kind="rms", paths=[write(tmp_path / name, "crimes.csv", said)]).run.rejected == 0

    def where() -> list[str]:
        stand = placements(system.force, "case", ["C-10001", "C-10002"])
        return [stand[one].area.code if one in stand else "" for one in ("C-10001", "C-10002")]  # type: ignore[union-attr]

    sent("1", "Llanelli")
    assert where() == ["", ""]
    place_station(by=system, name="llanelli", area=areas.area["south"], team=None, reason="a test")
    place_station(by=system, name="Brecon", area=areas.area["north"], team=None, reason="a test")
    sent("2", " LLANELLI ", LATER)
    assert where() == ["south", "south"]
    areas.place(coordinator, "C-10002", "south-1")
    sent("3", "Brecon", "2024-05-05 10:00:00")
    assert where() == ["north", "south"]
    sent("4", "Llanelli", "2024-04-15 10:00:00")
    assert where() == ["north", "south"], "an older word"
    sent("5", "Elsewhere", "2024-06-05 10:00:00")
    assert where() == ["north", "south"]


def test_one_who_is_nobody_places_nothing(coordinator: Acting, areas: Areas) -> None:
    nobody = Acting(coordinator.actor, coordinator.force, coordinator.rights)
    with pytest.raises(NotPermitted):
        place(by=nobody, area=areas.area["north"], team=None, owner=None, reason="a test", **CASE)
    assert find_case(nobody, "C-10001") is None


def test_areas_are_listed_with_their_teams_stations_and_whoever_stands_posted_there(
    areas: Areas, make_user: Callable[..., User], system: Acting
) -> None:
    ann, ben = make_user("investigator", username="ann"), make_user("investigator", username="ben")
    areas.post(ann, "north-1")
    areas.post(ben, "south")
    areas.post(ben, "south", held=False)
    place_station(by=system, name="Brecon", area=areas.area["north"], team=areas.team["north-1"], reason="a test")
    areas.narrow("investigator")
    north, south = areas_listed(system.force).areas
    assert (north.area.code, north.stations, north.people) == ("north", ("brecon",), ("ann",))
    assert [team.code for team in north.teams] == ["north-1", "north-2"]
    assert (south.stations, south.people) == ((), ())
    assert areas_listed(system.force).reach == {"investigator": "area"}
    assert [(row.user, row.area.code) for row in standing_postings([ann.pk, ben.pk])] == [(ann, "north")]
    found = find_area(system.force, "north")
    assert found == north.area
    assert find_team(found, "north-2") == areas.team["north-2"]
    assert find_area(system.force, "east") is None
    assert find_team(found, "south-1") is None

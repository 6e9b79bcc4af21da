"""T2 inside a force and between two: two forces, two areas with two teams each, every address, form and query swapped (SEC-01).

What belongs to another area is a stub and nothing more, on every page that names a case; what another force holds answers
like what never was, to the byte and to the query.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from statistics import median
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from craffu.access.acting import Acting
from craffu.access.actions import change_right
from craffu.access.emergency.models import EmergencyAccess
from craffu.access.models import Force
from craffu.access.queries import acting_user
from craffu.access.reach.models import Placement
from craffu.access.reach.rules import STATUS, Answer, answer
from craffu.access.restricted.actions import let_in, lift_restriction, restrict, shut_out
from craffu.access.sessions.actions import begin_session
from craffu.access.wall.reach import working_for
from craffu.audit.models import Event
from craffu.cases.models import Case
from tests.factories.areas import Areas, two_areas
from tests.factories.court_messages import court_message
from tests.logged import refs_said_by
from tests.web.conftest import TakeIn, Visit, text_of
from tests.web.exports.test_exports import taken
from tests.web.restricted.conftest import user_of
from tests.web.test_role_matrix import ABSENT, PAGES, address, without_what_differs
from tests.web.test_T30_conflict_page import version_on

pytestmark = [pytest.mark.rule("SEC-01"), pytest.mark.django_db]

SOUTH, NORTH, NOWHERE = "C-10001", "C-10002", "C-10003"
CANARIES = ("63AA0000125", "Canaryville", "Heol Canari")
STUB = f"{SOUTH} exists and belongs to South, South-1. If you need it for your work, ask Test coordinator1."


@pytest.fixture
def areas(system: Acting) -> Areas:
    return two_areas(system)


@pytest.fixture
def coordinator(signed_in_client: Callable[..., Client], areas: Areas, take_in_files: TakeIn) -> Client:
    """Who placed one case in the south, with canaries, and one in the north; a third is nowhere."""
    client = signed_in_client("coordinator")
    take_in_files({"1.xml": court_message(ptiurn=CANARIES[0], bail_conditions="Not to go to Canaryville, Heol Canari")})
    take_in_files({"2.xml": court_message(ptiurn="63AA0000225", asn="2563AA0100000000002K", family_name="OTHER")})
    take_in_files({"3.xml": court_message(ptiurn="63AA0000325", asn="2563AA0100000000003K", family_name="THIRD")})
    by = acting_user(user_of(client))
    areas.place(by, SOUTH, "south-1")
    areas.place(by, NORTH, "north-2")
    return client


@pytest.fixture
def northerner(
    signed_in_client: Callable[..., Client], areas: Areas, coordinator: Client, confirmed: Callable[..., Client]
) -> Client:
    """A supervisor of the north, narrowed to it, who has just proved who they are."""
    client = confirmed(signed_in_client("supervisor"))
    areas.post(user_of(client), "north")
    areas.narrow("supervisor")
    return client


def paths_of(name: str, reference: str) -> list[str]:
    """A page's address for one case, in both languages; what else it names need not be there."""
    others = {part: "1" if isinstance(whose, tuple) else whose for part, whose in PAGES[name].parts.items()}
    with translation.override("en"):
        path = reverse(name, kwargs={**others, "case": reference})
    return [path, f"/cy{path}"]


def of_a_case() -> list[str]:
    return [name for name, page in PAGES.items() if "case" in page.parts]


def test_T2_every_page_of_a_case_of_another_area_is_its_stub(northerner: Client) -> None:
    assert {"case_detail", "case_readers", "case_place", "emergency_open"} <= set(of_a_case())
    for name in of_a_case():
        asks = [northerner.get] if PAGES[name].post == 405 else [northerner.get, northerner.post]
        for ask in asks:
            for language, path in zip(("en", "cy"), paths_of(name, SOUTH), strict=True):
                told = ask(path)
                words = text_of(told)
                assert not any(canary in words for canary in CANARIES), path
                if name == "emergency_open":
                    assert "ask Test coordinator1" in words or language == "cy"
                    continue
                assert told.status_code == 403, path
                assert (STUB in words) is (language == "en"), path
                assert "Test coordinator1" in words
    assert Placement.objects.count() == 2
    unplaced = text_of(northerner.get(f"/cases/{NOWHERE}"))
    assert f"{NOWHERE} exists and belongs to no area yet." in unplaced
    assert northerner.get(f"/cases/{NORTH}").status_code == 200


def test_T2_nothing_of_it_stands_on_any_other_page_in_any_list_count_or_answer(
    northerner: Client, visit: Visit
) -> None:
    seen = 0
    for name, page in PAGES.items():
        if "supervisor" not in page.roles or page.get != 200 or "case" in page.parts or page.ends_session:
            continue
        if page.parts and name not in {"home_section", "person_detail"}:
            continue
        body = northerner.get("/people/P-10001" if name == "person_detail" else address(name)).content.decode()
        assert not any(canary in body for canary in CANARIES), name
        assert name == "person_detail" or SOUTH not in body, name
        seen += 1
    assert seen >= 8
    assert "63AA0000225" in text_of(northerner.get("/cases"))
    person = text_of(northerner.get("/people/P-10001"))
    assert STUB in person
    assert "No hearing that is open to you." in person
    found = text_of(northerner.post("/search", {"words": CANARIES[0]}, follow=True))
    assert f"Not open to you {STUB}" in found
    assert "Reference: 63AA0000125" not in found
    answer, (row,) = visit(northerner, f"/cases/{SOUTH}")
    assert answer.status_code == 403
    assert (row.kind, row.verb) == ("access_refused", "denied")


@pytest.mark.rule("SEC-07")
def test_T2_no_file_that_leaves_holds_what_is_elsewhere_and_it_says_how_much_was_left_out(northerner: Client) -> None:
    for path, number in (("/people/P-10001/export", 1), ("/people/export", 2)):
        text = taken(northerner, path).content.decode()
        assert SOUTH not in text
        assert not any(canary in text for canary in CANARIES), path
        assert f"{number}. They are restricted or belong elsewhere" in text


def test_T2_what_another_force_holds_and_what_never_was_answer_alike_to_the_byte_the_query_and_in_time(
    northerner: Client, other_force: Force, signed_in_client: Callable[..., Client], areas: Areas
) -> None:
    """For somebody narrowed, of the other force, who asks for our cases; and for us of what never was."""
    stranger = signed_in_client("investigator", force=other_force, username="stranger")
    theirs = replace(areas.by, force=other_force, actor=replace(areas.by.actor, force=other_force.code))
    with working_for(other_force.pk):
        two = two_areas(theirs)
        two.post(user_of(stranger), "north")
        two.narrow("investigator", "team")

    def asked(path: str) -> tuple[Any, int, float]:
        with CaptureQueriesContext(connection) as queries:
            began = time.process_time()
            told = stranger.get(path)
        return told, len(queries), time.process_time() - began

    took: dict[str, list[float]] = {SOUTH: [], ABSENT["case"]: []}
    for _ in range(15):
        found = {}
        for reference, times in took.items():
            told, queries, seconds = asked(f"/cases/{reference}")
            assert told.status_code == 404
            found[reference] = (without_what_differs(told, "case"), queries)
            times.append(seconds)
        assert found[SOUTH] == found[ABSENT["case"]]
    foreign, absent = (median(times) for times in took.values())
    assert 1 / 2 < foreign / absent < 2
    for path in ("/search", f"/people/{ABSENT['person']}", "/people/P-10001", f"/restricted/{SOUTH}/open"):
        body = stranger.post(path, {"words": CANARIES[0]}, follow=True) if path == "/search" else stranger.get(path)
        assert SOUTH not in text_of(body)


def test_T2_ids_of_another_force_in_the_form_are_no_choice(
    coordinator: Client, other_force: Force, make_user: Callable[..., Any], areas: Areas
) -> None:
    make_user("investigator", force=other_force, username="their.officer")
    path = f"/cases/{NORTH}/place"
    answers = []
    for owner in ("their.officer", "nobody.atall"):
        told = coordinator.post(path, {"do": "place", "place": "north", "owner": owner, "reason": "a test"})
        assert told.status_code == 200
        assert "There is no such account in your force." in text_of(told)
        answers.append(without_what_differs(told, "").replace(owner, ""))
    assert answers[0] == answers[1]
    elsewhere = coordinator.post(path, {"do": "place", "place": "their-area", "reason": "a test"})
    assert "Choose one of the list" in text_of(elsewhere)
    assert Placement.objects.count() == 2


def test_every_page_answers_as_the_rule_says(
    northerner: Client, coordinator: Client, other_force: Force, signed_in_client: Callable[..., Client], areas: Areas,
    system: Acting,
) -> None:  # fmt: skip
    """Force by right by restriction by reach by being let in, against the real page and the pure rule."""
    keeper = acting_user(user_of(coordinator))
    stranger = signed_in_client("coordinator", force=other_force, username="stranger")
    who = user_of(northerner)
    met = set()
    for holds, shut, reached, let in product((True, False), (False, True), (True, False), (False, True)):
        where: dict[str, Any] = {"kind": "case", "reference": NORTH if reached else SOUTH, "reason": "a test"}
        change_right(by=system, user=who, right="supervisor", held=holds, reason="a test")
        change_right(by=system, user=who, right="analyst", held=not holds, reason="a test")
        if shut:
            restrict(by=keeper, **where)
        if let:
            let_in(by=keeper, user=who, **where)
        client = Client()
        client.force_login(who)
        begin_session(user=who, key=client.session.session_key or "")
        asked = {"holds_right": holds, "is_shut": shut, "is_reached": reached, "is_let_in": let}
        for of_force, reader in ((True, client), (False, stranger)):
            wanted = answer(of_force=of_force, **asked)
            told = reader.get(f"/cases/{where['reference']}")
            assert told.status_code == STATUS[wanted], (of_force, asked)
            is_stub = "If you need it for your work, ask Test coordinator1." in text_of(told)
            assert is_stub is (wanted is Answer.STUB), (of_force, asked)
            met.add(wanted)
        if let:
            shut_out(by=keeper, user=who, **where)
        if shut:
            lift_restriction(by=keeper, **where)
    assert met == set(Answer)


@pytest.mark.rule("SEC-03")
def test_T7_the_stub_leads_to_emergency_access_and_the_banner_stands_while_it_runs(northerner: Client) -> None:
    link = f"/restricted/{SOUTH}/open"
    assert link in northerner.get(f"/cases/{SOUTH}").content.decode()
    assert link in northerner.get("/people/P-10001").content.decode()
    page = northerner.get(link).content.decode()
    form = page.split('name="form" value="')[1].split('"')[0]
    said = {"reason_code": "threat_to_life", "reason_text": "She reports him at the door now", "form": form}
    assert northerner.post(link, said).headers["Location"] == f"/cases/{SOUTH}"
    case = northerner.get(f"/cases/{SOUTH}")
    assert CANARIES[0] in text_of(case)
    assert "craffu-emergency" in case.content.decode()
    assert "South, South-1" in text_of(case)
    assert EmergencyAccess.objects.count() == 1
    northerner.post("/restricted/leave", {"case": SOUTH})
    assert northerner.get(f"/cases/{SOUTH}").status_code == 403


def test_a_case_is_moved_and_its_history_stays(
    northerner: Client, coordinator: Client, visit: Visit, signed_in_client: Callable[..., Client], areas: Areas
) -> None:
    areas.narrow("investigator", "own")
    owner = signed_in_client("investigator")
    path = f"/cases/{NORTH}/place"
    assert "Move this case" in text_of(northerner.get(f"/cases/{NORTH}"))
    assert owner.get(f"/cases/{NORTH}").status_code == 403
    given = {"do": "place", "place": "north", "owner": user_of(owner).username, "reason": "Her case now"}
    told, rows = visit(northerner, path, **given)
    assert told.headers["Location"] == f"/cases/{NORTH}"
    done = [(row.kind, row.actor) for row in rows if row.kind != "order_proposed"]
    assert set(done[1:]) == {("work_raised", "follow")}, "the work in it has an owner now"
    assert rows[0].kind == "record_placed"
    assert "Belongs to North. Owner: Test investigator" in text_of(owner.get(f"/cases/{NORTH}"))
    page = text_of(northerner.get(path))
    for words in ("North, North-2", "Her case now", "Some roles in your force see only"):
        assert words in page
    assert "Gogledd" in text_of(northerner.get(f"/cy{path}"))
    again = northerner.post(path, given)
    assert again.status_code == 200
    assert "It belongs there already." in text_of(again)
    away = northerner.post(path, {**given, "place": "south/south-1"})
    assert away.headers["Location"] == "/cases"
    assert northerner.get(path).status_code == 403
    assert [one.area.code for one in Placement.objects.filter(reference=NORTH).order_by("id")] == [
        "north", "north", "south",
    ]  # fmt: skip


def test_a_coordinator_is_told_of_cases_that_nobody_placed(
    northerner: Client, coordinator: Client, areas: Areas
) -> None:
    words = f"Say where case {NOWHERE} belongs"
    today = coordinator.get("/")
    assert words in text_of(today)
    assert f"/cases/{NOWHERE}/place" in today.content.decode()
    assert f"Say where case {SOUTH} belongs" not in text_of(today)
    assert words not in text_of(northerner.get("/"))
    areas.place(acting_user(user_of(coordinator)), NOWHERE, "", owner=user_of(northerner))
    assert words not in text_of(coordinator.get("/"))
    areas.place(acting_user(user_of(coordinator)), NOWHERE)
    assert words in text_of(coordinator.get("/"))
    areas.narrow("supervisor", "force")
    assert words not in text_of(coordinator.get("/"))


def test_T30_the_second_of_two_who_move_a_case_sees_both(northerner: Client, coordinator: Client) -> None:
    path = f"/cases/{NORTH}/place"
    seen = version_on(coordinator.get(path))
    given = {"do": "place", "place": "north", "reason": "First"}
    assert northerner.post(path, {**given, "version": seen}).status_code == 302
    told = coordinator.post(path, {**given, "place": "south", "reason": "Second", "version": seen})
    assert told.status_code == 409
    text = text_of(told)
    for words in ("Somebody else changed this", "First", "Second", "North", "South"):
        assert words in text
    assert Placement.objects.filter(reference=NORTH).count() == 2
    assert coordinator.post(path, {**given, "place": "south", "version": version_on(told)}).status_code == 302


def test_somebody_from_elsewhere_is_let_in_on_the_page_and_shut_out(
    northerner: Client, coordinator: Client, areas: Areas
) -> None:
    path, name = f"/cases/{SOUTH}/place", user_of(northerner).username
    given = {"do": "reader", "act": "let_in", "username": name, "reason": "Works on both"}
    assert coordinator.post(path, given).headers["Location"] == path
    assert northerner.get(f"/cases/{SOUTH}").status_code == 200
    page = text_of(coordinator.get(path))
    assert "People who see it from elsewhere" in page
    assert "Works on both" in page
    assert "Enter whose user name" in text_of(coordinator.post(path, {"do": "reader", "act": "shut_out"}))
    unknown = coordinator.post(path, {**given, "username": "nobody.atall"})
    assert "There is no such account in your force." in text_of(unknown)
    coordinator.post(path, {**given, "act": "shut_out"})
    assert northerner.get(f"/cases/{SOUTH}").status_code == 403
    areas.narrow("supervisor", "force")
    assert "Every role in your force sees the cases of the whole force." in text_of(coordinator.get(path))


def test_the_pages_ask_the_database_as_often_however_many_cases_are_elsewhere(
    northerner: Client, coordinator: Client, take_in_files: TakeIn, areas: Areas, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for more in (0, 4):
        for number in range(more):
            take_in_files({f"{number}.xml": court_message(ptiurn=f"63AA02000{number:02}")})
            areas.place(acting_user(user_of(coordinator)), f"C-{10004 + number}", "south")
        for path in ("/cases", "/people", "/people/P-10001", f"/cases/{NORTH}", f"/cases/{NORTH}/place", "/"):
            with django_assert_max_num_queries(50) as queries:
                northerner.get(path)
            counts.append(len(queries))
    assert counts[:6] == counts[6:]
    assert Case.objects.for_system("a test").count() == 7


@pytest.mark.rule("SEC-04")
def test_the_page_of_its_place_is_logged_with_who_is_named_on_it(
    northerner: Client, coordinator: Client, areas: Areas, visit: Visit
) -> None:
    owner = user_of(northerner)
    areas.place(acting_user(user_of(coordinator)), SOUTH, "south", owner=owner)
    _, (row,) = visit(coordinator, f"/cases/{SOUTH}/place")
    assert row.kind == "place_viewed"
    assert set(refs_said_by(row)) == {f"case/{SOUTH}", f"user/{owner.username}"}
    assert Event.objects.filter(kind="record_placed").count() == 3

"""T1, T2 and T8 for the API: every address, every role, every way of asking, and what each answer leaves in the log."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.markings import COVERT
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.access.wall.reach import working_for
from craffu.audit.models import Event
from craffu.audit.rules import Verb
from craffu.daily.ticking import tick
from craffu.orders.models import Order
from tests.api.addresses import ADDRESSES, ASKING, HER, READ
from tests.api.there import further
from tests.factories.areas import two_areas
from tests.factories.breaches import send_incident
from tests.factories.deep_dives import begun, published
from tests.factories.recommended import recommended
from tests.factories.reviews import view_of
from tests.integration.breaches.conftest import DAY, HOUR
from tests.integration.breaches.test_detecting import sent
from tests.logged import refs_said_by
from tests.web.orders.conftest import NOW
from tests.web.test_role_matrix import names

pytestmark = pytest.mark.django_db
OF_ONE = [name for name in READ if "{order}" in ADDRESSES[name].path]
OTHER_WAYS = ("post", "put", "patch", "delete")


@pytest.fixture
def broken(made: Order, system: Acting, make_user: Callable[..., User], tmp_path: Path, at_noon: None) -> Order:
    """The order, of which the force recorded a breach; with whoever it protects something is agreed, and she said something.

    There are recommendations, and a review of the force that is published; and what else a program can ask about.
    """
    officer = acting_user(make_user("victim_officer", username="looks.after"))
    further(made, system, make_user, tmp_path / "further")
    view_of(officer, made)
    scrutiny = acting_user(make_user("scrutiny_officer", username="scrutinises"))
    recommended(scrutiny)
    published(scrutiny, begun(scrutiny, system).reference)
    send_incident(system, tmp_path, 2, **sent(NOW - DAY, offence_code="ST19001"))
    tick(force=system.force, at=NOW + HOUR)
    return made


def ask(client: Client, name: str, order: str = "O-10001", how: str = "get") -> Any:
    path = ADDRESSES[name].path.format(
        order=order, person="P-10001", breach="B-10001", case="C-10001", victim="P-10002"
    )
    return getattr(client, how)(path)


def code_of(answer: Any) -> str:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return str(json.loads(answer.content)["code"])


def test_T1_every_address_of_the_api_is_in_the_matrix() -> None:
    assert sorted(name for name in names() if name.startswith("api_")) == sorted(ADDRESSES)


@pytest.mark.rule("SEC-01", "SEC-04")
def test_T1_T8_every_role_is_answered_what_is_its_own_and_each_answer_and_refusal_leaves_its_row(
    broken: Order, signed_in_client: Callable[..., Client]
) -> None:
    for role in (*ASKING, ""):
        client = signed_in_client(role) if role else signed_in_client()
        for name in READ:
            address = ADDRESSES[name]
            before = Event.objects.count()
            answer = ask(client, name)
            is_theirs = role in address.roles or not address.logs
            assert answer.status_code == (200 if is_theirs else 403), (role, name)
            rows = list(Event.objects.order_by("id"))[before:]
            if not address.logs:
                assert rows == []
                continue
            (row,) = rows
            refs = set(refs_said_by(row))
            if is_theirs:
                assert (row.verb, row.actor) == (Verb.CONSULTATION, client.user.username), (role, name)  # type: ignore[attr-defined]
                assert refs >= set(address.shows), (role, name)
            else:
                assert (row.verb, code_of(answer)) == (Verb.DENIED, "right_not_held"), (role, name)
                assert f"page/{name}" in refs


@pytest.mark.rule("SEC-04")
def test_T8_the_row_names_every_record_in_the_answer(broken: Order, signed_in_client: Callable[..., Client]) -> None:
    made = broken
    assert made.case is not None
    team, officer = signed_in_client("orders_team"), signed_in_client("response_officer")
    looks_after, manager = signed_in_client("victim_officer"), signed_in_client("offender_manager")
    case = f"case/{made.case.reference}"
    order, person = f"order/{made.reference}", "person/P-10001"
    for client, name, wanted in (
        (team, "api_order_list", {order, case}),
        (team, "api_order_detail", {order, case, person}),
        (team, "api_order_conditions", {order}),
        (officer, "api_order_detail", {order, person}),
        (officer, "api_person_breaches", {order, person, "breach/B-10001", "breach/B-10002"}),
        (officer, "api_breach_detail", {order, "breach/B-10001"}),
        (looks_after, "api_victim_list", {*HER}),
        (looks_after, "api_victim_detail", {*HER, case, "case/C-10002", "case/C-10003"}),
        (looks_after, "api_victim_contacts", {*HER}),
        (team, "api_victim_views", {*HER}),
        (looks_after, "api_victim_safety", {*HER}),
        (looks_after, "api_victim_advocates", {*HER}),
        (looks_after, "api_victim_letter_list", {*HER}),
        (looks_after, "api_order_letter_list", {order, "person/P-10002"}),
        (looks_after, "api_letter_list", {order, *HER}),
        (manager, "api_meeting_list", {"meeting/MT-10001"}),
        (manager, "api_meeting_detail", {"meeting/MT-10001", person}),
        (officer, "api_champion_list", {f"staff/{one}" for one in (21, 22, 23, 24)}),
    ):
        body = ask(client, name).content.decode()
        last = Event.objects.order_by("-id").first()
        assert last is not None
        assert set(refs_said_by(last)) == wanted, name
        shown = {f"{kind}/{ref}" for kind, _, ref in (one.partition("/") for one in wanted) if ref in body}
        assert shown == wanted, name
    # Whoever asks for the head alone learns the tag of what is there, and has read it.
    tag = ask(team, "api_order_detail").headers["ETag"]
    before = Event.objects.count()
    head = ask(team, "api_order_detail", how="head")
    assert (head.status_code, head.headers["ETag"], head.content) == (200, tag, b"")
    assert Event.objects.count() == before + 1


@pytest.mark.postgres_in_deep
def test_T1_nobody_is_answered_without_a_session_and_nothing_is_written_in_any_way(
    broken: Order, client: Client, signed_in_client: Callable[..., Client]
) -> None:
    team = signed_in_client("orders_team")
    for name, address in ADDRESSES.items():
        told = ask(client, name)
        assert (told.status_code, code_of(told)) == (401, "sign_in"), name
        assert told.headers["WWW-Authenticate"] == "Bearer"
        for how in set(OTHER_WAYS) - address.ways:
            told = ask(team, name, how=how)
            assert (told.status_code, code_of(told)) == (405, "method_not_allowed"), (name, how)
            assert {one.lower() for one in told.headers["Allow"].split(", ")} == address.ways, (name, how)
            assert ask(client, name, how=how).status_code == 401, (name, how)


@pytest.mark.postgres_in_deep
def test_T1_a_question_from_another_site_that_would_write_is_stopped_before_it_is_read(
    broken: Order, signed_in_client: Callable[..., Client]
) -> None:
    mine = signed_in_client("orders_team")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = mine.cookies
    for name in ADDRESSES:
        told = ask(strict, name, how="post")
        assert (told.status_code, code_of(told)) == (403, "forbidden"), name
        assert ask(strict, name).status_code in {200, 403, 405}


@pytest.mark.rule("SEC-04")
def test_whoever_has_not_accepted_the_terms_or_lacks_a_second_factor_is_told_so(
    made: Order, signed_in_client: Callable[..., Client], settings: Any
) -> None:
    new = signed_in_client("orders_team", has_accepted_terms=False)
    assert code_of(ask(new, "api_order_list")) == "terms_not_accepted"
    team = signed_in_client("orders_team")
    settings.CRAFFU_FACTOR_REQUIRED = True
    told = ask(team, "api_order_list")
    assert (told.status_code, code_of(told)) == (403, "no_second_factor")


@pytest.mark.rule("SEC-02")
def test_T2_an_order_of_a_restricted_case_is_a_stub_and_in_no_list(
    made: Order, make_user: Callable[..., User], signed_in_client: Callable[..., Client]
) -> None:
    keeper = acting_user(make_user("supervisor", username="keeper"))
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test")
    team = signed_in_client("orders_team")
    for name in OF_ONE:
        told = ask(team, name)
        assert (told.status_code, code_of(told)) == (403, "restricted"), name
        wanted = f"{made.reference} exists and is restricted. If you need it for your work, ask Test keeper."
        assert json.loads(told.content)["detail"] == wanted
    assert json.loads(ask(team, "api_order_list").content) == {"orders": [], "page": 1, "pages": 1, "total": 0}


@pytest.mark.rule("SEC-01")
def test_T2_an_order_beyond_somebodys_area_says_whom_to_ask(
    made: Order, system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    areas = two_areas(system)
    coordinator, northerner = signed_in_client("coordinator"), signed_in_client("supervisor")
    areas.place(acting_user(coordinator.user), made.case.reference, "south-1")  # type: ignore[attr-defined]
    areas.post(northerner.user, "north")  # type: ignore[attr-defined]
    areas.narrow("supervisor")
    told = ask(northerner, "api_order_detail")
    assert (told.status_code, code_of(told)) == (403, "elsewhere")
    assert "ask Test" in json.loads(told.content)["detail"]


@pytest.mark.rule("SEC-01", "SEC-02")
def test_T2_a_covert_order_one_of_another_force_and_one_that_never_was_answer_alike(
    made: Order, other_force: Force, make_user: Callable[..., User], signed_in_client: Callable[..., Client]
) -> None:
    with working_for(other_force.pk):
        theirs = signed_in_client("orders_team", force=other_force)
        foreign = ask(theirs, "api_order_detail")
    team = signed_in_client("orders_team")
    absent = ask(team, "api_order_detail", "O-999999")
    keeper = acting_user(make_user("supervisor", username="keeper"))
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test", marking=COVERT)
    covert = ask(team, "api_order_detail")
    assert {one.status_code for one in (foreign, absent, covert)} == {404}
    assert foreign.content == absent.content == covert.content
    assert code_of(absent) == "not_found"


def test_what_is_no_address_of_the_api_is_told_in_json(made: Order, signed_in_client: Callable[..., Client]) -> None:
    team = signed_in_client("orders_team")
    for path in ("/api/v1/nothing", "/api/v1/orders/o-1", "/api/v2/orders"):
        told = team.get(path)
        assert (told.status_code, code_of(told)) == (404, "not_found"), path
    assert team.get("/cy/api/v1/orders").status_code == 404

"""Orders are found by reference and by a court's case number, by whoever may open them (P02, P11; SEC-01, SEC-02)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.markings import COVERT
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.orders.models import Order
from craffu.orders.search import orders_numbered
from craffu.people.search import actions
from tests.factories.orders import MADE, considered, received
from tests.logged import refs_said_by
from tests.web.conftest import Visit, text_of
from tests.worlds import World, force, kept, world

__all__ = ["force", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    actions.forget()


@kept()
def made(world: World) -> Order:
    team = acting_user(world.make_user("orders_team"))
    return received(team, considered(world.system, world.folder).reference, MADE, court_case_no="SA26 P00/123")


def asked(client: Client, words: str) -> str:
    return text_of(client.post("/search", {"words": words}, follow=True))


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("O-10001", "Reference: O-10001"),
        ("o-10001", "Reference: O-10001"),
        ("SA26 P00/123", "Court case number: SA26 P00/123"),
        ("sa26p00123", "Court case number: SA26 P00/123"),
        ("SA26P00/123", "Court case number: SA26 P00/123"),
        ("SA26", None),
        ("O-10002", None),
    ],
)
def test_an_order_is_found_by_its_numbers_however_they_are_written(
    words: str, why: str | None, made: Order, signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client("investigator")
    page = asked(client, words)
    # Where the terms that stand are read is one tap from the order too.
    hit = "Orders Order O-10001 Is this a breach? Order O-10001 Stalking protection order (full) · Made, not served"
    assert (hit in page) is (why is not None)
    assert why is None or why in page
    assert "Orders are searched by their reference and by the number of the court’s case." in page


@pytest.mark.rule("SEC-01")
def test_whoever_opens_orders_finds_them_and_nobody_else(
    made: Order, signed_in_client: Callable[..., Client], visit: Visit
) -> None:
    officer, clerk = signed_in_client("response_officer"), signed_in_client("link_clerk")
    assert "Orders found: 1" in asked(officer, "O-10001")
    shut = asked(clerk, "O-10001")
    assert "Order O-10001" not in shut
    assert "Orders are searched" not in shut
    address = officer.post("/search", {"words": "O-10001"}).headers["Location"]
    assert "10001" not in address
    _answer, rows = visit(officer, address)
    assert [row.kind for row in rows] == ["people_searched"]
    assert set(refs_said_by(rows[0])) == {"order/O-10001", "person/P-10001"}


def test_whoever_searches_no_cases_is_told_what_to_do_with_a_number_alone(
    made: Order, signed_in_client: Callable[..., Client]
) -> None:
    assert made.case is not None
    said = "Case and crime numbers are not searched in your role."
    officer, investigator = signed_in_client("response_officer"), signed_in_client("investigator")
    page = asked(officer, made.case.reference)
    assert "Nobody and nothing found." in page
    assert said in page
    assert "an order reference or a court’s case number" in page
    assert said not in asked(officer, "Nobody Atall")
    assert said not in asked(investigator, "C-99999")


@pytest.mark.rule("SEC-02")
def test_an_order_shut_with_its_case_is_a_stub_of_itself(made: Order, signed_in_client: Callable[..., Client]) -> None:
    supervisor, outsider = signed_in_client("supervisor"), signed_in_client("investigator")
    restrict(by=acting_user(supervisor.user), kind="case", reference="C-10001", reason="a test")  # type: ignore[attr-defined]
    for words in ("O-10001", "SA26P00123"):
        page = asked(outsider, words)
        assert "O-10001 exists and is restricted. If you need it for your work, ask Test supervisor" in page
        assert "Orders found: 1" in page
        assert "Order O-10001" not in page
    assert "Order O-10001" in asked(supervisor, "O-10001")


@pytest.mark.rule("SEC-02")
def test_of_an_order_of_a_covert_case_nothing_is_found(made: Order, signed_in_client: Callable[..., Client]) -> None:
    supervisor, outsider = signed_in_client("supervisor"), signed_in_client("investigator")
    restrict(by=acting_user(supervisor.user), kind="case", reference="C-10001", reason="a test", marking=COVERT)  # type: ignore[attr-defined]
    assert "Nobody and nothing found." in asked(outsider, "O-10001")


@pytest.mark.rule("SEC-01")
def test_an_order_of_another_force_is_not_found(
    made: Order, signed_in_client: Callable[..., Client], other_force: Any
) -> None:
    assert "Nobody and nothing found." in asked(signed_in_client("orders_team", force=other_force), "O-10001")


def test_T35_two_questions_more_however_many_answer(
    made: Order, system: Acting, make_user: Callable[..., Any], tmp_path: Path, django_assert_num_queries: Any
) -> None:
    team = acting_user(make_user("orders_team"))
    received(team, considered(system, tmp_path, number=2).reference, MADE, court_case_no="SA26P00123")
    with django_assert_num_queries(0):
        assert orders_numbered(team, []).hits == ()
    with django_assert_num_queries(1):
        found = orders_numbered(team, ["SA26P00123"])
    assert [one.reference for one in found.hits] == ["O-10002", "O-10001"]

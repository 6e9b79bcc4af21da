"""T2 on orders: one whose case is not open to the reader says that it is there and whom to ask; a covert one says nothing."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from craffu.access.acting import Acting
from craffu.access.markings import COVERT
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import let_in, restrict
from craffu.audit.models import Event
from craffu.orders.models import Order, OrderMove
from tests.factories.areas import Areas, two_areas
from tests.logged import refs_said_by
from tests.web.conftest import text_of
from tests.web.restricted.conftest import user_of
from tests.web.test_role_matrix import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-02")]
WORDS = "Not to contact the applicant by any means."


def of_an_order() -> list[str]:
    return [name for name, page in PAGES.items() if "order" in page.parts]


def paths(name: str, order: str) -> list[str]:
    others = {part: "1" if isinstance(whose, tuple) else whose for part, whose in PAGES[name].parts.items()}
    others |= {"person": "P-10001"} if "person" in others else {}
    with translation.override("en"):
        path = reverse(name, kwargs={**others, "order": order})
    return [path, f"/cy{path}"]


@pytest.fixture
def areas(system: Acting) -> Areas:
    return two_areas(system)


@pytest.fixture
def keeper(signed_in_client: Callable[..., Client]) -> Acting:
    return acting_user(user_of(signed_in_client("supervisor", username="keeper")))


@pytest.fixture
def shut(made: Order, keeper: Acting) -> Order:
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test")
    return made


def opener(signed_in_client: Callable[..., Client], name: str) -> Client:
    return signed_in_client(sorted(PAGES[name].roles)[0])


def test_T2_every_page_of_an_order_of_a_restricted_case_is_its_stub(
    shut: Order, signed_in_client: Callable[..., Client]
) -> None:
    assert {"order_detail", "order_conditions", "order_step", "order_terms", "order_paper"} <= set(of_an_order())
    wanted = f"{shut.reference} exists and is restricted. If you need it for your work, ask Test keeper."
    for name in of_an_order():
        client = opener(signed_in_client, name)
        for language, path in zip(("en", "cy"), paths(name, shut.reference), strict=True):
            for ask in [client.get] if PAGES[name].post == 405 else [client.get, client.post]:
                told = ask(path)
                words = text_of(told)
                assert told.status_code == 403, path
                assert (wanted in words) is (language == "en"), path
                assert WORDS not in words
    assert OrderMove.objects.for_system("a test").count() == 2


def test_T2_of_an_order_of_a_covert_case_nothing_is_said(
    made: Order, keeper: Acting, signed_in_client: Callable[..., Client]
) -> None:
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test", marking=COVERT)
    for name in of_an_order():
        client = opener(signed_in_client, name)
        (path, _), (absent, _) = paths(name, made.reference), paths(name, "O-999999")
        told, none = client.get(path), client.get(absent)
        assert (told.status_code, none.status_code) == (404, 404), name
        assert text_of(told) == text_of(none), name


def test_T2_an_order_beyond_somebodys_area_is_a_stub_and_in_no_list(
    made: Order, areas: Areas, signed_in_client: Callable[..., Client]
) -> None:
    coordinator = signed_in_client("coordinator")
    areas.place(acting_user(user_of(coordinator)), made.case.reference, "south-1")
    northerner = signed_in_client("supervisor")
    assert northerner.get(f"/orders/{made.reference}").status_code == 200
    areas.post(user_of(northerner), "north")
    areas.narrow("supervisor")
    told = northerner.get(f"/orders/{made.reference}")
    assert told.status_code == 403
    assert f"{made.reference} exists and belongs to" in text_of(told)
    assert made.reference not in text_of(northerner.get("/orders"))


def test_T2_whoever_is_let_in_sees_it_and_nobody_else_finds_it_in_a_list(
    shut: Order, keeper: Acting, signed_in_client: Callable[..., Client]
) -> None:
    one, other = signed_in_client("orders_team"), signed_in_client("orders_team")
    let_in(by=keeper, user=user_of(one), kind="case", reference=shut.case.reference, reason="Works on it")
    assert WORDS in text_of(one.get(f"/orders/{shut.reference}"))
    assert shut.reference in text_of(one.get("/orders"))
    assert shut.reference not in text_of(other.get("/orders"))


@pytest.mark.rule("SEC-04")
def test_T2_that_a_shut_order_was_asked_for_is_logged_once_and_the_glass_can_be_broken_for_its_case(
    shut: Order, signed_in_client: Callable[..., Client]
) -> None:
    officer = signed_in_client("response_officer")
    before = Event.objects.count()
    page = officer.get(f"/orders/{shut.reference}").content.decode()
    assert Event.objects.count() == before + 1
    logged = Event.objects.order_by("id").last()
    assert logged is not None
    assert (logged.verb, set(refs_said_by(logged))) == (
        "denied", {"page/order_detail", f"order/{shut.reference}"},
    )  # fmt: skip
    assert f"/restricted/{shut.case.reference}/open" in page


def test_T2_what_was_never_there_and_what_another_role_may_not_open_answer_as_before(
    shut: Order, signed_in_client: Callable[..., Client]
) -> None:
    team, analyst = signed_in_client("orders_team"), signed_in_client("analyst")
    assert team.get("/orders/O-999999").status_code == 404
    refused = analyst.get(f"/orders/{shut.reference}")
    assert refused.status_code == 403
    assert "restricted" not in text_of(refused)

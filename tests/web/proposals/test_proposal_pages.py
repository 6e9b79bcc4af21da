"""A person says of what a court said whether it is an order, on a page of the case (ORD-09)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.audit.models import Event
from craffu.cases.models import Case
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order
from craffu.orders.models import Condition, Order, OrderProposal
from craffu.orders.proposing.actions import keep_proposals
from tests.factories.court_messages import case, defendant, message, offence, result
from tests.factories.orders import received
from tests.logged import refs_said_by
from tests.web.conftest import TakeIn, Visit, text_of

pytestmark = pytest.mark.rule("ORD-09")

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
A_DAY = {"last_day_day": "24", "last_day_month": "11", "last_day_year": "2027"}
WORDS = "Not to contact A; to sign on daily"


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def proposed(take_in_files: TakeIn, system: Acting) -> list[OrderProposal]:
    """A restraining order and bail with two conditions, in one case."""
    made = offence(results=[result(code="3047", text="Restraining order: not to contact A")])
    man = defendant(offences=[made], bail_status="B", bail_conditions=WORDS)
    take_in_files({"1.xml": message(case(man), hearing_date="2026-11-20")})
    keep_proposals(by=system, cases=Case.objects.for_system("a test").values_list("pk", flat=True))
    return list(OrderProposal.objects.for_system("a test").order_by("id"))


def sent(*conditions: tuple[str, str], **said: str) -> dict[str, str]:
    rows = {"condition-TOTAL_FORMS": str(len(conditions)), "condition-INITIAL_FORMS": "0"}
    for number, (kind, words) in enumerate(conditions):
        rows |= {f"condition-{number}-type": kind, f"condition-{number}-words": words}
    return rows | said


def test_the_list_says_what_was_known_by_what_and_how_it_stands(
    proposed: list[OrderProposal], signed_in_client: Callable[..., Client]
) -> None:
    page = text_of(signed_in_client("orders_team").get("/cases/C-10001/proposed"))
    assert "Restraining order on conviction: Made" in page
    assert "Result code 3047" in page
    assert page.count("Nobody has said") == 2


def test_an_order_is_recorded_with_its_end_and_its_words(
    proposed: list[OrderProposal], signed_in_client: Callable[..., Client], system: Acting
) -> None:
    client = signed_in_client("orders_team")
    path = f"/cases/C-10001/proposed/{proposed[0].pk}"
    assert "not to contact A" in text_of(client.get(path))
    answer = client.post(path, sent(("no_contact_direct", "Not to contact A"), verdict="order", period="indefinite"))
    assert answer.status_code == 302
    order = Order.objects.for_user(system).get()
    assert (order.kind, order.status, order.is_indefinite) == ("RO_CONV", "granted", True)
    assert [one.words for one in Condition.objects.for_user(system)] == ["Not to contact A"]
    assert f"Recorded as {order.reference}" in text_of(client.get("/cases/C-10001/proposed"))
    assert "Somebody has decided this already" in text_of(client.get(path))


def test_bail_comes_with_its_conditions_apart_and_is_for_whoever_may_impose_it(
    proposed: list[OrderProposal], signed_in_client: Callable[..., Client], system: Acting
) -> None:
    path = f"/cases/C-10001/proposed/{proposed[1].pk}"
    two = sent(
        ("no_contact_direct", "Not to contact A"), ("sign_on", "to sign on daily"), verdict="order", period="not_said"
    )
    officer = signed_in_client("investigator")
    shown = officer.get(path).content.decode()
    assert ">Not to contact A</textarea>" in shown
    assert ">to sign on daily</textarea>" in shown
    refused = signed_in_client("orders_team").post(path, two)
    assert refused.status_code == 200
    assert "Somebody with another role makes this step." in text_of(refused)
    assert ">Not to contact A</textarea>" in refused.content.decode()
    assert Event.objects.filter(kind="access_refused", payload__contains="wrong_role").count() == 1
    assert officer.post(path, two).status_code == 302
    assert Order.objects.for_user(system).get().status == "in_force"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, "Choose whether the court made it"),
        ({"verdict": "order"}, "Choose until when the order lasts"),
        ({"verdict": "order", "period": "fixed"}, "Enter the last day, such as 24 11 2027"),
        (
            {"verdict": "order", "period": "not_said", **A_DAY},
            "You gave a last day: choose that it ends on that day, or clear the day.",
        ),
        ({"verdict": "none"}, "Say in a few words why it is not recorded as an order."),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(
    said: dict[str, str],
    wrong: str,
    proposed: list[OrderProposal],
    signed_in_client: Callable[..., Client],
    system: Acting,
) -> None:
    client = signed_in_client("orders_team")
    path = f"/cases/C-10001/proposed/{proposed[0].pk}"
    answer = client.post(path, sent(("", "Not to contact A"), **said))
    assert wrong in text_of(answer)
    assert ">Not to contact A</textarea>" in answer.content.decode()
    assert Order.objects.for_user(system).count() == 0


def test_a_condition_without_a_kind_is_asked_for(
    proposed: list[OrderProposal], signed_in_client: Callable[..., Client]
) -> None:
    path = f"/cases/C-10001/proposed/{proposed[0].pk}"
    answer = signed_in_client("orders_team").post(path, sent(("", "Not to go"), verdict="order", period="indefinite"))
    assert "Choose what kind of condition it is" in text_of(answer)


def test_what_is_no_order_says_why(
    proposed: list[OrderProposal], signed_in_client: Callable[..., Client], system: Acting
) -> None:
    client = signed_in_client("orders_team")
    path = f"/cases/C-10001/proposed/{proposed[0].pk}"
    assert client.post(path, sent(verdict="none", words="Recorded on O-10007")).status_code == 302
    assert "Not recorded" in text_of(client.get("/cases/C-10001/proposed"))
    assert "Recorded on O-10007" in text_of(client.get(path))
    assert client.post(path, sent(verdict="none", words="Again")).status_code == 409


@pytest.fixture
def asked(proposed: list[OrderProposal], system: Acting) -> Order:
    """The restraining order as it was considered here before."""
    one = proposed[0]
    beginning = Beginning(kind="RO_CONV", respondent=one.role.record, case=one.case)
    return begin_order(by=system, beginning=beginning, move="open_consideration", given=Given())


@pytest.mark.rule("ORD-08")
def test_what_was_asked_for_here_is_named_and_becomes_the_order(
    proposed: list[OrderProposal], asked: Order, signed_in_client: Callable[..., Client], system: Acting, visit: Visit
) -> None:
    client = signed_in_client("orders_team")
    path = f"/cases/C-10001/proposed/{proposed[0].pk}"
    page, rows = visit(client, path)
    assert f'href="/orders/{asked.reference}"' in page.content.decode()
    assert f"Yes, record it on {asked.reference}" in text_of(page)
    assert f"order/{asked.reference}" in {ref for row in rows for ref in refs_said_by(row)}
    assert client.post(path, sent(verdict="order", period="indefinite")).status_code == 302
    order = Order.objects.for_user(system).get()
    assert (order.pk, order.status) == (asked.pk, "granted")
    assert asked.reference not in text_of(client.get(f"/cases/C-10001/proposed/{proposed[1].pk}"))


@pytest.mark.rule("ORD-08")
@pytest.mark.parametrize(("verdict", "orders"), [("recorded", 1), ("another", 2), ("order", 1)])
def test_what_is_recorded_already_is_named_and_the_proposal_is_closed_with_it_or_is_another(
    verdict: str,
    orders: int,
    proposed: list[OrderProposal],
    asked: Order,
    signed_in_client: Callable[..., Client],
    system: Acting,
    make_user: Callable[..., User],
) -> None:
    made = received(acting_user(make_user("orders_team")), asked.reference, NOW)
    client = signed_in_client("orders_team")
    path = f"/cases/C-10001/proposed/{proposed[0].pk}"
    assert f"Yes, and it is recorded already: {made.reference}" in text_of(client.get(path))
    answer = client.post(path, sent(verdict=verdict, period="indefinite"))
    assert Order.objects.for_user(system).count() == orders
    if verdict == "order":
        assert "Choose whether the court made it" in text_of(answer)
        return
    assert answer.status_code == 302
    named = made if verdict == "recorded" else Order.objects.for_user(system).order_by("id").last()
    assert named is not None
    assert f"Recorded as {named.reference}" in text_of(client.get("/cases/C-10001/proposed"))


def test_a_proposal_of_another_case_is_not_there(
    proposed: list[OrderProposal], take_in_files: TakeIn, signed_in_client: Callable[..., Client]
) -> None:
    take_in_files(
        {"2.xml": message(case(defendant(asn="2563AA0100000000124L", family_name="OTHER"), ptiurn="63AA0100999"))}
    )
    assert signed_in_client("orders_team").get(f"/cases/C-10002/proposed/{proposed[0].pk}").status_code == 404

"""The page where a respondent moves between forces, and what the order's own page says of it (ORD-22)."""

from collections.abc import Callable

import pytest
from django.test import Client

from craffu.access.models import Force
from craffu.orders.models import Order, TransferAcknowledged
from tests.web.conftest import text_of
from tests.web.orders.test_step_pages import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("orders_team")


@pytest.mark.rule("ORD-22")
def test_it_is_sent_and_acknowledged_and_the_orders_page_says_whose_it_is(
    officer: Client, made: Order, other_force: Force, signed_in_client: Callable[..., Client]
) -> None:
    there = f"/orders/{made.reference}/transfer"
    assert "Ours. No move of the respondent to another force is recorded." in text_of(officer.get(there))
    sent = {
        "send": "1", "direction": "out", "other_force": other_force.code, **day("sent_on", 22), "reference": "GA/12",
    }  # fmt: skip
    done = text_of(officer.post(there, sent, follow=True))
    assert "It stays ours until it is acknowledged." in done
    wanted = f"Ours until {other_force.name_en} acknowledges. Sent 22 November 2026, reference GA/12."
    assert wanted in done
    assert wanted in text_of(officer.get(f"/orders/{made.reference}"))
    assert wanted not in text_of(signed_in_client("response_officer").get(f"/orders/{made.reference}"))
    assert f"nes bod {other_force.name_cy} yn cydnabod" in text_of(officer.get(f"/cy/orders/{made.reference}"))
    assert officer.post(there, sent).status_code == 409
    receipt = {"receipt": "1", **day("on", 23), "name": "PS 441 Gwent", "receipt_reference": "GW/77"}
    assert "Enter the reference of the receipt" in text_of(officer.post(there, receipt | {"receipt_reference": ""}))
    early = officer.post(there, receipt | day("on", 21))
    assert "It cannot have been acknowledged before it was sent." in text_of(early)
    assert 'value="PS 441 Gwent"' in early.content.decode()
    assert not TransferAcknowledged.objects.for_system("a test").exists()
    over = text_of(officer.post(there, receipt, follow=True))
    assert "The receipt is recorded." in over
    assert f"Managed by {other_force.name_en} since 23 November 2026: PS 441 Gwent acknowledged it" in over
    assert officer.post(there, receipt).status_code == 409


@pytest.mark.rule("ORD-22")
@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, "Ours. The respondent has moved to the area of"),
        ({"direction": "in", **day("sent_on", 22), "reference": "GW/1"}, "not ours until we acknowledge it."),
        ({"other_force": ""}, "Choose the other force."),
        ({"direction": ""}, "Choose whether the respondent moves away or moves here."),
        (day("sent_on", 22), "Give the reference under which it was sent."),
        (day("sent_on", 25) | {"reference": "GA/12"}, "This lies in the future."),
    ],
)
def test_what_is_said_and_what_is_refused(
    said: dict[str, str], wanted: str, officer: Client, made: Order, other_force: Force
) -> None:
    given = {"send": "1", "direction": "out", "other_force": other_force.code, "reference": ""} | said
    answer = officer.post(f"/orders/{made.reference}/transfer", given, follow=True)
    assert wanted in text_of(answer)


@pytest.mark.rule("ORD-22")
def test_our_own_receipt_makes_it_ours_and_what_was_only_noted_can_be_sent(
    officer: Client, made: Order, other_force: Force
) -> None:
    there = f"/orders/{made.reference}/transfer"
    noted = {"send": "1", "direction": "in", "other_force": other_force.code, "reference": ""}
    officer.post(there, noted)
    sent = officer.post(there, noted | day("sent_on", 22) | {"reference": "GW/1"})
    assert sent.status_code == 302
    receipt = {"receipt": "1", **day("on", 23), "name": "PC 12 Rees", "receipt_reference": "GA/9"}
    assert "Ours since 23 November 2026: PC 12 Rees acknowledged it" in text_of(
        officer.post(there, receipt, follow=True)
    )

"""Who manages an order stands on its page, and is said on a page of its own (P11, ORD-18)."""

from collections.abc import Callable

import pytest
from django.test import Client

from craffu.orders.models import Order
from tests.web.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.mark.rule("ORD-18")
def test_an_order_is_taken_on_and_handed_on_on_its_page(signed_in_client: Callable[..., Client], made: Order) -> None:
    at = f"/orders/{made.reference}"
    manager, analyst = signed_in_client("offender_manager"), signed_in_client("analyst")
    assert "Managed by: Nobody yet Say who manages it" in text_of(manager.get(at))
    page = text_of(manager.get(f"{at}/owner"))
    assert "Take it on" in page
    assert analyst.user.name not in page  # type: ignore[attr-defined]
    me = manager.user  # type: ignore[attr-defined]
    assert manager.post(f"{at}/owner", {"to": str(me.pk), "version": ""}).status_code == 302
    assert f"Managed by: {me.name}" in text_of(manager.get(at))
    assert "Who manages it" not in text_of(manager.get(at)), "the card lacks no owner any more"
    late = signed_in_client("supervisor").post(f"{at}/owner", {"to": "nobody", "version": ""})
    assert late.status_code == 409
    assert f"{me.name} Nobody yet" in text_of(late)
    taken = signed_in_client("investigator").post(f"{at}/owner", {"to": "nobody", "version": "1"})
    assert taken.status_code in {403, 409}


@pytest.mark.rule("ORD-18")
def test_what_is_not_chosen_is_said_beside_the_field(signed_in_client: Callable[..., Client], made: Order) -> None:
    team = signed_in_client("orders_team")
    answer = team.post(f"/orders/{made.reference}/owner", {"to": "0", "version": ""})
    assert answer.status_code == 200
    assert "Choose who manages it" in text_of(answer)
    cy = text_of(team.get(f"/cy/orders/{made.reference}/owner"))
    assert "Pwy sy’n rheoli’r gorchymyn hwn?" in cy

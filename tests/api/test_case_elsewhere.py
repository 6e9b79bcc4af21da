"""A case beyond somebody's reach: the page's stub and the API's answer."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.orders.models import Order
from tests.factories.areas import two_areas

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-01")]


def test_a_case_beyond_somebodys_area_says_whom_to_ask(
    made: Order, system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    areas = two_areas(system)
    coordinator, northerner = signed_in_client("coordinator"), signed_in_client("supervisor")
    areas.place(acting_user(coordinator.user), made.case.reference, "south-1")  # type: ignore[attr-defined]
    areas.post(northerner.user, "north")  # type: ignore[attr-defined]
    areas.narrow("supervisor")
    assert northerner.get(f"/cases/{made.case.reference}").status_code == 403
    told = northerner.get(f"/api/v1/cases/{made.case.reference}")
    assert (told.status_code, json.loads(told.content)["code"]) == (403, "elsewhere")

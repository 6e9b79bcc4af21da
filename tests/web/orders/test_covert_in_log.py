"""The log tells an auditor who is not let in nothing of what belongs to a covert case (SEC-02, ADR 22)."""

from collections.abc import Callable

import pytest
from django.test import Client

from craffu.access.markings import COVERT
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.orders.models import Order
from tests.web.conftest import text_of
from tests.web.restricted.conftest import user_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-02")]


def test_the_log_tells_an_auditor_nothing_of_an_order_of_a_covert_case(
    made: Order, signed_in_client: Callable[..., Client]
) -> None:
    supervisor, auditor = signed_in_client("supervisor", username="keeper"), signed_in_client("auditor")
    case = made.case.reference
    restrict(by=acting_user(user_of(supervisor)), kind="case", reference=case, reason="a test", marking=COVERT)
    assert supervisor.get(f"/orders/{made.reference}/papers").status_code == 200
    auditor.post("/audit", {"purpose": "lawfulness"})
    for said in ({"ask": "who", "who-record": made.reference}, {"ask": "search", "search-person": "keeper"}):
        told = text_of(auditor.get(auditor.post("/audit/questions", said).headers["Location"]))
        shown = told.replace(f"Record reference order {made.reference}", "")
        assert "Paper" not in shown, shown[-600:]
        assert shown.count(made.reference) <= (1 if said["ask"] == "who" else 0), shown[-600:]

"""Whatever the API's description allows is answered as the description says, and never by a fault of ours (SEC-01).

Cases are made from the description itself, each in a transaction of its own that is undone, by somebody who may do most.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.tokens.actions import approve_token, ask_for_token
from craffu.access.tokens.rules import Scope
from craffu.api.v1 import description
from craffu.common import clock
from craffu.orders.models import Order
from tests.api.there import further
from tests.factories.plans import acted, begun
from tests.factories.recommended import recommended

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-01")]
CHECKS = (
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance, unsupported_method,
)  # fmt: skip
# What there is, so that some of what is asked is about it.
THERE: dict[str, str | int] = {
    "order": "O-10001", "person": "P-10001", "case": "C-10001", "victim": "P-10002", "number": 1, "item": 1,
    "recommendation": "RC-10001", "meeting": "MT-10001", "initiative": "IN-10001", "series": "recorded-crime",
}  # fmt: skip


@pytest.fixture
def secret(made: Order, make_user: Callable[..., User], system: Acting, tmp_path: Path) -> str:
    """Of somebody who reads everything that the API tells and may take every step of an order."""
    user = make_user(
        "orders_team", "supervisor", "coordinator", "response_officer", "scrutiny_officer", "advocate", username="owner"
    )
    owner = acting_user(user, factor_at=clock.now())
    recommended(owner)
    further(made, system, make_user, tmp_path)
    begun(owner, "P-10001")
    acted(owner, "P-10001", user, clock.now().date())
    by = acting_user(make_user("administrator", username="admin"), factor_at=clock.now())
    row, secret = ask_for_token(by=owner, purpose="Asks all it may", scopes=list(Scope), days=1)
    approve_token(by=by, reference=row.reference, reason="To try everything")
    return secret


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The server's own handler would put away the connection that the test's transaction is in."""
    for one in (request_started, request_finished):
        one.disconnect(close_old_connections)
    yield
    for one in (request_started, request_finished):
        one.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("number", [3, pytest.param(400, marks=[pytest.mark.deep, pytest.mark.long])])
@pytest.mark.postgres_in_deep
def test_whatever_is_asked_is_answered_as_described(made: Order, secret: str, number: int) -> None:
    schema = schemathesis.openapi.from_dict(description())
    schema.app = get_wsgi_application()
    tried: dict[str, int] = {}
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=number, deadline=None, database=None, derandomize=number < 100,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def answered(case: Any) -> None:
            for name, reference in THERE.items():
                if case.path_parameters and name in case.path_parameters and len(str(case.body)) % 2:
                    case.path_parameters[name] = reference
            with transaction.atomic():
                case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)
                transaction.set_rollback(True)
            tried[case.operation.label] = tried.get(case.operation.label, 0) + 1

        answered()
    assert len(tried) == sum(len(one) for one in description()["paths"].values())
    assert min(tried.values()) >= 1

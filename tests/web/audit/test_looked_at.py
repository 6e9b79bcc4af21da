"""A view is committed to the log before its page is shown, or is not shown (SEC-04, ADR 117)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError
from django.test import Client

from craffu.audit.actions import IncompleteEvent
from craffu.audit.models import Event
from craffu.web import consulting
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rule("SEC-04")]


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("investigator")


def number_of_views() -> int:
    return sum("viewed" in row or "listed" in row for row in Event.objects.values_list("payload", flat=True))


def test_a_page_is_answered_with_its_row_in_the_log(officer: Client) -> None:
    before = number_of_views()
    for number in range(1, 6):
        assert officer.get("/people").status_code == 200
        assert number_of_views() == before + number


def _fails(how: Exception) -> Callable[..., None]:
    def record(**_told: Any) -> None:
        raise how

    return record


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (OperationalError("database is locked"), 503),
        (DatabaseError("anything else"), 500),
        (IncompleteEvent("a row that lacks something"), 500),
    ],
)
def test_what_is_not_in_the_log_is_not_shown(officer: Client, monkeypatch: Any, fault: Exception, status: int) -> None:
    """That nothing is shown which the disk did not keep is T36's to prove."""
    assert "Nobody is recorded yet" in text_of(officer.get("/people"))
    before = number_of_views()
    monkeypatch.setattr(consulting, "record_consultation", _fails(fault))
    officer.raise_request_exception = False
    page = officer.get("/people")
    assert page.status_code == status
    assert "Nobody is recorded yet" not in text_of(page)
    assert number_of_views() == before

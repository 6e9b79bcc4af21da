"""A view is committed to the log while its page is written, and no page leaves before it is (SEC-04, ADR 117)."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connections, transaction
from django.test import Client

from craffu.access.sessions import actions as sessions
from craffu.audit import beside
from craffu.audit.actions import IncompleteEvent, record_consultation
from craffu.audit.beside import begun, log_beside
from craffu.audit.models import Event
from craffu.web import consulting
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rule("SEC-04")]


@pytest.fixture(autouse=True)
def committed_beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a process of the server, by one thread, whose connection is closed at the end."""
    # That a session is in use is not written meanwhile.
    monkeypatch.setattr(sessions, "SEEN_EVERY", timedelta(minutes=10))
    monkeypatch.setattr(beside, "_writers", {})
    log_beside(1)
    yield
    (writers,) = beside._writers.values()
    writers.submit(connections.close_all).result()
    writers.shutdown()


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


def test_the_row_is_written_by_another_thread_for_the_same_force(officer: Client, monkeypatch: Any) -> None:
    by: list[str] = []

    def record(**told: Any) -> None:
        by.append(threading.current_thread().name)
        record_consultation(**told)

    monkeypatch.setattr(consulting, "record_consultation", record)
    assert officer.get("/people").status_code == 200
    assert [name.startswith("log") for name in by] == [True]


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


def test_within_a_transaction_it_is_part_of_that() -> None:
    """An act that shows something is logged with it or not at all."""
    by: list[str] = []
    with transaction.atomic():
        assert begun(lambda: by.append(threading.current_thread().name)) is None
    assert by == [threading.current_thread().name]

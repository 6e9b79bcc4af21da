"""By which name a person is called: the newest that was not given in custody, on their page, in lists and in search (ADR 128)."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.people.models import Person
from craffu.people.queries import identities, people_of_records
from craffu.people.search import actions
from tests.factories.orders import parties
from tests.factories.records import one_more_of
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("IDN-01")]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    actions.forget()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def record(system: Acting, tmp_path: Path) -> int:
    """Of somebody of the police's records who called themselves Matthew Hudson in custody, twice and last."""
    _case, suspect, _victim = parties(system, tmp_path)
    for number in range(2):
        one_more_of(system, suspect.pk, key=f"C{number}", now=NOW, name=("Matthew", "Hudson"), source="custody")
    return suspect.pk


def person_of(by: Acting, record: int) -> Person:
    return people_of_records(by, [record])[record]


def called(by: Acting, record: int) -> str:
    person = person_of(by, record)
    return identities(by, [person])[person.pk].name


def test_a_name_given_in_custody_heads_no_page_no_list_and_no_answer_and_is_found_all_the_same(
    record: int, system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    client, person = signed_in_client("investigator"), person_of(system, record).reference
    page = client.get(f"/people/{person}")
    heading = page.content.decode().partition("<h1")[2].partition("</h1>")[0]
    assert ("Sian Mair Rees" in heading, "Hudson" in heading) == (True, False)
    assert "Matthew Hudson" in text_of(page)
    listed = text_of(client.get("/people"))
    assert ("Sian Mair Rees" in listed, "Hudson" in listed) == (True, False)
    found = text_of(client.post("/search", {"words": "Matthew Hudson"}, follow=True))
    assert ("Sian Mair Rees" in found, "Also recorded as: Matthew Hudson" in found) == (True, True)


def test_a_newer_name_of_another_system_is_shown_from_then_on_and_always_whole(record: int, system: Acting) -> None:
    assert called(system, record) == "Sian Mair Rees"
    one_more_of(system, record, key="H1", now=NOW, name=("Megan", "Hill"), true_from=NOW.date())
    assert called(system, record) == "Megan Hill"
    one_more_of(system, record, key="S1", now=NOW, name=("", "Jones"), source="school", true_from=NOW.date())
    assert called(system, record) == "Megan Hill", "never a name put together of two"

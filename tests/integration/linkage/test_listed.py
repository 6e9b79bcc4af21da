"""Who was found to be somebody else has no record of their own and is on no list, until one is theirs again (IDN-01, IDN-03)."""

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from craffu.access.acting import Acting
from craffu.common.door import bookkeeping
from craffu.linkage.forming import Word
from craffu.people.models import Person
from craffu.people.queries import members, people_number, people_page, people_part, people_up_to
from craffu.web.people.exported import people_listed
from tests.factories.identities import record_of, records, score
from tests.integration.linkage.test_identity import say
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("IDN-01"), pytest.mark.rule("IDN-03")]


@pytest.fixture
def clerk(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("link_clerk")


def listed(by: Acting) -> list[str]:
    found = [one.reference for one in people_page(by)]
    assert people_number(by) == people_up_to(by, most=100) == len(found)
    assert [one.reference for one in people_part(by, first=1, most=1).answer] == found[1:2]
    assert set(found) == set(members(by).values_list("person__reference", flat=True))
    return found


def test_who_is_found_to_be_another_is_listed_no_more_and_listed_again_once_that_is_taken_back(
    system: Acting, clerk: Acting
) -> None:
    a, b, c = records(system, 3)
    assert listed(clerk) == ["P-10003", "P-10002", "P-10001"]
    say(clerk, a, b)
    assert listed(clerk) == ["P-10003", "P-10001"]
    score(system, b, c)
    assert listed(clerk) == ["P-10001"]
    say(clerk, a, b, Word.TAKEN_BACK)
    assert listed(clerk) == ["P-10002", "P-10001"]
    say(clerk, b, c, Word.NOT_SAME)
    assert listed(clerk) == ["P-10003", "P-10002", "P-10001"]


def test_a_record_that_is_said_to_be_of_somebody_without_any_brings_them_back(system: Acting, clerk: Acting) -> None:
    a, b = records(system, 2)
    say(clerk, a, b)
    emptied = Person.objects.for_user(clerk).get(reference="P-10002")
    assert not emptied.has_records
    record_of(system, "late", person=emptied)
    assert listed(clerk) == ["P-10002", "P-10001"]


def test_the_page_and_the_file_list_whoever_has_records(
    system: Acting, clerk: Acting, signed_in_client: Callable[..., Any]
) -> None:
    a, b = records(system, 2)
    say(clerk, a, b)
    words = text_of(signed_in_client("investigator").get("/people"))
    assert "P-10001" in words
    assert "P-10002" not in words
    assert "Shown: 1 to 1 of 1" in words
    content = people_listed(system)
    (rows,) = content.rows
    assert [row[0] for row in rows] == ["P-10001"]
    assert content.refs == ("person/P-10001",)


def test_of_persons_kept_before_it_is_written_down_once(system: Acting, clerk: Acting) -> None:
    a, b, _c, _d = records(system, 4)
    say(clerk, a, b)
    before = list(Person.objects.for_system("a test").order_by("id").values())
    written = importlib.import_module("craffu.people.migrations.0008_has_records")

    @bookkeeping
    def as_if_nothing_had_been() -> None:
        Person.rows.update(has_records=True)

    as_if_nothing_had_been()
    assert list(Person.objects.for_system("a test").order_by("id").values()) != before
    for at_once in (1, 2, 10_000):
        as_if_nothing_had_been()
        written.AT_ONCE = at_once
        bookkeeping(written.write_down)(apps, None)
        assert list(Person.objects.for_system("a test").order_by("id").values()) == before

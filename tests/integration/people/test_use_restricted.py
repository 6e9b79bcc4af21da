"""SEC-11, ADR 134: an agreed restriction of use is on somebody's records, follows them, and ends when it is lifted."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.rights_requests.actions import end_effect
from craffu.access.rights_requests.kinds import Decided, Ending, Kind
from craffu.people.models import Person
from craffu.people.queries import members
from craffu.people.use_restricted import Restricted, records_restricted, restricted_by, use_restricted
from tests.factories.identities import record_of, score
from tests.factories.rights_answered import answered, anybody, prepared, sent
from tests.roles import as_owner

pytestmark = [pytest.mark.rule("SEC-11"), pytest.mark.django_db]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def passing() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def two(acting_as: Callable[..., Acting]) -> tuple[Acting, Acting]:
    return acting_as("auditor", username="first"), acting_as("auditor", username="second")


def whose(by: Acting, record: int) -> str:
    return str(members(by).get(record=record).person.reference)


def of(by: Acting, *records: int) -> list[str]:
    return [one.reference for one in use_restricted(by, records)]


@pytest.mark.parametrize(
    ("kind", "decided", "is_restricted"),
    [
        (Kind.RESTRICTION, Decided.AGREED, True),
        (Kind.RESTRICTION, Decided.IN_PART, True),
        (Kind.RESTRICTION, Decided.REFUSED, False),
        (Kind.RECTIFICATION, Decided.AGREED, False),
    ],
)
def test_only_a_restriction_that_was_agreed_and_sent_restricts_until_it_is_lifted(
    kind: Kind, decided: Decided, is_restricted: bool, system: Acting, two: tuple[Acting, Acting]
) -> None:
    his, another = (record_of(system, key).pk for key in ("his", "another"))
    him = whose(system, his)
    number = prepared(two[0], kind, him, decided)
    assert use_restricted(system, [his]) == [], "nobody has approved it"
    sent(two[1], number)
    expected = [Restricted(him, date(2026, 11, 24), (number,))] if is_restricted else []
    assert use_restricted(system, [his, another]) == expected
    assert records_restricted(system) == (frozenset({his}) if is_restricted else frozenset())
    assert restricted_by(system, number) == ([him] if is_restricted else [])
    if is_restricted:
        end_effect(by=two[0], number=number, how=Ending.LIFTED, words="The report was looked into")
        assert use_restricted(system, [his]) == []
        assert records_restricted(system) == frozenset()


def test_it_stays_on_records_that_are_linked_or_parted_later_and_is_on_none_that_had_left(
    system: Acting, two: tuple[Acting, Acting], passing: Any
) -> None:
    his, same, other = (record_of(system, key).pk for key in ("his", "same", "other"))
    him, another = whose(system, his), whose(system, same)

    def said(*, is_one: bool) -> None:
        passing.shift(timedelta(minutes=1))
        score(system, his, same, 0.999 if is_one else 0.0)
        passing.shift(timedelta(minutes=1))

    said(is_one=True)
    assert whose(system, same) == him
    said(is_one=False)
    early = answered(*two, Kind.RESTRICTION, him)
    parted = whose(system, same)
    assert of(system, his, same, other) == [him], "they were one before anybody asked"
    end_effect(by=two[1], number=early, how=Ending.LIFTED, words="To be asked again")
    said(is_one=True)
    late = answered(*two, Kind.RESTRICTION, him)
    said(is_one=False)
    both = sorted({whose(system, his), whose(system, same)})
    assert len(both) == 2
    assert of(system, his, same, other) == both == restricted_by(system, late)
    assert {another, parted} & set(both)
    assert records_restricted(system) == {his, same}


def test_asked_about_somebody_who_was_found_to_be_another_it_is_on_that_other(
    system: Acting, two: tuple[Acting, Acting], passing: Any
) -> None:
    his, same = (record_of(system, key).pk for key in ("his", "same"))
    him, once = whose(system, his), whose(system, same)
    passing.shift(timedelta(minutes=1))
    score(system, his, same)
    assert not Person.objects.for_system("a test").get(reference=once).has_records
    passing.shift(timedelta(minutes=1))
    number = answered(*two, Kind.RESTRICTION, once)
    assert of(system, same) == [him] == restricted_by(system, number)


def test_what_was_agreed_before_anybody_had_the_reference_is_on_nobody_who_has_it_since(
    system: Acting, two: tuple[Acting, Acting], passing: Any
) -> None:
    """As it was recorded before it was looked whether anybody has it."""
    record_of(system, "his")
    number = answered(*two, Kind.RESTRICTION, "P-10002", knows=anybody)
    passing.shift(timedelta(days=400))
    stranger = record_of(system, "another").pk
    assert whose(system, stranger) == "P-10002"
    assert of(system, stranger) == []
    assert restricted_by(system, number) == []
    assert records_restricted(system) == frozenset()
    since = answered(*two, Kind.RESTRICTION, "P-10002")
    assert of(system, stranger) == restricted_by(system, since) == ["P-10002"]


@pytest.mark.rule("SEC-01")
def test_another_force_knows_nothing_of_it(system: Acting, two: tuple[Acting, Acting], other_force: Force) -> None:
    his = record_of(system, "his").pk
    answered(*two, Kind.RESTRICTION, whose(system, his))
    with as_owner():
        theirs = Acting(system.actor, other_force, system.rights)
        assert use_restricted(theirs, [his]) == []
        assert records_restricted(theirs) == frozenset()


def test_it_asks_once_where_nothing_stands_and_no_more_often_for_many(
    system: Acting, two: tuple[Acting, Acting]
) -> None:
    found = [record_of(system, f"r{number}").pk for number in range(6)]

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            use_restricted(system, found)
        return len(queries)

    assert asked() == 1
    answered(*two, Kind.RESTRICTION, whose(system, found[0]))
    one = asked()
    for record in found[1:]:
        answered(*two, Kind.RESTRICTION, whose(system, record))
    assert (one, asked()) == (3, 3)
    assert len(use_restricted(system, found)) == 6

"""What is asked together is what is asked alone, by the same statements for the same reader (SEC-01, ADR 129)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from craffu.access.acting import Acting
from craffu.access.later import Later, together
from craffu.access.reach.rules import Reach, Within
from craffu.cases.models import Case
from craffu.cases.queries import cases_part, cases_summed, cases_up_to, stages_of
from craffu.people.queries import people_up_to
from tests.factories.court_messages import court_message

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-01")]


@pytest.fixture(autouse=True)
def cases(take_in_messages: Any, system: Acting) -> list[Case]:
    take_in_messages(court_message(), court_message(ptiurn="63AA0000999", asn="2563AA0100000990A"))
    return list(Case.objects.for_user(system).order_by("id"))


@contextmanager
def asked() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield statements


def readers(by: Acting, cases: list[Case]) -> Iterator[Acting]:
    """Whoever sees all, to whom one case is closed or both are, and whose reach ends before their force does."""
    yield by
    yield replace(by, closed={"case": frozenset({cases[0].reference})})
    yield replace(by, closed={"case": frozenset(one.reference for one in cases)})
    yield replace(by, within=Within(Reach.AREA, 1, frozenset({1}), frozenset()))


def wanted(by: Acting, cases: list[Case]) -> list[Later[Any]]:
    return [
        cases_up_to.later(by, most=7),
        cases_part(by, first=0, most=7),
        cases_summed(by, [one.pk for one in cases]),
        people_up_to.later(by, most=7),
        stages_of.later(by, cases[1].pk),
    ]


def alone(by: Acting, cases: list[Case]) -> list[Any]:
    return [one.answer for one in wanted(by, cases)]


def test_each_reader_is_answered_what_they_are_answered_alone(system: Acting, cases: list[Case]) -> None:
    seen = []
    for _twice in range(2):
        for by in readers(system, cases):
            several = wanted(by, cases)
            together(*several)
            assert [one.answer for one in several] == alone(by, cases)
            seen.append(several[0].answer)
    assert seen == [2, 1, 0, 0] * 2


def test_postgresql_is_asked_once_and_sqlite_as_it_was(system: Acting, cases: list[Case]) -> None:
    with asked() as singly:
        alone(system, cases)
    with asked() as at_once:
        several = wanted(system, cases)
        together(*several)
        for one in several:
            # Asked for twice, it is asked once.
            assert one.answer == one.answer
    assert len(singly) == 8
    if connection.vendor == "postgresql":
        assert at_once == ["; ".join(singly)]
    else:
        assert at_once == singly


def test_whose_reach_ends_is_asked_for_by_django(system: Acting, cases: list[Case]) -> None:
    *_, narrow = readers(system, cases)
    with asked() as at_once:
        several = wanted(narrow, cases)
        together(*several)
        assert at_once == []
        assert [one.answer for one in several] == alone(narrow, cases)


def test_of_nothing_that_is_wanted_nothing_is_asked(system: Acting) -> None:
    with asked() as statements:
        together()
        nothing = cases_part(system, first=0, most=0)
        together(nothing)
        assert nothing.answer == []
    assert statements == []

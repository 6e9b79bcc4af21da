"""What pages ask by a statement that is written once is what Django would write for the same reader and values (ADR 114)."""

import sys
import typing
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from types import FunctionType, NoneType, UnionType
from typing import Any

import pytest
from django.db import connection
from django.db.models import Max, Model, QuerySet
from django.utils.translation import override

import craffu.config.urls  # noqa: F401 (loads whatever pages ask)
from craffu.access.acting import Acting
from craffu.access.asking import NotOneStatement, numbered, prepared
from craffu.access.queries import acting_user
from craffu.access.reach.rules import Reach, Within
from craffu.access.restricted.actions import let_in, restrict
from craffu.breaches.models import StandpointTaken
from craffu.cases.actions import case_for_reference
from craffu.cases.models import Case, CaseReference, CaseRole, HearingVersion
from craffu.cases.queries import find_case
from craffu.common import clock
from craffu.orders.models import OrderPaper
from craffu.prevention.models import MeetingDecided
from craffu.victims.models import SurveyAnswered
from tests.factories.court_messages import court_message

pytestmark = pytest.mark.django_db


@prepared
def _of_a_kind(by: Acting) -> QuerySet[Case]:
    """Any question: by its code the others are known."""
    return Case.objects.for_user(by)


@numbered
def _number_of_a_kind(by: Acting) -> QuerySet[Case]:
    """The same of those that ask how many."""
    return Case.objects.for_user(by)


def _asked_by_pages(of_a_kind: Any) -> dict[str, Any]:
    """Every question of ours that is prepared in that way, by where it stands."""
    return {
        f"{name}.{one.__qualname__}": one
        for name, module in sorted(sys.modules.items())
        if name.startswith("craffu.")
        for one in list(vars(module).values())
        if isinstance(one, FunctionType) and one.__code__ is of_a_kind.__code__ and one.__module__ == name
    }


ASKED, NUMBERED = _asked_by_pages(_of_a_kind), _asked_by_pages(_number_of_a_kind)


def _some(asked_for: Any, *, is_none: bool) -> Any:
    """A value of the kind that a question asks for; of the other kind, or none, where it takes several."""
    if isinstance(asked_for, UnionType):
        first, last = typing.get_args(asked_for)
        return _some(last if is_none else first, is_none=False)
    if asked_for is NoneType:
        return None
    match typing.get_origin(asked_for) or asked_for:
        case kind if kind in {tuple, frozenset}:
            inner = typing.get_args(asked_for)[0]
            return kind([_some(inner, is_none=False), {int: 19, str: "another"}[inner]])
        case kind:
            return {
                int: 7,
                str: "P-10001",
                datetime: datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
                date: date(2026, 1, 2),
                bool: True,
            }[kind]


# What decides a question is one of few: by its kind, or by the question.
DECIDING = {int: 3, bool: True, tuple[str, ...]: ("by",), type[Any]: StandpointTaken}
DECIDED: dict[str, dict[str, Any]] = {
    "craffu.orders.queries._told_of": {"model": OrderPaper, "ordered": ("known_from", "id"), "without": ("content",)},
    "craffu.victims.stories._told_of": {"model": SurveyAnswered, "along": (), "without": ("words",)},
    "craffu.prevention.meetings.queries._told_of": {"model": MeetingDecided, "path": "item__", "ordered": "number"},
}


def _values(ask: Any, by: Acting, *, is_none: bool) -> tuple[list[Any], dict[str, Any]]:
    """What a question is asked with: the values that it is given, and what decides it."""
    hints, code = typing.get_type_hints(ask.__wrapped__), ask.__wrapped__.__code__
    given = code.co_varnames[: code.co_argcount]
    decided = DECIDED.get(f"{ask.__module__}.{ask.__qualname__}", {})
    named = code.co_varnames[code.co_argcount :][: code.co_kwonlyargcount]
    decides = {one: decided[one] if one in decided else DECIDING[hints[one]] for one in named}
    return [by if hints[one] is Acting else _some(hints[one], is_none=is_none) for one in given], decides


def _readers(by: Acting) -> Iterator[Acting]:
    """Whoever sees all, those to whom one case or several are closed, and whose reach ends before their force does."""
    yield by
    yield replace(by, closed={"case": frozenset({"C-10001"})})
    yield replace(by, closed={"case": frozenset({"C-10001", "C-10002"}), "interview": frozenset({"I-10001"})})
    yield replace(by, within=Within(Reach.AREA, 1, frozenset({1}), frozenset()))


def _said(ask: Callable[..., Any], *values: Any, **decides: Any) -> list[tuple[str, list[str]]]:
    """The statements that asking comes to. What the driver wraps equals nothing, so that values are compared as they are told."""
    found: list[tuple[str, list[str]]] = []

    def note(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
        found.append((sql, [repr(one) for one in params]))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        answer = ask(*values, **decides)
        if isinstance(answer, QuerySet):
            list(answer)
    return found


def _counted(ask: Callable[..., QuerySet[Any]]) -> Callable[..., int]:
    return lambda *values, **decides: ask(*values, **decides).count()


def test_there_are_questions_that_pages_ask() -> None:
    assert len(ASKED) > 30
    assert {"craffu.people.queries.people_up_to", "craffu.cases.queries.cases_up_to"} <= NUMBERED.keys()


@pytest.mark.postgres_in_deep
@pytest.mark.rule("SEC-01")
def test_what_is_asked_is_what_django_would_ask_for_each_reader(system: Acting, frozen_clock: Any) -> None:
    """Twice, so that the second time it is by the statements that the first left: a year later, and in Welsh."""
    for language in ("en", "cy"):
        with override(language):
            every = (ASKED | NUMBERED).items()
            for (name, ask), is_none, by in product(every, (False, True), _readers(system)):
                values, decides = _values(ask, by, is_none=is_none)
                ours = _said(ask, *values, **decides)
                by_django = _counted(ask.__wrapped__) if name in NUMBERED else ask.__wrapped__
                assert ours == _said(by_django, *values, **decides), name
                assert len(ours) == 1, name
        frozen_clock.shift(timedelta(days=365))


@pytest.mark.rule("SEC-02")
def test_a_statement_knows_nobody_who_asked_before(system: Acting, make_user) -> None:
    """Two readers to each of whom another case is closed ask by one statement."""
    first, second = (
        case_for_reference(
            by=system, kind=CaseReference.Kind.PTIURN, value=f"01ZD000000{number}", now=clock.now()
        ).reference
        for number in (1, 2)
    )
    keeper, one, other = acting_user(make_user("supervisor")), make_user("investigator"), make_user("investigator")
    assert find_case(acting_user(one), first) is not None
    for case, user in ((first, one), (second, other)):
        restrict(by=keeper, kind="case", reference=case, reason="a test")
        let_in(by=keeper, user=user, kind="case", reference=case, reason="a test")
    for user, mine, theirs in ((one, first, second), (other, second, first), (one, first, second)):
        by = acting_user(user)
        assert find_case(by, mine) is not None
        assert find_case(by, theirs) is None
    let_in(by=keeper, user=one, kind="case", reference=second, reason="a test")
    assert find_case(acting_user(one), second) is not None


def test_nothing_but_what_is_closed_to_them_may_be_asked_of_whoever_asks(system: Acting) -> None:
    @prepared
    def by_right(by: Acting) -> QuerySet[Case]:
        cases = Case.objects.for_user(by)
        return cases.filter(reference="C-1") if by.holds_any("supervisor") else cases.none()

    @prepared
    def by_name(by: Acting) -> QuerySet[Case]:
        return Case.objects.for_user(by).filter(reference=by.actor.name)

    for ask in (by_right, by_name):
        with pytest.raises(AttributeError):
            ask(system)


def test_what_cannot_be_one_statement_is_refused_when_it_is_first_asked(system: Acting) -> None:
    @prepared
    def part(by: Acting, most: int) -> QuerySet[Case]:
        return Case.objects.for_user(by).order_by("id")[:most]

    @prepared
    def ahead(by: Acting) -> QuerySet[HearingVersion]:
        return HearingVersion.objects.for_user(by).prefetch_related("charges")

    @prepared
    def passed_over(by: Acting, case: int) -> QuerySet[Case]:
        return Case.objects.for_user(by)

    @prepared
    def within_a_list(by: Acting, case: int) -> QuerySet[Case]:
        return Case.objects.for_user(by).filter(pk__one_of=frozenset({case, 5}))

    for ask, given in (
        (part, [3]),
        (ahead, []),
        (passed_over, [3]),
        (within_a_list, [3]),
        (part, [1.5]),
    ):
        with pytest.raises(NotOneStatement):
            ask(system, *given)


@prepared
def _with_theirs(by: Acting) -> QuerySet[CaseRole]:
    roles: QuerySet[CaseRole] = CaseRole.objects.for_user(by).select_related("case", "record").defer("relationship")
    return roles.annotate(heard=Max("case__hearings__held_on")).order_by("id")


@prepared
def _in_a_dict(by: Acting) -> QuerySet[Any]:
    said: QuerySet[Any] = HearingVersion.objects.for_user(by).order_by("id")
    return said.values("pk", "received_at", "hearing__held_on", "bail_conditions")


@prepared
def _listed(by: Acting) -> QuerySet[Any]:
    return HearingVersion.objects.for_user(by).order_by("id").values_list("received_at", "flags", "hearing__held_on")


@prepared
def _numbers(by: Acting) -> QuerySet[Any]:
    return HearingVersion.objects.for_user(by).order_by("id").values_list("received_at", flat=True)


def _seen(row: Any) -> Any:
    """A row with those it is joined to, as far as they were read; or values as they are."""
    if not isinstance(row, Model):
        return row
    held = {name: value for name, value in vars(row).items() if name != "_state"}
    return type(row), row._state.db, row._state.adding, {**held, "fields": _joined(row)}


def _joined(row: Model) -> dict[str, Any]:
    return {name: _seen(one) for name, one in row._state.fields_cache.items() if isinstance(one, Model)}


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("ask", [_with_theirs, _in_a_dict, _listed, _numbers])
def test_of_an_answer_the_rows_are_made_that_django_makes(ask: Any, system: Acting, take_in_messages: Any) -> None:
    take_in_messages(court_message(), court_message(ptiurn="63AA0000999", asn="2563AA0100000990A"))
    for _twice in range(2):
        assert list(map(_seen, ask(system))) == list(map(_seen, ask.__wrapped__(system)))
        assert len(ask(system)) >= 2


def test_of_no_values_none_is_one(system: Acting, django_assert_num_queries: Any) -> None:
    @prepared
    def roles(by: Acting, cases: tuple[int, ...]) -> QuerySet[CaseRole]:
        return CaseRole.objects.for_user(by).filter(case__in=cases)

    @prepared
    def nothing(by: Acting, *, most: int) -> QuerySet[Case]:
        return Case.objects.for_user(by).order_by("id")[:most]

    @numbered
    def number_of_roles(by: Acting, cases: tuple[int, ...]) -> QuerySet[CaseRole]:
        return CaseRole.objects.for_user(by).filter(case__in=cases)

    with django_assert_num_queries(0):
        assert roles(system, ()) == roles(system, ()) == nothing(system, most=0) == []
        assert number_of_roles(system, ()) == 0
    with django_assert_num_queries(1):
        assert roles(system, (1,)) == []

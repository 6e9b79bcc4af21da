"""Work for whoever is in post, days that posts stand empty, and teams too small to be shown (RES-03)."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from craffu.resourcing.posts import plain
from craffu.resourcing.posts.rules import (
    CASELOAD_WARN,
    FEWEST,
    Caseload,
    Days,
    Note,
    Span,
    caseload,
    days_of,
    grouped,
    median,
    spread,
    uncovered,
    vacant,
    vacant_since,
)

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def day(number: int) -> date:
    return date(2026, 11, number)


@pytest.mark.rule("RES-03")
@pytest.mark.parametrize(
    ("in_post", "work", "most", "expected"),
    [
        (3, 60, 20, Caseload(Fraction(20), None, warn=False)),
        (3, 61, 20, Caseload(Fraction(61, 3), None, warn=True)),
        (3, 0, 20, Caseload(Fraction(0), None, warn=False)),
        (Fraction(5, 2), 50, 20, Caseload(Fraction(20), None, warn=False)),
        (2, 21, 10, Caseload(Fraction(21, 2), None, warn=True)),
        (0, 6, 20, Caseload(None, Note.NOBODY, warn=True)),
        (0, 1, 20, Caseload(None, Note.NOBODY, warn=True)),
        (0, 0, 20, Caseload(None, Note.NO_CASES, warn=False)),
    ],
)
def test_work_for_each_in_post(in_post: Fraction | int, work: int, most: int, expected: Caseload) -> None:
    assert caseload(in_post, work, most) == expected


@pytest.mark.rule("RES-03")
def test_more_than_twenty_is_warned_of_where_nothing_else_was_stated() -> None:
    assert CASELOAD_WARN == 20
    assert (caseload(1, 20).warn, caseload(1, 21).warn) == (False, True)
    assert plain.caseload(3, 61) == {"value": 20.33, "note": None, "warn": True}


@pytest.mark.rule("RES-03")
@pytest.mark.parametrize(
    ("post", "held", "expected"),
    [
        (Span(FIRST), [], Days(30, 30)),
        (Span(day(11)), [], Days(20, 20)),
        (Span(date(2020, 1, 1), day(10)), [], Days(10, 10)),
        (Span(date(2020, 1, 1)), [Span(date(2020, 1, 1))], Days(30, 0)),
        (Span(date(2020, 1, 1)), [Span(date(2020, 1, 1), day(10)), Span(day(21))], Days(30, 10)),
        # Two who share a post fill each day once; whoever held it before it opened fills nothing of it.
        (Span(day(11)), [Span(day(1), day(15)), Span(day(12), day(20))], Days(20, 10)),
        (Span(date(2027, 1, 1)), [], Days(0, 0)),
        (Span(date(2020, 1, 1), date(2020, 1, 2)), [], Days(0, 0)),
    ],
)
def test_a_vacancy_counts_its_days(post: Span, held: list[Span], expected: Days) -> None:
    assert vacant(post, held, FIRST, LAST) == expected


@pytest.mark.rule("RES-03")
def test_a_day_of_several_spans_counts_once() -> None:
    assert days_of([], FIRST, LAST) == 0
    assert days_of([Span(day(5), day(5))], FIRST, LAST) == 1
    # One within another, in whatever order, and one that touches the next.
    several = [Span(day(10), day(12)), Span(day(2), day(20)), Span(day(21), day(22)), Span(day(3), day(4))]
    assert days_of(several, FIRST, LAST) == days_of(several[::-1], FIRST, LAST) == 21
    assert days_of([Span(date(2020, 1, 1)), Span(day(30))], FIRST, LAST) == 30
    assert days_of([Span(date(2020, 1, 1), date(2026, 10, 31)), Span(date(2026, 12, 1))], FIRST, LAST) == 0


@pytest.mark.rule("RES-03")
@pytest.mark.parametrize(
    ("post", "held", "since"),
    [
        (Span(day(1)), [], day(1)),
        (Span(day(1)), [Span(day(1), day(9))], day(10)),
        (Span(day(1)), [Span(day(1), day(9)), Span(day(3), day(5))], day(10)),
        (Span(day(12)), [Span(day(1), day(9))], day(12)),
        # Whoever comes later ends no vacancy before.
        (Span(day(1)), [Span(day(1), day(9)), Span(day(25), day(26))], day(10)),
        (Span(day(1)), [Span(day(1), day(20))], None),
        (Span(day(1)), [Span(day(20))], None),
        (Span(day(21)), [], None),
        (Span(day(1), day(19)), [], None),
    ],
)
def test_since_when_a_post_stands_empty(post: Span, held: list[Span], since: date | None) -> None:
    assert vacant_since(post, held, day(20)) == since


@pytest.mark.rule("RES-03")
def test_absence_without_cover_counts_its_days() -> None:
    away = [(Span(day(1), day(10)), True), (Span(day(26)), False), (Span(date(2026, 1, 1), date(2026, 1, 2)), False)]
    assert uncovered(away, FIRST, LAST) == Days(15, 5)
    assert uncovered([], FIRST, LAST) == Days(0, 0)


@pytest.mark.rule("RES-03")
def test_a_spread_says_how_many_and_never_who() -> None:
    assert spread([0, 5, 6, 20, 21, 40], [5, 10, 20]) == [2, 1, 1, 2]
    assert spread([], [5]) == [0, 0]
    assert median([]) is None
    assert (median([7]), median([9, 1, 2]), median([4, 1, 2, 9])) == (7, 2, 3)


@pytest.mark.rule("RES-03")
@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({}, []),
        ({"A": 5, "B": 9}, [("A",), ("B",)]),
        # Small ones stand together.
        ({"A": 3, "B": 9, "C": 2}, [("B",), ("A", "C")]),
        # Alone it would be shown all the same: the next smallest joins it.
        ({"A": 1, "B": 9, "C": 6, "D": 7}, [("B",), ("D",), ("A", "C")]),
        ({"A": 1, "B": 2}, [("A", "B")]),
        ({"A": 4, "B": 9}, [("A", "B")]),
    ],
)
def test_no_group_of_teams_is_smaller_than_five(sizes: dict[str, int], expected: list[tuple[str, ...]]) -> None:
    assert FEWEST == 5
    assert grouped(sizes) == expected


def test_a_span_holds_both_its_ends() -> None:
    span = Span(day(2), day(4))
    assert [number for number in range(1, 6) if span.holds(day(number))] == [2, 3, 4]
    assert Span(day(2)).holds(day(2) + timedelta(days=4_000))
    assert [one.value for one in Note] == ["no managers in post", "no cases"]

"""Where a case belongs by its officer's training, what is counted of a group, and what is too little to show (R2b)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from craffu.measures.practice.kinds import Group
from craffu.measures.practice.rules import (
    Classing,
    Handled,
    Practice,
    Read,
    classing,
    difference,
    group_of,
    practice,
    share_of,
)
from craffu.published.intervals import newcombe

pytestmark = pytest.mark.rule("RES-01")

TRAINED = date(2026, 3, 2)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("days", "group"),
    [(-366, None), (-365, Group.BEFORE), (-1, Group.BEFORE), (0, Group.AFTER), (364, Group.AFTER), (365, None)],
)
def test_where_a_case_belongs(days: int, group: Group | None) -> None:
    assert group_of(TRAINED + timedelta(days), TRAINED) is group


def test_an_officer_without_training_belongs_to_those_without() -> None:
    assert group_of(TRAINED, None) is Group.NEVER


def handled(*took: float | None, officers: int = 5, otherwise: int = 0) -> list[Handled]:
    return [
        Handled(f"{number % officers}", None if hours is None else hours * HOUR, number < otherwise)
        for number, hours in enumerate(took)
    ]


def test_what_is_counted() -> None:
    found = practice(handled(1, 48, 49, None, officers=3, otherwise=2))
    assert found == Practice(cases=4, officers=3, considered=2, recorded_otherwise=2, median_hours=48.5)
    assert practice(handled(1, None, None)).median_hours is None, "those that wait have taken longer than any"
    assert practice(handled(1, 3, None)).median_hours == 3
    assert practice([]) == Practice(0, 0, 0, 0, None)
    assert practice(handled(1, None)).median_hours is None


def test_few_cases_or_few_officers_are_not_shown() -> None:
    assert practice(handled(*[1.0] * 10)).is_shown
    assert not practice(handled(*[1.0] * 9)).is_shown
    assert not practice(handled(*[1.0] * 40, officers=4)).is_shown


@pytest.mark.rule("MSR-03")
@pytest.mark.parametrize(
    ("considered", "cases", "share"),
    [(1, 10, None), (0, 40, None), (40, 40, None), (9, 40, None), (31, 40, None), (10, 40, 0.25), (30, 40, 0.75)],
)
def test_a_share_of_few_cases_or_of_all_but_few_is_not_shown(considered: int, cases: int, share: float | None) -> None:
    assert share_of(practice(handled(*[1.0] * considered, *[None] * (cases - considered))), "considered") == share


def test_how_far_two_groups_differ() -> None:
    after, before = (
        practice(handled(*[1.0] * 24, *[None] * 16, otherwise=10)),
        practice(handled(*[1.0] * 10, *[None] * 30, otherwise=18)),
    )
    found = difference(after, before, "considered")
    assert found is not None
    assert found.value == pytest.approx(0.35)
    assert found.interval == newcombe(24, 40, 10, 40)
    otherwise = difference(after, before, "recorded_otherwise")
    assert otherwise is not None
    assert otherwise.value == pytest.approx(10 / 40 - 18 / 40)
    few = practice(handled(*[1.0] * 9, *[None] * 31))
    assert difference(after, few, "considered") is None
    assert difference(few, after, "considered") is None


def test_what_reading_cases_found() -> None:
    read = [Read(f"{number % 5}", number < 14) for number in range(40)]
    after, before = classing(read), classing([replace(one, is_wrong=place < 10) for place, one in enumerate(read[:20])])
    assert (after, before.wrongly_classed) == (Classing(cases=40, officers=5, wrongly_classed=14), 10)
    assert before.is_shown
    assert not classing(read[:9]).is_shown
    assert not classing([Read("1", True)] * 40).is_shown
    found = difference(after, before, "wrongly_classed")
    assert found is not None
    assert found.value == pytest.approx(-0.15)
    assert found.interval == newcombe(14, 40, 10, 20)
    assert difference(after, classing([]), "wrongly_classed") is None

"""Of which week a digest is, and of what it tells each role (issue L, item 8)."""

from datetime import date

import pytest

from craffu.access.roles import ROLE_KEYS
from craffu.measures.definitions import definition
from craffu.measures.digests.rules import CODES, EIGHT, FIGURES, WORK_ALONE, figures_for, is_of_week, week_of
from craffu.measures.permissions import SEE

pytestmark = pytest.mark.rule("MSR-01")
MONDAY = date(2026, 11, 30)


def test_a_week_begins_on_its_monday() -> None:
    days = [date.fromordinal(MONDAY.toordinal() + number) for number in range(-1, 8)]
    assert [week_of(day) for day in days] == [date(2026, 11, 23), *[MONDAY] * 7, date(2026, 12, 7)]
    assert [is_of_week(MONDAY, day) for day in days] == [False, *[True] * 7, False]


def test_each_role_is_told_of_parts_that_are_defined_and_whoever_sees_no_figure_of_none() -> None:
    assert FIGURES.keys() == set(SEE)
    assert set(WORK_ALONE) <= set(ROLE_KEYS) - set(SEE)
    for code, part in {one for several in FIGURES.values() for one in several}:
        assert part in {each.key for each in definition(code).parts}, code
        assert code in CODES
    assert figures_for({"offender_manager"}) == ()


def test_whoever_holds_several_roles_is_told_of_all_of_theirs_each_once() -> None:
    assert figures_for({"commissioner_view"}) == EIGHT
    both = figures_for({"commissioner_view", "victim_officer"})
    assert both == (*EIGHT, ("MET27", "kept"), ("MET28", "on_time"))

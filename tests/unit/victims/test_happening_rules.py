"""Everything that can happen in a case says what it raises for the victim (VIC-03, VIC-05)."""

from datetime import date

import pytest

from craffu.cases.states import Stage
from craffu.victims.agreements.rules import Occasion
from craffu.victims.happenings.rules import (
    DECIDES,
    RAISES,
    STAGE_IS,
    TOPIC_OF,
    Happening,
    Topic,
    closing_is_news,
    is_told,
)
from craffu.victims.notices.code import CODE_2021, CodeEvent
from craffu.victims.notices.rules import CODE_EVENT, SafetyEvent


@pytest.mark.rule("VIC-03")
def test_every_stage_that_a_case_can_have_says_what_it_raises() -> None:
    assert set(STAGE_IS) == set(Stage), "say in STAGE_IS what the new stage is for the victim"
    assert all(RAISES[one].occasion for one in STAGE_IS.values())


@pytest.mark.rule("VIC-03")
def test_everything_that_happens_says_what_it_raises_and_what_it_is_about() -> None:
    assert set(RAISES) == set(Happening)
    assert set(TOPIC_OF) == set(Happening)


@pytest.mark.rule("VIC-03")
@pytest.mark.rule("VIC-05")
def test_every_occasion_and_every_limit_is_raised_by_something() -> None:
    raised = list(RAISES.values())
    assert {one.occasion for one in raised} - {None} == set(Occasion)
    assert {one.code for one in raised} - {None} == set(CodeEvent) == set(CODE_2021.limits)
    assert {one.safety for one in raised} - {None} == set(SafetyEvent)


@pytest.mark.rule("VIC-05")
def test_what_her_safety_hangs_on_names_the_same_limit_of_the_code_in_both_tables() -> None:
    for raised in RAISES.values():
        if raised.safety is not None:
            assert raised.code == CODE_EVENT.get(raised.safety)


@pytest.mark.rule("VIC-05")
def test_what_she_does_not_want_to_hear_is_not_told_but_for_her_safety() -> None:
    nothing = frozenset(Topic)
    told = {one for one in Happening if is_told(one, nothing)}
    assert told == {one for one, raised in RAISES.items() if raised.safety is not None}
    assert all(is_told(one, frozenset()) for one in Happening)
    assert not is_told(Happening.CHARGE, frozenset({Topic.CHARGE}))
    assert is_told(Happening.CHARGE, frozenset({Topic.HEARINGS}))


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize(
    ("decided", "is_news"),
    [((), True), ((date(2026, 11, 20),), False), ((date(2026, 11, 24),), False), ((date(2026, 11, 25),), True)],
)
def test_a_case_that_is_closed_after_it_was_decided_ends_without_news(decided: tuple[date, ...], is_news: bool) -> None:
    assert closing_is_news(date(2026, 11, 24), decided) is is_news
    assert STAGE_IS[Stage.CLOSED] in DECIDES

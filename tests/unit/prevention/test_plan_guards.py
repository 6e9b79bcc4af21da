"""Who plans and approves, what a plan is refused for, and that its answers are read as they were written (PLN-01, PLN-02)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.roles import ROLE_KEYS
from craffu.audit.actors import Actor
from craffu.common.refusals import NotPermitted, Refusal
from craffu.prevention.permissions import (
    APPROVE,
    PLAN,
    check_can_approve_plan,
    check_can_plan,
    check_can_see_plan,
)
from craffu.prevention.planning import policies
from craffu.prevention.planning.facts import Answers, Asked, Decided, answers_of
from craffu.prevention.planning.kinds import Stage
from craffu.prevention.planning.rules import Choice, Lacks, Option

TODAY = date(2026, 11, 24)
WORDS = "Nothing calls for it now"
WHOLE = Answers(
    "He keeps away from her", "An alarm is fitted", tuple(Decided(one.value, "not_used", WORDS) for one in Option),
    "He left the country", (), "manager",
)  # fmt: skip


def acting(*rights: str, is_person: bool = True) -> Acting:
    user = User(pk=1, username="somebody") if is_person else None
    return Acting(Actor("somebody", "", "demo"), Force(pk=1, code="demo"), frozenset(rights), user=user)


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    ("check", "roles"),
    [(check_can_see_plan, PLAN), (check_can_plan, PLAN), (check_can_approve_plan, APPROVE)],
    ids=["see", "plan", "approve"],
)
def test_who_sees_plans_and_who_approves(check: Callable[[Acting], object], roles: tuple[str, ...]) -> None:
    for role in ROLE_KEYS:
        if role in roles:
            check(acting(role))
        else:
            with pytest.raises(NotPermitted) as refused:
                check(acting(role))
            assert refused.value.code == "right_not_held"
    assert set(PLAN) == {"offender_manager", "supervisor", "coordinator", "investigator"}


@pytest.mark.rule("PRI-06")
@pytest.mark.parametrize("check", [check_can_plan, check_can_approve_plan])
def test_T31_a_right_without_a_person_plans_nothing(check: Callable[[Acting], object]) -> None:
    with pytest.raises(NotPermitted):
        check(acting("supervisor", "system", is_person=False))


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as found:
        act()
    assert str(found.value)
    return found.value.code


def test_what_a_plan_is_refused_for_and_what_it_is_not() -> None:
    one, two = User(pk=1), User(pk=2)
    passed: list[Callable[[], object]] = [
        lambda: policies.check_none_is_open(is_open=False),
        lambda: policies.check_is_open(Stage.BEGUN),
        lambda: policies.check_none_waits(waits=False),
        lambda: policies.check_waits(waits=True),
        lambda: policies.check_is_another(one, two),
        lambda: policies.check_says_why_not(agrees=True, words=""),
        lambda: policies.check_says_why_not(agrees=False, words="No"),
        lambda: policies.check_stands(stands=True),
        lambda: policies.check_is_a_planner(one),
        lambda: policies.check_is_not_past(TODAY, TODAY),
        lambda: policies.check_condition_stands(stands=True),
        lambda: policies.check_is_not_closed(is_closed=False),
        lambda: policies.check_says_something("0123456789"),
        lambda: policies.check_action_is_whole("Go and see him", "", has_condition=True),
        lambda: policies.check_action_is_whole("Go and see him", "Drives past", has_condition=False),
        lambda: policies.check_are_forums(["mappa", "iom", "matac", "marac"]),
    ]
    for act in passed:
        act()
    codes: dict[str, Callable[[], object]] = {
        "plan_open": lambda: policies.check_none_is_open(is_open=True),
        "no_open_plan": lambda: policies.check_is_open(Stage.ENDED),
        "plan_waits": lambda: policies.check_none_waits(waits=True),
        "plan_does_not_wait": lambda: policies.check_waits(waits=False),
        "own_plan": lambda: policies.check_is_another(one, one),
        "reason_missing": lambda: policies.check_says_why_not(agrees=False, words=" "),
        "plan_does_not_stand": lambda: policies.check_stands(stands=False),
        "not_a_planner": lambda: policies.check_is_a_planner(None),
        "due_in_the_past": lambda: policies.check_is_not_past(TODAY - timedelta(days=1), TODAY),
        "condition_gone": lambda: policies.check_condition_stands(stands=False),
        "action_closed": lambda: policies.check_is_not_closed(is_closed=True),
        "too_short": lambda: policies.check_says_something(" 012345678 "),
        "no_words_of_action": lambda: policies.check_action_is_whole("Go", "", has_condition=True),
        "not_tied": lambda: policies.check_action_is_whole("Go and see him", " ", has_condition=False),
        "unknown_forum": lambda: policies.check_are_forums(["club"]),
    }
    assert {refused(act) for act in codes.values()} == set(codes)
    assert {code: refused(act) for code, act in codes.items()} == {code: code for code in codes}
    assert refused(lambda: policies.check_is_open(None)) == "no_open_plan"


@pytest.mark.rule("PLN-01")
def test_everything_that_stands_in_the_way_is_said_at_once() -> None:
    assert policies.obstacles(WHOLE, [], 0, TODAY) == []
    policies.check_may_be_put(WHOLE, [], 0, TODAY)
    nothing = policies.obstacles(Answers(), [7], 0, TODAY)
    assert [one.code for one in nothing] == ["objectives_missing", "undecided", "not_consulted"]
    used = WHOLE.having(Decided("order", "use", "no"))
    assert [one.code for one in policies.obstacles(used, [], 0, TODAY)] == ["no_words_of_use", "no_action"]
    assert len({policies.lack_words(one) for one in Lacks}) == len(Lacks)


def test_answers_are_read_as_they_were_written() -> None:
    given = WHOLE.having(Decided("multi_agency_referral", "use", WORDS, ("iom", "matac")))
    given = given.having(Asked(7, "by_phone", "2026-11-23", "She agrees"))
    assert answers_of(given.as_text()) == given
    assert answers_of('{"objectives": "x", "no_more": 1, "decided": [{"option": "order", "gone": 2}]}') == Answers(
        "x", decided=(Decided("order"),)
    )
    assert given.about(7).day == date(2026, 11, 23)
    assert (given.about(8), given.about(8).day) == (Asked(8), None)
    assert given.having(Asked(7, "not_asked", "2026-11-23", WORDS)).about(7).day is None
    assert (given.uses_any, WHOLE.uses_any) == (True, False)
    plan = given.as_plan(TODAY)
    assert (plan.owner, plan.review_on, plan.decisions[Option.MULTI_AGENCY_REFERRAL]) == ("manager", TODAY, Choice.USE)
    assert plan.reasons[Option.ARREST] == WORDS
    assert "She agrees" not in repr(given)

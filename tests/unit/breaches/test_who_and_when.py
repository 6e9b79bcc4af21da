"""Who may do what with a breach, and when it may be done; each refusal with its code (BRC-04, BRC-06, SEC-01)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from craffu.access.roles import BY_KEY, ROLE_KEYS
from craffu.breaches import permissions, policies
from craffu.breaches.detecting.rules import WhyNot
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.ledger.moves import Move
from craffu.breaches.patterns.rules import WhyNot as WhyNoPattern
from craffu.breaches.standpoints import questions
from craffu.breaches.standpoints.questions import Question
from craffu.breaches.standpoints.rules import NotFinal
from craffu.common.refusals import NotNow, NotPermitted
from tests.unit.work.test_who_and_when import acting

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SEE = {
    "response_officer",
    "investigator",
    "supervisor",
    "coordinator",
    "offender_manager",
    "orders_team",
    "victim_officer",
}
DECIDE = {"investigator", "supervisor", "coordinator", "offender_manager", "duty_inspector"}
RECORD = {"investigator", "supervisor", "orders_team", "court_liaison", "probation_liaison", "offender_manager"}


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    ("check", "roles"),
    [
        (permissions.check_can_report, SEE | {"probation_liaison"}),
        (permissions.check_can_decide, DECIDE),
        (permissions.check_can_finalise, {"supervisor"}),
        (lambda by: permissions.check_can_record_standpoint(by, Standpoint.COURT), RECORD),
        (lambda by: permissions.check_can_record_standpoint(by, Standpoint.VICTIM_TOLD), RECORD | {"victim_officer"}),
        (permissions.check_can_record_anything, RECORD | {"victim_officer"}),
        (permissions.check_can_explain, DECIDE | RECORD | {"victim_officer"}),
        (permissions.check_can_view_patterns, {"coordinator", "supervisor"}),
        (permissions.check_can_decide_pattern, {"coordinator"}),
        (permissions.check_can_disclose, {"investigator", "supervisor", "orders_team"}),
    ],
)
def test_each_thing_is_done_by_those_of_the_page_map_and_by_named_people(
    check: Callable[[Any], Any], roles: set[str]
) -> None:
    for role in {*ROLE_KEYS, *BY_KEY}:
        if role in roles:
            assert check(acting(role)).pk == 7, role
            with pytest.raises(NotPermitted, match="named person"):
                check(acting(role, is_person=False))
        else:
            with pytest.raises(NotPermitted):
                check(acting(role))


@pytest.mark.rule("SEC-01")
def test_breaches_are_seen_by_those_who_meet_them_and_by_nobody_else() -> None:
    for role in ROLE_KEYS:
        if role in SEE:
            permissions.check_can_view_breaches(acting(role))
        else:
            with pytest.raises(NotPermitted):
                permissions.check_can_view_breaches(acting(role))


@pytest.mark.rule("BRC-06")
def test_somebody_decides_by_the_most_of_their_rights() -> None:
    said = {right: permissions.decides_as(acting(right)) for right in (*DECIDE, "analyst")}
    assert said == {**{right: right for right in DECIDE}, "analyst": ""}


def refusal(check: Callable[..., object], *args: Any, **said: Any) -> str:
    """The code of what is refused; empty where nothing is."""
    try:
        check(*args, **said)
    except NotNow as refused:
        return str(refused.code)
    return ""


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (lambda: policies.check_happened_by(NOW + timedelta(seconds=1), NOW), "in_future"),
        (lambda: policies.check_happened_by(NOW, NOW), ""),
        (lambda: policies.check_ends_after(NOW, NOW - timedelta(seconds=1)), "ends_before"),
        (lambda: policies.check_ends_after(NOW, NOW), ""),
        (lambda: policies.check_is_theirs(is_theirs=False), "not_their_order"),
        (lambda: policies.check_is_theirs(is_theirs=True), ""),
        (lambda: policies.check_same_person(is_same=False), "another_person"),
        (lambda: policies.check_same_person(is_same=True), ""),
        (lambda: policies.check_is_known(is_known=False), "no_such_breach"),
        (lambda: policies.check_is_known(is_known=True), ""),
        (lambda: policies.check_is_another(is_itself=True, is_joined=False, has_joined=False), "itself"),
        (lambda: policies.check_is_another(is_itself=False, is_joined=True, has_joined=False), "joined_already"),
        (
            lambda: policies.check_is_another(is_itself=False, is_joined=False, has_joined=True),
            "others_joined",
        ),
        (lambda: policies.check_is_another(is_itself=False, is_joined=False, has_joined=False), ""),
        (lambda: policies.check_decides(Standpoint.COURT, "charged", ("proved",)), "unknown_court"),
        (lambda: policies.check_decides(Standpoint.COURT, "proved", ("proved",)), ""),
        (lambda: policies.check_mismatch_stands(stands=False), "agrees_now"),
        (lambda: policies.check_mismatch_stands(stands=True), ""),
        (lambda: policies.check_has_words("  "), "no_words"),
        (lambda: policies.check_has_words("Why."), ""),
        (lambda: policies.check_has_pattern(has_pattern=False), "no_pattern"),
        (lambda: policies.check_has_pattern(has_pattern=True), ""),
        (lambda: policies.check_decision(None), ""),
        (lambda: policies.check_answer(Question.ARREST, None), ""),
        (lambda: policies.check_pattern(None), ""),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(refused: Callable[[], object], code: str) -> None:
    assert refusal(refused) == code


def test_every_reason_of_the_rules_has_words() -> None:
    assert [refusal(policies.check_decision, why) for why in WhyNot] == [why.value for why in WhyNot]
    assert [refusal(policies.check_pattern, why) for why in WhyNoPattern] == [why.value for why in WhyNoPattern]
    for why in questions.WhyNot:
        assert refusal(policies.check_answer, Question.ARREST, why) == f"arrest:{why.value}"


def test_a_move_that_leads_nowhere_is_refused() -> None:
    assert policies.check_moves("possible", Move.ACCEPT) == "accepted"
    assert refusal(policies.check_moves, "possible", Move.FINALISE) == "not_from_here"


@pytest.mark.rule("BRC-04")
def test_everything_that_stands_in_the_way_of_finalising_is_named_and_the_first_is_refused() -> None:
    every = [NotFinal.COURSE_OF_CONDUCT, NotFinal.RECORDING]
    lacks = policies.what_lacks(every, list(Question))
    assert [code for code, _ in lacks] == [
        "course_of_conduct_not_answered", "crime_recording_not_answered", "not_answered",
    ]  # fmt: skip
    assert len({words for _, words in lacks}) == 3
    assert [code for code, _ in policies.what_lacks([NotFinal.SUPERVISOR, NotFinal.REASON], [])] == [
        "supervisor_must_answer", "crime_recording_reason_missing",
    ]  # fmt: skip
    # The two questions of the gate have words of their own and are not named twice.
    assert policies.what_lacks([], [Question.COURSE_OF_CONDUCT, Question.RECORDING]) == []
    assert refusal(policies.check_final, every, []) == "course_of_conduct_not_answered"
    assert refusal(policies.check_final, [], [Question.ARREST]) == "not_answered"
    assert refusal(policies.check_final, [], []) == ""


@pytest.mark.rule("SEC-01")
def test_the_morning_lists_are_read_by_those_who_manage_perpetrators_and_cases() -> None:
    managers = SEE - {"response_officer", "victim_officer"}
    for role in {*ROLE_KEYS, *BY_KEY}:
        if role in managers:
            permissions.check_can_view_lists(acting(role))
        else:
            with pytest.raises(NotPermitted):
                permissions.check_can_view_lists(acting(role))

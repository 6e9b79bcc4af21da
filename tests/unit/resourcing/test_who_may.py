"""Who reads champions and posts and who states what counts, right by right, and when (SEC-01; page map, P38 and P39)."""

from datetime import date
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.actors import Actor
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal
from craffu.resourcing import permissions, policies
from craffu.resourcing.champions.kinds import PILLARS, Aim, Taught
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.recruiting.kinds import RecruitingStep
from craffu.resourcing.staff.kinds import Duty, Lesson, Shift
from craffu.resourcing.timing.kinds import Timed
from tests.factories.rights import who_may


@pytest.mark.rule("SEC-01")
def test_who_may() -> None:
    """The commissioner reads how shifts are covered and how posts stand, and nobody's name."""
    works = "coordinator investigator offender_manager orders_team response_officer supervisor victim_officer workforce_lead"
    assert who_may(permissions) == {
        "resourcing: check_can_read_champions": works,
        "resourcing: check_can_read_coverage": " ".join(sorted([*works.split(), "commissioner_view"])),
        "resourcing: check_can_read_posts": "commissioner_view supervisor workforce_lead",
        "resourcing: check_can_state": "workforce_lead",
    }


@pytest.mark.rule("SEC-01")
def test_a_program_states_nothing() -> None:
    actor = Actor(name="service", role="workforce_lead", force="demo", kind="service")
    with pytest.raises(NotPermitted, match="Only a named person"):
        permissions.check_can_state(Acting(actor, Force(pk=1, code="demo"), frozenset({"workforce_lead"}), user=None))


DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("check", "bad", "good", "refusal", "code"),
    [
        (policies.check_says_why, {"reason": "  "}, {"reason": "a"}, NotNow, "resourcing_no_reason"),
        (
            policies.check_names_version,
            {"programme": " ", "version": "2"},
            {"programme": "a", "version": "2"},
            NotNow,
            "version_unnamed",
        ),
        (
            policies.check_names_version,
            {"programme": "a", "version": ""},
            {"programme": "a", "version": "2"},
            NotNow,
            "version_unnamed",
        ),
        (policies.check_not_accepted, {"is_accepted": True}, {"is_accepted": False}, Conflict, "version_accepted"),
        (policies.check_not_withdrawn, {"is_withdrawn": True}, {"is_withdrawn": False}, Conflict, "version_withdrawn"),
        (
            policies.check_ends_after,
            {"first_day": DAY, "last_day": date(2026, 11, 23)},
            {"first_day": DAY, "last_day": DAY},
            NotNow,
            "version_ends_before",
        ),
        (policies.check_is_role, {"is_known": False}, {"is_known": True}, NotNow, "role_unknown"),
        (policies.check_most, {"most": 0}, {"most": 1}, NotNow, "capacity_out_of_range"),
        (policies.check_most, {"most": 1000}, {"most": 999}, NotNow, "capacity_out_of_range"),
        (policies.check_time, {"amount": 0, "most": 60}, {"amount": 1, "most": 60}, NotNow, "time_out_of_range"),
        (policies.check_is_post, {"is_known": False}, {"is_known": True}, NotNow, "post_unknown"),
        (policies.check_step_follows, {"is_next": False}, {"is_next": True}, Conflict, "step_out_of_order"),
        (policies.check_time, {"amount": 61, "most": 60}, {"amount": 60, "most": 60}, NotNow, "time_out_of_range"),
    ],
)
def test_when(check: Any, bad: dict[str, Any], good: dict[str, Any], refusal: type[Refusal], code: str) -> None:
    check(**good)
    with pytest.raises(refusal) as refused:
        check(**bad)
    assert refused.value.code == code


def test_keys_that_stay() -> None:
    assert [one.value for one in Aim] == [
        "suspect_focused", "repeat_suspects", "procedural_justice", "learning_wellbeing", "data", "digital", "classifying",
        "civil_orders",
    ]  # fmt: skip
    assert list(Aim)[:6] == list(PILLARS)
    assert [one.value for one in Taught] == ["adopt", "adapt", "not"]
    assert [one.value for one in Work] == ["orders", "cohort"]
    assert [one.value for one in Timed] == ["check", "review", "end_decision", "hearing", "notification", "week"]
    assert [one.value for one in RecruitingStep] == [
        "money_asked", "money_refused", "authorised", "advertised", "interviewed", "offered", "vetted", "start_agreed",
        "stopped",
    ]  # fmt: skip
    assert [one.value for one in Shift] == ["early", "late", "night", "day"]
    assert [one.value for one in Duty] == ["rostered", "on_duty", "on_call", "abstracted", "absent", "called_off"]
    assert [one.value for one in Lesson] == ["full", "continuing"]

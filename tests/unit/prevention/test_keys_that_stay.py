"""Keys that are stored, and the lists that a floor and the population hang on: a change of one is a change of policy."""

from datetime import timedelta
from enum import StrEnum

import pytest

from craffu.prevention.deciding.rules import (
    AGREED_WITHIN,
    ANSWERED_WITHIN,
    LONGEST,
    LOOKED_AT_WITHIN,
    SYSTEM,
    Act,
    Said,
    Whose,
)
from craffu.prevention.deciding.rules import WhyNot as WhyNotDecided
from craffu.prevention.meetings.due import What as WhatOfMeetings
from craffu.prevention.meetings.due import Why as WhyOfMeetings
from craffu.prevention.meetings.kinds import Decision, Effect, OnAgenda
from craffu.prevention.meetings.kinds import Since as SinceMeeting
from craffu.prevention.meetings.kinds import Stage as StageOfMeeting
from craffu.prevention.planning.due import What, Why
from craffu.prevention.planning.kinds import (
    Because,
    Consulted,
    Forum,
    Intervention,
    NotScored,
    Outcome,
    Stage,
    Tied,
)
from craffu.prevention.planning.rules import Choice, Lacks, Option
from craffu.prevention.population.rules import Group, WhyOut
from craffu.prevention.scoring import rules
from craffu.prevention.scoring.facts import INPUTS, Evidence, Part, Standing
from craffu.prevention.scoring.rules import Flag, Floor, Tier

MAY_ENTER = (
    "breach disproved evidence incident_id occurred_on offence order recorded_on role status victim_id weapon weight"
)
KEYS: dict[type[StrEnum], str] = {
    Part: "suspect offender victim witness",
    Standing: "recorded cancelled no_crime eliminated",
    Evidence: "convicted charged suspected non_crime",
    Tier: "urgent high medium standard no_scoreable_history not_scored",
    Floor: "harm_weight_365 serious_offence weapon order_breach_28_days victim_fear_top",
    Flag: "undated_event unknown_offence_weight victim_unknown victims_are_never_scored outside_the_scored_population",
    Group: "stalking harassment coercive_control order_breach",
    WhyOut: "definition_incomplete definition_not_yet_in_force no_such_offence not_a_suspect_or_offender"
    " eliminated_or_no_crime outside_the_window",
    Said: "stands other",
    Whose: "theirs officer",
    Act: "add_to_cohort override challenge edit_score",
    WhyNotDecided: "scores_are_never_edited a_named_officer_decides reason_too_short",
    Option: "order bail_condition arrest behaviour_programme health_or_substance multi_agency_referral disruption",
    Choice: "use not_used",
    Forum: "mappa iom matac marac",
    Consulted: "in_person by_phone in_writing advocate not_asked",
    Tied: "condition behaviour",
    Outcome: "stands to_change",
    Stage: "begun waits sent_back live ended",
    Because: "every_28_days follow_up breach",
    Intervention: "order plan custody",
    NotScored: "nobody_stated_whom nothing_known with_the_next_run",
    What: "plan_make plan_approve plan_review plan_action",
    Why: "plan_begun plan_to_change plan_put plan_action_agreed plan_review_28_days plan_review_follow_up"
    " plan_review_breach",
    Lacks: "undecided no_reason none_needs_reason no_owner no_review_date",
    OnAgenda: "proposed look_due",
    Decision: "select keep deselect defer",
    Effect: "entered reviewed left nothing",
    StageOfMeeting: "to_come minuting approved called_off",
    SinceMeeting: "last_meeting entry four_weeks",
    WhatOfMeetings: "meeting_minutes meeting_action meeting_agenda meeting_next",
    WhyOfMeetings: "meeting_held meeting_agreed meeting_agreed_with_agency meeting_member_falls_due"
    " meeting_every_four_weeks",
}


@pytest.mark.parametrize("kind", KEYS, ids=lambda kind: f"{kind.__module__.split('.')[2]}-{kind.__name__}")
def test_keys_stay(kind: type[StrEnum]) -> None:
    assert [one.value for one in kind] == KEYS[kind].split()


@pytest.mark.rule("PRI-04")
def test_what_is_serious_and_which_orders_are_a_floor() -> None:
    assert sorted(rules.SERIOUS) == [
        "attempted_murder",
        "rape",
        "strangulation",
        "threat_to_kill",
        "wounding_with_intent",
    ]
    assert sorted(rules.FLOOR_ORDERS) == ["ISPO", "RO_ACQ", "RO_CONV", "SPO", "SPO_ACQ", "SPO_CONV"]
    assert (rules.FLOOR_DAYS, rules.FLOOR_WEIGHT, rules.FLOOR_BREACH_DAYS) == (365, 365, 28)


@pytest.mark.rule("PRI-08")
def test_nothing_else_may_enter() -> None:
    assert sorted(INPUTS) == MAY_ENTER.split()


@pytest.mark.rule("PRI-04")
@pytest.mark.rule("PRI-07")
def test_how_long_people_have_to_decide_and_for_how_long_they_do() -> None:
    hours, days = timedelta(hours=1), timedelta(days=1)
    assert (24 * hours, 24 * hours, 7 * days, 90 * days) == (LOOKED_AT_WITHIN, AGREED_WITHIN, ANSWERED_WITHIN, LONGEST)
    assert SYSTEM == "system"

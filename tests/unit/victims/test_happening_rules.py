"""Everything that can happen in a case says what it raises for the victim (VIC-03, VIC-05)."""

from datetime import date

import pytest

from craffu.cases.states import Stage
from craffu.victims.agreements.rules import Occasion
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import DECIDES, RAISES, STAGE_IS, TOPIC_OF, Topic, closing_is_news, is_told
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


# What each thing raises, as Annex E has it: the occasion, the limit of the Code, and whether safety hangs on it. Of what was only
# sought it says nothing; VIC-06 does.
ANNEX_E = """
    report                        report                       - -
    referred_to_support           -                            referral_to_support -
    screening_decision            screening_decision           - -
    decision_not_to_investigate   screening_decision           decision_not_to_investigate -
    arrest                        arrest                       arrested -
    arrest_for_breach             arrest                       arrested arrested_for_breach
    interview                     interview                    interviewed_under_caution -
    release_from_custody          bail_or_release_changed      bail_or_rui released_from_police_custody
    bail_conditions_changed       bail_or_release_changed      bail_or_rui bail_conditions_changed
    bail_ended                    bail_or_release_changed      bail_or_rui bail_ended
    charge                        charge_or_no_further_action  charge_decision -
    charge_for_breach             charge_or_no_further_action  charge_decision charged_for_breach
    no_further_action             charge_or_no_further_action  no_further_action -
    out_of_court_disposal         charge_or_no_further_action  out_of_court_disposal -
    hearing_listed                hearing_listed               hearing_details -
    called_to_give_evidence       hearing_listed               need_to_give_evidence -
    bail_hearing_outcome          hearing_outcome              bail_hearing_outcome -
    hearing_outcome               hearing_outcome              - -
    verdict_or_sentence           hearing_outcome              verdict_or_sentence -
    sentence_under_contact_scheme hearing_outcome              victim_contact_scheme_referral -
    referred_to_contact_scheme    -                            victim_contact_scheme_first_contact -
    appeal                        appeal                       appeal_notice_or_result -
    release_from_prison           release                      - released_from_prison
    breach_reported               breach_reported              - -
    order_considered              order_considered             - -
    order_granted                 order_granted                - -
    order_refused                 order_refused                - -
    order_served                  order_served                 - order_served
    order_varied                  order_varied_or_ended        - -
    order_relaxed                 order_varied_or_ended        - order_relaxed
    order_ended                   order_varied_or_ended        - order_ended
    order_expiry_watch            order_expiry_watch           - -
    order_relaxation_sought       order_varied_or_ended        - -
    order_change_refused          order_varied_or_ended        - -
"""


@pytest.mark.rule("VIC-03")
@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize("line", ANNEX_E.strip().splitlines())
def test_each_thing_raises_what_annex_e_says(line: str) -> None:
    happening, *raised = line.split()
    found = RAISES[Happening(happening)]
    assert [one.value if one else "-" for one in (found.occasion, found.code, found.safety)] == raised


@pytest.mark.rule("VIC-03")
@pytest.mark.parametrize(
    ("stage", "happening"),
    [
        ("reported", "report"), ("investigated", "screening_decision"), ("charged", "charge"),
        ("at_court", "hearing_listed"), ("concluded", "verdict_or_sentence"), ("closed", "no_further_action"),
    ],
)  # fmt: skip
def test_a_stage_is_for_her_what_it_says(stage: str, happening: str) -> None:
    assert STAGE_IS[Stage(stage)] is Happening(happening)


ABOUT = {
    "investigation": "report referred_to_support screening_decision decision_not_to_investigate interview",
    "arrest_and_bail": "arrest arrest_for_breach release_from_custody bail_conditions_changed bail_ended",
    "charge": "charge charge_for_breach no_further_action out_of_court_disposal",
    "hearings": """
        hearing_listed called_to_give_evidence bail_hearing_outcome hearing_outcome verdict_or_sentence
        sentence_under_contact_scheme appeal
    """,
    "release": "referred_to_contact_scheme release_from_prison",
    "orders": """
        breach_reported order_considered order_granted order_refused order_served order_varied order_relaxed order_ended
        order_expiry_watch order_relaxation_sought order_change_refused
    """,
}


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize("topic", ABOUT)
def test_each_thing_is_about_one_topic(topic: str) -> None:
    assert {one.value for one, about in TOPIC_OF.items() if about is Topic(topic)} == set(ABOUT[topic].split())


@pytest.mark.rule("VIC-05")
def test_what_decides_about_a_case_is_these_and_no_more() -> None:
    assert {one.value for one in DECIDES} == {
        "charge", "charge_for_breach", "no_further_action", "out_of_court_disposal", "decision_not_to_investigate",
        "verdict_or_sentence",
    }  # fmt: skip

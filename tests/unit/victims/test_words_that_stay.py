"""The words under which occasions, promises and news are kept and counted, and those of rules.md, Annex E: none is renamed."""

from enum import StrEnum

import pytest

from craffu.cases.risk.rules import Grade, Observed, SecondLook, Timeliness
from craffu.victims.advocates.rules import AdvocateMay, NotAllowed
from craffu.victims.agreements.kinds import Asking
from craffu.victims.agreements.rules import Occasion, OffersAgain
from craffu.victims.contacts.rules import IMMEDIATE_DANGER, NOWHERE, CameBack, Channel, Excuse, Kept, Unsafe
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import Topic
from craffu.victims.inviting.rules import WhyNot as WhyNotAsked
from craffu.victims.letters.rules import WhyNot as WhyNoLetter
from craffu.victims.notices.code import Entitlement, From
from craffu.victims.notices.rules import FORCE_POLICY, SafetyEvent, Told, Warned
from craffu.victims.surveys.kinds import Mode, NotAsked
from craffu.victims.voice.rules import Reader
from craffu.victims.voice.subjects import WhyWithdrawn
from craffu.work.rules import Band, Consequence, How, Reassign, Step, Taken, Why

WORDS: dict[type[StrEnum], str] = {
    Occasion: """
        report screening_decision arrest interview bail_or_release_changed charge_or_no_further_action order_considered
        hearing_listed hearing_outcome order_granted order_refused order_served order_varied_or_ended appeal
        order_expiry_watch breach_reported release
    """,
    SafetyEvent: """
        order_served released_from_police_custody released_from_prison bail_conditions_changed bail_ended
        arrested_for_breach charged_for_breach order_ended order_relaxed
    """,
    Observed: """
        prior_relationship explicit_threat property_damage approach_home_or_work third_parties_contacted
        breach_after_order weapon_access suicidal_statements escalation victim_fear_rating tracking_or_account_access
        duration_and_frequency
    """,
    Asking: "each_time before_change do_not_ask",
    OffersAgain: "each_stage only_if_i_ask",
    CameBack: "returned refused address_gone",
    Unsafe: "channel_not_safe time_not_safe voicemail_not_allowed",
    WhyNoLetter: "not_looked_after shut not_agreed declined not_safe reach_in_doubt not_wanted",
    WhyNotAsked: """
        not_agreed declined no_safe_link no_address no_surveys reach_changed never_safe translation of_the_accused
    """,
    Excuse: "victim_asked_to_wait contact_unsafe not_reachable_with_attempts",
    Kept: "running kept late wrong_channel missed excused",
    Told: "running on_time late missed",
    Warned: "warning_due warned told_not_warned running in_time late missed",
    Entitlement: "enhanced standard",
    From: "event receipt sentence referral",
    Reader: "court defence subject_access_decision",
    AdvocateMay: "give_her_view receive_her_updates see_promises",
    NotAllowed: "another_victim not_for_an_advocate not_named_by_her no_consent consent_ended",
    Grade: "high medium standard",
    Timeliness: "running overdue on_time late",
    SecondLook: "breach_of_order explicit_threat tracking_or_break_in previous_victim",
    Step: "supervisor inspector",
    Happening: """
        report referred_to_support screening_decision decision_not_to_investigate arrest arrest_for_breach interview
        release_from_custody bail_conditions_changed bail_ended charge charge_for_breach no_further_action
        out_of_court_disposal hearing_listed called_to_give_evidence bail_hearing_outcome hearing_outcome
        verdict_or_sentence sentence_under_contact_scheme referred_to_contact_scheme appeal release_from_prison
        breach_reported order_considered order_granted order_refused order_served order_varied order_relaxed order_ended
        order_expiry_watch order_relaxation_sought order_change_refused
    """,
    Topic: "investigation arrest_and_bail charge hearings orders release",
    Mode: "online paper telephone in_person",
    NotAsked: "unsafe no_safe_way does_not_want other",
    WhyWithdrawn: "fear pressure delay not_believed wants_it_over other",
    Channel: "telephone text_message email letter visit video_call through_advocate",
    How: "done excused withdrawn",
    Consequence: """
        harm_unwarned limit_of_law protection_lapses risk_unknown promise_broken voice_unheard goes_stale history_split
    """,
    Band: "0-1 2-7 8-28 29",
    Why: "leave sickness training moved_on back",
    Taken: """
        raised foreseen supervisor inspector done excused withdrawn returned forward given reassigned took
    """,
    Reassign: "away too_much knows_it moved_on mistake",
}


@pytest.mark.parametrize("kept", WORDS, ids=lambda kept: kept.__name__)
def test_what_is_kept_is_kept_under_words_that_stay(kept: type[StrEnum]) -> None:
    assert [one.value for one in kept] == WORDS[kept].split()


def test_the_one_override_and_the_policy_keep_their_words() -> None:
    assert (IMMEDIATE_DANGER, FORCE_POLICY, NOWHERE) == ("immediate_danger", "force policy", "nowhere")

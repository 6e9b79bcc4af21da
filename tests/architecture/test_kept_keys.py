"""Keys that stand in logs and registers for years: none is renamed, and no kind of event changes its verb (SEC-01, SEC-04)."""

import importlib

import pytest

from craffu.access.markings import MARKINGS
from craffu.access.rights_requests.events import ENDING_EVENTS, RIGHTS_EVENTS
from craffu.access.rights_requests.kinds import Decided, Ending
from craffu.access.rights_requests.states import RightsStatus
from craffu.access.roles import BY_KEY, OPS, ROLE_KEYS
from craffu.audit.events import EventKind
from tests.architecture.source import ROOT

HELD_IN_LOGS = {
    "alteration": """
        cohort_entered cohort_left cohort_reviewed programme_version_withdrawn
        erasure_asked erasure_refused retention_hold_lifted retention_hold_placed retention_kept
        meeting_approved meeting_called_off meeting_chaired meeting_decided
        challenge_answered priority_agreed priority_overridden priority_refused priority_stands score_challenged
        scheme_adopted scores_renewed
        plan_dropped plan_ended plan_sent_back
        answers_taken_back victim_letter_put_back interview_withdrawn words_not_destroyed
        order_letter_put_back victim_letter_not_arrived
        answers_distrusted invitation_ended invitation_not_sent invitation_sent
        breach_answered breach_decided breach_finalised breach_mismatch_explained breach_noted breach_pattern_decided
        account_closed advocate_ended agreement_dropped calendar_begun calendar_ended condition_library_edited
        consideration_reopened emergency_left emergency_reviewed factor_removed factors_reset happening_struck
        identity_forgotten key_added key_retired key_writes order_adjourned order_applied_for
        order_authorisation_asked order_authorised order_catalogue_edited order_decided order_declined order_deferred
        order_difference_closed order_difference_owned order_discharged order_document_matched order_document_owned
        order_document_returned order_end_corrected order_expired order_granted order_in_force order_not_pursued order_owned
        order_pack_released order_paper_marked order_proposal_decided order_protects order_quashed order_refused
        order_renewed order_review_dropped order_review_sent_back order_revoked order_superseded order_terms_corrected
        order_transfer_acknowledged order_transfer_sent order_varied order_withdrawn order_wording_edited
        api_token_approved api_token_ended
        webhook_approved webhook_begun_again webhook_ended webhook_not_told webhook_stopped
        password_changed password_set posted posting_ended rank_said reach_said reader_let_in reader_shut_out
        record_made_covert record_placed record_restricted restriction_lifted right_given right_taken rights_approved
        population_defined review_given_on sample_case_replaced
        rights_not_put_right rights_put_right rights_use_restriction_lifted
        rights_identified rights_prepared rights_sent_back rights_withdrawn row_decided service_approved service_ended
        station_placed values_rewrapped work_changed work_done work_escalated work_excused work_missed work_reassigned
        work_taken work_withdrawn
    """,
    "authentication": """
        factor_asked factor_confirmed factor_refused password_change_refused recovery_code_used service_began
        session_ended sign_in_held_back sign_in_refused signed_in signed_out signed_out_everywhere
    """,
    "collection": """
        order_reason_translated destruction_asked victim_letter_came_back victim_letter_given
        victim_letter_posted victim_letter_written
        victim_not_asked
        advice_note_declined advice_note_written recruiting_step_said time_stated
        capacity_stated learning_aim_decided programme_version_accepted
        deep_dive_added_to deep_dive_checked deep_dive_correction_answered deep_dive_opened deep_dive_published
        deep_dive_replied deep_dive_sent deep_dive_stopped standing_answer_signed
        panel_added_to panel_judged panel_member_judged panel_opened
        initiative_measured initiative_recorded initiative_word_added
        recommendation_entry_added recommendation_recorded scrutiny_report_recorded
        review_adjudicated review_answered review_interest_declared review_submitted
        sample_drawn sample_frozen sample_planned sample_reviewers_named
        interview_answered interview_consented interview_held interview_quoted live_risk_acted_on
        order_letter_came_back order_letter_posted
        answers_recorded invitation_made log_entry_recorded safe_page_answered
        breach_raised breach_reported breach_standpoint_recorded breach_told_more
        api_token_asked webhook_set_up
        absence_recorded account_created advice_answered advice_asked advice_followed advocate_named agreement_begun
        agreement_recorded case_opened codes_received consideration_fact_said defendant_joined_case
        meeting_action_added meeting_action_closed meeting_agency_invited meeting_attended meeting_called meeting_corrected
        meeting_proposed meeting_undertaken
        plan_action_added plan_action_closed plan_approved plan_begun plan_drafted plan_put plan_reviewed
        entitlement_recorded errors_found factor_added feared_date_recorded figure_entered_by_hand figures_received
        force_set_up happening_recorded hearing_amended hearing_received identity_known intake_ended
        intake_interrupted intake_started not_pursued_challenged option_decided order_change_refused order_check_made
        order_check_planned order_checks_suspended order_considered order_document_read order_document_received order_entered
        order_lists_compared order_notification_acknowledged order_notification_recorded order_notification_verified
        order_notified order_other_duty_noted order_pack_said order_pack_scanned order_paper_given order_paper_kept
        order_proposed order_relaxation_sought order_review_applied order_review_begun order_review_put order_reviewed
        order_served_later order_service_attempted order_terms_approved order_terms_compared order_terms_drafted
        order_terms_given order_told order_trigger_acted_on order_trigger_raised order_view_wanted promise_excused
        promise_made record_changed_at_source record_received recovery_codes_made referral_recorded rights_received
        risk_assessed risk_event_recorded risk_form_loaded risk_looked_at_again risk_observed row_held rows_received
        safety_measure_recorded safety_measure_told scores_made service_asked street_crimes_received terms_accepted
        victim_contact_in_danger victim_contact_recorded victim_need_recorded victim_view_answered
        victim_view_recorded withdrawal_recorded work_raised
    """,
    "combination": """
        digest_kept pair_decided pair_second_opinion pairs_scored persons_changed snapshot_built
    """,
    "consultation": """
        meeting_viewed meetings_listed
        plan_viewed
        destruction_viewed destructions_listed retention_listed retention_opened retention_viewed victim_letters_viewed
        gap_listed gap_viewed measures_viewed
        champions_viewed posts_viewed practice_viewed programme_viewed
        deep_dive_viewed deep_dives_listed standing_answer_viewed panel_viewed panels_listed
        initiative_viewed initiatives_listed recommendation_viewed recommendations_listed backup_made backup_restored
        review_identity_opened case_reviews_listed case_review_viewed review_agreement_viewed samples_listed sample_viewed
        interview_viewed interviews_listed live_risk_viewed scores_listed scores_proved score_viewed
        order_letter_fetched
        answers_viewed safe_page_opened victim_log_viewed
        breach_terms_now_viewed
        advice_figures_viewed advice_notes_viewed
        api_tokens_listed webhooks_listed
        accounts_listed advice_viewed advocate_clients_viewed advocate_promises_viewed advocate_updates_viewed
        breach_pattern_viewed breach_viewed breaches_viewed morning_list_viewed
        agreement_viewed areas_listed audit_chain_checked audit_chain_viewed audit_read calendar_read case_viewed
        cases_listed consideration_viewed cover_viewed emergencies_listed emergency_viewed export_begun figures_taken
        held_row_viewed intake_run_viewed intake_runs_listed keys_viewed link_model_trained merges_viewed opened_in_emergency
        order_catalogue_viewed order_checks_viewed order_difference_viewed order_differences_listed
        order_document_opened order_document_viewed order_documents_listed order_follow_up_viewed
        order_notification_viewed order_paper_opened order_papers_viewed order_proposals_listed order_review_viewed
        order_text_viewed order_viewed orders_listed pair_viewed pairs_listed people_listed people_searched
        person_viewed place_viewed profile_viewed queue_viewed readers_viewed rights_answer_drafted rights_answer_searched
        rights_listed
        rights_viewed risk_viewed second_looks_listed service_viewed services_listed today_viewed unassessed_listed
        victim_advocate_viewed victim_contacts_viewed victim_protected_shown victim_safety_viewed victim_viewed
        victim_views_viewed
    """,
    "denied": """
        safe_page_refused
        access_refused service_refused victim_contact_refused
    """,
    "erasure": "backup_destroyed person_erased words_destroyed",
    "disclosure": """
        minutes_released order_given_out webhook_told
        breaches_disclosed breaches_printed live_risk_referred victim_letter_taken_out
        public_answer_given figures_taken_out
        gap_exported audit_exported order_printed people_exported person_exported reject_file_downloaded rights_answered
    """,
}


@pytest.mark.rule("SEC-04")
def test_a_kind_of_event_keeps_the_key_and_the_verb_it_had_in_every_log() -> None:
    """A new one is added here. One that is used no more stays declared, or old rows would have no words."""
    paths = [path.relative_to(ROOT).with_suffix("") for path in sorted((ROOT / "craffu").rglob("events.py"))]
    modules = [importlib.import_module(".".join(path.parts)) for path in paths]
    ours = {
        each.key: each.verb.value for module in modules for each in vars(module).values() if isinstance(each, EventKind)
    }
    assert ours == {key: verb for verb, keys in HELD_IN_LOGS.items() for key in keys.split()}


@pytest.mark.rule("SEC-11")
def test_each_step_of_a_rights_request_has_the_kind_of_event_that_is_named_after_it() -> None:
    assert {step: each.key for step, each in RIGHTS_EVENTS.items()} == {step: f"rights_{step}" for step in RightsStatus}
    assert {end: each.key for end, each in ENDING_EVENTS.items()} == {
        "lifted": "rights_use_restriction_lifted", "put_right": "rights_put_right", "not_put_right": "rights_not_put_right",
    }  # fmt: skip
    assert {one.value for one in Ending} == set(ENDING_EVENTS)


def test_what_an_answer_decided_is_stored_under_keys_that_stay() -> None:
    assert [one.value for one in Decided] == ["agreed", "in_part", "refused"]


@pytest.mark.rule("SEC-01")
def test_a_right_keeps_the_key_under_which_it_was_given() -> None:
    roles = (
        "response_officer", "investigator", "supervisor", "coordinator", "offender_manager", "orders_team", "victim_officer",
        "link_clerk", "analyst", "workforce_lead", "auditor", "scrutiny_officer", "volunteer_reviewer", "commissioner_view",
    )  # fmt: skip
    capabilities = (
        "authoriser", "court_liaison", "probation_liaison", "advocate", "duty_inspector", "administrator", "system",
    )  # fmt: skip
    assert (ROLE_KEYS, tuple(BY_KEY)) == (roles, (*roles, *capabilities))
    assert set(OPS) == {"investigator", "supervisor", "coordinator", "offender_manager", "orders_team"}
    codes = {right.code: right.key for right in BY_KEY.values() if right.code}
    assert "".join(sorted(codes)) == "ADANAUCMCOCTINLLLROMROSOSUVCVR"


@pytest.mark.rule("SEC-02")
def test_a_marking_keeps_the_key_under_which_it_was_set() -> None:
    assert list(MARKINGS) == ["restricted", "covert", "victim_address", "privileged"]

"""The words under which what is decided of orders is kept and counted: none is renamed (ORD-01 to ORD-22, REV-01 to REV-06)."""

from enum import StrEnum

import pytest

from craffu.orders.catalogue.kinds import Begins, Breach, Change, Family, First, KnownFrom, Rank, RankBy, Standing
from craffu.orders.clocks.hearings import Came
from craffu.orders.clocks.of_order import Began, State
from craffu.orders.conditions.rules import Asked, Vague
from craffu.orders.considering.rules import CaseStage, ClockState, Fact, Reopening
from craffu.orders.effect.wording import Part
from craffu.orders.entering.rules import System
from craffu.orders.episodes.rules import InstrumentKind
from craffu.orders.following.rules import Trigger
from craffu.orders.hearings.rules import WhyNoInterim
from craffu.orders.inbox.rules import InboxState, Wrong
from craffu.orders.life.states import OrderStatus
from craffu.orders.monitoring.kinds import Absent, Outcome
from craffu.orders.monitoring.rules import Part as PartOfAPlan
from craffu.orders.monitoring.schedule import Ended
from craffu.orders.reconciling.rules import Finding
from craffu.orders.reviewing.rules import Decision, Voice
from craffu.orders.reviewing.timing import Because as WhyReviewed
from craffu.orders.reviewing.timing import Event
from craffu.orders.serving.rules import Method, PlaceType
from craffu.orders.terms.rules import Label, WhyNot
from craffu.orders.transfers.rules import Because, Responsible

WORDS: dict[type[StrEnum], str] = {
    Family: "A B C D E",
    Came: "adjourned made refused",
    Began: "made served last_day duty_ended",
    State: "runs over kept late heard locked ahead reached stopped",
    Standing: "in_force pilot_areas_only enacted_commencement_unverified",
    Begins: "made service",
    KnownFrom: "service_or_awareness service presumed",
    Breach: "offence civil contempt arrest original recall none",
    Change: "yes yes_unconfirmed by_variation by_extension no unknown",
    RankBy: "law policy",
    First: "served_notice written_warning",
    Rank: """
        constable sergeant inspector chief_inspector superintendent chief_superintendent commander
        assistant_chief_constable deputy_assistant_commissioner deputy_chief_constable assistant_commissioner
        chief_constable deputy_commissioner commissioner
    """,
    CaseStage: "investigation charged convicted acquitted closed",
    Fact: """
        stalking associated shared_home violence_or_threat abuse locality_affected sexual_conduct qualifying_offender
    """,
    Reopening: "new_report breach refusal order_ended",
    ClockState: "open overdue met late",
    OrderStatus: """
        considering not_pursued decided authorising declined authorised applied adjourned granted in_force refused
        withdrawn expired discharged revoked superseded quashed
    """,
    Asked: "incompatible_with_an_earlier_order conflicts_with_religion interferes_with_work_or_education",
    Vague: "open_word open_group open_time open_place no_boundary no_times nobody_named",
    Part: "kept removed added",
    InstrumentKind: "interim full",
    WhyNoInterim: """
        no_interim_form main_application_not_lodged before_the_main_application main_application_determined
    """,
    InboxState: "waiting matched returned",
    Wrong: "no_owner missing:return_reason",
    Finding: """
        made_by_court_not_on_register on_register_not_in_court_list type_differs made_date_differs end_differs
    """,
    PlaceType: "home work court police_station prison public_place other",
    Method: "personal post electronic through_solicitor left_at_address other",
    WhyNot: "not_compared other_version same_person no_image",
    Responsible: "this_force other_force",
    Because: "not_sent receipt_not_acknowledged acknowledged",
    Decision: "continue vary relax renew discharge let_expire escalate",
    Voice: "given declined standing_wish unsafe_to_ask not_reachable",
    WhyReviewed: "schedule event before_end statute",
    Event: "breach change_sought circumstances grade_raised expiry_watch",
    Outcome: "done attempted refused concern",
    Absent: "custody hospital abroad",
    Ended: "custody hospital abroad order_over condition_over cannot_be_checked",
    PartOfAPlan: "method evidence tolerance interval",
    Trigger: """
        notification_missed possible_breach_raised released_from_custody new_report_same_victim victim_more_afraid
        check_found_concern tag_or_device_alert name_or_address_changed order_served order_expiry_watch
        relaxation_or_discharge_sought hearing_near feared_date_near home_near_protected
    """,
    System: "national records control_room",
}


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.__name__)
def test_a_word_stays_what_it_was(words: type[StrEnum]) -> None:
    assert [str(word) for word in words] == WORDS[words].split()


@pytest.mark.rule("ORD-20")
def test_the_label_of_terms_stays() -> None:
    assert [str(label) for label in Label] == ["not checked", "compared"]

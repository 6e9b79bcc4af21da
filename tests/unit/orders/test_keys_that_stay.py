"""Every key of orders that is kept, counted or asked for stays what it is: the rest of those in `test_words_that_stay`."""

from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest

from craffu.orders.terms.rules import Label
from tests.unit.orders.test_words_that_stay import WORDS

ORDERS = Path(__file__).parents[3] / "craffu" / "orders"
KEYS = {
    "advising.kinds.Topic": "classifying evidence orders breach risk online victim_safety other",
    "advising.kinds.Holds": "name date contact reference",
    "catalogue.rules.WhyOffered": """
        in_force pilot_area not_yet_in_force no_longer_in_force commencement_not_verified not_a_pilot_area
        position_after_pilot_not_verified not_in_this_area court_fact_is_always_recorded
    """,
    "catalogue.rules.WhyNotApply": """
        applicant_not_permitted respondent_too_young respondent_age_not_known no_notice_served
        no_earlier_warning
    """,
    "catalogue.rules.ChangeOf": "vary relax tighten extend renew discharge revoke",
    "clocks.catalogue.Counts": "days working_days hours hours_after_day days_before month_both_ways watches warning",
    "clocks.catalogue.Bound": "by least most more_than locked watch on",
    "clocks.interim.EndedBy": "fixed_period main_application_determined",
    "clocks.interim.Alert": "interim_ends_before_hearing",
    "clocks.limits.Kind": "law Code guidance policy",
    "clocks.limits.Output": "staff_page staff_print letter publication law_text",
    "clocks.limits.Verification": "VERIFIED PARTLY UNVERIFIED POLICY",
    "clocks.notifications.NoClock": """
        no_notification_duty not_served subject_to_soa_part2 subject_to_spa_s9 replaces_interim
    """,
    "clocks.notifications.Standing": "running on_time late missed",
    "clocks.notifications.Change": "home_address first_use_of_name no_home_address",
    "clocks.terms.Stage": "proposal court",
    "clocks.terms.Finding": "ok must_be_fixed below_minimum above_maximum ends_before_made",
    "clocks.terms.Action": "accept refuse keep_and_query_sealed_order",
    "clocks.terms.NotExtended": """
        extend_by_variation one_extension_only must_be_fixed ends_before_start above_maximum
    """,
    "conditions.rules.ConditionType": """
        no_contact_direct no_contact_indirect no_approach exclusion_zone no_surveillance no_online_reference
        no_recording curfew device_or_account_disclosure surrender_device attend_programme assessment sign_on
        residence electronic_monitoring extra_notification bespoke
    """,
    "considering.rules.Outcome": "apply ask_prosecutor support_own_application other_measure not_pursued defer",
    "effect.rules.RequiredBy": "law policy",
    "effect.rules.Why": """
        not_made not_served not_begun running last_day_over ended not_served_and_not_known before_liability
        liable cannot_be_breached
    """,
    "effect.rules.Nature": "prohibition requirement",
    "hearings.rules.HearingResult": "granted refused withdrawn adjourned_to_a_date adjourned_no_date",
    "letters.kinds.About": "terms changed ended review",
    "letters.kinds.Stopped": """
        order_changed not_protected language_changed never_say names_another words_differ unknown_kind
    """,
    "letters.rules.Breaks": "offence offence_without_excuse court acted_on",
    "library.rules.Behaviour": "following contacting publishing monitoring loitering watching gifts through_others",
    "library.rules.Input": """
        person channel subject distance boundary street from until days name date address station device time
        programme provider supervisor assessor end number
    """,
    "library.rules.Check": """
        ask_victim messages_and_calls patrol tag_alerts cameras device_check account_records online_search visit
        call list_received receipt provider_report station_register
    """,
    "library.rules.Evidence": """
        kept_messages statement_of_other kept_item sighting_with_place device_report account_record saved_page
        visit_record signed_list receipt_given attendance_record register_entry tag_report
    """,
    "notifying.rules.About": "initial home_address first_use_of_name no_home_address annual",
    "notifying.rules.Asked": "not_asked taken refused",
    "notifying.rules.Found": "verified false not_yet",
    "notifying.rules.NotValid": "not_in_person not_at_station_in_area",
    "printing.rules.Printed": """
        card application draft_order bundle statement_of_service letter_to_protected letter_to_respondent
    """,
    "printing.rules.Audience": "police court respondent protected",
    "printing.rules.Mark": "privileged court_only respondent",
    "printing.rules.Place": "in out undecided",
    "profiles.rules.Profile": "niem pole",
    "proposing.rules.Does": "makes changes ends",
    "proposing.rules.Because": "code status conditions",
    "scanning.rules.Stands": "not_scanned holds clean released",
    "terms.differing.How": "added removed changed same",
    "watching.kinds.What": """
        order_authorise order_lodge order_hearing order_no_next_date order_unprotected_days order_determined
        order_notice_hearing order_notice_determined order_serve order_unserved order_terms order_terms_differ order_watch
        order_notification order_terms_to_victim order_untold order_unowned order_protects_nobody order_card
        order_national_entry
    """,
    "watching.kinds.Limit": "law policy",
}
# What holds the rules and the life of orders, and reaches no database.
PURE = (
    "*/rules.py",
    "life/states.py",
    "*/kinds.py",
    "clocks/*.py",
    "*/timing.py",
    "*/schedule.py",
    "*/differing.py",
)


def kept() -> Iterator[tuple[str, type[StrEnum]]]:
    for path in sorted(
        one for pattern in PURE for one in ORDERS.glob(pattern) if one.stem not in {"__init__", "plain"}
    ):
        name = ".".join(path.relative_to(ORDERS).with_suffix("").parts)
        for one in vars(import_module(f"craffu.orders.{name}")).values():
            if isinstance(one, type) and issubclass(one, StrEnum) and one.__module__ == f"craffu.orders.{name}":
                yield f"{name}.{one.__name__}", one


@pytest.mark.parametrize(("name", "keys"), [one for one in kept() if one[1] not in WORDS and one[1] is not Label])
def test_a_key_stays_what_it_was(name: str, keys: type[StrEnum]) -> None:
    assert [str(key) for key in keys] == KEYS[name].split()


def test_no_key_is_listed_that_is_no_more() -> None:
    assert set(KEYS) <= {name for name, _keys in kept()}

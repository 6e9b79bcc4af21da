"""Who passes each check of orders that asks nothing but who it is, right by right (SEC-01; page map, roles)."""

import pytest

from craffu.orders import permissions
from craffu.orders.advising import permissions as advising_permissions
from tests.factories.rights import who_may

MAY = {
    "orders.advising: check_can_read_notes": (
        "coordinator investigator offender_manager orders_team response_officer supervisor victim_officer"
    ),
    "orders: check_can_view_part": (
        "authoriser coordinator court_liaison investigator offender_manager orders_team probation_liaison "
        "response_officer supervisor victim_officer"
    ),
    "orders: check_can_view_order": (
        "authoriser coordinator court_liaison investigator offender_manager orders_team probation_liaison "
        "supervisor victim_officer"
    ),
    "orders: check_can_consider": "coordinator investigator orders_team supervisor",
    "orders: check_can_open_again": "coordinator investigator orders_team supervisor system",
    "orders: check_can_agree": "supervisor",
    "orders: check_is_somebody": (
        "administrator advocate analyst auditor authoriser commissioner_view coordinator court_liaison "
        "duty_inspector investigator link_clerk offender_manager operator orders_team probation_liaison "
        "response_officer scrutiny_officer supervisor system victim_officer volunteer_reviewer workforce_lead"
    ),
    "orders: check_can_compare": "investigator orders_team supervisor",
    "orders: check_can_agree_to_terms": "orders_team supervisor",
    "orders: check_can_record_court": "court_liaison investigator orders_team",
    "orders: check_can_work_inbox": "court_liaison orders_team supervisor",
    "orders: check_can_read_catalogue": (
        "administrator analyst auditor authoriser coordinator court_liaison investigator offender_manager "
        "orders_team probation_liaison scrutiny_officer supervisor victim_officer"
    ),
    "orders: check_can_edit_catalogue": "administrator",
    "orders: check_can_write": "investigator supervisor victim_officer",
    "orders: check_can_see_letters": "investigator orders_team supervisor victim_officer",
    "orders: check_can_mark": "investigator orders_team supervisor",
    "orders: check_can_enter": "investigator orders_team supervisor",
    "orders: check_can_own": "coordinator orders_team supervisor",
    "orders: check_can_note_notification": (
        "coordinator investigator offender_manager orders_team response_officer supervisor"
    ),
    "orders: check_can_follow_up": "coordinator investigator offender_manager orders_team supervisor victim_officer",
    "orders: check_can_note_terms": "investigator orders_team supervisor victim_officer",
    "orders: check_can_note_told": "coordinator investigator offender_manager orders_team supervisor victim_officer",
    "orders: check_can_note_court": "coordinator court_liaison investigator offender_manager orders_team supervisor",
    "orders: check_can_view_checks": "coordinator investigator offender_manager orders_team supervisor",
    "orders: check_can_monitor": "coordinator investigator offender_manager orders_team supervisor",
    "orders: check_can_scan_pack": "court_liaison investigator offender_manager orders_team response_officer supervisor",
    "orders: check_can_release_pack": "supervisor",
    "orders: check_can_review": "investigator offender_manager orders_team supervisor",
    "orders: check_can_read_reviews": "coordinator investigator offender_manager orders_team supervisor victim_officer",
    "orders: check_can_sign_review": "supervisor",
    "orders: check_is_named": (
        "administrator advocate analyst auditor authoriser commissioner_view coordinator court_liaison "
        "duty_inspector investigator link_clerk offender_manager operator orders_team probation_liaison "
        "response_officer scrutiny_officer supervisor system victim_officer volunteer_reviewer workforce_lead"
    ),
}


@pytest.mark.rule("SEC-01")
def test_who_may() -> None:
    assert who_may(advising_permissions, permissions) == MAY

"""Who passes each check of cases that asks nothing but who it is, right by right (SEC-01; page map, roles)."""

import pytest

from craffu.cases import permissions
from craffu.cases.advice import permissions as advice_permissions
from craffu.cases.risk import permissions as risk_permissions
from craffu.cases.risk.forms import permissions as risk_forms_permissions
from tests.factories.rights import who_may

MAY = {
    "cases.advice: check_can_read_advice": "coordinator investigator offender_manager orders_team supervisor",
    "cases.advice: check_can_ask": "coordinator investigator offender_manager orders_team supervisor",
    "cases: check_can_view_case": "coordinator investigator offender_manager orders_team supervisor victim_officer",
    "cases: check_can_record_court": "analyst court_liaison link_clerk operator orders_team system",
    "cases.risk.forms: check_can_load_form": "administrator operator",
    "cases.risk.forms: check_can_read_answers": "coordinator investigator offender_manager orders_team supervisor",
    "cases.risk: check_can_view_grade": (
        "coordinator investigator offender_manager orders_team response_officer supervisor victim_officer"
    ),
    "cases.risk: check_can_assess": "coordinator investigator offender_manager orders_team supervisor",
}


@pytest.mark.rule("SEC-01")
def test_who_may() -> None:
    assert who_may(advice_permissions, permissions, risk_forms_permissions, risk_permissions) == MAY

"""Who passes each check of work that asks nothing but who it is, right by right (SEC-01; page map, roles)."""

import pytest

from craffu.work import permissions
from tests.factories.rights import who_may

MAY = {
    "work: check_can_supervise": "supervisor",
    "work: check_can_have_calendar": (
        "auditor authoriser coordinator court_liaison duty_inspector investigator link_clerk offender_manager "
        "orders_team response_officer scrutiny_officer supervisor victim_officer"
    ),
}


@pytest.mark.rule("SEC-01")
def test_who_may() -> None:
    assert who_may(permissions) == MAY

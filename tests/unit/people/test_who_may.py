"""Who passes each check of people that asks nothing but who it is, right by right (SEC-01; page map, roles)."""

import pytest

from craffu.people import permissions
from tests.factories.rights import who_may

MAY = {
    "people: check_can_view_person": (
        "coordinator investigator offender_manager orders_team response_officer supervisor victim_officer"
    ),
    "people: check_can_search": (
        "auditor coordinator investigator link_clerk offender_manager operator orders_team response_officer "
        "supervisor victim_officer"
    ),
    "people: check_can_view_court_story": (
        "coordinator investigator offender_manager orders_team supervisor victim_officer"
    ),
}


@pytest.mark.rule("SEC-01")
def test_who_may() -> None:
    assert who_may(permissions) == MAY

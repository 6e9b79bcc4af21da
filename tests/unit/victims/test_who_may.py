"""Who passes each check of victims that asks nothing but who it is, right by right (SEC-01; page map, roles)."""

import pytest

from craffu.victims import permissions
from tests.factories.rights import who_may

MAY = {
    "victims: check_can_view_part": "investigator offender_manager orders_team supervisor victim_officer",
    "victims: check_can_see_figures": "analyst coordinator scrutiny_officer supervisor victim_officer",
    "victims: check_can_list_behind": "supervisor victim_officer",
    "victims: check_can_view_all": "investigator supervisor victim_officer",
    "victims: check_can_look_after": "investigator supervisor victim_officer",
    "victims: check_can_see_protected": "victim_officer",
    "victims: check_is_advocate": "advocate",
    "victims: check_is_the_page": "system",
}


@pytest.mark.rule("SEC-01")
def test_who_may() -> None:
    assert who_may(permissions) == MAY

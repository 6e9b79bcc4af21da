"""Who passes each check of linkage that asks nothing but who it is, right by right (SEC-01; page map, roles)."""

import pytest

from craffu.linkage import permissions
from tests.factories.rights import who_may

MAY = {
    "linkage: check_can_link": "linking operator system",
    "linkage: check_can_view_pairs": "link_clerk",
    "linkage: check_can_ask_why": "link_clerk operator",
    "linkage: check_can_decide_pair": "link_clerk",
}


@pytest.mark.rule("SEC-01")
def test_who_may() -> None:
    assert who_may(permissions) == MAY

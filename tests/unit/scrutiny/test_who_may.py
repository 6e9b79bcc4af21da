"""Who passes each check of interviews that asks nothing but who it is, right by right (SEC-01; page map, P29 and P31)."""

import pytest

from craffu.scrutiny.interviewing import permissions
from tests.factories.rights import who_may


@pytest.mark.rule("SEC-01")
def test_who_may() -> None:
    """Nobody who works on cases holds or reads an interview; whoever acts on a danger is of the force."""
    assert who_may(permissions) == {
        "scrutiny.interviewing: check_can_interview": "analyst scrutiny_officer",
        "scrutiny.interviewing: check_can_act": "coordinator duty_inspector supervisor",
    }

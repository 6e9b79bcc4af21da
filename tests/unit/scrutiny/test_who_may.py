"""Who passes each check of interviews and samples that asks nothing but who it is, right by right (SEC-01; P28 to P31)."""

from collections.abc import Callable

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.actors import Actor
from craffu.common.refusals import NotPermitted
from craffu.scrutiny.destroying import permissions as of_destroying
from craffu.scrutiny.interviewing import permissions
from craffu.scrutiny.reviewing import permissions as of_reviewing
from craffu.scrutiny.sampling import permissions as of_sampling
from tests.factories.rights import EVERY, who_may


@pytest.mark.rule("SEC-01")
def test_who_may() -> None:
    """Nobody who works on cases holds or reads an interview; whoever acts on a danger is of the force."""
    assert who_may(permissions, of_sampling, of_reviewing) == {
        "scrutiny.sampling: check_can_sample": "analyst scrutiny_officer",
        "scrutiny.reviewing: check_can_review": "scrutiny_officer volunteer_reviewer",
        "scrutiny.reviewing: check_can_adjudicate": "scrutiny_officer",
        "scrutiny.interviewing: check_does_no_casework": " ".join(sorted({*EVERY} - {*permissions.CASEWORK})),
        "scrutiny.interviewing: check_can_interview": "analyst scrutiny_officer",
        "scrutiny.interviewing: check_can_act": "coordinator duty_inspector supervisor",
    }


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    ("check", "right"),
    [
        (permissions.check_can_interview, "scrutiny_officer"),
        (permissions.check_can_act, "supervisor"),
        (of_destroying.check_can_decide, "auditor"),
        (of_sampling.check_can_sample, "analyst"),
        (of_reviewing.check_can_review, "volunteer_reviewer"),
        (of_reviewing.check_can_adjudicate, "scrutiny_officer"),
    ],
)
def test_a_program_holds_no_interview_acts_on_no_danger_and_destroys_nothing(
    check: Callable[[Acting], object], right: str
) -> None:
    actor = Actor(name="service", role=right, force="demo", kind="service")
    with pytest.raises(NotPermitted, match="Only a named person"):
        check(Acting(actor, Force(pk=1, code="demo"), frozenset({right}), user=None))

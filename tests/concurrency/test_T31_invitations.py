"""T31 on the safe page: an invitation that is ended at the instant at which it is opened is one of the two, and never both."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from craffu.access.acting import Acting, acting_system
from craffu.common.refusals import Refusal
from craffu.victims.answering.actions import open_page
from craffu.victims.inviting.actions import end_invitation, invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.models import InvitationStep
from tests.concurrency.test_T30_lost_update import all_at_once
from tests.factories.victims import agreed, send_victim

pytestmark = [
    pytest.mark.slow,
    pytest.mark.rule("VIC-02"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables"),
]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("times", [8, pytest.param(100, marks=pytest.mark.deep)])
def test_T31_an_invitation_is_opened_or_ended_and_never_both(
    times: int, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    victim = send_victim(system, tmp_path)
    officer = acting_as("victim_officer")
    agreed(officer, victim)
    safe_page = acting_system(officer.force, "safe page")
    for _ in range(times):
        made = invite(by=officer, victim=victim, given=NewInvitation(Purpose.VIEW, Route.CODE), now=NOW)
        became = all_at_once(
            [
                lambda secret=made.secret: open_page(by=safe_page, secret=secret, now=NOW),
                lambda number=made.number: end_invitation(by=officer, victim=victim, number=number, now=NOW),
            ]
        )
        assert Counter(isinstance(one, Refusal) for one in became) == {True: 1, False: 1}, became
    steps = InvitationStep.objects.for_system("a test").values_list("invitation", "step")
    assert len({number for number, step in steps if step in {"opened", "ended"}}) == times

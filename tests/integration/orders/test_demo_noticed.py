"""The notices of the demo: one runs on through an adjournment, one ended with the order that was made after it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.config.demo.noticed import OfNotice, adjourned_after_a_notice, ordered_after_a_notice
from craffu.orders.models import Order
from craffu.orders.watching.due import watched_due
from craffu.orders.watching.kinds import What
from tests.factories.orders import parties

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.rule("CLK-07")
def test_the_notices_of_the_demo_are_one_that_runs_on_and_one_that_ended(
    system: Acting, team: Acting, investigator: Acting, authoriser: Acting, acting_as: Callable[..., Acting],
    tmp_path: Path, frozen_clock: time_travel.Traveller,
) -> None:  # fmt: skip
    frozen_clock.move_to(NOW)
    officer = acting_as("response_officer", username="ro")

    def of(number: int) -> OfNotice:
        case, suspect, victim = parties(system, tmp_path / str(number), number=number)
        return OfNotice(
            investigator=investigator, authoriser=authoriser, team=team, officer=officer, case=case, respondent=suspect,
            protected=victim,
        )  # fmt: skip

    runs, ended = adjourned_after_a_notice(of(1), NOW), ordered_after_a_notice(of(2), NOW)

    def open_dues(notice: Order) -> set[str]:
        found = watched_due(system, [str(notice.pk)], NOW)[str(notice.pk)].dues
        return {one.kind for one in found if one.done_at is None}

    assert not {What.NOTICE_HEARING, What.NOTICE_DETERMINED} & open_dues(runs), "heard, and runs on"
    assert Order.objects.for_user(team).get(pk=runs.pk).status == "in_force"
    after = Order.objects.for_user(team).get(kind="DVPO", case=runs.case_id)
    assert (after.status, What.HEARING in open_dues(after)) == ("adjourned", True)
    assert (ended.status, ended.ended_at is not None) == ("superseded", True)
    assert not {What.NOTICE_HEARING, What.NOTICE_DETERMINED} & open_dues(ended)

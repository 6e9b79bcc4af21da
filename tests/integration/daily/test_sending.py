"""Links that wait go by themselves once it is safe, each once, and what did not arrive is work (VIC-02, T29)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.daily.sending import send_messages
from craffu.daily.ticking import tick
from craffu.messages.adapters.folder import Folder
from craffu.messages.carrying import Parcel, Receipt
from craffu.victims.inviting.actions import invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.models import InvitationStep
from craffu.work.models import WorkItem
from tests.factories.victims import AGREED, agreed, send_victim

pytestmark = pytest.mark.rule("VIC-02")

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BY_LINK = NewInvitation(Purpose.VIEW, Route.LINK, "text_message", to="07700 900123")


def test_T29_a_link_goes_once_at_a_safe_time_and_what_its_carrier_says_later_is_taken_up(
    system: Acting, force: Force, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    folder = Folder(tmp_path / "out")
    with time_machine.travel(NOW, tick=False):
        victim = send_victim(system, tmp_path)
        officer = acting_as("victim_officer", username="officer")
        agreed(officer, victim, replace(AGREED, links=("text_message",)))
        for at in (NOW, NOW + timedelta(hours=9)):
            invite(by=officer, victim=victim, given=BY_LINK, worded=lambda *_said: ("", "x"), now=at)
        assert send_messages(force=force, by=folder, now=NOW) == (1, 0)
        assert send_messages(force=force, by=folder, now=NOW + MINUTE) == (0, 0)
        # The second was asked for at nine in the evening: it waits until morning, and until the agreement allows none.
        agreed(officer, victim, AGREED, now=NOW + timedelta(hours=10))
        morning = datetime(2026, 11, 25, 9, tzinfo=UTC)
        assert send_messages(force=force, by=folder, now=morning - MINUTE) == (0, 0)
        assert send_messages(force=force, by=folder, now=morning) == (1, 1)
        (file,) = (tmp_path / "out").glob("*.json")
        file.rename(file.with_suffix(".failed"))
        assert send_messages(force=force, by=folder, now=morning + MINUTE) == (1, 1)
        said = InvitationStep.objects.for_system("a test").order_by("id").values_list("step", "reason")
        assert list(said) == [("sent", ""), ("not_sent", "no_safe_link"), ("not_sent", "gateway_failed")]
        tick(force=force, at=morning + 2 * MINUTE)
        items = WorkItem.objects.for_system("a test").filter(kind="link_not_sent", over_at=None)
        assert [one.about for one in items] == [victim]


def test_each_message_is_judged_by_the_instant_at_which_it_goes_and_not_by_that_of_the_first(
    system: Acting, force: Force, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    """Her safe hours end at half past five; the carrier takes ten minutes over what goes at two minutes to."""
    with time_machine.travel(NOW, tick=False) as traveller:
        victim = send_victim(system, tmp_path)
        officer = acting_as("victim_officer", username="officer")
        agreed(officer, victim, replace(AGREED, links=("text_message",)))
        traveller.move_to(datetime(2026, 11, 24, 17, 28, tzinfo=UTC))
        for _ in range(2):
            invite(by=officer, victim=victim, given=BY_LINK, worded=lambda *_said: ("", "x"))

        class Slow(Folder):
            def take(self, parcel: Parcel) -> Receipt:
                traveller.shift(10 * MINUTE)
                return super().take(parcel)

        assert send_messages(force=force, by=Slow(tmp_path / "out")) == (1, 0)
        assert len(list((tmp_path / "out").glob("*.json"))) == 1
        traveller.move_to(datetime(2026, 11, 25, 9, tzinfo=UTC))
        assert send_messages(force=force, by=Slow(tmp_path / "out")) == (1, 0)

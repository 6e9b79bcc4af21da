"""Links that wait go by themselves once it is safe, each once, and what did not arrive is work (VIC-02, T29)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.common import clock
from craffu.daily.sending import send_messages
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.messages.adapters.folder import Folder
from craffu.messages.carrying import Receipt
from craffu.messages.facts import Parcel
from craffu.messages.models import Message
from craffu.victims.inviting.actions import invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.models import InvitationStep
from craffu.work.models import WorkItem
from tests.factories.extracts import LATER, row, write
from tests.factories.victims import AGREED, agreed, send_victim

pytestmark = pytest.mark.rule("VIC-02")

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE, HALF_AN_HOUR = timedelta(minutes=1), timedelta(minutes=30)
BY_LINK = NewInvitation(Purpose.VIEW, Route.LINK, "text_message", to="07700 900456")


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


def test_no_link_leaves_to_a_number_that_became_known_as_the_suspects_since_they_were_asked(
    system: Acting, force: Force, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    with time_machine.travel(NOW, tick=False):
        victim = send_victim(system, tmp_path)
        officer = acting_as("victim_officer", username="officer")
        agreed(officer, victim, replace(AGREED, links=("text_message",)))
        for to in (BY_LINK.to, "07700 900457"):
            asked = replace(BY_LINK, to=to)
            invite(by=officer, victim=victim, given=asked, worded=lambda *_said: ("", "x"), now=NOW)
        path = write(
            tmp_path / "his", "persons.csv", [row("rms", "persons", 11, telephone=BY_LINK.to, updated_at=LATER)]
        )
        assert take_in(by=system, kind="rms", paths=[path]).run.rejected == 0
        assert send_messages(force=force, by=Folder(tmp_path / "out"), now=NOW) == (2, 1)
    (file,) = (tmp_path / "out").glob("*.json")
    assert "900457" in file.read_text()
    said = InvitationStep.objects.for_system("a test").order_by("id").values_list("step", "reason")
    assert sorted(said) == [("not_sent", "of_the_accused"), ("sent", "")]


class Slow(Folder):
    """Takes half an hour over each message."""

    def __init__(self, folder: Path, watch: time_machine.Traveller) -> None:
        super().__init__(folder)
        self.watch = watch

    def take(self, parcel: Parcel) -> Receipt:
        taken = super().take(parcel)
        self.watch.shift(HALF_AN_HOUR)
        return taken


class SlowToSay(Slow):
    """Takes half an hour to say that it has no message of a reference, and breaks over the first."""

    broke = False

    def take(self, parcel: Parcel) -> Receipt:
        if not self.broke:
            self.broke = True
            raise OSError
        return super().take(parcel)

    def found(self, reference: str) -> Receipt:
        self.watch.shift(HALF_AN_HOUR)
        return super().found(reference)


def test_a_long_batch_sends_nothing_outside_her_safe_hours(
    system: Acting, force: Force, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    """Her hours end at half past five: what is asked of the second comes too late in the day."""
    with time_machine.travel(datetime(2026, 11, 24, 17, 10, tzinfo=UTC), tick=False) as watch:
        began = _wait(2, system, acting_as, tmp_path)
        assert send_messages(force=force, by=Slow(tmp_path / "out", watch)) == (1, 0)
        second = Message.objects.get(status="waiting")
        assert (second.not_before, second.tries) == (datetime(2026, 11, 25, 9, tzinfo=UTC), 0)
        sent = Message.objects.get(status="sent")
        assert (sent.taken_at, sent.changed_at) == (began, began + HALF_AN_HOUR)
        watch.move_to(second.not_before)
        assert send_messages(force=force, by=Folder(tmp_path / "out")) == (1, 0)


def test_what_its_carrier_takes_long_to_say_is_no_reason_to_send_outside_her_safe_hours(
    system: Acting, force: Force, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 17, 10, tzinfo=UTC), tick=False) as watch:
        _wait(1, system, acting_as, tmp_path)
        carrier = SlowToSay(tmp_path / "out", watch)
        assert send_messages(force=force, by=carrier) == (0, 0)
        assert send_messages(force=force, by=carrier) == (0, 0)
        assert Message.objects.get().not_before == datetime(2026, 11, 25, 9, tzinfo=UTC)
        assert not (tmp_path / "out").exists()


def _wait(links: int, system: Acting, acting_as: Callable[..., Acting], folder: Path) -> datetime:
    victim = send_victim(system, folder)
    officer = acting_as("victim_officer", username="officer")
    agreed(officer, victim, replace(AGREED, links=("text_message",)))
    for _ in range(links):
        invite(by=officer, victim=victim, given=BY_LINK, worded=lambda *_said: ("", "x"))
    return clock.now()

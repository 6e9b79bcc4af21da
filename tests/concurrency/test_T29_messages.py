"""T29 on every kind of message: however often, by how many and after whatever stop it is sent, it leaves once (VIC-02)."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
import time_machine
from django.db import connections, transaction

import craffu
from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.common.refusals import Conflict
from craffu.daily.sending import send_messages
from craffu.messages.actions import TAKEN_FOR
from craffu.messages.adapters.folder import Folder
from craffu.messages.carrying import Receipt
from craffu.messages.facts import Parcel
from craffu.messages.models import Message
from craffu.orders.letters.actions import fetch_letter, put_letter_back
from craffu.orders.models import LetterWritten
from craffu.victims.inviting.actions import invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.letters import actions as victim_letters
from craffu.victims.models import InvitationStep
from tests.concurrency.test_T30_lost_update import all_at_once
from tests.factories.letters import BY_LETTER, written, written_of_a_charge
from tests.factories.reviews import in_force, victim_of
from tests.factories.victims import agreed

pytestmark = [
    pytest.mark.slow,
    pytest.mark.rule("VIC-02"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables"),
]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SENDERS = 8
# Whatever puts a message out is tried here.
PUT_OUT_BY = {
    "victims/inviting/actions.py": "invitation", "orders/letters/actions.py": "letter",
    "victims/letters/actions.py": "letter to a victim",
}  # fmt: skip
KINDS = sorted(PUT_OUT_BY.values())
BY_LINK = NewInvitation(Purpose.VIEW, Route.LINK, "text_message", to="07700 900456")


def test_every_kind_of_message_is_tried_here() -> None:
    root = Path(craffu.__file__).parent
    calls = {
        str(one.relative_to(root)) for one in root.rglob("*.py") if re.search(r"(?<!def )\bput_out\(", one.read_text())
    }
    assert calls == set(PUT_OUT_BY)


class Sends:
    """One message of a kind that waits, sent by whoever sends it."""

    def __init__(self, kind: str, force: Force, officers: list[Acting], folder: Path, number: int) -> None:
        self.kind, self.force, self.officers, self.folder, self.number = kind, force, officers, folder, number

    def send(self, who: int = 0, at: datetime = NOW, by: Folder | None = None) -> object:
        if self.kind == "invitation":
            return send_messages(force=self.force, by=by or Folder(self.folder), now=at)
        fresh = replace(self.officers[who], factor_at=at)
        if self.kind == "letter to a victim":
            return victim_letters.fetch_letter(by=fresh, victim=self.victim, number=self.number, now=at)
        return fetch_letter(by=fresh, order=self.order, number=self.number, now=at)

    def put_back(self, who: int, at: datetime) -> None:
        if self.kind == "letter to a victim":
            victim_letters.put_letter_back(by=self.officers[who], victim=self.victim, number=self.number, now=at)
        else:
            put_letter_back(by=self.officers[who], order=self.order, number=self.number, now=at)

    order = victim = ""

    @property
    def left(self) -> int:
        """How often it left: files handed over, or papers fetched that were not put back."""
        if self.kind == "invitation":
            return len(list(self.folder.glob("*.json")))
        taken, put_back = {
            "letter": ("order_letter_fetched", "order_letter_put_back"),
            "letter to a victim": ("victim_letter_taken_out", "victim_letter_put_back"),
        }[self.kind]
        return Event.objects.filter(kind=taken).count() - Event.objects.filter(kind=put_back).count()


@pytest.fixture(
    params=[
        pytest.param(kind, marks=[pytest.mark.postgres_in_deep] if kind == "letter to a victim" else [])
        for kind in KINDS
    ]
)
def waiting(
    request: pytest.FixtureRequest, system: Acting, force: Force, acting_as: Callable[..., Acting], tmp_path: Path
) -> Iterator[Sends]:
    officers = [acting_as("victim_officer") for _ in range(SENDERS)]
    with time_machine.travel(NOW, tick=False):
        order = in_force(system, acting_as("orders_team"), tmp_path)
        victim = victim_of(officers[0], order)
        agreed(officers[0], victim, replace(BY_LETTER, links=("text_message",)))
        sends = Sends(request.param, force, officers, tmp_path / "out", 0)
        if request.param == "invitation":
            invite(by=officers[0], victim=victim, given=BY_LINK, worded=lambda *_said: ("", "A page for you"))
        elif request.param == "letter to a victim":
            sends.victim, sends.number = victim, written_of_a_charge(officers[0], victim, NOW).pk
        else:
            letter: LetterWritten = written(replace(officers[0], factor_at=NOW), order, is_taken=False)
            sends.number, sends.order = letter.printed_id, order.reference
        yield sends


def test_T29_sent_again_and_again_it_leaves_once(waiting: Sends) -> None:
    waiting.send()
    for minutes in (0, 1, 60):
        if waiting.kind == "invitation":
            waiting.send(at=NOW + timedelta(minutes=minutes))
        else:
            with pytest.raises(Conflict):
                waiting.send(at=NOW + timedelta(minutes=minutes))
    assert (waiting.left, Message.objects.get().tries) == (1, 1 if waiting.kind == "invitation" else 0)
    if waiting.kind == "invitation":
        assert InvitationStep.objects.for_system("a test").filter(step="sent").count() == 1


def test_T29_of_eight_who_send_it_at_once_one_does(waiting: Sends) -> None:
    found = all_at_once([lambda who=who: waiting.send(who) for who in range(SENDERS)])  # type: ignore[misc]
    faults = [one for one in found if isinstance(one, Exception) and not isinstance(one, Conflict)]
    assert (waiting.left, faults) == (1, [])


class Killed(Folder):
    """Hands a message over and is killed before it could say so."""

    def take(self, parcel: Parcel) -> Receipt:
        super().take(parcel)
        _die()


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("killed")


def _in_a_process_that_is_killed(act: Callable[[], object]) -> None:
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_T29_killed_between_it_leaves_once(waiting: Sends) -> None:
    def act() -> None:
        if waiting.kind == "invitation":
            waiting.send(by=Killed(waiting.folder))
        with transaction.atomic():
            waiting.send()
            _die()

    _in_a_process_that_is_killed(act)
    later = NOW + TAKEN_FOR
    before = [one.stat().st_mtime_ns for one in waiting.folder.glob("*.json")]
    waiting.send(at=later)
    assert waiting.left == 1
    if waiting.kind == "invitation":
        # What had been handed over before is not handed over again.
        assert [one.stat().st_mtime_ns for one in waiting.folder.glob("*.json")] == before
        assert Message.objects.get().status == "sent"


def test_T29_killed_after_it_is_nobody_elses_until_it_is_put_back(waiting: Sends) -> None:
    def act() -> None:
        waiting.send()
        _die()

    _in_a_process_that_is_killed(act)
    if waiting.kind == "invitation":
        waiting.send(at=NOW + TAKEN_FOR)
    else:
        with pytest.raises(Conflict):
            waiting.send(1, NOW + TAKEN_FOR)
        waiting.put_back(1, NOW + TAKEN_FOR)
        waiting.send(1, NOW + TAKEN_FOR)
    assert waiting.left == 1

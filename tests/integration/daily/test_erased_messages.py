"""SEC-09: a message to somebody who is erased that no gateway has taken away goes too, whatever number it is to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.retention.kinds import Authority
from craffu.daily.retaining.actions import Said, ask_to_erase, erase_person
from craffu.daily.sending import send_messages
from craffu.messages.models import Message
from craffu.victims.inviting.actions import invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from tests.factories.erasing import marked
from tests.factories.victims import AGREED, agreed

pytestmark = [pytest.mark.rule("SEC-09"), pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_message_that_waits_for_the_gateway_goes_with_whom_it_is_to(
    system: Acting, make_user: Callable[..., User], tmp_path: Path
) -> None:
    with time_machine.travel(NOW, tick=False):
        first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
        _case, suspect, victim = marked(system, tmp_path, 1)
        officer = acting_user(make_user("victim_officer"))
        agreed(officer, victim, replace(AGREED, links=("text_message",)))
        # A number that she gave for this alone, and that no source ever sent.
        given = NewInvitation(Purpose.VIEW, Route.LINK, "text_message", to="07700 900999")
        invite(
            by=officer,
            victim=victim,
            given=given,
            worded=lambda secret, until, language: ("", f"https://e.org/t/{secret}"),
        )
        send_messages(force=system.force, now=NOW)
        assert Message.objects.get().status == "sent"
        folder = Path(settings.CRAFFU_HOME) / "messages"
        assert "900999" in "".join(one.read_text() for one in folder.glob("*.json"))
        said = Said("Nothing has been heard of them.", Authority.RETENTION_REVIEW)
        ask_to_erase(by=first, person=suspect, said=said)
        erase_person(by=other, person=suspect)
        assert not Message.objects.exists()
        assert "900999" not in "".join(one.read_text() for one in folder.glob("*.json"))

"""Two victims held to be one, who is told something that was news for one of them alone."""

from datetime import timedelta
from pathlib import Path

import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.cases.models import CaseRole
from craffu.common import clock
from craffu.daily.ticking import tick
from craffu.people.queries import people_of_records
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.stories import story_of
from tests.factories.detentions import send_detention
from tests.factories.identities import score
from tests.factories.victims import QUIET, agreed, send_victim, victim_of

MINUTE = timedelta(minutes=1)
RELEASED = {
    "released_at": "2026-11-24 11:30:00", "disposal": "released_under_investigation", "updated_at": "2026-11-24 11:35:00",
}  # fmt: skip


def told_while_joined(by: Acting, force: Force, folder: Path, officer: Acting, of: int) -> tuple[list[int], str]:
    """The records of both, and under which reference they were told of a release in the case of the first or the second.

    It is noon on 24 November 2026.
    """
    for number in (1, 2):
        send_victim(by, folder, number)
    roles = CaseRole.objects.for_system("a test").filter(role="victim").order_by("id")
    hers = list(roles.values_list("record_id", flat=True))
    score(by, *hers)
    joined, now = people_of_records(by, hers)[hers[0]].reference, clock.now()
    agreed(officer, joined, QUIET, now=now, officer=officer.user)
    send_detention(by, folder, arrested_for_breach_of="", crime_ref=f"CRIME{of}", **RELEASED)
    tick(force=force, at=now + MINUTE)
    with time_machine.travel(now + 2 * MINUTE, tick=False):
        at = clock.now()
        news = story_of(by, victim_of(by, joined), at).news
        keys = tuple(one.happened.key for one in news if one.safety is not None and one.is_owed)
        assert keys
        record_contact(by=officer, victim=joined, given=NewContact("telephone", at, told_of=keys), now=at)
        tick(force=force, at=at)
    return hers, joined

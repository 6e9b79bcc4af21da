"""Of a release that was brought forward she is told anew, though she was told of the first day (VIC-05)."""

from datetime import datetime, timedelta
from pathlib import Path

from craffu.access.acting import Acting
from craffu.daily.ticking import tick
from craffu.orders.models import Order
from craffu.people.queries import people_of_records
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.happenings.queries import News
from craffu.victims.queries import find_victim
from craffu.victims.stories import story_of
from craffu.work.models import WorkItem
from tests.factories.detentions import send_release
from tests.integration.breaches.conftest import HOUR, NOW
from tests.integration.breaches.test_releases import planned

__all__ = ["planned"]


def test_VIC_05_of_a_release_brought_forward_she_is_told_anew_though_she_was_told_of_the_first_day(
    planned: Order, investigator: Acting, system: Acting, tmp_path: Path
) -> None:
    protected = planned.protects.get().record_id
    victim = people_of_records(system, [protected])[protected].reference
    send_release(system, tmp_path, planned_on="2026-12-20", updated_at="2026-11-24 10:00:00")
    tick(force=system.force, at=NOW + HOUR)

    def owed(at: datetime) -> list[News]:
        story = story_of(investigator, find_victim(investigator, victim), at)
        return [one for one in story.news if one.is_owed and one.happened.kind == "release_from_prison"]

    (news,) = owed(NOW + HOUR)
    at = NOW + HOUR + timedelta(minutes=1)
    given = NewContact("text_message", at, told_of=(news.happened.key,), was_made_anyway=True)
    record_contact(by=investigator, victim=victim, given=given, now=at)
    assert not owed(at)
    send_release(system, tmp_path, planned_on="2026-11-27", updated_at="2026-11-24 11:30:00")
    tick(force=system.force, at=NOW + 3 * HOUR)
    days = [one.happened.at.date().isoformat() for one in owed(NOW + 3 * HOUR)]
    assert days == ["2026-11-27"], "she expects him on 20 December"
    (item,) = WorkItem.objects.for_system("a test").filter(kind="safety_news", why="release_from_prison")
    assert (item.state, item.due_at.date().isoformat()) == ("open", "2026-11-27")

"""What is due follows the records: joined, it is one person's; parted, each one's again; nobody is told twice (T29)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.cases.models import CaseRole
from craffu.common import clock
from craffu.daily.ticking import tick
from craffu.linkage.actions import decide_pair
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.people.queries import people_of_records
from craffu.victims.contacts.actions import promise_contact
from craffu.victims.due import PROMISE
from craffu.work.models import WorkItem, WorkStep
from tests.factories.identities import NOBODYS, score
from tests.factories.victims import QUIET, agreed, send_victim

pytestmark = [pytest.mark.django_db, pytest.mark.rule("IDN-03"), pytest.mark.rule("MON-04")]


def subjects() -> dict[str, str]:
    """Which person each promise is due to, by its key."""
    rows = WorkItem.objects.for_system("a test").filter(kind=PROMISE).order_by("id")
    return dict(rows.values_list("key", "watch__subject"))


def steps() -> list[tuple[int, str]]:
    return list(WorkStep.objects.for_system("a test").order_by("id").values_list("item_id", "step"))


def test_promises_to_one_victim_known_twice_become_one_persons_and_each_ones_again(
    force: Force, system: Acting, tmp_path: Path, acting_as: Callable[..., Acting]
) -> None:
    officer, clerk, now = acting_as("victim_officer"), acting_as("link_clerk"), clock.now()
    references = [send_victim(system, tmp_path, number) for number in (1, 2)]
    for reference in references:
        agreed(officer, reference, QUIET)
        promise_contact(by=officer, victim=reference, due_at=now + timedelta(days=2), now=now)
    roles = CaseRole.objects.for_system("a test").filter(role="victim").order_by("id")
    hers = list(roles.values_list("record_id", flat=True))
    people = [str(people_of_records(system, [one])[one].pk) for one in hers]

    def settled(at: datetime) -> None:
        tick(force=force, at=at)

    settled(now + timedelta(minutes=1))
    before, told = subjects(), steps()
    assert sorted(before.values()) == sorted(people)
    score(system, *hers)
    settled(now + timedelta(minutes=2))
    assert set(subjects().values()) == {min(people, key=int)}
    assert subjects().keys() == before.keys()
    promised = set(WorkItem.objects.for_system("a test").filter(kind=PROMISE).values_list("pk", flat=True))
    assert [one for one in steps()[len(told) :] if one[0] in promised] == []
    decide_pair(
        by=clerk, left=hers[0], right=hers[1], given=NewWord(Word.NOT_SAME, "Two sisters"), needs_another=False,
        roles_of=NOBODYS,
    )  # fmt: skip
    settled(now + timedelta(minutes=3))
    assert subjects() == before
    assert [one for one in steps()[len(told) :] if one[0] in promised] == []
    assert {one.state for one in WorkItem.objects.for_system("a test").filter(kind=PROMISE)} == {"open"}

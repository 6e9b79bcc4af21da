"""What is due follows the records: joined, it is one person's; parted, each one's again; nobody is told twice (T29)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

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
from craffu.victims.due import OFFER, PROMISE, SAFETY_NEWS
from craffu.work.models import WorkItem, WorkStep
from tests.factories.identities import NOBODYS, score
from tests.factories.victims import QUIET, agreed, send_victim
from tests.integration.linkage.telling import told_while_joined

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


def parted(by: Acting, left: int, right: int) -> None:
    decide_pair(
        by=by,
        left=left,
        right=right,
        given=NewWord(Word.NOT_SAME, "Two sisters"),
        needs_another=False,
        roles_of=NOBODYS,
    )


@pytest.mark.rule("VIC-01")
@pytest.mark.parametrize("everything", [False, True])
def test_whoever_keeps_the_reference_and_agreed_to_nothing_is_to_be_offered_an_agreement_once_parted(
    everything: bool, force: Force, system: Acting, tmp_path: Path, acting_as: Callable[..., Acting]
) -> None:
    officer, clerk, now = acting_as("victim_officer"), acting_as("link_clerk"), clock.now()
    _first, second = (send_victim(system, tmp_path, number) for number in (1, 2))
    agreed(officer, second, QUIET)
    roles = CaseRole.objects.for_system("a test").filter(role="victim").order_by("id")
    hers = list(roles.values_list("record_id", flat=True))
    alone = people_of_records(system, hers)[hers[0]].pk

    def offers() -> list[str]:
        return [one.state for one in WorkItem.objects.for_system("a test").filter(kind=OFFER, key=str(alone))]

    tick(force=force, at=now + timedelta(minutes=1))
    assert offers() == ["open"]
    score(system, *hers)
    tick(force=force, at=now + timedelta(minutes=2))
    assert offers() != ["open"]
    parted(clerk, *hers)
    assert people_of_records(system, hers)[hers[0]].pk == alone
    for at in (timedelta(minutes=3), timedelta(days=3)):
        tick(force=force, at=now + at, everything=everything)
        assert offers() == ["open"]


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize("everything", [False, True])
def test_a_release_that_another_was_told_of_is_owed_again_to_whoever_keeps_the_reference(
    everything: bool, force: Force, system: Acting, tmp_path: Path, acting_as: Callable[..., Acting]
) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False) as at:
        officer, clerk = acting_as("victim_officer"), acting_as("link_clerk")
        hers, _reference = told_while_joined(system, force, tmp_path, officer, of=1)
        at.shift(timedelta(minutes=3))
        parted(clerk, *hers)
        tick(force=force, at=clock.now() + timedelta(minutes=1), everything=everything)
        owed = (
            WorkItem.objects.for_system("a test").filter(kind=SAFETY_NEWS, state="open").values_list("about", flat=True)
        )
        assert list(owed) == [people_of_records(system, hers)[hers[0]].reference]

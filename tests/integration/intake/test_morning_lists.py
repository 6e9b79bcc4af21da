"""Each morning lists are matched, every entry in one place, and a list that did not come is not available (BRC-08, INT-06)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.breaches.lists.rules import MorningList
from craffu.cases.models import RiskEvent
from craffu.common.door import bookkeeping
from craffu.daily.ticking import tick
from craffu.intake.linking.actions import decide_records
from craffu.intake.models import Run
from craffu.intake.morning.due import SOURCE
from craffu.intake.morning.reading import Morning, last_came, morning
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.people.models import SourceRecord
from craffu.work.models import WorkItem
from tests.factories.detentions import send_detention, send_release
from tests.factories.victims import send_victim

# Half past six on a Wednesday: the lists come before eight.
EARLY = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
TODAY = date(2026, 11, 25)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_half_past_six() -> Any:
    with time_machine.travel(EARLY, tick=False) as traveller:
        yield traveller


def record_of(start: str) -> SourceRecord:
    found: SourceRecord = SourceRecord.objects.for_system("a test").get(source_key__startswith=start)
    return found


def entries(one: Morning) -> dict[str, list[str]]:
    found = one.matched
    parts = {"known": found.known, "for_a_person": found.for_a_person, "unmatched": found.unmatched}
    return {name: [each.entry.partition(":")[0] for each in several] for name, several in parts.items() if several}


def items() -> list[tuple[str, str, bool]]:
    rows = WorkItem.objects.for_system("a test").filter(kind="morning_list").order_by("key")
    return [(one.key, one.state, one.over_at is not None and one.over_at > one.due_at) for one in rows]


def test_BRC_08_who_is_nobody_we_know_is_kept_unmatched(system: Acting, tmp_path: Path) -> None:
    send_detention(system, tmp_path, arrested_at="2026-11-25 02:00:00", updated_at="2026-11-25 02:30:00")
    send_release(system, tmp_path)

    found = morning(system, TODAY, EARLY + HOUR)

    assert entries(found) == {"unmatched": ["custody", "release"]}
    assert found.matched.not_available == (MorningList.COURT,)


def test_BRC_08_the_kept_entries_are_matched_again_when_the_register_grows(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    send_detention(system, tmp_path, arrested_at="2026-11-25 02:00:00", updated_at="2026-11-25 02:30:00")
    send_victim(system, tmp_path)
    his = record_of("persons/PERSON11")
    word = NewWord(Word.SAME, "The same number and the same birthday")
    decide_records(by=acting_as("link_clerk"), left=his.pk, right=record_of("detentions/").pk, given=word)

    found = morning(system, TODAY, EARLY + HOUR)

    assert entries(found) == {"known": ["custody"]}


def test_RSK_01_a_release_of_somebody_known_asks_for_an_assessment_on_its_day(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    send_release(system, tmp_path)
    send_victim(system, tmp_path)
    word = NewWord(Word.SAME, "The same number and the same birthday")
    left, right = record_of("persons/PERSON11").pk, record_of("releases/").pk
    decide_records(by=acting_as("link_clerk"), left=left, right=right, given=word)

    for at in (EARLY + HOUR, EARLY + 2 * HOUR):
        tick(force=system.force, at=at, everything=True)

    [event] = RiskEvent.objects.for_system("a test").filter(kind="released")
    assert (event.happened_at, event.recorded_by) == (datetime(2026, 11, 25, tzinfo=UTC), None)


def test_INT_06_a_list_that_came_yesterday_and_not_today_is_asked_for(
    system: Acting, tmp_path: Path, at_half_past_six: Any
) -> None:
    send_detention(system, tmp_path, arrested_at="2026-11-25 02:00:00", updated_at="2026-11-25 02:30:00")
    tick(force=system.force, at=EARLY + HOUR, sources=[SOURCE])
    assert items() == [("2026-11-25/custody", "done", False)]

    tomorrow = EARLY + timedelta(days=1, hours=2)
    at_half_past_six.move_to(tomorrow)
    tick(force=system.force, at=tomorrow, sources=[SOURCE])
    assert ("2026-11-26/custody", "open", False) in items()
    assert MorningList.CUSTODY in morning(system, TODAY + timedelta(days=1), tomorrow).matched.not_available

    at_half_past_six.move_to(tomorrow + HOUR)
    send_detention(system, tmp_path, 2, arrested_at="2026-11-26 02:00:00", updated_at="2026-11-26 02:30:00")
    tick(force=system.force, at=tomorrow + 2 * HOUR, sources=[SOURCE])
    assert ("2026-11-26/custody", "done", True) in items()


@bookkeeping
def many_of(run: Run) -> None:
    for number in range(25):
        run.pk, run.reference = None, f"R-9{number:04}"
        run.finished_at = EARLY + timedelta(minutes=number)
        run.save(force_insert=True)


@pytest.mark.rule("BRC-08")
def test_INT_06_a_list_that_comes_once_is_not_lost_behind_another_of_its_kind_and_neither_stands_for_the_other(
    system: Acting, tmp_path: Path
) -> None:
    send_release(system, tmp_path)
    came = last_came(system, EARLY + HOUR)
    assert set(came) == {MorningList.RELEASE}, "releases came, and no custody list"
    send_detention(system, tmp_path, arrested_at="2026-11-25 02:00:00", updated_at="2026-11-25 02:30:00")
    of_custody = Run.objects.for_system("a test").latest("id")
    # A custody system may send every few minutes.
    many_of(of_custody)
    found = last_came(system, EARLY + HOUR)
    assert found[MorningList.RELEASE] == came[MorningList.RELEASE]
    assert found[MorningList.CUSTODY] == EARLY + timedelta(minutes=24)

"""A release from prison raises follow-up of the order, and warns whoever it protects before it (BRC-08, MON-03, VIC-05)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.daily.ticking import tick
from craffu.intake.linking.actions import agree_pair, decide_records
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.orders.models import Order, OrderTrigger
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from craffu.victims.models import CaseHappening
from tests.factories.detentions import send_release
from tests.factories.victims import agreed
from tests.integration.breaches.conftest import DAY, HOUR, NOW

MIDNIGHT = NOW + 12 * HOUR


@pytest.fixture
def planned(
    served: Order, investigator: Acting, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> Order:
    """A prison plans to let the respondent out tomorrow, and two people say that it is the respondent."""
    protected = served.protects.get().record_id
    agreed(investigator, people_of_records(system, [protected])[protected].reference)
    send_release(system, tmp_path)
    released = SourceRecord.objects.for_system("a test").get(source_key__startswith="releases/")
    word = NewWord(Word.SAME, "The prison has the same number and birthday")
    said = decide_records(by=acting_as("link_clerk"), left=served.respondent_id, right=released.pk, given=word)
    agree_pair(by=acting_as("link_clerk", username="other"), pair=said.pair.reference, agrees=True)
    return served


def test_BRC_08_a_planned_release_raises_follow_up_on_its_day(planned: Order, system: Acting, tmp_path: Path) -> None:
    triggers = OrderTrigger.objects.for_system("a test").filter(trigger="released_from_custody")

    tick(force=system.force, at=NOW + HOUR)
    assert not triggers.exists()
    tick(force=system.force, at=MIDNIGHT + HOUR)

    assert [(one.order_id, one.at, one.raised_at) for one in triggers] == [(planned.pk, MIDNIGHT, MIDNIGHT)]


def test_VIC_05_she_is_warned_of_a_planned_release_before_its_day(
    planned: Order, system: Acting, tmp_path: Path
) -> None:

    tick(force=system.force, at=NOW + HOUR)

    [told] = CaseHappening.objects.for_system("a test").filter(kind="release_from_prison")
    assert (told.at, told.source, told.time_known_at is not None) == (MIDNIGHT, "prison", True)


def test_VIC_05_of_a_release_put_off_she_is_warned_anew(planned: Order, system: Acting, tmp_path: Path) -> None:
    tick(force=system.force, at=NOW + HOUR)

    send_release(system, tmp_path, planned_on="2026-12-05", updated_at="2026-11-24 11:00:00")
    tick(force=system.force, at=NOW + 2 * HOUR)

    rows = CaseHappening.objects.for_system("a test").filter(kind="release_from_prison").order_by("id")
    assert [one.at for one in rows] == [MIDNIGHT, MIDNIGHT + 10 * DAY]

"""News that was handled is kept for a stated time and then deleted by the tick; what nobody took is never (T29)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from craffu.access.models import Force
from craffu.access.wall.reach import working_for
from craffu.common.door import WriteOutsideAction
from craffu.daily import ticking
from craffu.daily.ticking import follow, tick
from craffu.outbox.actions import KEPT_FOR
from craffu.outbox.models import News
from craffu.outbox.queries import waiting
from tests.factories.dues import HOUR, MONDAY, Made, due, told

pytestmark = [pytest.mark.rule("MON-04"), pytest.mark.django_db]

SECOND = timedelta(seconds=1)


def kept() -> list[str]:
    return list(News.objects.order_by("id").values_list("subjects", flat=True))


@pytest.fixture
def made() -> Made:
    made = Made()
    made.is_due("1", due())
    return made


def test_what_was_handled_is_deleted_once_its_time_is_over_and_not_before(force: Force, made: Made) -> None:
    assert timedelta(days=30) == KEPT_FOR
    with time_machine.travel(MONDAY, tick=False):
        told(force, ["1"], MONDAY)
        tick(force=force, at=MONDAY, sources=[made.source])
    with time_machine.travel(MONDAY + KEPT_FOR, tick=False):
        told(force, ["1", "2"], MONDAY + KEPT_FOR)
        tick(force=force, at=MONDAY + KEPT_FOR, sources=[made.source])
        assert kept() == ["1", "1 2"], "the very instant is in time"
    with time_machine.travel(MONDAY + KEPT_FOR + SECOND, tick=False):
        follow(force=force, sources=[made.source])
        assert len(kept()) == 2, "whoever waits for a page deletes nothing"
        tick(force=force, at=MONDAY, sources=[made.source])
        assert kept() == ["1 2"], "by the clock that handled it, whichever instant is asked about"
        tick(force=force, at=MONDAY, sources=[made.source])
        assert kept() == ["1 2"]


def test_what_waits_and_what_another_force_was_told_is_never_deleted(
    force: Force, other_force: Force, made: Made
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        told(other_force, ["9"], MONDAY)
        tick(force=other_force, at=MONDAY, sources=[made.source])
        told(force, ["7"], MONDAY + 400 * 24 * HOUR)
    with time_machine.travel(MONDAY + KEPT_FOR * 12, tick=False):
        tick(force=force, at=MONDAY, sources=[made.source])
        assert [one.subjects for one in waiting(force.code)] == [("7",)]
        for one, news in ((force, "7"), (other_force, "9")):
            # On PostgreSQL whoever works for a force sees the news of that force alone.
            with working_for(one.pk):
                assert list(News.objects.filter(force=one.code).values_list("subjects", flat=True)) == [news]


def test_much_is_deleted_a_part_at_a_time(force: Force, made: Made, monkeypatch: Any) -> None:
    monkeypatch.setattr(ticking, "FORGETS_AT_ONCE", 3)
    with time_machine.travel(MONDAY, tick=False):
        for number in range(8):
            told(force, [str(number)], MONDAY)
        tick(force=force, at=MONDAY, sources=[made.source])
        assert len(kept()) == 8
    with time_machine.travel(MONDAY + 2 * KEPT_FOR, tick=False):
        tick(force=force, at=MONDAY, sources=[made.source])
    assert kept() == []


def test_nobody_deletes_news_past_the_door(force: Force) -> None:
    told(force, ["1"], MONDAY)
    with pytest.raises(WriteOutsideAction):
        News.objects.filter(force=force.code).delete()

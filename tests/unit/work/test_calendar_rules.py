"""What stands in a calendar of due work: a reference and a time, on a day or at a moment, and never twice."""

from datetime import UTC, date, datetime

import pytest

from craffu.common.refusals import NotNow
from craffu.work.calendars.policies import check_has_calendar
from craffu.work.calendars.rules import Item, entries, kept_as, opens

pytestmark = pytest.mark.rule("MON-04")


@pytest.mark.parametrize(
    ("overdue_from", "day"),
    [
        (datetime(2026, 11, 27, tzinfo=UTC), date(2026, 11, 26)),  # midnight in London: the day before is the last
        (datetime(2026, 6, 30, 23, tzinfo=UTC), date(2026, 6, 30)),  # midnight in summer
        (datetime(2026, 6, 30, tzinfo=UTC), None),  # one in the morning there
        (datetime(2026, 11, 26, 23, 59, tzinfo=UTC), None),
    ],
)
def test_what_is_due_all_day_stands_on_its_last_day_and_the_rest_at_its_moment(
    overdue_from: datetime, day: date | None
) -> None:
    (one,) = entries([Item(7, "order", "O-10001", overdue_from)], "dyfed-powys")
    assert (one.uid, one.about, one.day, one.at) == ("work-7@dyfed-powys.craffu", "O-10001", day, overdue_from)


def test_the_soonest_comes_first_and_of_one_moment_the_older() -> None:
    noon, one = datetime(2026, 11, 26, 12, tzinfo=UTC), datetime(2026, 11, 26, 13, tzinfo=UTC)
    items = [Item(3, "case", "C-3", one), Item(2, "case", "C-2", noon), Item(1, "case", "C-1", noon)]
    assert [entry.about for entry in entries(items, "x")] == ["C-1", "C-2", "C-3"]


def test_only_the_secret_opens_and_where_nothing_is_kept_nothing_does() -> None:
    kept = kept_as("a secret")
    assert "secret" not in kept
    assert len(kept) == 64
    assert opens("a secret", kept)
    assert not opens("another", kept)
    assert not opens("", kept_as("a"))
    assert not opens("", "")


def test_only_a_calendar_that_there_is_can_be_ended() -> None:
    check_has_calendar(since=datetime(2026, 11, 26, tzinfo=UTC))
    with pytest.raises(NotNow) as refused:
        check_has_calendar(since=None)
    assert refused.value.code == "no_calendar"

"""Which answers of another system's survey ask for somebody today (VIC-08)."""

from datetime import UTC, date, datetime

import pytest

from craffu.victims.surveys.rules import is_news

LEARNT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.rule("VIC-08")
@pytest.mark.parametrize(
    ("answered_on", "is_live", "news"),
    [
        (date(2026, 11, 24), False, True),
        (date(2026, 8, 24), False, True),
        (date(2026, 8, 23), False, False),
        (date(2020, 1, 1), True, True),
    ],
)
def test_an_old_answer_asks_for_nobody_once_no_case_is_live(answered_on: date, is_live: bool, news: bool) -> None:
    assert is_news(answered_on, LEARNT, is_live=is_live) is news


def test_the_day_is_londons() -> None:
    assert is_news(date(2026, 4, 1), datetime(2026, 7, 1, 23, 30, tzinfo=UTC), is_live=False)
    assert not is_news(date(2026, 4, 1), datetime(2026, 7, 2, 23, 30, tzinfo=UTC), is_live=False)

"""What is recorded as having happened has come (CLK-01)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from craffu.common.moments import FIRST_DAY, LAST_DAY, check_can_be_meant, check_day_has_come, check_has_come
from craffu.common.refusals import NotNow

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.rule("CLK-01")
def test_the_present_has_come_and_what_lies_ahead_has_not() -> None:
    check_has_come(NOON, NOON, code="ahead")
    check_day_has_come(date(2026, 11, 24), date(2026, 11, 24), code="ahead")
    with pytest.raises(NotNow, match="This lies in the future") as moment:
        check_has_come(NOON + timedelta(seconds=1), NOON, code="moment_to_come")
    with pytest.raises(NotNow) as day:
        check_day_has_come(date(2026, 11, 25), date(2026, 11, 24), code="ahead")
    assert (moment.value.code, day.value.code) == ("moment_to_come", "ahead")


@pytest.mark.rule("CLK-01")
def test_a_day_that_nobody_can_mean_is_refused() -> None:
    check_can_be_meant(FIRST_DAY, None, LAST_DAY, NOON)
    for day in (FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1), date.max, NOON.replace(year=9999)):
        with pytest.raises(NotNow, match="between 1 January 1900 and 31 December 2199") as refused:
            check_can_be_meant(None, day)
        assert refused.value.code == "no_such_year"

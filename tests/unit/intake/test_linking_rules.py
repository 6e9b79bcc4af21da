"""By when a pair of records is decided on: the sooner, the more hangs on it (IDN-02, IDN-03)."""

from datetime import UTC, datetime

import pytest

from craffu.intake.linking.rules import WHAT_IF_NOT, agree_by, decide_by
from craffu.linkage.rules import Harm
from craffu.work.rules import RANK, Consequence

# 23:30 in London, in summer: 22:30 UTC.
LATE_ON_SUNDAY = datetime(2026, 10, 18, 22, 30, tzinfo=UTC)


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("harm", "end"),
    [
        (Harm.PROTECTED, datetime(2026, 10, 19, 23, tzinfo=UTC)),
        # Over the end of summer time.
        (Harm.IN_A_CASE, datetime(2026, 10, 26, tzinfo=UTC)),
        (Harm.NO_CASE, datetime(2026, 11, 16, tzinfo=UTC)),
    ],
)
def test_the_more_harm_the_sooner_and_always_to_the_end_of_a_day_in_london(harm: Harm, end: datetime) -> None:
    assert decide_by(harm, LATE_ON_SUNDAY) == end


@pytest.mark.rule("IDN-03")
def test_a_second_opinion_is_given_by_the_end_of_the_next_day() -> None:
    assert agree_by(LATE_ON_SUNDAY) == datetime(2026, 10, 19, 23, tzinfo=UTC)


def test_where_protection_hangs_on_it_it_comes_before_the_rest() -> None:
    assert WHAT_IF_NOT[Harm.PROTECTED] is Consequence.PROTECTION_LAPSES
    assert WHAT_IF_NOT[Harm.IN_A_CASE] is WHAT_IF_NOT[Harm.NO_CASE] is Consequence.HISTORY_SPLIT
    assert RANK[Consequence.PROTECTION_LAPSES] < RANK[Consequence.HISTORY_SPLIT]

"""Pre-charge bail: its periods, what moves them, and the limits beside it."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.clocks.london import end_of, instant_of, local_text
from craffu.orders.clocks.bail import bail, bail_start, custody_paused_until, summary_limit
from tests.oracles.calendar import last_day

pytestmark = pytest.mark.rule("CLK-13")


def test_every_period_runs_from_the_day_after_arrest() -> None:
    found = bail(bail_start(date(2026, 11, 23)))  # K16
    assert (found.bail_start_on, found.last_day, found.act_by) == (date(2026, 11, 24), *[date(2027, 2, 23)] * 2)
    assert found.ends == end_of(date(2027, 2, 23))
    assert [(one.length, str(one.last_day), one.authority) for one in found.later_periods] == [
        ("P6M", "2027-05-23", "inspector"),
        ("P9M", "2027-08-23", "superintendent"),
        (
            "P12M",
            "2027-11-23",
            "assistant chief constable or commander in a designated case, or magistrates' court",
        ),
    ]


@pytest.mark.parametrize(
    ("start", "stood", "last", "act_by"),
    [
        ("2026-11-30", 0, "2027-02-28", "2027-02-27"),
        ("2026-11-30", 1, "2027-03-01", "2027-02-28"),
        ("2026-11-24", 10, "2027-03-05", "2027-03-05"),
        ("2026-12-01", 0, "2027-02-28", "2027-02-28"),
    ],
)
def test_days_that_stand_still_move_the_end(start: str, stood: int, last: str, act_by: str) -> None:
    found = bail(date.fromisoformat(start), stood_still_days=stood)
    assert (str(found.last_day), str(found.act_by), found.ends) == (last, act_by, end_of(date.fromisoformat(last)))
    unmoved = bail(date.fromisoformat(start))
    for one, other in zip(found.later_periods, unmoved.later_periods, strict=True):
        assert one.last_day - other.last_day == one.act_by - other.act_by == timedelta(days=stood)
    with pytest.raises(ValueError, match="left out"):
        bail(date.fromisoformat(start), stood_still_days=-1)


@pytest.mark.parametrize(
    ("investigator", "last"),
    [(None, "2027-02-23"), ("police", "2027-02-23"), *((one, "2027-05-23") for one in ("FCA", "HMRC", "NCA", "SFO"))],
)
def test_others_begin_with_six_months(investigator: str | None, last: str) -> None:
    found = bail(date(2026, 11, 24), investigator=investigator)
    assert str(found.last_day) == last
    assert bool(found.later_periods) is (last == "2027-02-23")


@pytest.mark.parametrize(
    ("arrested", "until"),
    [
        ("2026-11-24T09:15", "2026-11-24T12:15:00+00:00"),
        ("2026-10-25T00:30", "2026-10-25T02:30:00+00:00"),
        ("2027-03-28T00:30", "2027-03-28T04:30:00+01:00"),
    ],
)
def test_the_custody_clock_pauses_three_elapsed_hours(arrested: str, until: str) -> None:
    assert local_text(custody_paused_until(instant_of(datetime.fromisoformat(arrested)))) == until


@pytest.mark.parametrize(
    ("act", "last"),
    [
        ("2026-08-31", "2027-02-28"),
        ("2026-08-15", "2027-02-15"),
        ("2027-08-31", "2028-02-29"),
        ("2026-01-31", "2026-07-31"),
    ],
)
def test_a_summary_offence_is_charged_within_six_months_of_the_last_act(act: str, last: str) -> None:
    found = summary_limit(date.fromisoformat(act))
    assert (str(found.last_day), found.mark) == (last, None)


@given(st.dates(date(2012, 1, 1), date(2035, 12, 31)))
def test_a_walker_of_the_calendar_agrees(start: date) -> None:
    found = bail(start)
    periods = [(found.last_day, found.act_by), *((one.last_day, one.act_by) for one in found.later_periods)]
    for months, (last, act_by) in zip((3, 6, 9, 12), periods, strict=True):
        walked, corresponds = last_day(start, months, 0, counts_start=True)
        assert last == walked
        assert last - act_by == timedelta(days=not corresponds)
        assert act_by > start

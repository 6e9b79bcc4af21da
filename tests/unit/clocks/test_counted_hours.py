"""Hour clocks that leave whole days out: what they count, what they leave out, and a counter of minutes who agrees."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.clocks.counted_hours import CountedHours, counted_hours
from craffu.clocks.left_out import DayOut
from craffu.clocks.london import day_of, instant_of, local_text
from tests.oracles import hours

pytestmark = [pytest.mark.rule("CLK-07"), pytest.mark.rule("CLK-08"), pytest.mark.rule("CLK-10")]

NAMED = frozenset({DayOut.SUNDAY, DayOut.CHRISTMAS_DAY, DayOut.GOOD_FRIDAY})
FOUR = NAMED | {DayOut.BANK_HOLIDAY}
ALL = frozenset(DayOut)
STARTS = st.datetimes(datetime(2012, 1, 2), datetime(2035, 12, 20), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda at: at.replace(second=0, microsecond=0)
)
KINDS = st.sampled_from([NAMED, FOUR, ALL, frozenset()])


def clock(start: str, length: int, leaves_out: frozenset[DayOut]) -> CountedHours:
    return counted_hours(instant_of(datetime.fromisoformat(start)), timedelta(hours=length), leaves_out)


@pytest.mark.parametrize(
    ("start", "length", "leaves_out", "due", "out"),
    [
        ("2027-05-28T20:00", 48, FOUR, "2027-06-01T20:00:00+01:00", "30 31"),  # K6
        ("2027-06-06T10:00", 48, FOUR, "2027-06-09T00:00:00+01:00", "06"),  # K7
        ("2027-12-24T09:00", 48, FOUR, "2027-12-30T09:00:00+00:00", "25 26 27 28"),  # K8
        ("2027-03-27T12:00", 48, FOUR, "2027-03-31T12:00:00+01:00", "28 29"),  # K9
        ("2027-05-29T15:00", 24, FOUR, "2027-06-01T15:00:00+01:00", "30 31"),  # K10
        ("2027-05-29T15:00", 24, NAMED, "2027-05-31T15:00:00+01:00", "30"),  # K11, K15
        ("2027-05-28T15:00", 24, ALL, "2027-06-01T15:00:00+01:00", "29 30 31"),
        # an event at midnight belongs to the day that begins
        ("2026-11-15T00:00", 24, FOUR, "2026-11-17T00:00:00+00:00", "15"),
        ("2026-11-14T23:59:59", 24, FOUR, "2026-11-16T23:59:59+00:00", "15"),
        # it ends as Saturday ends: Sunday is not reached
        ("2026-11-13T00:00", 48, FOUR, "2026-11-15T00:00:00+00:00", ""),
        # nothing left out: elapsed hours, whatever the wall clock does
        ("2026-10-24T18:00", 24, frozenset(), "2026-10-25T17:00:00+00:00", ""),
        ("2027-03-27T18:00", 24, frozenset(), "2027-03-28T19:00:00+01:00", ""),
    ],
)
def test_hours_are_counted_on_the_days_that_count(
    *, start: str, length: int, leaves_out: frozenset[DayOut], due: str, out: str
) -> None:
    answer = clock(start, length, leaves_out)
    assert local_text(answer.due) == due
    assert " ".join(f"{day.day:%d}" for day in answer.excluded) == out
    assert (answer.act_by, answer.mark, answer.provisional) == (None, None, False)
    assert sum((one.length for one in answer.counted), timedelta()) == timedelta(hours=length)


@pytest.mark.parametrize(
    ("start", "due", "act_by"),
    [
        ("2026-12-24T16:00", "2026-12-30T16:00:00+00:00", "2026-12-29T16:00:00+00:00"),  # K14
        ("2026-12-26T09:00", "2026-12-31T00:00:00+00:00", "2026-12-30T09:00:00+00:00"),
        ("2026-12-23T16:00", "2026-12-29T16:00:00+00:00", "2026-12-26T16:00:00+00:00"),
    ],
)
def test_where_a_day_is_in_doubt_police_act_by_the_earlier_reading(start: str, due: str, act_by: str) -> None:
    answer = clock(start, 48, FOUR)
    assert answer.act_by is not None
    assert (local_text(answer.due), local_text(answer.act_by)) == (due, act_by)
    assert answer.mark == "not confirmed"
    assert not answer.provisional


@pytest.mark.parametrize(
    ("start", "leaves_out", "provisional"),
    [
        ("2028-12-22T10:00", FOUR, True),
        ("2028-12-20T10:00", FOUR, False),
        ("2028-12-29T10:00", FOUR, True),
        ("2028-12-29T10:00", NAMED, False),
        ("2011-12-31T10:00", FOUR, True),
        ("2012-01-01T10:00", FOUR, False),
    ],
)
def test_only_what_rests_on_the_table_is_provisional(
    start: str, leaves_out: frozenset[DayOut], *, provisional: bool
) -> None:
    assert clock(start, 48, leaves_out).provisional is provisional


def test_what_was_counted_is_shown_day_by_day() -> None:
    answer = clock("2026-11-14T10:00", 48, FOUR)
    assert [(one.day.day, one.length // timedelta(hours=1)) for one in answer.counted] == [(14, 14), (16, 24), (17, 10)]
    assert answer.last_day == date(2026, 11, 17)
    assert clock("2026-11-15T15:00", 48, FOUR).last_day == date(2026, 11, 17)


@pytest.mark.parametrize("length", [timedelta(), timedelta(hours=-1)])
def test_no_time_is_no_clock(length: timedelta) -> None:
    with pytest.raises(ValueError, match="no time at all"):
        counted_hours(datetime(2026, 11, 24, tzinfo=UTC), length)
    with pytest.raises(ValueError, match="no offset"):
        counted_hours(datetime.fromisoformat("2026-11-24"), timedelta(hours=1))


@given(STARTS, st.integers(1, 48), KINDS)
def test_it_never_ends_before_it_starts_nor_on_a_day_it_leaves_out(
    start: datetime, length: int, kinds: frozenset[DayOut]
) -> None:
    """Over 2012-2035; a day that the table cannot know is left out only as far as statute says, and the answer says so."""
    answer = counted_hours(start, timedelta(hours=length), kinds)
    names = frozenset(kind.value for kind in kinds)
    assert answer.due >= start + timedelta(hours=length)
    assert (answer.act_by or answer.due) >= start + timedelta(hours=length)
    assert answer.provisional or not any(hours.is_out(one.day, names) for one in answer.counted)
    assert not {one.day for one in answer.counted} & {out.day for out in answer.excluded}
    every = hours.days_between(day_of(start), answer.last_day)
    assert sorted({one.day for one in answer.counted} | {out.day for out in answer.excluded}) == every


@given(
    st.datetimes(datetime(2012, 1, 2), datetime(2028, 12, 15), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from([24, 48]),
    KINDS,
)
def test_a_counter_of_minutes_agrees(start: datetime, length: int, kinds: frozenset[DayOut]) -> None:
    start = start.replace(second=0, microsecond=0)
    answer = counted_hours(start, timedelta(hours=length), kinds)
    names = frozenset(kind.value for kind in kinds)
    assert answer.due == hours.due(start, length * 60, names)
    doubtful = {out.day for out in answer.excluded if out.in_doubt}
    assert (answer.act_by or answer.due) == hours.due(start, length * 60, names, doubtful)

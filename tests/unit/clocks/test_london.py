"""London's days and clocks: the nights the clocks change, midnights, and hours as they elapse."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.clocks import london
from craffu.clocks.london import AmbiguousTime, GivenBy, Occurrence, TimeDoesNotExist
from tests.oracles.calendar import instants_shown_as

pytestmark = pytest.mark.rule("CLK-01")

INSTANTS = st.datetimes(datetime(1972, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
WALL_CLOCKS = st.datetimes(datetime(1972, 1, 1), datetime(2037, 12, 31))  # noqa: DTZ001
CHANGE_NIGHTS = st.sampled_from(["2024-03-31", "2025-10-26", "2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-07-01T12:00", "2026-07-01T11:00:00Z"),
        ("2026-12-01T12:00", "2026-12-01T12:00:00Z"),
        ("2027-03-28T00:59:59", "2027-03-28T00:59:59Z"),
        ("2027-03-28T02:00", "2027-03-28T01:00:00Z"),
        ("2026-10-25T00:59:59", "2026-10-24T23:59:59Z"),
        ("2026-10-25T02:00", "2026-10-25T02:00:00Z"),
        # the year round summer time of 1968 to 1971, and its end
        ("1970-01-01T00:00", "1969-12-31T23:00:00Z"),
        # an offset or Z is taken as written
        ("2026-10-25T01:30+01:00", "2026-10-25T00:30:00Z"),
        ("2026-10-25T01:30Z", "2026-10-25T01:30:00Z"),
        ("2027-03-28T01:30-05:00", "2027-03-28T06:30:00Z"),
    ],
)
def test_a_time_that_happens_once_is_one_instant(local: str, utc: str) -> None:
    assert london.utc_text(london.instant_of(at(local))) == utc
    assert london.reading_of(at(local)) == london.Reading(utc=at(utc))


@pytest.mark.parametrize(
    "local", ["2027-03-28T01:00", "2027-03-28T01:30", "2027-03-28T01:59:59", "2026-03-29T01:00:01"]
)
@pytest.mark.parametrize("given_by", list(GivenBy))
@pytest.mark.parametrize("occurrence", [None, *Occurrence])
def test_a_time_the_clocks_skip_is_refused_whoever_gives_it(
    local: str, given_by: GivenBy, occurrence: Occurrence | None
) -> None:
    reading = london.reading_of(at(local), occurrence=occurrence, given_by=given_by)
    assert reading == london.Reading(utc=None, error="time_does_not_exist")
    with pytest.raises(TimeDoesNotExist, match="does not exist") as refused:
        london.instant_of(at(local), occurrence=occurrence)
    assert refused.value.code == "time_does_not_exist"


@pytest.mark.parametrize("local", ["2026-10-25T01:00", "2026-10-25T01:30", "2026-10-25T01:59:59"])
def test_a_person_is_asked_which_of_two_is_meant(local: str) -> None:
    first, second = at(local + "+01:00"), at(local + "+00:00")
    reading = london.reading_of(at(local))
    assert reading == london.Reading(utc=None, error="ambiguous_time", first_utc=first, second_utc=second)
    with pytest.raises(AmbiguousTime, match="happens twice") as refused:
        london.instant_of(at(local))
    assert (refused.value.code, refused.value.first, refused.value.second) == ("ambiguous_time", first, second)
    assert london.instant_of(at(local), occurrence=Occurrence.FIRST) == first
    assert london.instant_of(at(local), occurrence=Occurrence.SECOND) == second


def test_an_extract_gets_the_first_reading_and_a_flag_unless_it_says_which() -> None:
    local = at("2026-10-25T01:30")
    first, second = at("2026-10-25T00:30Z"), at("2026-10-25T01:30Z")
    assert london.reading_of(local, given_by=GivenBy.INTAKE) == london.Reading(utc=first, flag="ambiguous_time")
    assert london.reading_of(local, given_by="intake") == london.reading_of(local, given_by=GivenBy.INTAKE)
    assert london.reading_of(local, given_by="person").error == "ambiguous_time"
    assert london.reading_of(local, given_by="intake", occurrence="first") == london.Reading(utc=first)
    assert london.reading_of(local, given_by="intake", occurrence="second") == london.Reading(utc=second)
    assert london.reading_of(at("2026-10-26T01:30"), given_by="intake") == london.Reading(utc=at("2026-10-26T01:30Z"))


def test_a_stray_fold_decides_nothing() -> None:
    local = at("2026-10-25T01:30").replace(fold=1)
    assert london.reading_of(local).error == "ambiguous_time"


@given(WALL_CLOCKS | CHANGE_NIGHTS.flatmap(lambda day: st.times().map(lambda time: datetime.combine(at(day), time))))
def test_readings_are_those_a_watcher_of_the_clock_would_see(local: datetime) -> None:
    local = local.replace(second=0, microsecond=0)
    seen = instants_shown_as(local)
    reading = london.reading_of(local)
    match seen:
        case []:
            assert reading.error == "time_does_not_exist"
        case [only]:
            assert reading.utc == only
        case _:
            assert [reading.first_utc, reading.second_utc] == seen


@given(INSTANTS)
def test_an_instant_survives_the_way_to_london_and_back(instant: datetime) -> None:
    shown = london.local_time(instant)
    occurrence = Occurrence.SECOND if shown.fold else Occurrence.FIRST
    reading = london.reading_of(shown.replace(tzinfo=None, fold=0), occurrence=occurrence)
    assert reading.utc == instant
    assert at(london.local_text(instant)) == at(london.utc_text(instant)) == instant


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-07-01T22:59:59Z", "2026-07-01"),
        ("2026-07-01T23:00Z", "2026-07-02"),
        ("2026-12-01T23:59:59Z", "2026-12-01"),
        ("2026-12-02T00:00Z", "2026-12-02"),
        ("2026-12-02T00:30+01:00", "2026-12-01"),
        ("2026-03-29T22:59:59Z", "2026-03-29"),
        ("2026-03-29T23:00Z", "2026-03-30"),
    ],
)
def test_an_instant_falls_on_its_london_day(instant: str, day: str) -> None:
    assert london.day_of(at(instant)) == date.fromisoformat(day)


def test_a_wall_clock_time_is_no_instant() -> None:
    for ask in (london.local_time, london.day_of, london.local_text, london.utc_text):
        with pytest.raises(ValueError, match="no offset"):
            ask(at("2026-12-01T12:00"))
    with pytest.raises(ValueError, match="no offset"):
        london.due(at("2026-12-01T12:00"), timedelta(hours=1))


@pytest.mark.parametrize(
    ("day", "starts", "hours"),
    [
        ("2026-03-29", "2026-03-29T00:00:00Z", 23),
        ("2026-10-25", "2026-10-24T23:00:00Z", 25),
        ("2026-06-30", "2026-06-29T23:00:00Z", 24),
        ("2028-02-29", "2028-02-29T00:00:00Z", 24),
    ],
)
def test_a_day_runs_from_midnight_to_midnight(day: str, starts: str, hours: int) -> None:
    start, end = london.start_of(date.fromisoformat(day)), london.end_of(date.fromisoformat(day))
    assert london.utc_text(start) == starts
    assert end - start == timedelta(hours=hours)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_midnight_belongs_to_the_day_it_begins(day: date) -> None:
    assert london.day_of(london.start_of(day)) == day
    assert london.day_of(london.start_of(day) - timedelta(microseconds=1)) == day - timedelta(days=1)
    assert london.end_of(day) == london.start_of(day + timedelta(days=1))


def test_the_last_day_there_is_has_an_end_as_well() -> None:
    assert london.end_of(date.max) == datetime.max.replace(tzinfo=UTC)
    assert london.end_of(date.max - timedelta(days=1)) == london.start_of(date.max)


@pytest.mark.parametrize("ask", [london.start_of, london.end_of])
def test_an_instant_is_not_taken_for_a_day(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(TypeError, match="day_of"):
        ask(at("2026-12-01T12:00Z"))


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-10-24T18:00", 24, "2026-10-25T17:00:00+00:00"),
        ("2027-03-27T18:00", 24, "2027-03-28T19:00:00+01:00"),
        ("2026-10-25T00:30", 1, "2026-10-25T01:30:00+01:00"),
        ("2026-10-25T00:30", 2, "2026-10-25T01:30:00+00:00"),
        ("2026-11-23T22:10", 4, "2026-11-24T02:10:00+00:00"),
    ],
)
def test_an_hour_clock_counts_hours_as_they_elapse(start: str, hours: int, due: str) -> None:
    assert london.local_text(london.due(london.instant_of(at(start)), timedelta(hours=hours))) == due


@given(INSTANTS, st.integers(0, 10_000))
def test_elapsed_time_is_the_same_wherever_it_is_measured(start: datetime, minutes: int) -> None:
    length = timedelta(minutes=minutes)
    due = london.due(start, length)
    assert due - start == length == london.due(london.local_time(start), length) - start
    assert due.tzinfo is UTC


def test_a_day_is_read_or_absent() -> None:
    assert london.day_or_none("2026-11-24") == date(2026, 11, 24)
    assert london.day_or_none(None) is None
    with pytest.raises(ValueError, match="Invalid isoformat"):
        london.day_or_none("24/11/2026")


@pytest.fixture(params=["Asia/Tokyo", "America/New_York", "UTC"])
def elsewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """A machine whose own clock is not London's: the tests' is, so what leans on it by mistake would go unseen."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("elsewhere")
def test_no_answer_depends_on_the_clock_of_the_machine() -> None:
    summer, night = at("2026-07-01T12:00"), at("2026-10-25T01:30")
    assert london.instant_of(summer) == at("2026-07-01T11:00Z")
    reading = london.reading_of(night)
    assert (reading.first_utc, reading.second_utc) == (at("2026-10-25T00:30Z"), at("2026-10-25T01:30Z"))
    assert london.start_of(date(2026, 7, 1)) == at("2026-06-30T23:00Z")
    assert london.end_of(date(2026, 7, 1)) == at("2026-07-01T23:00Z")
    assert london.day_of(at("2026-07-01T23:00Z")) == date(2026, 7, 2)
    assert london.local_text(at("2026-07-01T11:00Z")) == "2026-07-01T12:00:00+01:00"
    assert london.utc_text(at("2026-07-01T12:00+01:00")) == "2026-07-01T11:00:00Z"


@pytest.mark.usefixtures("elsewhere")
def test_an_instant_comes_back_in_utc_and_a_local_time_in_londons() -> None:
    instants = [london.instant_of(at("2026-07-01T12:00")), london.instant_of(at("2026-07-01T12:00+02:00"))]
    assert all(found.tzinfo is UTC for found in [*instants, london.start_of(date(2026, 7, 1))])
    assert london.local_time(at("2026-07-01T11:00Z")).utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(
    ("ahead", "days"),
    [
        (timedelta(days=-1), 0), (timedelta(0), 0), (timedelta(microseconds=1), 1), (timedelta(days=1), 1),
        (timedelta(days=1, microseconds=1), 2),
    ],
)  # fmt: skip
def test_the_last_day_begun_is_a_day_left(ahead: timedelta, days: int) -> None:
    now = at("2026-11-26T02:00Z")
    assert london.days_left(now + ahead, now) == days

"""One cell to one value: what can mean only one thing is read, what could mean two is left to a person, the rest is refused."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.intake.tables.values import (
    DayOrder,
    Read,
    read_day,
    read_instant,
    read_number,
    read_partial_day,
    read_text,
    read_whole,
    read_yes_no,
)

DAY = date(2017, 12, 30)


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    "words",
    [
        "2017-12-30", "2017-12-30T00:00:00", "30/12/2017", "30-12-2017", "30.12.2017", "30 Dec 2017", "30th December 2017",
        "30 Rhagfyr 2017", "30-Dec-2017", " 30/12/2017 23:59 ", "12/30/2017", "2017-12-30 10:00:00.123456Z",
    ],
)  # fmt: skip
def test_a_day_that_can_be_read_one_way_only_is_read(words: str) -> None:
    assert read_day(words) == Read(DAY)


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize("words", ["03/04/2020", "3-4-2020", "03.04.2020 10:00"])
def test_a_day_that_could_be_two_is_left_to_a_person_unless_the_order_is_declared(words: str) -> None:
    assert read_day(words) == Read(undecided="date_ambiguous")
    assert read_day(words, DayOrder.DAY_FIRST) == Read(date(2020, 4, 3))
    assert read_day(words, DayOrder.MONTH_FIRST) == Read(date(2020, 3, 4))


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("words", "order", "problem"),
    [
        ("30/12/17", DayOrder.UNDECLARED, "year_of_two_digits"),
        ("1 Jan 17", DayOrder.UNDECLARED, "year_of_two_digits"),
        ("31/02/2017", DayOrder.UNDECLARED, "no_such_day"),
        ("2017-02-30", DayOrder.UNDECLARED, "no_such_day"),
        ("12/30/2017", DayOrder.DAY_FIRST, "no_such_day"),
        ("30 Foo 2017", DayOrder.UNDECLARED, "no_such_day"),
        ("yesterday", DayOrder.UNDECLARED, "date_unreadable"),
        ("30/12-2017", DayOrder.UNDECLARED, "date_unreadable"),
        ("43099", DayOrder.UNDECLARED, "date_unreadable"),
        ("2017-12-30 25:00", DayOrder.UNDECLARED, "time_unreadable"),
        ("2017-12-30 13:00 PM", DayOrder.UNDECLARED, "time_unreadable"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(words: str, order: DayOrder, problem: str) -> None:
    assert read_day(words, order) == Read(problem=problem)


@pytest.mark.parametrize(
    ("words", "order", "instant"),
    [
        ("6/15/2016 11:31:00 PM", DayOrder.MONTH_FIRST, datetime(2016, 6, 15, 23, 31)),  # noqa: DTZ001  # the cell names no zone
        ("6/15/2016 12:05:00 AM", DayOrder.UNDECLARED, datetime(2016, 6, 15, 0, 5)),  # noqa: DTZ001  # the cell names no zone
        ("2016-06-15 09:05", DayOrder.UNDECLARED, datetime(2016, 6, 15, 9, 5)),  # noqa: DTZ001  # the cell names no zone
        ("2016-06-15T09:05:07Z", DayOrder.UNDECLARED, datetime(2016, 6, 15, 9, 5, 7, tzinfo=UTC)),
        (
            "2016-06-15T09:05:07-05:30",
            DayOrder.UNDECLARED,
            datetime(2016, 6, 15, 9, 5, 7, tzinfo=timezone(-timedelta(hours=5, minutes=30))),
        ),
        ("15 Meh 2016 9:05", DayOrder.UNDECLARED, datetime(2016, 6, 15, 9, 5)),  # noqa: DTZ001  # the cell names no zone
    ],
)
def test_an_instant_names_a_zone_only_where_the_cell_does(words: str, order: DayOrder, instant: datetime) -> None:
    assert read_instant(words, order) == Read(instant)


@given(st.dates())
def test_every_day_is_read_back_from_how_it_is_written(day: date) -> None:
    assert read_day(day.isoformat()) == Read(day)
    assert read_day(f"{day.day:02}/{day.month:02}/{day.year:04}", DayOrder.DAY_FIRST) == Read(day)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("1960", Read("1960")),
        ("1960-06", Read("1960-06")),
        ("--06-01", Read("--06-01")),
        ("1/6/1960", Read(undecided="date_ambiguous")),
        ("31/6/1960", Read(problem="no_such_day")),
        ("30/6/1960", Read("1960-06-30")),
        ("", Read(missing="blank")),
        ("1960-13", Read(problem="date_unreadable")),
    ],
)
def test_a_day_of_which_only_a_part_is_known_keeps_that_part(words: str, said: Read[str]) -> None:
    assert read_partial_day(words) == said


@pytest.mark.rule("MSR-02")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("0", Read(0)),
        ("-31", Read(-31)),
        ("−31", Read(-31)),
        ("1,234", Read(1234)),
        ("1,234,567", Read(1234567)),
        (" 12 ", Read(12)),
        ("", Read(missing="blank")),
        ("  ", Read(missing="blank")),
        ("n/a", Read(missing="not_available")),
        ("N/A", Read(missing="not_available")),
        ("..", Read(missing="not_available")),
        ("[x]", Read(missing="not_available")),
        ("[c]", Read(missing="suppressed")),
        ("not supplied", Read(missing="not_supplied")),
        ("-", Read(problem="not_a_whole_number")),
        ("1,23", Read(problem="not_a_whole_number")),
        ("1.5", Read(problem="not_a_whole_number")),
        ("1e3", Read(problem="not_a_whole_number")),
        ("١٢", Read(problem="not_a_whole_number")),
        ("=1+1", Read(problem="not_a_whole_number")),
        ("9" * 16, Read(problem="not_a_whole_number")),
    ],
)
def test_a_count_a_blank_and_not_available_are_three_things(words: str, said: Read[int]) -> None:
    assert read_whole(words) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("-4.311763", Read(-4.311763)), (".5", Read(0.5)), ("3", Read(3.0)), ("1,234.5", Read(1234.5)),
        ("", Read(missing="blank")),
        ("-", Read(problem="not_a_number")), ("1.", Read(problem="not_a_number")), ("nan", Read(problem="not_a_number")),
        ("inf", Read(problem="not_a_number")), ("1e5", Read(problem="not_a_number")),
    ],
)  # fmt: skip
def test_a_number_is_read_and_what_only_a_machine_calls_one_is_not(words: str, said: Read[float]) -> None:
    assert read_number(words) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [("Yes", Read(True)), ("n", Read(False)), ("", Read(missing="blank")), ("maybe", Read(problem="not_yes_or_no"))],
)
def test_yes_and_no(words: str, said: Read[bool]) -> None:
    assert read_yes_no(words) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (" nan ", Read("nan")),
        ("Llŷn\xa0", Read("Llŷn")),
        ("", Read(missing="blank")),
        ("a\nb", Read("a\nb")),
        ("a\x00b", Read(problem="characters_unreadable")),
        ("a\ud800b", Read(problem="characters_unreadable")),
    ],
)
def test_words_are_kept_and_characters_that_cannot_be_stored_are_found(words: str, said: Read[str]) -> None:
    assert read_text(words) == said

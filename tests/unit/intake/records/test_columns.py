"""A column of cells is read as its kind says, and one that could mean two things as neither (INT-03, INT-04)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.clocks.london import GivenBy, day_of, reading_of
from craffu.common.versions import as_said
from craffu.intake.records.columns import Fault, london_day, read_column
from craffu.intake.records.layout import Column
from craffu.intake.tables.values import DayOrder

UNDECLARED, DAY_FIRST, MONTH_FIRST = DayOrder.UNDECLARED, DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST
SEX = Column("sex", "code", values=("M", "F", "X", "U"))
WAYS = Column("channels", "code", values=("telephone", "letter"), many=True)
HOURS = Column("safe_times", "hours", many=True)


@pytest.mark.parametrize(
    ("column", "order", "cell", "value"),
    [
        (Column("surname", "text"), UNDECLARED, "  ap Rhys ", "ap Rhys"),
        (Column("surname", "text"), UNDECLARED, "nan", "nan"),
        (Column("surname", "text"), UNDECLARED, "=HYPERLINK(1)", "=HYPERLINK(1)"),
        (
            Column("telephone", "text", many=True),
            UNDECLARED,
            "01234 567890;; 07700 900123 ;",
            "01234 567890;07700 900123",
        ),
        (Column("words", "text", protected=True), UNDECLARED, "two\nlines", "two\nlines"),
        (SEX, UNDECLARED, " f ", "F"),
        (SEX, UNDECLARED, "", ""),
        (WAYS, UNDECLARED, " Letter; ;telephone", "letter;telephone"),
        (WAYS, UNDECLARED, ";", ""),
        (HOURS, UNDECLARED, "09:00-17:30; 22:00-00:15", "09:00-17:30;22:00-00:15"),
        (Column("d", "date"), UNDECLARED, "2024-02-29", "2024-02-29"),
        (Column("d", "date"), UNDECLARED, "31/01/2024", "2024-01-31"),
        (Column("d", "date"), DAY_FIRST, "03/04/2024", "2024-04-03"),
        (Column("d", "date"), MONTH_FIRST, "03/04/2024", "2024-03-04"),
        (Column("d", "date"), UNDECLARED, "3 Ebrill 2024", "2024-04-03"),
        (Column("d", "date"), UNDECLARED, "9999-12-31", "9999-12-31"),
        (Column("d", "date"), UNDECLARED, "1850-01-01", "1850-01-01"),
        (Column("d", "partial_date"), UNDECLARED, "1850", "1850"),
        (Column("d", "partial_date"), UNDECLARED, "2099-12-31", "2099-12-31"),
        (Column("r", "reference"), UNDECLARED, " Null ", ""),
        (Column("r", "reference"), UNDECLARED, "42/E+7.0", "42/E+7.0"),
        (Column("d", "partial_date"), UNDECLARED, "1960", "1960"),
        (Column("d", "partial_date"), UNDECLARED, "1960-06", "1960-06"),
        (Column("n", "integer"), UNDECLARED, "1,234", "1234"),
        (Column("n", "number"), UNDECLARED, "0.50", "0.5"),
        (Column("n", "yes_no"), UNDECLARED, "Oes", "yes"),
        (Column("n", "yes_no"), UNDECLARED, "0", "no"),
        (Column("t", "instant"), UNDECLARED, "2024-01-31 09:30", "2024-01-31 09:30:00"),
        (Column("t", "instant"), UNDECLARED, "2024-07-01T00:10:30", "2024-06-30 23:10:30"),
        (Column("t", "instant"), UNDECLARED, "2024-07-01T09:00:00Z", "2024-07-01 09:00:00"),
        (Column("t", "instant"), UNDECLARED, "2024-07-01T09:00:00+01:00", "2024-07-01 08:00:00"),
        (Column("t", "instant"), DAY_FIRST, "01/07/2024 09:00", "2024-07-01 08:00:00"),
    ],
)
def test_a_cell_is_read_as_its_column_says(column: Column, order: DayOrder, cell: str, value: str) -> None:
    read = read_column(column, ["", cell], order)
    assert read.values == ["", value]
    assert read.faults == {}


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        (Column("r", "reference"), "x" * 41, Fault("too_long")),
        (Column("surname", "text"), "x" * 201, Fault("too_long")),
        (Column("aliases", "text", person="aliases", many=True), f"A|B;{'x' * 201}", Fault("too_long")),
        (Column("surname", "text"), "a\x00b", Fault("characters_unreadable")),
        (SEX, "Q", Fault("code_not_in_list")),
        (Column("d", "date"), "2023-02-29", Fault("no_such_day")),
        (Column("d", "date"), "2024-W01-1", Fault("date_unreadable")),
        (Column("d", "date"), "0001-01-01", Fault("year_not_meant")),
        (Column("d", "date"), "1 January 1849", Fault("year_not_meant")),
        (Column("d", "partial_date"), "1849", Fault("year_not_meant")),
        (Column("d", "partial_date"), "2100-01", Fault("year_not_meant")),
        (Column("d", "partial_date"), "9999-12-31", Fault("year_not_meant")),
        (Column("t", "instant"), "0001-01-01 00:00:00", Fault("year_not_meant")),
        (Column("t", "instant"), "0001-01-01T00:00:00Z", Fault("year_not_meant")),
        (Column("r", "reference"), "1.5E+12", Fault("reference_rounded")),
        (Column("r", "reference"), "one\ntwo", Fault("characters_unreadable")),
        (Column("d", "date"), "01/02/24", Fault("year_of_two_digits")),
        (Column("d", "partial_date"), "--06-01", Fault("year_missing")),
        (Column("n", "integer"), "-1", Fault("number_out_of_range")),
        (Column("n", "integer"), "99999999999", Fault("number_out_of_range")),
        (Column("n", "integer"), "1.5", Fault("not_a_whole_number")),
        (Column("n", "number"), "some", Fault("not_a_number")),
        (Column("n", "yes_no"), "maybe", Fault("not_yes_or_no")),
        (Column("t", "instant"), "2024-02-30 10:00", Fault("no_such_day")),
        (Column("t", "instant"), "2024-02-10 25:00", Fault("time_unreadable")),
        (Column("t", "instant"), "2024-03-31 01:30", Fault("time_does_not_exist")),
        (Column("t", "instant"), "0001-01-01T00:00:00+14:00", Fault("no_such_day")),
    ],
)
def test_a_cell_that_holds_no_such_value_keeps_what_was_sent_and_says_why(
    column: Column, cell: str, fault: Fault
) -> None:
    read = read_column(column, ["", cell], UNDECLARED)
    assert read.faults == {1: fault}
    assert read.values[1] == cell.strip()


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize("kind", ["date", "partial_date", "instant"])
def test_a_date_of_two_readings_is_for_a_person_unless_the_order_is_declared(kind: str) -> None:
    column = Column("d", kind)
    assert read_column(column, ["03/04/2024"], UNDECLARED).faults == {0: Fault("date_ambiguous", parked=True)}
    assert read_column(column, ["03/04/2024"], DAY_FIRST).faults == {}


@pytest.mark.rule("CLK-01")
def test_of_an_hour_that_came_twice_the_first_is_taken_and_said() -> None:
    read = read_column(Column("t", "instant"), ["2024-10-27 01:30", "2024-10-27T01:30:00Z"], UNDECLARED)
    assert read.values == ["2024-10-27 00:30:00", "2024-10-27 01:30:00"]
    assert read.doubts == {0: "ambiguous_time"}


MOMENTS = st.datetimes(datetime.fromisoformat("1971-01-01"), datetime.fromisoformat("2037-12-31")).map(
    lambda at: at.replace(microsecond=0)
)


@pytest.mark.rule("CLK-01")
@given(st.lists(MOMENTS, min_size=1, max_size=20), st.sampled_from([" ", "T"]))
def test_reading_a_whole_column_quickly_reads_each_time_as_the_one_rule_does(
    moments: list[datetime], sign: str
) -> None:
    read = read_column(Column("t", "instant"), [at.isoformat(sep=sign) for at in moments], UNDECLARED)
    for place, at in enumerate(moments):
        reading = reading_of(at, given_by=GivenBy.INTAKE)
        if reading.utc is None:
            assert read.faults[place].reason == reading.error
        else:
            assert read.values[place] == as_said(reading.utc)
            assert read.doubts.get(place) == reading.flag


@given(MOMENTS)
def test_the_london_day_of_an_instant_is_the_one_rules(moment: datetime) -> None:
    at = reading_of(moment + timedelta(hours=1), given_by=GivenBy.INTAKE).utc
    if at is not None:
        assert london_day(as_said(at)) == day_of(at).isoformat()

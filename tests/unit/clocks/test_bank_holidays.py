"""The proclaimed bank holidays, checked against a second package and against days everyone remembers."""

import socket
from datetime import date, timedelta
from typing import Never

import holidays
import pytest

from craffu.clocks import bank_holidays

pytestmark = pytest.mark.rule("CLK-10")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2022-09-19", "Bank Holiday for the State Funeral of Queen Elizabeth II"),
        ("2023-05-08", "Bank holiday for the coronation of King Charles III"),
        ("2027-03-26", "Good Friday"),
        ("2027-03-29", "Easter Monday"),
        ("2026-12-28", "Boxing Day"),
        ("2027-12-27", "Christmas Day"),
        ("2028-01-03", "New Year’s Day"),
        ("2028-12-26", "Boxing Day"),
    ],
)
def test_a_proclaimed_day_is_a_bank_holiday(day: str, name: str) -> None:
    status = bank_holidays.day_status(date.fromisoformat(day))
    assert status == bank_holidays.DayStatus(date.fromisoformat(day), True, name, False)
    assert bank_holidays.is_bank_holiday(status.day)


@pytest.mark.parametrize(
    "day",
    [
        "2026-12-26",  # by statute, not by proclamation
        "2027-03-17",  # Northern Ireland
        "2026-01-02",  # Scotland
        "2026-11-30",  # Scotland
        "2026-03-01",  # Saint David's Day is none
        "2026-11-24",
    ],
)
def test_other_days_and_other_nations_days_are_not(day: str) -> None:
    status = bank_holidays.day_status(date.fromisoformat(day))
    assert (status.is_bank_holiday, status.name, status.provisional) == (False, None, False)
    assert not bank_holidays.is_bank_holiday(status.day)


@pytest.mark.parametrize(
    ("day", "provisional"),
    [("2011-12-31", True), ("2012-01-01", False), ("2028-12-26", False), ("2028-12-27", True), ("2029-01-01", True)],
)
def test_a_day_the_table_does_not_know_is_provisional(day: str, provisional: bool) -> None:
    assert bank_holidays.is_provisional(date.fromisoformat(day)) is provisional
    assert bank_holidays.day_status(date.fromisoformat(day)).provisional is provisional


def test_the_names_come_in_welsh_too() -> None:
    assert bank_holidays.day_status(date(2026, 12, 28), "cy").name == "Gŵyl San Steffan"
    welsh, english = bank_holidays.proclaimed("cy"), bank_holidays.proclaimed()
    assert welsh.days.keys() == english.days.keys()


def test_a_second_package_knows_the_same_days() -> None:
    table = bank_holidays.proclaimed()
    years = range(table.known_from.year, table.known_to.year + 1)
    second = set(holidays.country_holidays("GB", subdiv="WLS", years=years))
    assert set(table.days) <= second
    # It lists the literal date beside the substitute, which falls on a weekend when there is one.
    assert {day for day in second - set(table.days) if day.weekday() < 5} == set()


def test_the_table_is_read_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*args: object, **kwargs: object) -> Never:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)
    bank_holidays.proclaimed.cache_clear()
    assert bank_holidays.is_bank_holiday(date(2026, 12, 25))


def test_a_table_knows_whole_years_up_to_its_last_day() -> None:
    table = bank_holidays.BankHolidayTable({date(2020, 4, 10): "Good Friday", date(2021, 12, 27): "Christmas Day"})
    assert (table.known_from, table.known_to) == (date(2020, 1, 1), date(2021, 12, 27))
    assert table.is_provisional(table.known_to + timedelta(days=1))


@pytest.mark.parametrize(("language", "name"), [(None, "Boxing Day"), ("en", "Boxing Day"), ("cy", "Gŵyl San Steffan")])
def test_a_bank_holiday_is_named_in_english_unless_welsh_is_asked_for(language: str | None, name: str) -> None:
    day = date(2025, 12, 26)
    status = bank_holidays.day_status(day, language) if language else bank_holidays.day_status(day)
    table = bank_holidays.proclaimed(language) if language else bank_holidays.proclaimed()
    assert status.name == table.days[day] == name

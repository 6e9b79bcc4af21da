"""Decides whether a day is a proclaimed bank holiday in England and Wales, and when that is only provisional (CLK-10).

The dated table is the data packaged with govuk-bank-holidays, never its web address; the days that are bank holidays by
statute alone (Banking and Financial Dealings Act 1971, Sch. 1) are not in it.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class BankHolidayTable:
    """The proclaimed days with their names. Every year from that of the first day to the last day itself is known."""

    days: Mapping[date, str]

    @property
    def known_from(self) -> date:
        """The first day the table knows about."""
        return min(self.days).replace(month=1, day=1)

    @property
    def known_to(self) -> date:
        """The last day the table knows about: its last entry, for nothing is proclaimed beyond it."""
        return max(self.days)

    def is_provisional(self, day: date) -> bool:
        """Whether the table cannot say: the day lies outside what it knows."""
        return not self.known_from <= day <= self.known_to


@dataclass(frozen=True, slots=True)
class DayStatus:
    """Whether a day is a proclaimed bank holiday, by which name, and whether the answer is provisional."""

    day: date
    is_bank_holiday: bool
    name: str | None
    provisional: bool


@functools.cache
def proclaimed(language: str = "en") -> BankHolidayTable:
    """The packaged table for England and Wales, its names in English ('en') or Welsh ('cy')."""
    # What reads the table brings a whole web client with it, which most commands never need.
    from govuk_bank_holidays.bank_holidays import BankHolidays

    # The division is always named: without it the library answers for days common to the whole kingdom.
    packaged = BankHolidays(locale=language, use_cached_holidays=True)
    listed = packaged.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return BankHolidayTable(MappingProxyType({entry["date"]: entry["title"] for entry in listed}))


def is_bank_holiday(day: date) -> bool:
    """Whether a day is a proclaimed bank holiday in England and Wales."""
    return day in proclaimed().days


def is_provisional(day: date) -> bool:
    """Whether a day lies outside what the table knows, so that an answer resting on it is provisional."""
    return proclaimed().is_provisional(day)


def day_status(day: date, language: str = "en") -> DayStatus:
    """All the table says of a day."""
    table = proclaimed(language)
    name = table.days.get(day)
    return DayStatus(day=day, is_bank_holiday=name is not None, name=name, provisional=table.is_provisional(day))

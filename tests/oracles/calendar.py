"""Slow twins of the clock rules: they walk the calendar day by day and the clock minute by minute (CLK-01, CLK-02)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
LONDON = ZoneInfo("Europe/London")


def last_day(start: date, months: int, days: int, *, counts_start: bool) -> tuple[date, bool]:
    """The last day of a period, and whether its months had a corresponding day."""
    day, months_left = start, months
    while months_left:
        day += DAY
        months_left -= day.day == 1
    while day.day != start.day and (day + DAY).day != 1:
        day += DAY
    corresponds = day.day == start.day
    if counts_start and corresponds:
        day -= DAY
    for _ in range(days):
        day += DAY
    return day, corresponds


def instants_shown_as(local: datetime) -> list[datetime]:
    """Every instant, in UTC, at which London's clocks show a wall-clock minute; each minute near it is looked at."""
    start = local.replace(tzinfo=UTC) - timedelta(hours=3)
    near = (start + minute * MINUTE for minute in range(6 * 60 + 1))
    return [instant for instant in near if instant.astimezone(LONDON).replace(tzinfo=None, fold=0) == local]

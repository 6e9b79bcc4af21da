"""The shape of what is typed on the safe page: a day and perhaps a time, as one answer."""

from collections.abc import Mapping
from datetime import date, datetime

from craffu.clocks.london import day_of
from craffu.victims.answering.rules import NOT_SURE
from craffu.web.victims.agreement_forms import clock_time


def when_answer(said: Mapping[str, str], now: datetime) -> str:
    """The day, with its time where one was typed, as ISO 8601; NOT_SURE where that was ticked.

    Raises ValueError for what is no day, or lies ahead; ValidationError for what no clock shows.
    """
    if said.get("unsure"):
        return NOT_SURE
    year, month, day = (int(said.get(part, "").strip()) for part in ("year", "month", "day"))
    on = date(year + 2000 if year < 100 else year, month, day)
    if on > day_of(now):
        raise ValueError("that has not come yet")
    at = said.get("time", "").strip()
    return f"{on.isoformat()}T{clock_time(at)}" if at else on.isoformat()

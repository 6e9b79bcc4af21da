"""Clocks as a rule case file asks for them: plain values in, plain values out. It decides nothing of its own."""

from dataclasses import asdict
from datetime import date
from typing import Any

from craffu.clocks.london import day_of, instant_or_none
from craffu.clocks.working_days import working_days_after


def working_days(event_on: str | None, event_at: str | None, days: int) -> dict[str, Any]:
    """From the day of an event, or from the London day of its instant."""
    at = instant_or_none(event_at)
    return asdict(working_days_after(date.fromisoformat(event_on or "") if at is None else day_of(at), days))

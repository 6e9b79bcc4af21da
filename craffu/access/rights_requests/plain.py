"""A rights request as a rule case file asks about it: plain values in, plain values out. It decides nothing of its own."""

from datetime import date
from typing import Any

from craffu.access.rights_requests import rules
from craffu.access.rights_requests.kinds import Kind


def clock(request: str, received: str, today: str, identity: str | None, answered: str | None) -> dict[str, Any]:
    """The clock of a kind of request. Raises ValueError for a kind that nobody may ask for."""
    found = rules.clock(
        date.fromisoformat(received),
        date.fromisoformat(today),
        identity_confirmed_on=_day(identity),
        answered_on=_day(answered),
    )
    return {
        "request": Kind(request).value,
        "starts_on": found.starts_on,
        "due_day": found.due_day,
        "other_reading": found.other_reading,
        "mark": found.mark,
        "status": found.status,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""Questions about advice as a rule case file asks them: plain values in, plain values out. It decides nothing of its own."""

from datetime import datetime
from typing import Any

from craffu.cases.advice.rules import Followed, advice
from craffu.clocks.london import instant_of, instant_or_none


def stands(asked_at: str, answered_at: str | None, followed: bool | None, reason: str | None) -> dict[str, Any]:
    said = None if followed is None else Followed.YES if followed else Followed.NO
    found = advice(instant_of(datetime.fromisoformat(asked_at)), instant_or_none(answered_at), said, reason or "")
    return {"hours": found.hours, "accepted": found.accepted, "why": list(found.why)}

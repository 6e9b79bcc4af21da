"""Due work as a rule case file asks about it: plain values in, plain values out. It decides nothing of its own."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from craffu.clocks.london import end_of, instant_of, instant_or_none
from craffu.work import rules


def missed(due_day: str, now: str, done_at: str | None, already_raised: Iterable[str] | None) -> dict[str, Any]:
    return asdict(
        rules.missed(
            end_of(date.fromisoformat(due_day)),
            instant_of(datetime.fromisoformat(now)),
            done_at=instant_or_none(done_at),
            already_raised=already_raised or (),
        )
    )

"""Questions about checks as a rule case file asks them: plain values in, plain values out. It decides nothing of its own."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from craffu.cases.risk.rules import Grade
from craffu.clocks.london import start_of
from craffu.orders.monitoring.rules import Part, lacks
from craffu.orders.monitoring.schedule import Graded, Heightened, Scheduled, Watched, paces, schedule

_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NOON: Final = timedelta(hours=12)


def next_check(
    risk: str | None, served_on: str | None, last_done_on: str | None, heightened: bool | None
) -> dict[str, str]:
    """When a condition is checked next. A check that was made, was made on time."""
    began = date.fromisoformat(served_on or last_done_on or "")
    done = [_noon(last_done_on)] if last_done_on else []
    times = [Heightened(began, date.max - timedelta(days=1), _EVER)] if heightened else []
    graded = [Graded(_EVER, Grade(risk) if risk else None)]
    now = done[-1] if done else start_of(began)
    return _said(schedule(_watched(began, graded, times, done), now))


def grade_change(before: str | None, after: str | None, last_done_on: str, on: str) -> dict[str, str]:
    graded = [Graded(_EVER, Grade(before) if before else None), Graded(_noon(on), Grade(after) if after else None)]
    made = _noon(last_done_on)
    return _said(schedule(_watched(date.fromisoformat(last_done_on), graded, [], [made]), _noon(on)))


def method(condition: Mapping[str, str]) -> dict[str, Any]:
    found = lacks(
        {part: condition.get(part.value) or "" for part in Part}, condition.get("not_monitorable_reason") or ""
    )
    return {"accepted": not found, "missing": [one.value for one in found]}


def _watched(began: date, graded: list[Graded], times: list[Heightened], done: list[datetime]) -> Watched:
    return Watched(key="", began=began, known=start_of(began), paces=paces(graded, [], times), done=done)


def _said(checks: list[Scheduled]) -> dict[str, str]:
    return {"due_day": checks[-1].due_on.isoformat()}


def _noon(day: str) -> datetime:
    return start_of(date.fromisoformat(day)) + _NOON

"""`craffu orders forecast`: what will fall due of orders in the coming weeks, and how far earlier forecasts would have been off.

R1a. Figures of the whole force, for whoever may read posts: no order is named. With `--error` each forecast is made as it would
have been then, by what was known then, and what fell due in the same weeks is beside it.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.audit.actions import record_consultation
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.daily.forecasting.errors import HORIZONS, RESAMPLES, Error, error
from craffu.daily.forecasting.queries import Compared, compared, cut_offs, forecast
from craffu.daily.forecasting.rules import WEEKS
from craffu.resourcing.events import POSTS_VIEWED
from craffu.resourcing.permissions import check_can_read_posts
from craffu.resourcing.timing.kinds import Timed
from craffu.resourcing.timing.queries import times_of, times_stated
from craffu.resourcing.timing.rules import TASKS, hours

SAYS: Final = (
    "Minutes for each task are the force's own, or where it has stated none this project's assumption.",
    "What is known on a day is what was recorded by then; an order made later is in no forecast of that day.",
    "Each task is taken to be done on its day. What nobody does keeps the next from falling due, so that a force that is behind"
    " is foreseen more than then falls due.",
    "The interval is of 95 in a hundred, by drawing orders anew, each with all its work.",
)
_HOURS: Final = "hours"


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        check_can_read_posts(by)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    minutes = times_of(times_stated(by))
    everything = by.joining()
    answer = _errors(everything, args.cut_off, minutes) if args.error else _forecast(everything, minutes)
    record_consultation(kind=POSTS_VIEWED, actor=by.actor, refs=(), request=by.request)
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        for line in _error_lines(answer) if args.error else _lines(answer):
            print(line)
    return DONE


def _forecast(by: Acting, minutes: Mapping[Timed, int]) -> dict[str, Any]:
    found = forecast(by, clock.now())
    weeks = [
        {"from": one.first.isoformat(), "to": one.last.isoformat(), **_numbers(one.numbers, minutes)}
        for one in found.weeks
    ]
    return {
        "late": _numbers(found.late, minutes),
        "weeks": weeks,
        "all": _numbers(found.numbers, minutes),
        "minutes": {task.value: minutes[task] for task in TASKS},
        "says": SAYS[:3],
    }


def _numbers(numbers: Mapping[Timed, int], minutes: Mapping[Timed, int]) -> dict[str, Any]:
    return {task.value: numbers.get(task, 0) for task in TASKS} | {_HOURS: round(float(hours(numbers, minutes)), 1)}


def _errors(by: Acting, asked: str | None, minutes: Mapping[Timed, int]) -> dict[str, Any]:
    now = clock.now()
    days = [_day(asked)] if asked else cut_offs(by, now)
    if not days:
        raise NotCarriedOut(
            "orders have not been kept for long enough: a forecast is held against the 13 weeks after it"
        )
    past = [compared(by, day, now, WEEKS) for day in days]
    return {
        "cut_offs": [one.isoformat() for one in days],
        "resamples": RESAMPLES,
        "errors": [
            {"weeks": weeks, "of": name, "what": what, **_told(one)}
            for weeks in HORIZONS
            for name, only_known in (("orders known then", True), ("all orders", False))
            for what, one in _of(past, weeks, minutes, only_known=only_known)
        ],
        "says": SAYS,
    }


def _of(
    past: Sequence[Compared], weeks: int, minutes: Mapping[Timed, int], *, only_known: bool
) -> Iterator[tuple[str, Error]]:
    held = [one.held(weeks, only_known=only_known) for one in past]
    for task in TASKS:
        yield task.value, error(held, {task: 1})
    yield _HOURS, error(held, {task: minutes[task] / 60 for task in TASKS})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise NotCarriedOut(f"'{text}' is no day. Write it as 2026-07-01.") from fault


def _told(one: Error) -> dict[str, Any]:
    return {
        "foreseen": round(one.foreseen, 1), "fell_due": round(one.fell, 1), "error": one.share, "low": one.low,
        "high": one.high, "orders": one.orders,
    }  # fmt: skip


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"{'week from':<12}{''.join(f'{task.value:>14}' for task in TASKS)}{_HOURS:>10}"
    for name, one in (("late", told["late"]), *((one["from"], one) for one in told["weeks"]), ("all", told["all"])):
        yield f"{name:<12}{''.join(f'{one[task.value]:>14}' for task in TASKS)}{one[_HOURS]:>10}"
    yield from told["says"]


def _error_lines(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"{len(told['cut_offs'])} cut-offs, {told['cut_offs'][-1]} to {told['cut_offs'][0]}"
    before = None
    for one in told["errors"]:
        if before != (one["weeks"], one["of"]):
            before = (one["weeks"], one["of"])
            yield f"{one['weeks']} weeks, {one['of']}"
        yield f"  {one['what']:<14} foreseen {one['foreseen']:>8}  fell due {one['fell_due']:>8}  {_share(one)}"
    yield from told["says"]


def _share(one: Mapping[str, Any]) -> str:
    if one["error"] is None:
        return "nothing fell due"
    between = "no interval" if one["low"] is None else f"({one['low']:+.1%} to {one['high']:+.1%})"
    return f"error {one['error']:+.1%} {between}, {one['orders']} orders"

"""How `craffu clock` writes its answers, for people and as JSON: law apart from policy, what is not confirmed marked (CLK-14)."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from craffu.clocks.counted_hours import Stretch
from craffu.clocks.london import local_text, local_time, start_of, utc_text
from craffu.orders.clocks.answers import Answer, Counted, Numbered, Out, Span, Start, Step
from craffu.orders.clocks.catalogue import Bound, Clock
from craffu.orders.clocks.limits import LABELS, Kind

_HOUR: Final = timedelta(hours=1)
_INSTANT: Final = timedelta(microseconds=1)
_ONE_DAY: Final = timedelta(days=1)
# So many days are named one by one.
_EACH: Final = 7
# What the end of a limit means, before its date.
_BOUNDS: Final = {
    Bound.BY: "due",
    Bound.LEAST: "at least to",
    Bound.MOST: "at most to",
    Bound.MORE_THAN: "alert after",
    Bound.LOCKED: "locked to",
    Bound.WATCH: "watch",
    Bound.ON: "on",
}


def answer(found: Answer) -> dict[str, Any]:
    """An answer as one JSON object: its first step at the top, every step under `steps`."""
    return (
        {"clock": found.clock.name, "rule": found.clock.rule}
        | _kind(found.clock)
        | {"from": found.start.day.isoformat() if found.start.instant is None else local_text(found.start.instant)}
        | _step(found.steps[0])
        | {"mark": found.mark, "provisional": any(step.provisional for step in found.steps)}
        | _words(found.clock)
        | {"notes": list(found.notes), "steps": [_step(step) for step in found.steps]}
    )


def table(clocks: Iterable[Clock]) -> dict[str, Any]:
    """Every clock of the table."""
    return {"clocks": [{"clock": clock.name, "rule": clock.rule} | _kind(clock) | _words(clock) for clock in clocks]}


def _kind(clock: Clock) -> dict[str, Any]:
    return {"kind": clock.kind.value, "called": LABELS[clock.kind]}


def _words(clock: Clock) -> dict[str, Any]:
    return {
        "source": clock.source,
        "setting": clock.setting or None,
        "status": clock.status,
        "confirmed": clock.is_confirmed,
        "starts": clock.starts,
        "length": clock.length,
        "leaves_out": clock.leaves_out,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "label": step.label or None,
        "bound": step.bound.value,
        "due": local_text(step.due),
        "due_utc": utc_text(step.due),
        "last_day": step.last_day.isoformat(),
        "act_by": None if step.act_by is None else local_text(step.act_by),
        "mark": step.mark,
        "provisional": step.provisional,
        "counted": [_counted(one) for one in step.counted],
        "excluded": [{"day": out.day.isoformat(), "why": out.why, "in_doubt": out.in_doubt} for out in step.excluded],
    }


def _counted(one: Counted) -> dict[str, Any]:
    match one:
        case Stretch():
            hours = round(one.length / _HOUR, 4)
            return {
                "day": one.day.isoformat(),
                "from": local_text(one.begins),
                "to": local_text(one.ends),
                "hours": hours,
            }
        case Numbered():
            return {"day": one.day.isoformat(), "number": one.number}
        case Span():
            days = (one.last - one.first).days + 1
            return {"from": one.first.isoformat(), "to": one.last.isoformat(), "days": days}


def answer_text(found: Answer) -> str:
    """An answer for people."""
    return "\n".join(_answer_lines(found))


def _answer_lines(found: Answer) -> Iterator[str]:
    clock = found.clock
    yield f"{clock.name} ({clock.rule}): {LABELS[clock.kind]}{'' if clock.is_confirmed else ', not confirmed'}"
    yield _line("from", f"{_started(found.start)}: {clock.starts}")
    for step in found.steps:
        yield from _step_lines(step)
    yield _line("length", f"{clock.length}; leaves out: {clock.leaves_out}")
    yield _line("source", ", ".join(filter(None, (clock.source, clock.setting))) + f" ({clock.status})")
    for note in found.notes:
        yield _line("note", note)


def _step_lines(step: Step) -> Iterator[str]:
    who = f" ({step.label})" if step.label else ""
    yield _line(
        _BOUNDS[step.bound], f"{_ends(step.due, opens=step.due == start_of(step.last_day))}{who}{_mark(step.mark)}"
    )
    if step.act_by is not None:
        yield _line("act by", f"{_ends(step.act_by)}, the earlier reading")
    if step.provisional:
        yield _line("", "provisional: the table of bank holidays does not reach so far")
    if step.counted:
        yield _line("counted", "; ".join(_counted_texts(step.counted)))
    if step.excluded:
        yield _line("left out", "; ".join(_out_text(out) for out in step.excluded))


def _line(head: str, text: str) -> str:
    return f"  {head:<12} {text}"


def _mark(mark: str | None) -> str:
    return f", {mark}" if mark else ""


def _started(start: Start) -> str:
    return _day(start.day) if start.instant is None else f"{_day(start.day)} {_time(start.instant)}"


def _ends(due: datetime, *, opens: bool = False) -> str:
    """A midnight is the end of the day before, unless a day opens with it."""
    local = local_time(due)
    if local.time() == time.min:
        return _day(local.date()) if opens else f"the end of {_day(local_time(due - _INSTANT).date())}"
    return f"{_day(local.date())} {_time(due)}"


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _short(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _time(instant: datetime) -> str:
    return f"{local_time(instant):%H:%M %Z}"


def _counted_texts(counted: Sequence[Counted]) -> Iterator[str]:
    """Each day, or, where they are many, the unbroken runs of them."""
    days = [one for one in counted if isinstance(one, Numbered)]
    if len(days) <= _EACH:
        yield from (_counted_text(one) for one in counted)
        return
    first = days[0]
    for one, after in itertools.zip_longest(days, days[1:]):
        if after is None or after.day - one.day != _ONE_DAY:
            yield _counted_text(first) if first is one else f"{_counted_text(first)} to {_counted_text(one)}"
            first = after


def _counted_text(one: Counted) -> str:
    match one:
        case Stretch():
            return f"{_short(one.day)} {one.length / _HOUR:g} h"
        case Numbered():
            return f"{one.number}. {_short(one.day)}"
        case Span():
            return f"{_day(one.first)} to {_day(one.last)}"


def _out_text(out: Out) -> str:
    return f"{_short(out.day)} {out.why}{' (in doubt)' if out.in_doubt else ''}"


def table_text(clocks: Iterable[Clock]) -> str:
    """The table for people: law first, then the Code and guidance, the force's own policy last."""
    rows = list(clocks)
    width = max(len(clock.name) for clock in rows)
    lines = []
    for kind in Kind:
        lines.append(f"{LABELS[kind]}:")
        for clock in rows:
            if clock.kind is kind:
                mark = "" if clock.is_confirmed else " (not confirmed)"
                lines.append(f"  {clock.name:<{width}}  {clock.rule:<7}  {clock.starts}: {clock.length}{mark}")
    return "\n".join(lines)

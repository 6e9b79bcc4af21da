"""How each promise, piece of news, revisit and measure truly stands at the end of the last day.

Worked out once more from what was made, in whole numbers and without the product's rules (VIC-01 to VIC-05, VIC-08).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from craffu.config.generate.days import A_DAY
from craffu.config.generate.witness_care.agreeing import asked_for, revisit_due
from craffu.config.generate.witness_care.happened import Event
from craffu.config.generate.witness_care.held import Contacted, Held, Promised
from craffu.config.generate.witness_care.hours import AN_HOUR, passed
from craffu.config.generate.witness_care.kinds import kinds
from craffu.config.generate.witness_care.telling import is_wanted, limit


@dataclass(frozen=True, slots=True)
class News:
    """A piece of news and how both its clocks stand; empty where it has none of that kind."""

    event: Event
    entitlement: str
    told: int | None
    code_due: int | None
    code: str
    safety_due: int | None
    safety: str


@dataclass(frozen=True, slots=True)
class Revisit:
    day: int
    occasions: tuple[str, ...]
    due: int
    done: int | None
    status: str


def promise(held: Held, one: Promised, last: int) -> str:
    """How a promise stands: what was made for it counts, then an excuse, then the time."""
    ours = sorted((each for each in held.contacts if not each.hers), key=lambda each: each.at)
    made = next((each for each in ours if each.promise == one.ref and each.reached), None)
    if made is not None and made.channel not in one.channels:
        return "wrong_channel"
    if made is not None and made.at <= one.due:
        return "kept"
    excuse = next((each for each in held.excuses if each.promise == one.ref), None)
    if excuse is not None and (excuse.reason != "not_reachable_with_attempts" or _was_tried(one, ours)):
        return "excused"
    if made is not None:
        return "late"
    return "missed" if last > one.due else "running"


def _was_tried(one: Promised, ours: list[Contacted]) -> bool:
    """Three attempts on two days by two safe channels, or by the only one, no later than the day it was due."""
    tried = [
        each
        for each in ours
        if not each.reached
        and one.promised <= each.at < (one.due // A_DAY + 1) * A_DAY
        and each.channel in one.channels
    ]
    ways = {each.channel for each in tried}
    return len(tried) >= 3 and len({each.at // A_DAY for each in tried}) >= 2 and len(ways) >= min(2, len(one.channels))


def news(held: Held, last: int) -> Iterator[News]:
    """All that they are told of and how it stands; what they do not want to hear of is `not_wanted`."""
    told: dict[int, int] = {}
    for telling in held.tellings:
        told[telling.event] = min(telling.at, told.get(telling.event, telling.at))
    for event in held.owed():
        kind = kinds()[event.kind]
        if not (kind.code_event or kind.safety_event):
            continue
        entitlement, at = held.entitlement(event.day), told.get(event.number)
        due = limit(kind, event, entitlement)[1] if kind.code_event else None
        code = "" if due is None else _in_days(due, at, last) if is_wanted(held, event) else "not_wanted"
        safety = _critical(event, at, last) if kind.safety_event else ""
        ends = _told_by(event) if kind.safety_event else None
        if kind.safety_event and event.known is not None and event.known < event.at:
            ends = event.at
        yield News(event, entitlement, at, due, code, ends, safety)


def _in_days(due: int, done: int | None, last: int) -> str:
    if done is not None:
        return "on_time" if done // A_DAY <= due else "late"
    return "running" if last // A_DAY <= due else "missed"


def _told_by(event: Event) -> int:
    """The minute on the clock that is an hour after it was and was known of."""
    base = max(event.at, event.learnt)
    return base + AN_HOUR + (AN_HOUR if passed(base + AN_HOUR) == passed(base) else 0)


def _critical(event: Event, told: int | None, last: int) -> str:
    foreseen = event.known is not None and event.known < event.at
    ends = passed(max(event.at, event.learnt)) + AN_HOUR
    if told is None:
        if foreseen and last < event.at:
            return "warning_due"
        return "running" if passed(last) <= ends else "missed"
    if foreseen and told < event.at:
        return "warned"
    if passed(told) > ends:
        return "late"
    return "told_not_warned" if foreseen else "in_time"


def revisits(held: Held, last: int) -> Iterator[Revisit]:
    """Each revisit that was due, and the first time they were asked again after it."""
    if not held.versions:
        return
    first = held.versions[0].day
    asked = sorted((one.day, bool(one.occasion)) for one in held.versions if one.day > first or one.occasion)
    for day, events in asked_for(held, last):
        due = revisit_due(day, events)
        done = next((on for on, because in asked if on > day or (on == day and because)), None)
        occasions = tuple(sorted({kinds()[one.kind].occasion for one in events}))
        yield Revisit(day, occasions, due, done, _in_days(due, None if done is None else done * A_DAY, last))

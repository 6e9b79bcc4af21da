"""`craffu clock`: any clock of law, Code, guidance or policy, worked out from its start and explained (CLK-01 to CLK-14).

It reads what was typed, asks the pure clocks of `craffu.orders.clocks` and prints. It needs no database and no Django.
"""

import argparse
import difflib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from craffu.clocks.counted_days import Away
from craffu.clocks.london import day_of, instant_of, local_text, reading_of, start_of
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands import clock_text
from craffu.orders.clocks.answers import Answer, CannotAnswer, Facts, Start, work_out
from craffu.orders.clocks.catalogue import CODE_PREFIX, CODE_ROW, Clock, UnknownClock, catalogue
from craffu.orders.clocks.terms import ADULT_FROM

# Options that say what a limit hangs on, as they were typed.
_TOLD: Final = ("risk", "event", "entitlement", "group", "investigator")
# Options that bear on some clocks only.
_BEARS: Final = (
    *_TOLD, "age", "made", "served", "arrested", "last_day", "known", "section", "extensions", "stood_still", "left_out",
    "surrender",
)  # fmt: skip
# Said for the last day of an order without end.
_NEVER: Final = "none"
_RISKS: Final = ("high", "medium", "standard", "unassessed")
_ENTITLEMENTS: Final = ("enhanced", "standard")
_ELSEWHERE: Final = ("FCA", "HMRC", "NCA", "SFO")
_EXAMPLE: Final = "a day like 2026-11-24, or a time like 2026-11-24T15:00 or with an offset"


def run(args: argparse.Namespace) -> int:
    """Print the table, or one clock worked out. Raises NotCarriedOut where something said cannot be used."""
    if args.list:
        listed = [catalogue().clock(name) for name in catalogue().names()]
        print(json.dumps(clock_text.table(listed), ensure_ascii=False) if args.json else clock_text.table_text(listed))
        return DONE
    if args.rule is None:
        raise NotCarriedOut("name a clock, or see them all with craffu clock --list")
    answer = _answer(args)
    print(json.dumps(clock_text.answer(answer), ensure_ascii=False) if args.json else clock_text.answer_text(answer))
    return DONE


def _answer(args: argparse.Namespace) -> Answer:
    clock = _clock(args.rule, args.event, None)
    started_by, start = _start(args, clock)
    clock = _clock(args.rule, args.event, start.day)
    facts = Facts(
        told=_told(args, clock),
        made_on=_day(args, "made"),
        served_at=_instant(args, "served"),
        known=_moment(args, "known"),
        stood_still_days=_number(args, "stood_still") or 0,
        away=[_away(text) for text in args.left_out],
        section=args.section,
        extensions=_number(args, "extensions") or 0,
        surrenders_at=_instant(args, "surrender"),
        from_arrest=started_by == "arrested",
        endless=started_by == "made" and args.last_day == _NEVER,
    )
    try:
        found = work_out(clock, start, facts)
        return replace(found, notes=(*found.notes, *_idle(args, clock, started_by)))
    except (CannotAnswer, OverflowError) as fault:
        raise NotCarriedOut(str(fault)) from fault
    except ValueError as fault:
        raise NotCarriedOut(f"{clock.name} cannot be worked out from that: {fault}") from fault


def _idle(args: argparse.Namespace, clock: Clock, started_by: str) -> list[str]:
    """That an option was said which does not bear on the clock."""
    bears = (
        clock.takes
        | clock.needs
        | {started_by, clock.start_option, *(name for limit in clock.limits for name in limit.when)}
    )
    if clock.name.startswith(CODE_PREFIX):
        bears |= {"event"}
    said = [name for name in _BEARS if getattr(args, name) and name not in bears]
    return [f"--{name.replace('_', '-')} does not bear on this clock." for name in said]


def _clock(name: str, event: str | None, on: date | None) -> Clock:
    """The clock by its name; those of the Code by their event, written with either kind of dash."""
    wanted = name.strip()
    if wanted in {CODE_ROW, CODE_PREFIX.rstrip("-")}:
        if event is None:
            raise NotCarriedOut(f"{wanted} needs --event: one of {', '.join(_code_events())}")
        wanted = CODE_PREFIX + event
    if wanted.startswith(CODE_PREFIX):
        wanted = CODE_PREFIX + wanted.removeprefix(CODE_PREFIX).replace("-", "_")
    try:
        return catalogue().clock(wanted, on)
    except UnknownClock as fault:
        near = difflib.get_close_matches(wanted, catalogue().names(), n=3)
        meant = f"did you mean {' or '.join(near)}?" if near else "see craffu clock --list"
        raise NotCarriedOut(f"{fault}: {meant}") from fault


def _code_events() -> list[str]:
    return [name.removeprefix(CODE_PREFIX) for name in catalogue().names() if name.startswith(CODE_PREFIX)]


def _start(args: argparse.Namespace, clock: Clock) -> tuple[str, Start]:
    """The start that was said, by --from or by the option that says the same for this clock, and which of the two."""
    named = clock.start_option if clock.start_option and getattr(args, clock.start_option) else ""
    if named == "last_day" and args.last_day == _NEVER:
        named = "made"
    option = "start" if args.start is not None else named
    start = _moment(args, option) if option else None
    if start is None:
        also = f" or --{clock.start_option.replace('_', '-')}" if clock.start_option else ""
        raise NotCarriedOut(f"say when {clock.name} starts ({clock.starts}): --from{also}, {_EXAMPLE}")
    return option, start


def _told(args: argparse.Namespace, clock: Clock) -> dict[str, str]:
    told = {name: str(getattr(args, name)) for name in _TOLD if getattr(args, name) is not None}
    _one_of(told, "risk", _RISKS)
    _one_of(told, "entitlement", _ENTITLEMENTS)
    _one_of(told, "group", ("2", "3"))
    _one_of(told, "investigator", ("police", *_ELSEWHERE))
    if "investigator" in told:
        told["investigator"] = "elsewhere" if told["investigator"] in _ELSEWHERE else "police"
    if clock.name.startswith(CODE_PREFIX):
        told.pop("event", None)
    age = _number(args, "age")
    if age is not None:
        told["age"] = "adult" if age >= ADULT_FROM else "under_18"
    if args.later:
        told["step"] = "later"
    return told


def _one_of(told: dict[str, str], name: str, choices: tuple[str, ...]) -> None:
    if name in told and told[name] not in choices:
        raise NotCarriedOut(f"--{name} {told[name]}: one of {', '.join(choices)}")


def _moment(args: argparse.Namespace, option: str) -> Start | None:
    text = getattr(args, option)
    return None if text is None else _read(text, "from" if option == "start" else option, args.occurrence)


def _day(args: argparse.Namespace, option: str) -> date | None:
    moment = _moment(args, option)
    return None if moment is None else moment.day


def _instant(args: argparse.Namespace, option: str) -> datetime | None:
    moment = _moment(args, option)
    return None if moment is None else moment.instant or start_of(moment.day)


def _read(text: str, option: str, occurrence: str | None) -> Start:
    """A day, or one instant: a London time that does not exist is refused, one that comes twice is asked about (CLK-01)."""
    said = f"--{option.replace('_', '-')} {text}"
    if occurrence not in {None, "first", "second"}:
        raise NotCarriedOut(f"--occurrence {occurrence}: first or second")
    day = _or_none(date.fromisoformat, text)
    if day is not None:
        return Start(day)
    moment = _or_none(datetime.fromisoformat, text)
    if moment is None:
        raise NotCarriedOut(f"{said} is no time: give {_EXAMPLE}")
    try:
        reading = reading_of(moment, occurrence=occurrence)
        if reading.utc is not None:
            return Start(day_of(reading.utc), instant_of(reading.utc))
    except OverflowError as fault:
        raise NotCarriedOut(f"{said} lies outside the calendar") from fault
    if reading.first_utc is None or reading.second_utc is None:
        raise NotCarriedOut(f"{said} does not exist in London, where the clocks go forward over it: give another time")
    both = f"{local_text(reading.first_utc)} and {local_text(reading.second_utc)}"
    raise NotCarriedOut(f"{said} comes twice in London, {both}: add --occurrence first or second")


def _or_none[T](read: Callable[[str], T], text: str) -> T | None:
    try:
        return read(text)
    except ValueError:
        return None


def _number(args: argparse.Namespace, option: str) -> int | None:
    text = getattr(args, option)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        raise NotCarriedOut(f"--{option.replace('_', '-')} {text} is no number: give one like 16")
    return int(text)


def _away(text: str) -> Away:
    first, _, last = text.partition("/")
    try:
        return Away(date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError as fault:
        raise NotCarriedOut(
            f"--left-out {text}: give the first and the last day, like 2026-11-04/2026-11-10"
        ) from fault

"""Any clock of the table worked out from its start: when it is due, what it counted, what it left out, and what it rests on.

CLK-01 to CLK-14 say how; the table says which. What a clock needs to be told comes in as facts.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from craffu.clocks.bank_holidays import is_provisional
from craffu.clocks.counted_days import Away, counted_days
from craffu.clocks.counted_hours import Stretch, counted_hours
from craffu.clocks.left_out import DayOut, LeftOut, left_out
from craffu.clocks.lengths import CalendarLength, calendar_length, elapsed_length
from craffu.clocks.london import day_of, due, end_of, start_of
from craffu.clocks.periods import NOT_CONFIRMED, Counting, period
from craffu.clocks.working_days import working_days_after
from craffu.orders.clocks.catalogue import Bound, Clock, Counts, Limit
from craffu.orders.clocks.hearings import is_for_court_of_surrender
from craffu.orders.clocks.terms import BY_VARIATION, EXTENDED, ONCE
from craffu.orders.clocks.watches import DAYS_BEFORE, expiry_watches

AWAY: Final = "time in custody, in hospital or abroad"
UNASSESSED: Final = "unassessed"
_ONE_DAY: Final = timedelta(days=1)


class CannotAnswer(ValueError):
    """A clock that cannot be worked out from what was said; the message says what to say."""


@dataclass(frozen=True, slots=True)
class Start:
    """When a clock starts: an instant, or a London day whose time nobody said."""

    day: date
    instant: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What else bears on a clock.

    `told` are the facts its limits hang on, by name. `from_arrest`: the start that was said is an arrest. `endless`: the order
    has no last day, and the start is its making.
    """

    told: Mapping[str, str] = field(default_factory=dict)
    made_on: date | None = None
    served_at: datetime | None = None
    known: Start | None = None
    stood_still_days: int = 0
    away: Collection[Away] = ()
    section: str | None = None
    extensions: int = 0
    surrenders_at: datetime | None = None
    from_arrest: bool = False
    endless: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """A day that counts, and which one it is."""

    day: date
    number: int


@dataclass(frozen=True, slots=True)
class Span:
    """An unbroken run of days of a period counted in months or years."""

    first: date
    last: date


type Counted = Stretch | Numbered | Span


@dataclass(frozen=True, slots=True)
class Out:
    """A day that was left out, and why."""

    day: date
    why: str
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One end of a clock.

    `due` is exclusive (UTC), `last_day` the last London day that counts; police work to `act_by` where there is one.
    """

    due: datetime
    last_day: date
    bound: Bound = Bound.BY
    label: str = ""
    counted: tuple[Counted, ...] = ()
    excluded: tuple[Out, ...] = ()
    act_by: datetime | None = None
    provisional: bool = False
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A clock worked out: its steps, of which the first is the one to look at first, and what must be said beside them."""

    clock: Clock
    start: Start
    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()

    @property
    def mark(self) -> str | None:
        return next((step.mark for step in self.steps if step.mark), None)


@dataclass(frozen=True, slots=True)
class _Asked:
    clock: Clock
    start: Start
    facts: Facts
    limits: tuple[Limit, ...]


def work_out(clock: Clock, start: Start, facts: Facts | None = None) -> Answer:
    """The answer of a clock. Raises CannotAnswer."""
    asked = facts or Facts()
    _check(clock, asked)
    told, notes = _supposed(clock, asked.told)
    limits = [limit for limit in clock.limits if limit.holds(told)]
    if clock.limits and not limits:
        raise CannotAnswer(f"{clock.name} has no limit for {', '.join(sorted(told.values()))}")
    begins = Start(start.day + _ONE_DAY) if clock.day_after and asked.from_arrest else start
    worked = _WORKED[clock.counts](_Asked(clock, begins, asked, tuple(limits)))
    steps = tuple(step if clock.is_confirmed else replace(step, mark=NOT_CONFIRMED) for step in worked)
    return Answer(clock, begins, steps, (*clock.notes, *notes, *_said_beside(clock, start, steps[0], asked)))


def _check(clock: Clock, facts: Facts) -> None:
    for name in sorted(clock.needs):
        if name not in facts.told:
            raise CannotAnswer(f"{clock.name} needs --{name}: one of {', '.join(clock.choices(name))}")
    for name, value in facts.told.items():
        choices = clock.choices(name)
        if name in clock.needs and value not in choices:
            raise CannotAnswer(f"--{name} {value} is not known to {clock.name}: one of {', '.join(choices)}")
    if facts.section is not None and "section" in clock.takes:
        _check_section(facts.section, facts.extensions)


def _check_section(section: str, extensions: int) -> None:
    how = EXTENDED.get(section)
    if how is None:
        raise CannotAnswer(f"--section {section}: an occupation order is made under one of {', '.join(EXTENDED)}")
    if how == BY_VARIATION:
        raise CannotAnswer(f"under section {section} an occupation order is extended by variation: no clock runs")
    if how == ONCE and extensions:
        raise CannotAnswer(f"under section {section} an occupation order is extended once only: no clock runs")


def _supposed(clock: Clock, told: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The facts with what is supposed where nothing was said, and what to say about that."""
    facts, notes = {name: value for name, value in told.items() if value != UNASSESSED}, []
    if clock.choices("step"):
        facts.setdefault("step", "later" if "risk" in told else "first")
    if "risk" not in facts and any("risk" in limit.when for limit in clock.limits if limit.holds(facts)):
        facts["risk"] = "high"
        notes.append("Not assessed, so it runs as at high risk (RSK-02).")
    if clock.choices("entitlement") and "entitlement" not in facts:
        facts["entitlement"] = "enhanced"
        notes.append("Enhanced entitlement, the force's default for victims of stalking.")
    if clock.choices("investigator"):
        facts.setdefault("investigator", "police")
    return facts, notes


def _said_beside(clock: Clock, start: Start, step: Step, facts: Facts) -> list[str]:
    said = []
    if clock.name == "dapo-initial-notification" and facts.served_at is not None and facts.served_at >= step.due:
        said.append(f"Not served until {day_of(facts.served_at)}: both dates are shown and no breach is presumed.")
    if facts.surrenders_at is not None and "surrender" in clock.takes and start.instant is not None:
        there = is_for_court_of_surrender(start.instant, facts.surrenders_at)
        said.append("Before the court of surrender." if there else "Not within 24 hours before the time to surrender.")
    if facts.stood_still_days and "stood_still" in clock.takes:
        said.append(f"{facts.stood_still_days} days that do not count have moved the end.")
    return said


def _days(asked: _Asked) -> list[Step]:
    return [_day_step(asked.clock, asked.start.day, asked.facts, limit) for limit in asked.limits]


def _day_step(clock: Clock, day: date, facts: Facts, limit: Limit) -> Step:
    length = calendar_length(limit.length)
    if length.months:
        return _months(clock, day, facts, limit, length)
    away = facts.away if "left_out" in clock.takes else ()
    first = day if clock.first_day else day + _ONE_DAY
    days = counted_days(first, length.days, away)
    return Step(
        days.ends,
        days.last_day,
        limit.bound,
        limit.label,
        counted=tuple(Numbered(day, number) for number, day in enumerate(days.counted, start=1)),
        excluded=tuple(Out(day, AWAY) for day in days.excluded),
    )


def _months(clock: Clock, day: date, facts: Facts, limit: Limit, length: CalendarLength) -> Step:
    runs = period(day, length, Counting.BEGINNING_WITH if clock.first_day else Counting.AFTER)
    stood = timedelta(days=facts.stood_still_days if "stood_still" in clock.takes else 0)
    last, act_by = runs.last_day + stood, runs.act_by + stood
    differs = act_by != last
    return Step(
        end_of(last),
        last,
        limit.bound,
        limit.label,
        counted=(Span(runs.first_day, last),),
        act_by=end_of(act_by) if differs else None,
        mark=NOT_CONFIRMED if differs else None,
    )


def _working_days(asked: _Asked) -> list[Step]:
    return [_working_step(asked.start.day, limit) for limit in asked.limits]


def _working_step(day: date, limit: Limit) -> Step:
    found = working_days_after(day, limit.working_days)
    every = (day + timedelta(days=number) for number in range(1, (found.due_day - day).days + 1))
    counted = [one for one in every if one not in found.skipped]
    return Step(
        found.ends,
        found.due_day,
        limit.bound,
        limit.label,
        counted=tuple(Numbered(one, number) for number, one in enumerate(counted, start=1)),
        excluded=_out(left_out(one, tuple(DayOut)) for one in found.skipped),
        provisional=found.provisional or is_provisional(day),
    )


def _out(days: Iterable[LeftOut | None]) -> tuple[Out, ...]:
    return tuple(Out(one.day, one.why.value, one.in_doubt) for one in days if one is not None)


def _hours(asked: _Asked) -> list[Step]:
    return [_hour_step(asked.clock, _instant(asked.clock, asked.start), limit) for limit in asked.limits]


def _instant(clock: Clock, start: Start) -> datetime:
    if start.instant is None:
        raise CannotAnswer(f"{clock.name} counts hours: say the time too, like {start.day}T15:00")
    return start.instant


def _hour_step(clock: Clock, at: datetime, limit: Limit) -> Step:
    if limit.at_once:
        return Step(at, day_of(at - datetime.resolution), limit.bound, limit.label)
    found = counted_hours(at, elapsed_length(limit.length), clock.out)
    return Step(
        found.due,
        found.last_day,
        limit.bound,
        limit.label,
        counted=found.counted,
        excluded=_out(found.excluded),
        act_by=found.act_by,
        provisional=found.provisional,
        mark=found.mark,
    )


def _hours_after_day(asked: _Asked) -> list[Step]:
    return [_hour_step(asked.clock, end_of(asked.start.day), limit) for limit in asked.limits]


def _known_on(facts: Facts) -> date | None:
    return None if facts.known is None else facts.known.day


def _days_before(asked: _Asked) -> list[Step]:
    """Raised so many days before a date, or at once where that was known only later."""
    day = asked.start.day
    known = _known_on(asked.facts) or date.min
    if known > day:
        raise CannotAnswer(f"{day} was past when it became known")
    starts = [(limit, day - timedelta(days=calendar_length(limit.length).days)) for limit in asked.limits]
    return [Step(start_of(max(on, known)), max(on, known), limit.bound, limit.label) for limit, on in starts]


def _month_both_ways(asked: _Asked) -> list[Step]:
    """How a month is counted is not confirmed: the earlier reading is worked to, the other stands beside it."""
    length = calendar_length(asked.limits[0].length)
    readings = [period(asked.start.day, length, counting) for counting in Counting]
    first, other = sorted(readings, key=lambda runs: runs.last_day)
    return [
        Step(runs.ends, runs.last_day, label=label, counted=(Span(runs.first_day, runs.last_day),), mark=NOT_CONFIRMED)
        for runs, label in ((first, ""), (other, "the other reading"))
    ]


def _watches(asked: _Asked) -> list[Step]:
    """From the last day of an order, or of one without end from its making; how long it was decides only where it was short."""
    day, facts = asked.start.day, asked.facts
    if facts.endless:
        review = expiry_watches(day, None, _known_on(facts)).indefinite_review_on or day
        return [Step(start_of(review), review, Bound.WATCH, "review of an order without end")]
    made_on = facts.made_on or day - timedelta(days=max(DAYS_BEFORE))
    if made_on > day:
        raise CannotAnswer(f"an order made on {made_on} cannot end on {day}")
    found = expiry_watches(made_on, day, _known_on(facts)).watches
    if not found:
        raise CannotAnswer(f"the order had ended on {day} when it became known: nothing is left to watch")
    return [Step(start_of(watch.on), watch.on, Bound.WATCH, watch.kind.replace("_", " ")) for watch in found]


def _warning(asked: _Asked) -> list[Step]:
    """Before it where its time is known before; within the hour of it, or of its becoming known, in any case."""
    at = _instant(asked.clock, asked.start)
    known = at if asked.facts.known is None else _instant(asked.clock, asked.facts.known)
    last = counted_hours(max(at, known), elapsed_length(asked.limits[0].length))
    told = Step(last.due, last.last_day, label="at the latest", counted=last.counted)
    if known >= at:
        return [replace(told, label="")]
    return [Step(due(at, timedelta()), day_of(at), label="before it happens"), told]


_WORKED: Final[Mapping[Counts, Callable[[_Asked], list[Step]]]] = {
    Counts.DAYS: _days,
    Counts.WORKING_DAYS: _working_days,
    Counts.HOURS: _hours,
    Counts.HOURS_AFTER_DAY: _hours_after_day,
    Counts.DAYS_BEFORE: _days_before,
    Counts.MONTH_BOTH_WAYS: _month_both_ways,
    Counts.WATCHES: _watches,
    Counts.WARNING: _warning,
}

"""The rounds that whoever manages an order makes of its conditions, and what became of each check that was due.

Walked through day by day: each condition has one open check, whose day only ever comes nearer.
"""

from dataclasses import dataclass
from typing import Final

from craffu.config.generate.chance import Lots
from craffu.config.generate.days import A_DAY
from craffu.config.generate.order_watch.held import CheckDue, Planned, Round, Watched
from craffu.config.generate.tables import rate, weights

_FIRST, _GRADE, _CLOSER, _CLOSER_FOR = 7, 7, 3, 28
_LEAVES, _GOES_ROUND = 480, 600
# Conditions that nobody can look at while the respondent is away.
_NEEDS_THEM: Final = frozenset({"exclusion_zone", "extra_notification"})


@dataclass
class _Open:
    """A condition with its open check: counted from a day, due all of another."""

    number: int
    needs_them: bool
    base: int
    due: int
    since: int
    pace: int = _GRADE
    is_first: bool = True
    plan: Planned | None = None
    is_asked: bool = True

    def every(self) -> int:
        return min(self.pace, _FIRST) if self.is_first else self.pace


class _Walk:
    def __init__(self, lots: Lots, held: Watched, last_day: int) -> None:
        assert held.served is not None  # noqa: S101 - nobody checks what was not served
        self._lots, self._held, self._last = lots, held, last_day
        known = (held.service_known or 0) // A_DAY
        self.first_day = known
        floor = max(held.served, known)
        self._lines = [
            _Open(number, type_ in _NEEDS_THEM, held.served, max(floor, held.served + _FIRST), held.served * A_DAY)
            for number, type_ in enumerate(held.conditions, start=1)
        ]
        for plan in held.plans:
            if plan.at < known * A_DAY:
                self._planned_before(plan, floor)
        self._closer: list[int] = []
        self._next: int | None = None
        self._count = 0

    def _planned_before(self, plan: Planned, floor: int) -> None:
        """What was said of a condition before the order was served holds from its service."""
        line = self._lines[plan.condition - 1]
        line.plan, line.is_asked = plan, not plan.cannot
        line.pace = plan.every or _GRADE
        line.due = max(floor, line.base + line.every())

    def walk(self) -> None:
        held = self._held
        ends = held.ends
        for day in range(self.first_day, self._last + 1):
            if ends is not None and day * A_DAY >= ends:
                break
            self._comes_back(day)
            for at, what in sorted(self._of_the_day(day), key=lambda one: one[0]):
                self._happens(at, what)
        if ends is not None and ends <= (self._last + 1) * A_DAY:
            for one in self._lines:
                self._left(one, ends)
        else:
            for one in self._lines:
                if one.is_asked and one.due <= self._last:
                    held.checks.append(CheckDue(one.number, one.due, "missed"))

    def _of_the_day(self, day: int) -> list[tuple[int, object]]:
        found: list[tuple[int, object]] = [(one.at, one) for one in self._held.plans if one.at // A_DAY == day]
        if self._held.away is not None and self._held.away[0] == day:
            found.append((day * A_DAY + _LEAVES, "leaves"))
        told = self._held.notified
        if told is not None and told.found == "false" and told.verified is not None and told.verified // A_DAY == day:
            found.append((told.verified, "closer"))
        if self._goes_round(day):
            found.append((day * A_DAY + _GOES_ROUND, "round"))
        found += [(day * A_DAY, "apace") for began in self._closer if began // A_DAY + _CLOSER_FOR + 1 == day]
        return found

    def _happens(self, at: int, what: object) -> None:
        if isinstance(what, Planned):
            line = self._lines[what.condition - 1]
            line.plan = what
            if what.cannot:
                self._left(line, at)
        elif what == "leaves":
            for line in self._lines:
                if line.needs_them:
                    self._left(line, at)
        elif what == "round":
            self._round(at)
        elif what == "closer":
            self._closer.append(at)
        self._paces(at)

    def _is_closer(self, at: int) -> bool:
        return any(began <= at < (began // A_DAY + _CLOSER_FOR + 1) * A_DAY for began in self._closer)

    def _pace(self, line: _Open, at: int) -> int:
        own = line.plan.every if line.plan is not None and line.plan.every else _GRADE
        return min(_GRADE, own, _CLOSER if self._is_closer(at) else _GRADE)

    def _paces(self, at: int) -> None:
        """Whatever is to be checked more often from now on is due sooner, at once; what less often, when it was."""
        for line in self._lines:
            pace = self._pace(line, at)
            is_quicker, line.pace = pace < line.pace, pace
            if line.is_asked and is_quicker:
                line.due = min(line.due, max(at // A_DAY, line.base + line.every()))

    def _left(self, line: _Open, at: int) -> None:
        """It is asked for no longer: before it was late that is no miss."""
        if line.is_asked and at > line.since:
            status = "cancelled" if at < (line.due + 1) * A_DAY else "missed"
            self._held.checks.append(CheckDue(line.number, line.due, status))
        line.is_asked = False

    def _comes_back(self, day: int) -> None:
        if self._held.away is None or day != self._held.away[1] + 1:
            return
        for line in self._lines:
            if line.needs_them and not (line.plan is not None and line.plan.cannot):
                line.is_asked, line.is_first, line.base, line.since = True, True, day - 1, day * A_DAY
                line.pace = self._pace(line, day * A_DAY)
                line.due = line.base + line.every()

    def _goes_round(self, day: int) -> bool:
        """Whether they go today: by when it was drawn that they would, after the first check that is due."""
        due = min((line.due for line in self._lines if line.is_asked), default=None)
        if due is None:
            return False
        if self._next is None:
            number = self._held.at * 1_000 + self._count
            how = self._lots.pick("round", number, weights("order_watch.round"))
            if how == "on_time":
                self._next = due - self._lots.between("early by", number, 0, 2)
            elif how == "late":
                self._next = due + self._lots.between("late by", number, 1, 4)
            else:
                self._next = due + 9
            self._next = max(self._next, day + (day == self.first_day))
        return day >= self._next

    def _round(self, at: int) -> None:
        number = self._held.at * 1_000 + self._count
        self._count += 1
        asked = [line for line in self._lines if line.is_asked]
        if not asked:
            self._next = None
            return
        if len(asked) > 1 and self._lots.hit("leaves one out", number, rate("order_watch.leaves_one_out")):
            asked.remove(self._lots.one_of("left out", number, asked))
        outcome = self._lots.pick("outcome", number, weights("order_watch.outcome"))
        method = "visit" if any(line.needs_them for line in asked) else "ask_victim"
        self._held.rounds.append(Round(at, tuple(line.number for line in asked), outcome, method))
        self._next = at // A_DAY + 1 if outcome in ("attempted", "refused") else None
        if outcome == "concern":
            self._closer.append(at)
        if outcome in ("done", "concern"):
            for line in asked:
                status = "on_time" if at < (line.due + 1) * A_DAY else "late"
                self._held.checks.append(CheckDue(line.number, line.due, status, at))
                line.base, line.since, line.is_first = at // A_DAY, at, False
                line.pace = self._pace(line, at)
                line.due = line.base + line.pace


def check(lots: Lots, held: Watched, last_day: int) -> None:
    """Fills in the rounds made of an order's conditions and what became of each check, up to the end of the last day."""
    if held.served is not None and held.service_known is not None and held.service_known // A_DAY <= last_day:
        _Walk(lots, held, last_day).walk()

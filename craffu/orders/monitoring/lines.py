"""A condition followed through every version of an order's words, with how it is monitored (MON-02, ORD-15).

What stays word for word keeps its plan and checks; what a variation changes keeps its checks, and is asked for its plan again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from craffu.clocks.london import day_of, end_of, start_of
from craffu.orders.library.rules import Worded
from craffu.orders.life.states import CORRECT_END, ENDS, OrderStatus
from craffu.orders.models import CheckPlanned, Condition, OrderTerms
from craffu.orders.monitoring.rules import Proposed, goes_on, proposed
from craffu.orders.monitoring.schedule import (
    Away,
    Ended,
    Graded,
    Heightened,
    Owned,
    Scheduled,
    Watched,
    paces,
)
from craffu.orders.queries import OrderStory
from craffu.orders.terms import differing
from craffu.orders.terms.differing import How

NOTHING: Final = Proposed()


@dataclass(slots=True)
class Line:
    """One condition of an order from version to version. `asked_with` is the version since which its plan is asked for.

    `plans` are all that was said of how it is monitored, the first first; `confirmed` whether that is of the words that stand.
    """

    story: OrderStory
    first: OrderTerms
    asked_with: OrderTerms
    conditions: list[Condition]
    removed_at: datetime | None = None
    same_since: int = 0
    plans: list[CheckPlanned] = field(default_factory=list)
    proposal: Proposed = NOTHING
    # The times in which it is to be checked, and every check in them.
    times: list[Watched] = field(default_factory=list)
    checks: list[Scheduled] = field(default_factory=list)

    @property
    def condition(self) -> Condition:
        """As it is worded last."""
        return self.conditions[-1]

    @property
    def key(self) -> str:
        return f"{self.first.order_id}:{self.first.number}-{self.conditions[0].number}"

    @property
    def plan(self) -> CheckPlanned | None:
        """What was confirmed of these very words; None where nobody has yet."""
        asked = {one.pk for one in self.conditions[self.same_since :]}
        return next((one for one in reversed(self.plans) if one.condition_id in asked), None)

    @property
    def planned_at(self) -> datetime | None:
        """When somebody first confirmed how these very words are monitored."""
        asked = {one.pk for one in self.conditions[self.same_since :]}
        return next((one.known_from for one in self.plans if one.condition_id in asked), None)

    @property
    def methods(self) -> list[str]:
        """How it is checked: as confirmed last, of whichever words, or else as proposed."""
        return _methods(self.plans[-1] if self.plans else None, self.proposal)

    @property
    def ends(self) -> list[datetime]:
        """When it stops or begins to be checked by its own words."""
        one = self.condition
        return [
            *([start_of(one.first_day)] if one.first_day else []),
            *([end_of(one.last_day)] if one.last_day else []),
        ]

    @property
    def next(self) -> Scheduled | None:
        """The check that is to be made."""
        return next((one for one in self.checks if one.is_open), None)


def _methods(plan: CheckPlanned | None, proposal: Proposed) -> list[str]:
    return list(plan.methods) if plan is not None else [one.value for one in proposal.methods]


def lines_of(story: OrderStory) -> list[Line]:
    """Every condition that the order has or had, those of the words that stand first and in their order."""
    lines: list[Line] = []
    standing: dict[int, Line] = {}
    for terms in story.made:
        after = {one.number: one for one in terms.conditions.all()}
        found: dict[int, Line] = {}
        worded = [_worded(one) for one in after.values()]
        for pair in differing.pairs([_worded(line.condition) for line in standing.values()], worded):
            if pair.after is None and pair.before is not None:
                standing[pair.before.number].removed_at = terms.applies_from
            elif pair.after is not None:
                condition = after[pair.after.number]
                if pair.before is None:
                    line = Line(story, terms, terms, [condition])
                    lines.append(line)
                else:
                    line = standing[pair.before.number]
                    line.conditions.append(condition)
                    if pair.how is not How.SAME:
                        line.asked_with, line.same_since = terms, len(line.conditions) - 1
                found[pair.after.number] = line
        standing = found
    stands = [standing[number] for number in sorted(standing)]
    return [*stands, *(one for one in lines if one not in stands)]


def _worded(one: Condition) -> differing.Worded:
    return differing.Worded(one.number, one.type, one.words, one.words_cy, one.supervisor, one.first_day, one.last_day)


def in_force_since(story: OrderStory) -> tuple[datetime, datetime] | None:
    """Since when checks are made of an order, its service or what stands for it, and since when we know; None before that."""
    order = story.order
    known = next((one.known_from for one in story.moves if one.to_status == OrderStatus.IN_FORCE), None)
    if known is None:
        return None
    bound = [at for at in (order.served_at, order.aware_at) if at is not None]
    began = min(bound) if bound else order.made_at
    return (began, known) if began is not None else None


def plan_of(line: Line, plans: Iterable[CheckPlanned], library: Mapping[str, Worded]) -> None:
    """What was said and what is proposed of how a condition is monitored."""
    mine = {one.pk for one in line.conditions}
    line.plans = [one for one in plans if one.condition_id in mine]
    line.proposal = proposed(line.condition.type, line.condition.library, library)


def watched_of(
    line: Line,
    grades: Sequence[Graded],
    heightened: Sequence[Heightened],
    done: Mapping[int, Sequence[datetime]],
    away: Sequence[Away],
) -> list[Watched]:
    """The times in which a condition is to be checked, with everything that its schedule is worked out from."""
    own = [Owned(one.known_from, one.every_days) for one in line.plans]
    made = [at for one in line.conditions for at in done.get(one.pk, ())]
    hinders = [one for one in away if not goes_on(line.condition.type, _methods_at(line, one.holds_from))]
    paced = paces(grades, own, heightened)
    return [replace(time, paces=paced, done=made, away=hinders) for time in _times(line)]


def _methods_at(line: Line, at: datetime) -> list[str]:
    said = [one for one in line.plans if one.known_from <= at]
    return _methods(said[-1] if said else None, line.proposal)


def _times(line: Line) -> Iterator[Watched]:
    """The times in which a condition is to be checked: from service on, but for those in which nobody can or could."""
    since = in_force_since(line.story)
    if since is None:
        return
    began, known = since
    starts = max(began, line.first.applies_from or began)
    first_day = line.condition.first_day
    first = max(day_of(starts), first_day) if first_day else day_of(starts)
    day: date | None = first
    known, times = max(known, line.first.known_from), 0
    hinders: set[Ended] = set()
    for at, why, holds in _hindered(line, known):
        (hinders.add if holds else hinders.discard)(why)
        if hinders and day is not None:
            yield _until(line, times, day, known, at, why)
            day, times = None, times + 1
        elif not hinders and day is None:
            day, known = max(first, day_of(at)), at
    if day is not None:
        yield _until(line, times, day, known, None, Ended.ORDER_OVER)


def _hindered(line: Line, known: datetime) -> list[tuple[datetime, Ended, bool]]:
    """When each of what hinders every check begins, and when it is over: that a condition cannot be checked, and that the order
    was over on the register by a day that was mistyped, until somebody put it right (ADR 148).
    """
    changes = [(one.known_from, Ended.CANNOT_BE_CHECKED, not one.is_checkable) for one in line.plans]
    ended_at = None
    for move in line.story.moves:
        if move.move == "expire":
            ended_at = move.happened_at
        elif move.move == CORRECT_END and ended_at is not None and move.known_from > known:
            changes += [(ended_at, Ended.ORDER_OVER, True), (move.known_from, Ended.ORDER_OVER, False)]
            ended_at = None
    return sorted(changes, key=lambda change: change[0])


def _until(line: Line, times: int, day: date, known: datetime, stopped: datetime | None, why: Ended) -> Watched:
    order, last_day = line.story.order, line.condition.last_day
    ends = [
        (at, cause)
        for at, cause in (
            (stopped, why),
            (order.ended_at if order.status in ENDS else None, Ended.ORDER_OVER),
            (line.removed_at, Ended.CONDITION_OVER),
            (end_of(last_day) if last_day else None, Ended.CONDITION_OVER),
        )
        if at is not None
    ]
    at, cause = min(ends, default=(None, Ended.ORDER_OVER))
    key = line.key if times == 0 else f"{line.key}+{times}"
    return Watched(key=key, began=day, known=known, ended_at=at, ended=cause)

"""How what a case makes available against one respondent changed, and what happened on the way (ORD-01, ORD-04, ORD-05).

Each point at which the case is otherwise is judged by the same table; what a point adds is what it opens.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from craffu.cases.states import OVER, Stage
from craffu.clocks.london import day_of, end_of, start_of
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.catalogue.reading import kinds
from craffu.orders.catalogue.rules import Entered
from craffu.orders.considering.openings import Decided, Opening, Reached, Why, deferral, stands_at_once
from craffu.orders.considering.reading import REOPENS, CaseTold, Respondent
from craffu.orders.considering.rules import (
    CHECKLIST,
    CONSIDER_WITHIN,
    Checklist,
    Fact,
    Outcome,
    Situation,
    checklist,
    runs_as_high,
    stage_of,
)
from craffu.orders.life.states import ENDS, OrderStatus
from craffu.orders.models import Order

type Event = Opening | Decided | Reached

# An order at one of these is under way or in force: its kind is being pursued.
RUNNING: Final = frozenset({
    OrderStatus.DECIDED, OrderStatus.AUTHORISING, OrderStatus.AUTHORISED, OrderStatus.APPLIED, OrderStatus.ADJOURNED,
    OrderStatus.GRANTED, OrderStatus.IN_FORCE,
})  # fmt: skip
_OF_THE_TABLE: Final = frozenset(row.kind for row in CHECKLIST)


@dataclass(frozen=True, slots=True)
class _Point:
    """From an instant on the case is otherwise."""

    at: datetime
    key: str
    why: Why


@dataclass(frozen=True, slots=True)
class EnteredHere:
    """A commencement that an administrator entered, and since when (ORD-04)."""

    entered: Entered
    known_from: datetime


class Course:
    """One case against one respondent, from its opening to an instant."""

    def __init__(
        self, told: CaseTold, respondent: Respondent, area: str, now: datetime, commenced: Mapping[str, EnteredHere]
    ) -> None:
        self.told, self.respondent, self.area, self.commenced = told, respondent, area, commenced
        self.orders = [one for one in told.orders if one.respondent_id in respondent.records]
        numbers = {one.pk for one in self.orders}
        self.moves = [one for one in told.moves if one.order_id in numbers]
        self.decisions = [one for one in told.decisions if one.order_id in numbers]
        self.outcomes = [ended for record in respondent.records for ended in told.offences.get(record, {}).values()]
        self.situation = self._situation(now)
        self.now = self._list(now)

    @property
    def begins_at(self) -> datetime:
        """With the case, or as they were named, where that was so late that the case's own time was over."""
        named = self.respondent.known_from
        return self.told.opened_at if named <= self.told.opened_at + CONSIDER_WITHIN else named

    @property
    def lives(self) -> Mapping[str, Order]:
        """The order of each kind that has not ended, the last begun; interim orders follow their own."""
        return {one.kind: one for one in self.orders if not one.is_interim and one.status not in ENDS}

    def stands_of(self, order: Order) -> str:
        """The status by the moves that are known: as of an earlier instant it is not the order's own."""
        return next((one.to_status for one in reversed(self.moves) if one.order_id == order.pk), order.status)

    def facts(self, instant: datetime) -> dict[Fact, bool | None]:
        """The facts as far as asked; that acts of stalking are suspected, the police may have recorded themselves."""
        found: dict[Fact, bool | None] = {}
        since = self.told.stalking_since
        if since is not None and max(since, self.told.opened_at) <= instant:
            found[Fact.STALKING] = True
        return found | {Fact(one.fact): one.holds for one in self.told.facts if one.known_from <= instant}

    def _situation(self, instant: datetime) -> Situation:
        stages = [one for one in self.told.stages if one.known_from <= instant] or self.told.stages[:1]
        stage = Stage(stages[-1].stage) if stages else None
        born = self.respondent.born
        return Situation(
            stage_of(stage, self.outcomes), self.area, day_of(instant), born, self.facts(max(instant, self.begins_at))
        )

    def events(self) -> Iterator[Event]:
        """Everything that opened a question or answered one, in no order; what is put off lies ahead."""
        offered: list[tuple[datetime, frozenset[str]]] = []
        before: frozenset[str] = frozenset()
        added_at: list[Opening] = []
        for point in sorted(self._points(), key=lambda one: one.at):
            then = frozenset(self._list(point.at).offered)
            offered.append((point.at, then))
            if (added := then - before) and not self._came_over(point.at):
                added_at.append(Opening(point.key, point.why, point.at, added))
            before = then
        for_all, answers = list(self._opened_for_all()), [*self._decided(), *self._moved()]
        yield from added_at
        instants = {at for at, _kinds in offered} | {one.at for one in (*for_all, *answers)}
        for one in (*self._reported_again(instants), *for_all):
            if not self._came_over(one.at):
                at_that_time = next(
                    (kinds_then for at, kinds_then in reversed(offered) if at <= one.at), frozenset[str]()
                )
                yield replace(one, kinds=one.kinds or at_that_time)
        yield from answers

    def _reported_again(self, instants: Iterable[datetime]) -> Iterator[Opening]:
        """Those new reports alone that may open anything: the first, and the first at and after each instant of something else.

        Once one has opened every kind that is offered, the next change nothing until something else does.
        """
        further, over = self.told.further, self._over_until
        begins = 0 if over is None else bisect_right(further, over, key=_known)
        places = {begins}
        for at in instants:
            places |= {bisect_left(further, at, key=_known), bisect_right(further, at, key=_known)}
        for place in sorted(places):
            if begins <= place < len(further):
                known, made = further[place]
                yield _for_all(f"report:{made.isoformat()}", Why.NEW_REPORT, known, made)

    def _list(self, instant: datetime) -> Checklist:
        entered = {kind: one.entered for kind, one in self.commenced.items() if one.known_from <= instant}
        return checklist(self._situation(instant), kinds(), entered=entered)

    def _came_over(self, instant: datetime) -> bool:
        """What was over when we first heard of it asks nothing of its own past."""
        over = self._over_until
        return over is not None and instant <= over

    @property
    def _over_until(self) -> datetime | None:
        """Until when nothing is asked, since the case was over when we first heard of it."""
        first = self.told.stages[0] if self.told.stages else None
        return first.known_from if first is not None and first.stage in OVER else None

    def _points(self) -> Iterator[_Point]:
        begins = self.begins_at
        yield _Point(begins, "opening", Why.CASE_OPENED if begins == self.told.opened_at else Why.RESPONDENT_NAMED)
        for stage in self.told.stages[1:]:
            if stage.known_from > begins:
                yield _Point(stage.known_from, f"stage:{stage.pk}", Why.NEW_STAGE)
        for fact in self.told.facts:
            if fact.known_from > begins:
                yield _Point(fact.known_from, f"fact:{fact.pk}", Why.NEW_FACT)
        stalking = self.told.stalking_since
        if stalking is not None and stalking > begins:
            yield _Point(stalking, "stalking", Why.NEW_FACT)
        for kind, one in self.commenced.items():
            first = one.entered.effective_from
            since = max(one.known_from, start_of(first)) if first else one.known_from
            if begins < since <= end_of(self.situation.on):
                yield _Point(since, f"commenced:{kind}", Why.FROM_THIS_DAY)
        for day in _days_that_count(kinds(), self.respondent.born):
            if begins < start_of(day) and day <= self.situation.on:
                yield _Point(start_of(day), f"day:{day}", Why.FROM_THIS_DAY)

    def _opened_for_all(self) -> Iterator[Opening]:
        """A breach, a refusal or the end of an order; without kinds, whatever is offered then."""
        for event in self.told.events:
            known = max(event.happened_at, event.known_from)
            yield _for_all(f"event:{event.pk}", Why(REOPENS[event.kind]), known, event.happened_at)
        for row in self.told.opened:
            known = max(row.opened_at, row.known_from)
            yield Opening(
                f"opened:{row.pk}", Why(row.why), known, frozenset(row.kinds or ()), happened_at=row.opened_at
            )
        for move in self.moves:
            if move.move == "refuse":
                yield _for_all(f"move:{move.pk}", Why.REFUSAL, move.known_from, move.happened_at)
            # An interim order ends with its application: that is no end of the protection.
            elif move.to_status in ENDS and move.from_status not in ENDS and move.move != "end_on_determination":
                yield _for_all(f"move:{move.pk}", Why.ORDER_ENDED, move.known_from, move.happened_at)

    def _decided(self) -> Iterator[Event]:
        for one in self.decisions:
            stands = stands_at_once(one.outcome, one.agreed_by_id, runs_as_high=runs_as_high(one.risk))
            yield Decided(one.pk, one.kind, one.outcome, one.at, stands)
            if one.outcome == Outcome.DEFER and one.review_on is not None:
                yield deferral(one.kind, one.pk, start_of(one.review_on))
        mine = {one.pk: one for one in self.decisions}
        for challenge in self.told.challenges:
            if challenge.decision_id in mine:
                kind = mine[challenge.decision_id].kind
                yield Opening(
                    f"challenge:{challenge.pk}", Why.CHALLENGED, challenge.at, frozenset({kind}), challenge.decision_id
                )

    def _moved(self) -> Iterator[Event]:
        """How orders of the kinds came under way and out of it; one considered again is an open question."""
        of_kind = {one.pk: one.kind for one in self.orders if not one.is_interim and one.kind in _OF_THE_TABLE}
        asked_again = {(one.decision_id, one.at) for one in self.told.challenges}
        for move in self.moves:
            kind = of_kind.get(move.order_id)
            if kind is None:
                continue
            yield Reached(kind, move.known_from, move.to_status in RUNNING)
            if move.move == "reopen" and not any(at == move.known_from for _, at in asked_again):
                yield Opening(f"move:{move.pk}", Why.REOPENED, move.known_from, frozenset({kind}))


def _known(report: tuple[datetime, datetime]) -> datetime:
    return report[0]


def _for_all(key: str, why: Why, known: datetime, happened_at: datetime) -> Opening:
    return Opening(key, why, known, frozenset(), happened_at=happened_at)


def _days_that_count(catalogue: Mapping[str, Kind], born: date | None) -> set[date]:
    """The days on which a kind comes into force somewhere, and the birthdays from which somebody is old enough for one."""
    of_table = [catalogue[kind] for kind in _OF_THE_TABLE]
    days = {kind.standing.effective_from for kind in of_table}
    days |= {extent.effective_from for kind in of_table for extent in kind.standing.extents}
    if born is not None:
        days |= {_birthday(born, age) for age in _ages(of_table)}
    return {day for day in days if day is not None}


def _ages(of_table: Iterable[Kind]) -> set[int]:
    return {kind.applying.min_age for kind in of_table if kind.applying.min_age is not None}


def _birthday(born: date, age: int) -> date:
    """Whoever was born on 29 February turns a year older on 1 March of a common year (ORD-05)."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 2, 28) + timedelta(days=1)

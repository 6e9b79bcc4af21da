"""What happened in the cases that witness care looks after: as police, custody and courts have it, and as it was learnt of."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from craffu.config.generate.cases import NO
from craffu.config.generate.chance import Ints, Lots
from craffu.config.generate.courts import PENDING, PRISON, weeks
from craffu.config.generate.custody import detentions_of
from craffu.config.generate.days import A_DAY, NEVER
from craffu.config.generate.tables import rate
from craffu.config.generate.witness_care.hours import eve_of_holiday, moved, next_clock_change
from craffu.config.generate.witness_care.kinds import PLANNED, kinds
from craffu.config.generate.world import World

# How far ahead something planned is known of after the last day.
_AHEAD = 60
# What another force or court did, of which no extract of this force tells.
_ELSEWHERE = (
    "order_refused", "order_varied", "order_relaxed", "order_ended", "appeal", "release_from_prison",
    "referred_to_contact_scheme", "sentence_under_contact_scheme",
)  # fmt: skip
_OUT_OF_COURT = frozenset({"3", "8", "10", "20", "22"})


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in minutes; `known` is when its time was known before it and `received` a day, each or None.

    Its number tells it apart in all draws. A stage that only the police system tells of has `is_stage`.
    """

    number: int
    crime: int
    kind: str
    at: int
    known: int | None
    learnt: int
    received: int | None
    is_stage: bool = False

    @property
    def day(self) -> int:
        return self.at // A_DAY


class Courses:
    """What happened in each case, put together from all that is true of the force."""

    def __init__(self, world: World, lots: Lots) -> None:
        self._world, self._lots = world, lots
        self.last = (world.last_day + 1) * A_DAY - 1
        self._arrests = _arrests(world)
        tried = world.tried
        self._tried = {crime: at for at, crime in enumerate(tried.crime.tolist())}
        self._orders = _of_crimes(world, world.orders.pair, world.orders.made)
        asked = world.applications
        self._refused = _of_crimes(world, asked.pair, asked.heard)
        served = weeks(world.chance.about("sentences"), tried.number) * 7 if len(tried) else np.zeros(0, dtype=np.int64)
        self._out = (tried.last + served // 2).tolist()
        self._charged = world.outcomes.charged.tolist()
        self._decided = world.outcomes.charged_on.tolist()
        self._codes = world.outcomes.last.tolist()

    def of(self, crime: int) -> list[Event]:
        """All of one case, as far as it can be known by the last day."""
        found = (self._event(crime, at, kind, minute) for at, (kind, minute) in enumerate(self._told(crime)))
        return [event for event in found if event is not None]

    def _event(self, crime: int, at: int, kind: str, minute: int) -> Event | None:
        number, lots = crime * 100 + at, self._lots
        if kind in ("bail_conditions_changed", "bail_ended"):
            if lots.hit("at clock change", number, rate("witness_care.near_clock_change")):
                minute = next_clock_change(minute // A_DAY) * A_DAY + lots.below("near midnight", number, 60)
            elif lots.hit("before holiday", number, rate("witness_care.before_holiday")):
                minute = eve_of_holiday(minute // A_DAY) * A_DAY + lots.between("late in the day", number, 900, 1439)
        minute = moved(minute)
        known = self._known(number, kind, minute)
        learnt = minute if known is None else min(known, minute)
        if known is None and lots.hit("learnt late", number, rate("witness_care.learnt_late")):
            learnt = moved(minute + lots.between("learnt", number, 45, 5 * A_DAY))
        if learnt > self.last or minute > self.last + _AHEAD * A_DAY:
            return None
        return Event(number, crime, kind, minute, known, learnt, self._received(number, kind, learnt))

    def _known(self, number: int, kind: str, minute: int) -> int | None:
        if kind not in PLANNED or not self._lots.hit("known", number, rate("witness_care.time_known")):
            return None
        return min(moved(minute - self._lots.between("known before", number, 20, 14 * A_DAY)), minute)

    def _received(self, number: int, kind: str, learnt: int) -> int | None:
        lots = self._lots
        if not kinds()[kind].from_receipt or lots.hit("no receipt", number, rate("witness_care.receipt_not_kept")):
            return None
        return min(learnt // A_DAY + lots.pick("received", number, {0: 6, 1: 3, 2: 1}), self._world.last_day)

    def _told(self, crime: int) -> Iterator[tuple[str, int]]:
        """Each kind with its minute, always in the same order, so that a draw belongs to one of them."""
        world, lots = self._world, self._lots
        recorded = int(world.crimes.recorded[crime])
        is_breach = int(world.crimes.breach[crime]) != NO
        yield "report", int(world.crimes.reported[crime])
        if lots.hit("referred", crime, 0.75):
            yield "referred_to_support", recorded + lots.below("referred at", crime, 2 * A_DAY)
        if world.crimes.offence[crime] == NO:
            yield "decision_not_to_investigate", recorded + lots.between("not investigated", crime, 60, 1_500)
        else:
            yield "screening_decision", recorded + lots.between("screened", crime, 30, 2 * A_DAY)
        if lots.hit("considered", crime, 0.6):
            yield "order_considered", recorded + lots.between("considered at", crime, A_DAY, 4 * A_DAY)
        if is_breach:
            yield "breach_reported", int(world.crimes.reported[crime]) + 5
        yield from self._in_custody(crime, is_breach=is_breach)
        yield from self._decided_on(crime, is_breach=is_breach)
        if crime in self._tried:
            yield from self._at_court(crime, self._tried[crime])
        yield from self._of_orders(crime)
        if lots.hit("elsewhere", crime, rate("witness_care.elsewhere")):
            yield (
                lots.one_of("what elsewhere", crime, _ELSEWHERE),
                recorded + lots.between("when", crime, A_DAY, 200 * A_DAY),
            )

    def _in_custody(self, crime: int, *, is_breach: bool) -> Iterator[tuple[str, int]]:
        lots = self._lots
        if crime not in self._arrests:
            return
        arrested, released, bailed = self._arrests[crime]
        yield "arrest_for_breach" if is_breach else "arrest", arrested
        yield "interview", arrested + min(lots.between("interview", crime, 40, 500), 100)
        if released is None:
            return
        yield "release_from_custody", released
        if bailed:
            if lots.hit("conditions", crime, 0.5):
                yield "bail_conditions_changed", released + lots.between("changed", crime, A_DAY, 60 * A_DAY)
            yield "bail_ended", arrested + lots.between("bail ends", crime, 61 * A_DAY, 89 * A_DAY)

    def _decided_on(self, crime: int, *, is_breach: bool) -> Iterator[tuple[str, int]]:
        day = self._decided[crime]
        if day >= NEVER:
            return
        minute = day * A_DAY + self._lots.between("decided", crime, 9 * 60, 18 * 60)
        if self._charged[crime]:
            yield "charge_for_breach" if is_breach else "charge", minute
        else:
            yield "out_of_court_disposal" if self._codes[crime] in _OUT_OF_COURT else "no_further_action", minute

    def _at_court(self, crime: int, place: int) -> Iterator[tuple[str, int]]:
        lots, tried = self._lots, self._world.tried
        charged, first, last = int(tried.charged[place]), int(tried.first[place]), int(tried.last[place])
        hour = lots.between("hearing", crime, 10 * 60, 16 * 60)
        yield "hearing_listed", charged * A_DAY + lots.between("listed", crime, 18 * 60, 40 * 60)
        if lots.hit("bail heard", crime, 0.4):
            yield "bail_hearing_outcome", first * A_DAY + hour
        if first != last:
            yield "hearing_outcome", first * A_DAY + hour + 15
            if not tried.pleads[place]:
                yield "called_to_give_evidence", last * A_DAY - lots.between("called", crime, 4 * A_DAY, 15 * A_DAY)
        if tried.verdict[place] == PENDING:
            return
        yield "verdict_or_sentence", last * A_DAY + hour + 20
        if not tried.convicted[place]:
            return
        if lots.hit("appeal", crime, 0.12):
            yield "appeal", last * A_DAY + lots.between("appealed", crime, 5 * A_DAY, 21 * A_DAY)
        if tried.sentence[place] == PRISON:
            yield "sentence_under_contact_scheme", last * A_DAY + hour + 20
            yield "referred_to_contact_scheme", last * A_DAY + lots.between("referral", crime, A_DAY, 10 * A_DAY)
            yield "release_from_prison", self._out[place] * A_DAY + lots.between("out", crime, 8 * 60, 14 * 60)

    def _of_orders(self, crime: int) -> Iterator[tuple[str, int]]:
        world, lots = self._world, self._lots
        orders, hour = world.orders, lots.between("order", crime, 10 * 60, 16 * 60)
        for asked in self._refused.get(crime, ()):
            if world.applications.result[asked] == "refused":
                yield "order_refused", int(world.applications.heard[asked]) * A_DAY + hour
        for order in self._orders.get(crime, ()):
            yield "order_granted", int(orders.made[order]) * A_DAY + hour
            if orders.served[order] < NEVER:
                yield "order_served", int(orders.served[order]) * A_DAY + hour + 180
            if orders.varied[order] < NEVER:
                kind = "order_relaxed" if lots.hit("relaxed", order, 0.4) else "order_varied"
                yield kind, int(orders.varied[order]) * A_DAY + hour
            if orders.over[order] < NEVER:
                yield "order_ended", int(orders.over[order]) * A_DAY
            if orders.ends[order] < NEVER and orders.ends[order] - 90 > orders.made[order]:
                yield "order_expiry_watch", (int(orders.ends[order]) - 90) * A_DAY


def _arrests(world: World) -> dict[int, tuple[int, int | None, bool]]:
    """By crime: arrest, release (None: kept in custody) and whether on police bail, as the custody extract has them."""
    held = detentions_of(world)
    at, chance, tried = np.arange(len(held)), world.chance.about("custody"), world.tried
    released = (held.arrested + chance.about("released").between(at, 120, 1_380)).tolist()
    charged = held.tried != NO
    kept = charged & (tried.in_custody[np.maximum(held.tried, 0)] if len(tried) else charged)
    bailed = ~charged & (chance.about("disposal").pick(at, (45, 25, 30)) == 0)
    rows = zip(held.crime.tolist(), held.arrested.tolist(), released, kept.tolist(), bailed.tolist(), strict=True)
    return {crime: (arrest, None if stays else out, bail) for crime, arrest, out, stays, bail in rows}


def _of_crimes(world: World, pairs: Ints, days: Ints) -> dict[int, list[int]]:
    """By crime, what was made of a pair on a day: each belongs to the last crime of the pair recorded before."""
    crimes: dict[int, list[tuple[int, int]]] = {}
    for crime, (pair, recorded) in enumerate(
        zip(world.crimes.pair.tolist(), world.crimes.recorded.tolist(), strict=True)
    ):
        crimes.setdefault(pair, []).append((recorded, crime))
    made: dict[int, list[int]] = {}
    for place, (pair, day) in enumerate(zip(pairs.tolist(), days.tolist(), strict=True)):
        before = [one for one in crimes.get(pair, ()) if one[0] <= day * A_DAY]
        if before:
            made.setdefault(max(before)[1], []).append(place)
    return made

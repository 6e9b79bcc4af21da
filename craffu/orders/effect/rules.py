"""Whether an order is in force, from when a breach can be laid at the respondent's door, and what a breach is: three answers.

ORD-12, ORD-13 and ORD-15; rules.md, Annex A. Whether the law or only our policy waits for awareness is always said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from craffu.clocks.london import day_of, end_of
from craffu.orders.catalogue.kinds import Begins, Breach, Kind, KnownFrom


class RequiredBy(StrEnum):
    """Whether the law or our policy asks that the respondent knew."""

    LAW = "law"
    POLICY = "policy"


class Why(StrEnum):
    """What a person reads beside an answer: why it is so."""

    NOT_MADE = "not_made"
    NOT_SERVED = "not_served"
    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    LAST_DAY_OVER = "last_day_over"
    ENDED = "ended"
    NOT_KNOWN = "not_served_and_not_known"
    BEFORE_LIABILITY = "before_liability"
    LIABLE = "liable"
    NO_BREACH = "cannot_be_breached"


@dataclass(frozen=True, slots=True)
class Happened:
    """What has happened to one order; an instant that has not come is None. `last_day` None is until further order."""

    made_at: datetime | None
    takes_effect_at: datetime | None = None
    served_at: datetime | None = None
    aware_at: datetime | None = None
    last_day: date | None = None
    ended_at: datetime | None = None
    made_without_notice: bool | None = None


@dataclass(frozen=True, slots=True)
class Enforceable:
    """The three answers, apart: in force, liability, and what a breach is; each with why."""

    in_force: bool
    in_force_because: Why
    liability_from: datetime | None
    enforceable: bool
    enforceable_because: Why
    breach_is: Breach
    awareness_required_by: RequiredBy | None


def enforceable(kind: Kind, order: Happened, at: datetime) -> Enforceable:
    """ORD-12: what stands at an instant. An order may be in force while nobody can yet be blamed for not knowing it."""
    begins = begins_at(kind, order)
    why = _why_in_force(kind, begins, order, at)
    liable_from = _liability_from(kind, order, begins)
    blame = _why_enforceable(kind, why, liable_from, at)
    return Enforceable(
        in_force=why == Why.RUNNING,
        in_force_because=why,
        liability_from=liable_from,
        enforceable=blame == Why.LIABLE,
        enforceable_because=blame,
        breach_is=kind.effect.breach_is,
        awareness_required_by=awareness_required_by(kind, made_without_notice=order.made_without_notice),
    )


def begins_at(kind: Kind, order: Happened) -> datetime | None:
    """When it takes effect in law: when made, or later where it says so; a notice binds nobody before its service."""
    if order.made_at is None:
        return None
    starts = order.takes_effect_at or order.made_at
    if kind.effect.begins == Begins.MADE:
        return starts
    return None if order.served_at is None else max(starts, order.served_at)


def served_days(kind: Kind, order: Happened) -> tuple[date, date | None] | None:
    """MSR-06: the London days on which it was served and in force, both included; with no end until further order.

    None where it never was both: nobody served it, or it had ended before it began. Awareness alone is no service.
    """
    begins = begins_at(kind, order)
    if begins is None or order.served_at is None:
        return None
    starts = max(begins, order.served_at)
    ends = min((one for one in (_end_of(order.last_day), order.ended_at) if one is not None), default=None)
    if ends is None:
        return day_of(starts), None
    return (day_of(starts), day_of(ends - datetime.resolution)) if starts < ends else None


def _end_of(day: date | None) -> datetime | None:
    return end_of(day) if day is not None else None


def awareness_required_by(kind: Kind, *, made_without_notice: bool | None) -> RequiredBy | None:
    """ORD-12: the law asks for it before a notice binds, and for an NMO or DAPO made without notice; elsewhere policy does.

    Conditions are imposed in person: nothing more is asked.
    """
    if kind.effect.known_from == KnownFrom.PRESUMED:
        return None
    by_law = kind.effect.begins == Begins.SERVICE or (
        kind.effect.aware_by_law_without_notice and made_without_notice is True
    )
    return RequiredBy.LAW if by_law else RequiredBy.POLICY


def _liability_from(kind: Kind, order: Happened, begins: datetime | None) -> datetime | None:
    if begins is None:
        return None
    known = {
        KnownFrom.PRESUMED: (begins,),
        KnownFrom.SERVICE: (order.served_at,),
        KnownFrom.SERVICE_OR_AWARENESS: (order.served_at, order.aware_at),
    }[kind.effect.known_from]
    first = min((one for one in known if one is not None), default=None)
    return None if first is None else max(begins, first)


def _why_in_force(kind: Kind, begins: datetime | None, order: Happened, at: datetime) -> Why:
    if order.made_at is None:
        return Why.NOT_MADE
    if begins is None:
        return Why.NOT_SERVED
    if order.ended_at is not None and at >= order.ended_at:
        return Why.ENDED
    if order.last_day is not None and at >= end_of(order.last_day):
        return Why.LAST_DAY_OVER
    if at < begins:
        return Why.NOT_BEGUN if at >= order.made_at or kind.effect.begins == Begins.SERVICE else Why.NOT_MADE
    return Why.RUNNING


def _why_enforceable(kind: Kind, in_force: Why, liable_from: datetime | None, at: datetime) -> Why:
    if in_force != Why.RUNNING:
        return in_force
    if kind.effect.breach_is == Breach.NONE:
        return Why.NO_BREACH
    if liable_from is None:
        return Why.NOT_KNOWN
    return Why.LIABLE if at >= liable_from else Why.BEFORE_LIABILITY


class Nature(StrEnum):
    """Whether a term forbids or demands something."""

    PROHIBITION = "prohibition"
    REQUIREMENT = "requirement"


@dataclass(frozen=True, slots=True)
class Period:
    """The days of an order, or of one of its terms, as the sealed order says them; `ended` are instants that cut it short."""

    starts: datetime | None
    last_day: date | None
    ended: tuple[datetime | None, ...] = ()

    def holds(self, at: datetime) -> bool:
        """ORD-13: from the instant it takes effect until midnight, London time, at the end of its last day, or sooner."""
        if self.starts is None or at < self.starts:
            return False
        if self.last_day is not None and at >= end_of(self.last_day):
            return False
        return not any(one is not None and at >= one for one in self.ended)


@dataclass(frozen=True, slots=True)
class Term:
    """One term with the period of its own that the order gives it, if any."""

    id: str
    starts: datetime | None = None
    last_day: date | None = None
    nature: str = Nature.PROHIBITION


def term_in_force(term: Term, order: Period, at: datetime, *, cpn_appeal_pending: bool = False) -> bool:
    """ORD-13: a term never outlives its order; while a CPN is under appeal its requirements are suspended."""
    if not order.holds(at):
        return False
    if cpn_appeal_pending and term.nature == Nature.REQUIREMENT:
        return False
    return Period(term.starts or order.starts, term.last_day).holds(at)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an order's terms, and since when it stands."""

    n: int
    starts: datetime


def version_at(versions: Iterable[Version], at: datetime) -> int | None:
    """ORD-15: the version in force at an instant, by which a breach is judged; None before the first."""
    begun = [one for one in versions if one.starts <= at]
    return max(begun, key=lambda one: (one.starts, one.n)).n if begun else None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as a version words it: what it is known by, and everything else it says."""

    id: str
    says: object


@dataclass(frozen=True, slots=True)
class Difference:
    """How one version differs from the one before, by the conditions' ids in their order."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    amended: tuple[str, ...]
    unchanged: tuple[str, ...]


def difference(before: Sequence[Condition], after: Sequence[Condition]) -> Difference:
    """ORD-15: what a variation added, removed, changed and left."""
    was = {one.id: one.says for one in before}
    is_now = {one.id: one.says for one in after}
    kept = [name for name in is_now if name in was]
    return Difference(
        added=tuple(name for name in is_now if name not in was),
        removed=tuple(name for name in was if name not in is_now),
        amended=tuple(name for name in kept if was[name] != is_now[name]),
        unchanged=tuple(name for name in kept if was[name] == is_now[name]),
    )

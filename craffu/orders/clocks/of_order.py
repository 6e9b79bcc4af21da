"""Which clocks run for one order of a kind, from what happened to it (rules.md, Annex C). It works out none itself.

What nobody has recorded starts no clock. Clocks of monitoring, reviews and breaches start with those.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from craffu.clocks.counted_days import Away, counted_days
from craffu.clocks.london import day_of, end_of
from craffu.orders.catalogue.kinds import Family, Kind
from craffu.orders.clocks.answers import Answer, CannotAnswer, Facts, Start, Step, work_out
from craffu.orders.clocks.catalogue import Bound, catalogue
from craffu.orders.clocks.hearings import Heard
from craffu.orders.clocks.notifications import FROM_SERVICE, SHPO, Notification
from craffu.orders.effect.rules import Happened


class Began(StrEnum):
    """What started a clock."""

    MADE = "made"
    SERVED = "served"
    LAST_DAY = "last_day"
    DUTY_ENDED = "duty_ended"


class State(StrEnum):
    """How a clock stands at an instant."""

    RUNS = "runs"
    OVER = "over"
    KEPT = "kept"
    LATE = "late"
    HEARD = "heard"
    LOCKED = "locked"
    AHEAD = "ahead"
    REACHED = "reached"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Answered:
    """What is known of what the clocks ask for; None is not done so far.

    `notification` is the clock of the first notification, where its rules say whether it runs and from which day (CLK-03 to
    CLK-06); `notified_at` when one that counts was given. `has_terms_at` is when the last of those it protects was given the
    terms in writing since the order bound (VIC-06); an order that `protects_nobody` asks that of none. `heard` is the first
    hearing recorded after a notice (CLK-07). `away` are the days on which the respondent is not there, which only the first
    notification under a sexual harm prevention order leaves out (CLK-03).
    """

    notification: Notification | None = None
    notified_at: datetime | None = None
    has_terms_at: datetime | None = None
    protects_nobody: bool = False
    heard: Heard | None = None
    away: Collection[Away] = ()


@dataclass(frozen=True, slots=True)
class Running:
    """One clock of one order: what started it and when, how it was worked out, and how it stands.

    `done_at` is when what it asks for was done. `presumes_nothing`: the respondent was not bound before it had run out, so that
    it says of no breach (CLK-06). `heard` is the hearing that a notice asks for.
    """

    name: str
    began: Began
    start: datetime | date
    answer: Answer
    step: Step
    state: State
    done_at: datetime | None = None
    presumes_nothing: bool = False
    heard: Heard | None = None


_ON_SERVICE: Final[Mapping[str, tuple[str, ...]]] = {
    "SPO": ("spo-initial-notification",),
    "ISPO": ("spo-initial-notification",),
    "SRO": ("sro-initial-notification",),
    "SHPO": ("shpo-initial-notification",),
    "DVPN": ("dvpn-hearing",),
}
_ON_MAKING: Final[Mapping[str, tuple[str, ...]]] = {
    "SPO": ("spo-discharge-lock", "spo-appeal-watch"),
    "SHPO": ("shpo-discharge-lock",),
    "SRO": ("sro-discharge-lock",),
    "DAPO": ("dapo-initial-notification",),
    "DAPN": ("dapn-hearing",),
    "CPN": ("cpn-appeal",),
}
# An interim order is not locked, and its appeal is that of its main application.
_NOT_OF_INTERIM: Final = ("-discharge-lock", "-appeal-watch")
_UNTIL_SERVED: Final = ("serve-order", "unserved-alert")
_TERMS_TO_VICTIM: Final = "order-terms-to-victim"
_NOTIFICATION: Final = "-initial-notification"
_HEARING: Final = "-hearing"
_GOES_ON: Final = frozenset({State.RUNS, State.LOCKED, State.AHEAD})
# It runs from the making, whether or not the respondent knows of the order.
_BEFORE_BOUND: Final = "dapo-initial-notification"


def clocks_of(
    kind: Kind, order: Happened, answered: Answered, *, is_interim: bool, is_indefinite: bool, now: datetime
) -> list[Running]:
    """The clocks of an order that was made, in the order in which they start; of a notice that has ended as they ended with it.

    Of another order that has ended there is none: what was missed under it stands in its history.
    """
    if order.made_at is None or (order.ended_at is not None and kind.family != Family.NOTICE):
        return []
    at = now if order.ended_at is None else min(now, order.ended_at)
    found = [
        replace(one, presumes_nothing=_presumes_nothing(one, order, at))
        for one in _started(kind, order, answered, is_indefinite=is_indefinite, now=at)
        if not (is_interim and one.name.endswith(_NOT_OF_INTERIM))
    ]
    return found if order.ended_at is None else [_stopped(one) for one in found]


def _stopped(one: Running) -> Running:
    """A clock as it ended with its notice: what still ran, or lay ahead, does so no more."""
    return replace(one, state=State.STOPPED) if one.state in _GOES_ON else one


def _presumes_nothing(one: Running, order: Happened, now: datetime) -> bool:
    """CLK-06: the time ran out before the respondent was served, or is proven to have known of the order."""
    if one.name != _BEFORE_BOUND or now < one.step.due:
        return False
    bound = [at for at in (order.served_at, order.aware_at) if at is not None]
    return not bound or min(bound) >= one.step.due


def _started(
    kind: Kind, order: Happened, answered: Answered, *, is_indefinite: bool, now: datetime
) -> Iterator[Running]:
    made, served = order.made_at, order.served_at
    assert made is not None  # noqa: S101 - the caller has looked
    if kind.family != Family.CONDITIONS:
        # Where the duty to notify begins with service, what the respondent knows does not stand for it (CLK-03).
        reached = served if kind.code in FROM_SERVICE else served or order.aware_at
        for name in _UNTIL_SERVED:
            yield from _clock(name, Began.MADE, made, Facts(), now, done_at=reached)
    for name in _ON_MAKING.get(kind.code, ()):
        yield from _asked(name, Began.MADE, made, Facts(served_at=served), answered, now)
    if served is not None:
        away = answered.away if kind.code == SHPO else ()
        for name in _ON_SERVICE.get(kind.code, ()):
            yield from _asked(name, Began.SERVED, served, Facts(away=away), answered, now)
        if not answered.protects_nobody:
            yield from _clock(_TERMS_TO_VICTIM, Began.SERVED, served, Facts(), now, done_at=answered.has_terms_at)
    if order.last_day is not None:
        facts = Facts(made_on=day_of(made))
        yield from _clock("expiry-watch", Began.LAST_DAY, order.last_day, facts, now)
    elif is_indefinite:
        yield from _clock("expiry-watch", Began.MADE, made, Facts(endless=True), now)


def _asked(
    name: str, began: Began, start: datetime, facts: Facts, answered: Answered, now: datetime
) -> Iterator[Running]:
    """A clock of the kind; that of the first notification as its rules have it: not at all, or from a later day."""
    if name.endswith(_HEARING):
        for one in _clock(name, began, start, facts, now):
            heard = answered.heard
            yield one if heard is None else replace(one, state=_state_when_heard(one.step, heard), heard=heard)
        return
    if not name.endswith(_NOTIFICATION):
        yield from _clock(name, began, start, facts, now)
        return
    runs, done_at = answered.notification, answered.notified_at
    if runs is None or runs.day1 == counted_days(day_of(start), 1, facts.away).first_day:
        yield from _clock(name, began, start, facts, now, done_at)
    elif runs.day1 is not None:
        yield from _clock(name, Began.DUTY_ENDED, runs.day1, facts, now, done_at)


def _clock(
    name: str, began: Began, start: datetime | date, facts: Facts, now: datetime, done_at: datetime | None = None
) -> Iterator[Running]:
    instant = start if isinstance(start, datetime) else None
    day = day_of(start) if isinstance(start, datetime) else start
    try:
        answer = work_out(catalogue().clock(name, day), Start(day, instant), facts)
    except CannotAnswer:
        return
    for step in answer.steps:
        yield Running(name, began, start, answer, step, _state(step, now, done_at), done_at)


def _state(step: Step, now: datetime, done_at: datetime | None) -> State:
    if done_at is not None:
        return State.KEPT if done_at < step.due else State.LATE
    is_over = now >= step.due
    if step.bound == Bound.LOCKED:
        return State.OVER if is_over else State.LOCKED
    if step.bound in {Bound.WATCH, Bound.ON}:
        return State.REACHED if is_over else State.AHEAD
    return State.OVER if is_over else State.RUNS


def _state_when_heard(step: Step, heard: Heard) -> State:
    """Heard on the day on which the hours end, with no hour recorded that lies before: in time or not, nobody can say."""
    if heard.at is not None and heard.at < step.due:
        return State.KEPT
    if heard.on == step.last_day and step.due < end_of(step.last_day):
        return State.HEARD
    return State.KEPT if heard.on <= step.last_day else State.LATE


def notification_if_served(kind: Kind, at: datetime, away: Collection[Away] = ()) -> Step | None:
    """The first notification that service at an instant would start; None for a kind whose clock does not run from service.

    `away` are days on which the respondent is not there; where the clock leaves none out they change nothing (CLK-03).
    """
    names = [name for name in _ON_SERVICE.get(kind.code, ()) if name.endswith("-notification")]
    found = [one for name in names for one in _clock(name, Began.SERVED, at, Facts(away=away), at)]
    return found[0].step if found else None


def notice_hearing(kind: Kind, order: Happened) -> Step | None:
    """By when somebody is heard after a notice (CLK-07); None for what is no such notice, or has not started the clock."""
    starts = {"dvpn-hearing": (Began.SERVED, order.served_at), "dapn-hearing": (Began.MADE, order.made_at)}
    for name in (*_ON_SERVICE.get(kind.code, ()), *_ON_MAKING.get(kind.code, ())):
        began, at = starts.get(name, (Began.MADE, None))
        if at is not None:
            return next((one.step for one in _clock(name, began, at, Facts(), at)), None)
    return None


def is_unmet(one: Running) -> bool:
    """Whether what the clock asks for was not done by its day: service, hearing, first notification, written terms."""
    if one.presumes_nothing:
        return False
    return one.state == State.OVER and (
        asks_for_service(one)
        or asks_for_hearing(one)
        or one.name == _TERMS_TO_VICTIM
        or one.name.endswith(_NOTIFICATION)
    )


def asks_for_service(one: Running) -> bool:
    return one.name in _UNTIL_SERVED


def asks_for_hearing(one: Running) -> bool:
    return one.name.endswith(_HEARING)

"""What an order tells those whom it protects, move by move, and of its end beforehand (VIC-05, VIC-06; rules.md, Annex E).

What cannot be read as keeping all that was there is told as a relaxation: of two readings the one that warns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from craffu.clocks.london import end_of
from craffu.orders.catalogue.kinds import Family, Kind
from craffu.orders.life.rules import lasting
from craffu.orders.life.states import CORRECT_END
from craffu.orders.noting.facts import Noted
from craffu.orders.terms.differing import How, Worded, pairs
from craffu.orders.watching.ending import WARNS_OF_THE_END
from craffu.victims.happenings.kinds import Happening
from craffu.victims.of_orders.facts import OrderTells

_A_SECOND: Final = timedelta(seconds=1)
_MADE: Final = frozenset({"grant", "grant_on_appeal", "receive", "issue", "impose"})
_ENDED: Final = frozenset({"discharge", "revoke", "end_on_determination", "expire", "quash"})
_TELLS: Final[Mapping[str, Happening]] = {
    **dict.fromkeys(_MADE, Happening.ORDER_GRANTED),
    **dict.fromkeys(_ENDED, Happening.ORDER_ENDED),
    "refuse": Happening.ORDER_REFUSED,
    "serve": Happening.ORDER_SERVED,
    # Whoever is proven to know of the order is bound by it as if it had been served.
    "record_awareness": Happening.ORDER_SERVED,
    "vary": Happening.ORDER_VARIED,
    "renew": Happening.ORDER_VARIED,
    # Whoever was told of another end learns of the one that it has.
    CORRECT_END: Happening.ORDER_VARIED,
    "adjourn": Happening.HEARING_OUTCOME,
}
# A hearing is about an order and does nothing to it.
OF_HEARINGS: Final = frozenset({Happening.HEARING_LISTED, Happening.HEARING_OUTCOME})
# Bail is news of another name, and what a court's message tells of it is told from there (BRC-08).
_BAIL: Final = frozenset({"BAIL", "PCB"})
_AS_BAIL: Final[Mapping[Happening, Happening]] = {
    Happening.ORDER_GRANTED: Happening.BAIL_CONDITIONS_CHANGED,
    Happening.ORDER_VARIED: Happening.BAIL_CONDITIONS_CHANGED,
    Happening.ORDER_RELAXED: Happening.BAIL_CONDITIONS_CHANGED,
    Happening.ORDER_ENDED: Happening.BAIL_ENDED,
}
_OF_COURTS: Final = "court-results"
# What a court was asked, and what it refused, is no move: the order stands as it was.
_AT_COURT: Final[Mapping[Noted, tuple[str, Happening]]] = {
    Noted.RELAXATION_SOUGHT: ("sought", Happening.ORDER_RELAXATION_SOUGHT),
    Noted.CHANGE_REFUSED: ("refused", Happening.ORDER_CHANGE_REFUSED),
}
TOLD_OF_COURTS: Final = frozenset(_AT_COURT)
# An order that takes the place of this one protects in its stead: that it was made is told of that one.
_REPLACED: Final = "granted"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMade:
    """A move as far as it is told of. `relaxes` is of a variation, and of an end put right to one that comes sooner; `outcome` of
    the application that an order ended with.
    """

    number: int
    move: str
    happened_at: datetime
    known_from: datetime
    source: str = ""
    next_hearing_on: date | None = None
    last_day: date | None = None
    outcome: str = ""
    relaxes: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """A watch of an order: its key, which one it is, when it began, and the last day that it watched; None for no end."""

    key: str
    name: str
    at: datetime
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class AtCourt:
    """That a court was asked to relax or end the order, or refused to change it: when, and since when we know."""

    number: int
    what: Noted
    at: datetime
    known_from: datetime


def relaxes(before: Sequence[Worded], after: Sequence[Worded], ended_on: date | None, ends_on: date | None) -> bool:
    """Whether a variation may protect less: a condition taken out or worded otherwise, or an end that comes sooner."""
    is_shorter = ends_on is not None and (ended_on is None or ends_on < ended_on)
    return is_shorter or any(pair.how in {How.REMOVED, How.CHANGED} for pair in pairs(before, after))


def tells(
    kind: Kind,
    moves: Iterable[MoveMade],
    watches: Iterable[Watched],
    last_day: date | None,
    *,
    is_live: bool,
    at_court: Iterable[AtCourt] = (),
    warns_from: datetime | None = None,
) -> list[OrderTells]:
    """Everything that an order tells as it stands, each with a key of its own. What is told of the end it was to have is taken
    back where it ended otherwise, or goes on; that it ran out, too, where its last day was typed wrong. `warns_from` is since
    when the end is warned of where no watch says so.
    """
    made = lasting(list(moves))
    watched = list(watches)
    found = [one for move in _with_ends(made) for one in _of_move(kind, *move)]
    found += [OrderTells(f"watch-{one.key}", Happening.ORDER_EXPIRY_WATCH, one.at, one.at) for one in watched]
    found += [_of_court(one) for one in at_court]
    ends = [one.at for one in watched if one.name in WARNS_OF_THE_END and one.last_day == last_day]
    known_at = ends[-1] if ends else warns_from
    if is_live and last_day is not None and known_at is not None:
        found.append(_end(kind, last_day, known_at))
    return found


def _of_court(one: AtCourt) -> OrderTells:
    name, happening = _AT_COURT[one.what]
    return OrderTells(f"{name}-{one.number}", happening, one.at, one.known_from)


def _with_ends(moves: Sequence[MoveMade]) -> Iterator[tuple[MoveMade, bool]]:
    """Each move, and whether the order had ended before it."""
    over = False
    for one in moves:
        yield one, over
        over = over or one.move in _ENDED


def _of_move(kind: Kind, one: MoveMade, was_over: bool) -> Iterator[OrderTells]:
    if one.next_hearing_on is not None:
        yield OrderTells(f"hearing-{one.number}", Happening.HEARING_LISTED, one.happened_at, one.known_from)
    happening = _TELLS.get(one.move)
    if happening is None or (one.move == "end_on_determination" and one.outcome == _REPLACED):
        return
    if kind.code in _BAIL and one.source == _OF_COURTS:
        return
    if one.move in {"vary", CORRECT_END} and one.relaxes:
        happening = Happening.ORDER_RELAXED
    if one.move == "expire" and one.last_day is not None:
        yield _end(kind, one.last_day, one.known_from)
        return
    if was_over:
        # It protected nobody any more: that it was quashed since is the result of an appeal.
        happening = Happening.APPEAL
    yield OrderTells(f"move-{one.number}", _named(kind, happening), one.happened_at, one.known_from)


def _end(kind: Kind, last_day: date, learnt_at: datetime) -> OrderTells:
    """It ends within its last day, so that nobody reads the next day's name."""
    at = end_of(last_day) - _A_SECOND
    return OrderTells(f"ends-{last_day}", _named(kind, Happening.ORDER_ENDED), at, learnt_at)


def _named(kind: Kind, happening: Happening) -> Happening:
    is_bail = kind.family == Family.CONDITIONS and kind.code in _BAIL
    return _AS_BAIL.get(happening, happening) if is_bail else happening

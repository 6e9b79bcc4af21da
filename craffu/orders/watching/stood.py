"""How an order stood from day to day, the times in which something had to be done, and what is asked for in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from craffu.clocks.counted_days import Away
from craffu.clocks.london import day_of
from craffu.clocks.working_days import working_days_after
from craffu.orders.clocks.notifications import Interim, OtherDuty
from craffu.orders.life.rules import is_known_only
from craffu.orders.life.states import ENDS, LIVE, OrderStatus
from craffu.orders.watching.kinds import What

# Project decision: an application waits a working day for its authoriser, terms for a second person or to be put right, an
# order for an owner, for somebody whom it protects and for its entry in the national system.
WORKING_DAYS: Final = 1
AT_COURT: Final = frozenset({OrderStatus.APPLIED, OrderStatus.ADJOURNED})
# Statuses of an application that a court, or whoever brought it, has decided.
DECIDED: Final = LIVE | ENDS | {OrderStatus.REFUSED, OrderStatus.WITHDRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """How an order stood from an instant on, by all that was known then. `moves` is how many had been made.

    `decided`, `asked` and `made` are the numbers of the moves that did so last, 0 for none. `terms` is the version that
    stands, of those a court made, 0 for none; it `differs` where somebody found that it does from the sealed order.
    `main_hearing_on` is the next hearing of the application that an interim order follows, while that is before the court;
    Of a notice the application is that which followed it: `is_heard` once a court heard that (CLK-07).
    `is_followed` says that a later interim order of it lives; `replaced` is the interim order that this one replaced,
    and `made_way` says of an interim one that the full order took its place;
    `soa_part_2` and `under_spa_9` are other duties to notify, for which this one waits; `away` are the days that its clock may
    leave out. Of those it `protects` so many
    `has_terms` in writing since it was served. `reviewed` is how many reviews were complete; `is_end_decided` that what
    becomes of it on its last day is decided.
    """

    since: datetime
    status: str
    moves: int = 0
    decided: int = 0
    decided_on: date | None = None
    asked: int = 0
    made: int = 0
    made_at: datetime | None = None
    served_at: datetime | None = None
    aware_at: datetime | None = None
    last_day: date | None = None
    is_indefinite: bool = False
    is_interim: bool = False
    applied_on: date | None = None
    next_hearing_on: date | None = None
    adjourned_on: date | None = None
    main_hearing_on: date | None = None
    is_main_decided: bool = False
    is_heard: bool = False
    is_followed: bool = False
    replaced: Interim | None = None
    made_way: bool = False
    owner: int | None = None
    terms: int = 0
    is_compared: bool = False
    differs: bool = False
    is_entered: bool = False
    card_lacks: int = 0
    notified_at: datetime | None = None
    soa_part_2: OtherDuty | None = None
    under_spa_9: bool = False
    away: tuple[Away, ...] = ()
    protects: int = 0
    has_terms: int = 0
    reviewed: int = 0
    is_end_decided: bool = False

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def bound_at(self) -> datetime | None:
        """When it was served, or the respondent is proven to have known of it, whichever was first."""
        return min((at for at in (self.served_at, self.aware_at) if at is not None), default=None)

    @property
    def is_known_only(self) -> bool:
        return is_known_only(self.status, is_served=self.served_at is not None, is_aware=self.aware_at is not None)

    @property
    def is_owned(self) -> bool:
        return self.owner is not None


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which something had to be done: from how the order stood then, to how it stood after; None while it has to be."""

    key: str
    began: Stood
    ended: Stood | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to do. `key` is its own for ever within its order; `why` says more closely why, where that is needed.

    Over at `done_at`: done, or by `is_done` false no longer asked for. `mark` is for a limit that no source confirms.
    """

    what: What
    key: str
    raised_at: datetime
    due_at: datetime
    why: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    mark: str | None = None
    done_at: datetime | None = None
    is_done: bool = True


def spells(history: Sequence[Stood], holds: Callable[[Stood], str | None]) -> list[Spell]:
    """The times in which something holds, by its own word for what: another word, another time. What comes again is numbered."""
    found: list[Spell] = []
    times: dict[str, int] = {}
    word, began = None, None
    for one in [*history, None]:
        now = holds(one) if one is not None else None
        if began is not None and word is not None and (one is None or now != word):
            times[word] = times.get(word, 0) + 1
            key = word if times[word] == 1 else f"{word}:{times[word]}"
            found.append(Spell(key, began, one))
            word, began = None, None
        if one is not None and now is not None and began is None:
            word, began = now, one
    return found


def over(
    what: What, spell: Spell, raised_at: datetime, due_at: datetime, *, is_done: bool = True, **more: object
) -> Asked:
    done_at = spell.ended.since if spell.ended else None
    # What is due before it could be asked is asked when it is due at the latest.
    return Asked(what, spell.key, min(raised_at, due_at), due_at, done_at=done_at, is_done=is_done, **more)  # type: ignore[arg-type]


def in_working_days(since: datetime, days: int) -> datetime:
    return working_days_after(day_of(since), days).ends


def is_missed(one: Asked, notified_at: datetime | None) -> bool:
    """Not notified by the end of its clock, as far as anybody has said; what is asked for no more is not missed."""
    is_over = one.done_at is not None and not one.is_done
    return not is_over and (notified_at is None or notified_at >= one.due_at)

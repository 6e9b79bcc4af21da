"""Which events of RSK-01 the records of custody suites and courts tell of themselves: arrests, releases, and bail conditions that
changed or ended.

Only what a record truly says counts: a remand that goes on with the same conditions is none, and what is not said changes
nothing. What is known by its day alone happened at the latest when that day ended, or when we were told: no assessment made
before that can have known of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from craffu.cases.risk.rules import Asks
from craffu.cases.rules import CONDITIONAL_BAIL, HearingWord
from craffu.clocks.london import day_of, end_of

BAIL: Final = Asks.BAIL_CONDITIONS_CHANGED_OR_ENDED


class Source(StrEnum):
    """Whose record tells of it."""

    CUSTODY = "custody"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Word:
    """Which word tells of it: the row that says it, and when that was said, of which detention or hearing.

    `ends` where bail ended, and not only its conditions changed; `for_breach` where somebody was arrested for breach of an order.
    """

    version: int
    said_at: datetime
    of: str = ""
    ends: bool = False
    for_breach: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a record tells of; `day` where only that is known. By which word it is told makes it no other event."""

    kind: Asks
    at: datetime
    source: Source
    day: date | None = None
    word: Word | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Possible:
    """An event; with `before` and `after` only if the conditions that these two rows say are not the same."""

    told: Told
    before: int = 0
    after: int = 0


def confirmed(possible: Iterable[Possible], conditions: Mapping[int, str]) -> Iterator[Told]:
    """Of these the events there were, given the conditions that the rows they rest on say."""
    return (
        one.told
        for one in possible
        if not one.before or _words(conditions[one.before]) != _words(conditions[one.after])
    )


def _words(conditions: str) -> str:
    """Conditions as they are compared: another space or capital changes none."""
    return " ".join(conditions.split()).casefold()


def once(told: Iterable[Told]) -> list[Told]:
    """Each event once, in order, however often and by whomever it was said.

    A court names the day of an arrest that custody may name by the minute.
    """
    first: dict[tuple[Asks, Source, date | datetime], Told] = {}
    for one in sorted(told, key=lambda one: one.at):
        first.setdefault((one.kind, one.source, one.day or one.at), one)
    arrests = {day_of(one.at) for one in first.values() if one.kind is Asks.ARRESTED and one.source is Source.CUSTODY}
    return [
        one
        for one in first.values()
        if not (one.kind is Asks.ARRESTED and one.source is Source.COURT and one.day in arrests)
    ]


# How a custody suite let somebody go: on bail, and not at all but to a court.
ON_BAIL: Final = frozenset({"police_bail", "charged_bail"})
POLICE_BAIL: Final = "police_bail"
TO_COURT: Final = "charged_remanded"


@dataclass(frozen=True, slots=True)
class DetentionWord:
    """One word on one detention; `version` is the row that says it, and says all of it each time."""

    version: int
    said_at: datetime
    arrested_at: datetime
    released_at: datetime | None
    disposal: str
    bail_ends_on: date | None
    has_conditions: bool
    is_for_breach: bool = False


def told_by_custody(words: Sequence[DetentionWord]) -> Iterator[Possible]:
    """What the words on one detention, in order, tell of. The last is the present one and takes the place of what it corrects."""
    last = words[-1]
    word = Word(last.version, last.said_at, for_breach=last.is_for_breach)
    yield Possible(Told(Asks.ARRESTED, last.arrested_at, Source.CUSTODY, word=word))
    if last.released_at is not None and last.disposal != TO_COURT:
        yield Possible(Told(Asks.RELEASED, last.released_at, Source.CUSTODY, word=word))
    if last.disposal == POLICE_BAIL and last.bail_ends_on is not None and last.has_conditions:
        ends = replace(word, ends=True)
        yield Possible(Told(BAIL, end_of(last.bail_ends_on), Source.CUSTODY, last.bail_ends_on, ends))
    said = [word for word in words if word.disposal]
    for before, after in pairwise(said):
        yield from _changed_in_custody(before, after)


def _changed_in_custody(before: DetentionWord, after: DetentionWord) -> Iterator[Possible]:
    had, has = (one.has_conditions and one.disposal in ON_BAIL for one in (before, after))
    word = Word(after.version, after.said_at, ends=after.disposal not in ON_BAIL)
    told = Told(BAIL, after.said_at, Source.CUSTODY, word=word)
    if had and has:
        yield Possible(told, before.version, after.version)
    elif had or (has and before.disposal in ON_BAIL):
        yield Possible(told)


# A court's codes for somebody kept in custody or in secure care, and for somebody free until the next hearing.
KEPT: Final = frozenset({"C", "P", "S"})
UNCONDITIONAL_BAIL: Final = "U"
FREE: Final = frozenset({CONDITIONAL_BAIL, UNCONDITIONAL_BAIL})
_NOTHING_OPEN: Final = "nothing_open"


@dataclass(frozen=True, slots=True)
class _Bound:
    """What binds, and the row that last said on which conditions; 0 where none did."""

    status: str = ""
    conditions: int = 0


def told_by_court(words: Iterable[HearingWord], with_conditions: frozenset[int]) -> Iterator[Possible]:
    """What the latest words on one defendant's hearings in one case, in order, tell of.

    What binds is what the last hearing said that named an offence still open (as `what_binds` decides, here word by word). Where
    it was not said, or nothing was known before, nothing changed. `with_conditions` are the rows that say conditions of bail.
    """
    last_named: dict[int, tuple[int, HearingWord, bool]] = {}
    bound = _Bound()
    for place, word in enumerate(words):
        last_named |= {left.offence: (place, word, bool(left.final)) for left in word.offences}
        still_open = [(at, one) for at, one, is_final in last_named.values() if not is_final]
        binds = max(still_open, key=lambda one: one[0])[1] if still_open else None
        status = binds.bail_status if binds is not None else _NOTHING_OPEN if last_named else ""
        if not status:
            continue
        says = binds.version if binds is not None and binds.version in with_conditions else 0
        yield from _changed_at_court(word, bound, status, says)
        goes_on = status == bound.status == CONDITIONAL_BAIL
        bound = _Bound(status, says or (bound.conditions if goes_on else 0))


def _changed_at_court(word: HearingWord, bound: _Bound, status: str, says: int) -> Iterator[Possible]:
    at = _at_latest(word.held_on, word.received_at)
    by = Word(word.version, word.received_at, ends=status not in FREE)
    told = Told(BAIL, at, Source.COURT, word.held_on, by)
    if bound.status in KEPT and status in FREE:
        yield Possible(Told(Asks.RELEASED, at, Source.COURT, word.held_on, by))
    elif bound.status == status == CONDITIONAL_BAIL:
        if bound.conditions and says and bound.conditions != says:
            yield Possible(told, bound.conditions, says)
    elif bound.status == CONDITIONAL_BAIL or (bound.status == UNCONDITIONAL_BAIL and status == CONDITIONAL_BAIL):
        yield Possible(told)


def arrest_told(day: date, received_at: datetime) -> Told:
    """An arrest that a court names by its day."""
    return Told(Asks.ARRESTED, _at_latest(day, received_at), Source.COURT, day)


def _at_latest(day: date, received_at: datetime) -> datetime:
    return received_at if day_of(received_at) == day else end_of(day)

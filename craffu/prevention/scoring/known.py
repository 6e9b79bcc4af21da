"""What was known of an act and from when: every change of a word on it, as spans in which one word stood (PRI-01, methods A6).

Pure. What a force's system says first of an act counts from when it was recorded; every later word, and what police, prosecution
or court decided, from when it was said. So nobody is scored as of a day by what came after it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from craffu.clocks.london import day_of
from craffu.prevention.population.rules import Group, Happened
from craffu.prevention.scoring.facts import Event, Evidence, Part, Standing
from craffu.prevention.scoring.weights import INCIDENT, ORDER_BREACH, Offence, Table


@dataclass(frozen=True, slots=True)
class Word:
    """How an act stood. `police` says whether the police found that it broke an order; None while they have not; `is_proved` that
    a court did. `grade` is an officer's of the risk: it enters no score, and is what an order is held against (methods A6).
    """

    occurred_on: date | None = None
    code: str = ""
    class_: str = ""
    is_incident: bool = False
    grade: str = ""
    is_cancelled: bool = False
    is_charged: bool = False
    is_convicted: bool = False
    says_breach: bool = False
    police: bool | None = None
    is_proved: bool = False
    order: str = ""
    is_set_aside: bool = False

    @property
    def evidence(self) -> Evidence:
        if self.is_found_by_a_court:
            return Evidence.CONVICTED
        if self.is_charged:
            return Evidence.CHARGED
        return Evidence.NON_CRIME if self.is_incident else Evidence.SUSPECTED

    @property
    def is_found_by_a_court(self) -> bool:
        return self.is_convicted or self.is_proved

    @property
    def is_nothing(self) -> bool:
        """Whether it was only ever a possible breach, the police found none, and no court another."""
        return self.police is False and not (self.is_proved or self.code or self.class_ or self.is_incident)

    @property
    def standing(self) -> Standing:
        if self.is_set_aside:
            return Standing.ELIMINATED
        return Standing.CANCELLED if self.is_cancelled or self.is_nothing else Standing.RECORDED

    @property
    def is_breach(self) -> bool:
        return self.says_breach or self.police is True or self.is_proved

    @property
    def is_disproved(self) -> bool:
        return self.police is False and not self.is_found_by_a_court


@dataclass(frozen=True, slots=True)
class Change:
    """From an instant on some of an act's word is otherwise."""

    at: datetime
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """One word on an act, of one who is accused of it, from when it was known until another took its place."""

    act: str
    case: str
    record: int
    victims: frozenset[int] = field(repr=False)
    recorded_on: date
    known_from: datetime
    known_until: datetime | None
    word: Word
    # When the last of what this word says was said.
    said_at: datetime

    @property
    def incident(self) -> str:
        """Acts of one case that began on one day are one incident."""
        day = self.word.occurred_on
        return self.act if day is None else f"{self.case}/{day.isoformat()}"

    def is_known(self, at: datetime) -> bool:
        return self.known_from <= at and (self.known_until is None or at < self.known_until)


@dataclass(frozen=True, slots=True)
class Act:
    """A crime, a charge or a breach: in which case, who is accused, who it was done to, and each change of its word."""

    key: str
    case: str
    accused: Collection[int]
    victims: frozenset[int] = field(repr=False)
    changes: tuple[Change, ...]
    # What holds of one of the accused alone, by record.
    of_one: Mapping[int, tuple[Change, ...]] = field(default_factory=dict)


SET_ASIDE: Final = {"is_set_aside": True}


def with_set_aside(act: Act, aside: Mapping[tuple[int, str], datetime]) -> Act:
    """An act with what the answers to challenges set aside, by record and act, from when each was answered (PRI-07)."""
    theirs = {
        record: (*act.of_one.get(record, ()), Change(aside[record, act.key], SET_ASIDE))
        for record in act.accused
        if (record, act.key) in aside
    }
    return replace(act, of_one={**act.of_one, **theirs}) if theirs else act


def spans(act: Act) -> Iterator[Span]:
    """The spans of an act for each who is accused of it. Changes of one instant are one."""
    if not act.changes:
        return
    first = min(one.at for one in act.changes)
    for record in sorted(act.accused):
        changes = sorted((*act.changes, *act.of_one.get(record, ())), key=lambda one: one.at)
        found: list[tuple[datetime, Word, datetime]] = []
        word = Word()
        for one in changes:
            word = replace(word, **one.said)
            at = max(one.at, first)
            if found and found[-1][0] == at:
                found.pop()
            if not found or found[-1][1] != word:
                found.append((at, word, one.at))
        for place, (since, stood, said_at) in enumerate(found):
            until = found[place + 1][0] if place + 1 < len(found) else None
            yield Span(act.key, act.case, record, act.victims, day_of(first), since, until, stood, said_at)


def offence_of(word: Word, table: Table) -> Offence | None:
    """The kind of offence of an act: an incident that is no crime is a kind, and so is a breach whose code says nothing."""
    found = table.of(word.code, word.class_)
    if found is not None:
        return found
    if word.is_incident:
        return table.by_key[INCIDENT]
    return table.by_key[ORDER_BREACH] if word.is_breach else None


def days_of(word: Word, offence: Offence | None, table: Table) -> float | None:
    """What an act weighs. What is our own kind, and stands in no code list, weighs as we say, whatever table is loaded."""
    if offence is not None and not table.of(word.code, word.class_):
        return offence.days
    return table.days(word.code, word.class_, offence)


def as_event(span: Span, on: date, table: Table, whose: Mapping[int, int]) -> Event:
    """A span as a score sees it on a day; victims are persons."""
    word = span.word
    offence = offence_of(word, table)
    return Event(
        span.incident,
        None if word.occurred_on is None else (on - word.occurred_on).days,
        days_of(word, offence, table),
        frozenset(str(whose.get(one, -one)) for one in span.victims),
        (on - span.recorded_on).days,
        Part.OFFENDER if word.is_found_by_a_court else Part.SUSPECT,
        word.standing, word.is_breach, word.is_disproved, word.order, "" if offence is None else offence.key,
        False, word.evidence,
    )  # fmt: skip


def happened_of(span: Span, event: Event, on: date, table: Table) -> Iterator[Happened]:
    """An event as the population is concerned with it: by its offence, and as a breach of an order."""
    age = event.recorded_age if event.age is None else event.age
    day = on - timedelta(days=age or 0)
    offence = offence_of(span.word, table)
    groups = {"" if offence is None or offence.group is None else offence.group.value}
    groups |= {Group.ORDER_BREACH.value} if event.is_breach else set()
    for group in sorted(groups):
        yield Happened(group, event.part, day, event.standing)


def as_known(every: Iterable[Span], at: datetime) -> list[Span]:
    """The spans that stood at an instant."""
    return [one for one in every if one.is_known(at)]

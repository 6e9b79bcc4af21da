"""The extract of witness care: the victims it looks after one by one, in its tables and in the truth beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from craffu.config.generate.chance import Lots
from craffu.config.generate.days import A_DAY
from craffu.config.generate.offences import UNSUPPORTED
from craffu.config.generate.police import last_change, record_of_victim, stages_of
from craffu.config.generate.tables import rate
from craffu.config.generate.truth import Records
from craffu.config.generate.witness_care.agreeing import agree, entitle
from craffu.config.generate.witness_care.happened import Courses, Event
from craffu.config.generate.witness_care.held import Held
from craffu.config.generate.witness_care.kinds import DECIDES, OF_STAGE
from craffu.config.generate.witness_care.promising import promise
from craffu.config.generate.witness_care.rows import add_rows
from craffu.config.generate.witness_care.tables import Tables
from craffu.config.generate.witness_care.telling import keep_safe, tell, withdraw
from craffu.config.generate.witness_care.truth import Truth
from craffu.config.generate.world import World
from craffu.config.generate.writing import Extracts

_STAGE_NUMBER = 99


@dataclass
class Care:
    """What is true of safety and withdrawal: of each record what was done on which day, and when they were first told of it or
    None; and why somebody withdrew from the case of a crime.
    """

    measures: dict[int, list[tuple[int, int | None]]] = field(default_factory=dict)
    withdrew: dict[int, str] = field(default_factory=dict)


def write(world: World, into: Extracts, records: Records) -> Care:
    """Writes every table, and in the truth how each thing stands at the end of the last day."""
    care = Care()
    lots = Lots(world.chance.about("witness care"))
    tables, truth = Tables(into, lots), Truth(into)
    unreadable = records.unreadable.get("persons", set())
    people = _People(world, lots)
    for held, crimes in people.looked_after(tables):
        ref = people.refs[held.record]
        add_rows(tables, held, ref, people.crime_refs, people.officers[crimes[0]])
        truth.add(held, ref, people.crime_refs, people.last, can_be_known=ref not in unreadable)
        if held.measures:
            care.measures[held.record] = [
                (one.day, min((told.day for told in one.told), default=None)) for one in held.measures
            ]
        care.withdrew |= {one.crime: one.why for one in held.withdrew}
    tables.close()
    truth.close(tables.broken, people.last)
    return care


class _People:
    """Whom witness care looks after, with everything true of them."""

    def __init__(self, world: World, lots: Lots) -> None:
        self._lots, self._last_day = lots, world.last_day
        self.last = (world.last_day + 1) * A_DAY - 1
        at = np.arange(len(world.crimes))
        self.crime_refs = world.crime_refs(at).tolist()
        self.officers = world.officer_of(at).tolist()
        self.refs = world.records.refs(np.arange(len(world.records))).tolist()
        self._recorded = (world.crimes.recorded // A_DAY).tolist()
        self._victims = record_of_victim(world).tolist()
        self._stages = stages_of(world, at).tolist()
        self._stage_days = (np.minimum(last_change(world, at), self.last) // A_DAY).tolist()
        self._courses = Courses(world, lots)
        self._unsupported = np.isin(world.outcomes.last, UNSUPPORTED).tolist()
        self._closed = world.outcomes.charged_on.tolist()
        self._since = world.last_day - round(rate("witness_care.since_days"))

    def looked_after(self, tables: Tables) -> Iterator[tuple[Held, list[int]]]:
        """Each of them, in the order of the police system's records, with the crimes that are looked after."""
        crimes: dict[int, list[int]] = {}
        for crime, record in enumerate(self._victims):
            crimes.setdefault(record, []).append(crime)
        for record in sorted(crimes):
            recent = sorted((one for one in crimes[record] if self._recorded[one] >= self._since), key=self._by_day)
            if recent and self._lots.hit("looked after", record, rate("witness_care.looked_after")):
                yield self._held(record, crimes[record], recent, tables), recent

    def _by_day(self, crime: int) -> tuple[int, int]:
        return self._recorded[crime], crime

    def _held(self, record: int, crimes: list[int], recent: list[int], tables: Tables) -> Held:
        events = [event for crime in recent for event in self._courses.of(crime)]
        told = {(event.crime, event.kind, event.day) for event in events}
        decided: dict[int, int] = {}
        for event in events:
            if event.kind in DECIDES:
                decided[event.crime] = min(event.day, decided.get(event.crime, event.day))
        stages = [self._stage(crime) for crime in crimes if not self._was_decided(crime, decided.get(crime))]
        events += [one for one in stages if (one.crime, one.kind, one.day) not in told]
        held = Held(record, sorted(events, key=lambda one: (one.at, one.number)))
        held.refs = {
            event.number: f"stage/{self.crime_refs[event.crime]}" if event.is_stage else tables.next_ref("happenings")
            for event in held.events
        }
        began, lots = self._recorded[recent[0]], self._lots
        entitle(lots, held, began, self._last_day)
        agree(lots, held, began, self._last_day)
        promise(lots, held, [(crime, self._recorded[crime]) for crime in recent], self.last, tables.next_ref)
        tell(lots, held, self.last, tables.next_ref)
        keep_safe(lots, held, began, self._last_day, tables.next_ref)
        closed = [(one, self._recorded[one], self._closed[one]) for one in recent if self._unsupported[one]]
        withdraw(lots, held, closed, tables.next_ref)
        return held

    def _was_decided(self, crime: int, decided_on: int | None) -> bool:
        """Whether the case was closed after it had been decided: nobody is told of that."""
        closed = self._stages[crime] == "closed"
        return closed and decided_on is not None and decided_on <= self._stage_days[crime]

    def _stage(self, crime: int) -> Event:
        """What the police system alone says of a case: the day on which it came to its stage."""
        at = self._stage_days[crime] * A_DAY
        return Event(
            crime * 100 + _STAGE_NUMBER, crime, OF_STAGE[self._stages[crime]], at, None, at, None, is_stage=True
        )

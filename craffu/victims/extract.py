"""What the snapshot holds of promises to victims: when each was due, and how it stood from when until when (VIC-04, MET27; X10).

How a promise stands is decided where the pages have it from: `contacts/queries.py`.
"""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.extracted import KNOWN_FROM, KNOWN_UNTIL, Extract, Holds, Row, keyed, spans
from craffu.people.models import SourceRecord
from craffu.victims.contacts.queries import stands
from craffu.victims.extracts.told import TABLES as TOLD
from craffu.victims.models import Contact, Promise, PromiseExcuse
from craffu.victims.models.recorded import OfVictim
from craffu.victims.queries import in_place_of, standing
from craffu.victims.stories import victims_of_records


@dataclass(frozen=True, slots=True)
class _Said:
    """Everything that was ever said of one promise, and the contacts of whom it was made to that can have to do with it."""

    promises: Sequence[Promise]
    contacts: Sequence[Contact]
    excuses: Sequence[PromiseExcuse]
    # For each row of a promise, by its number, the row that stands in its place.
    now_at: Mapping[int, int]


def _promises(by: Acting, at: datetime) -> Iterator[Row]:
    promises = list(Promise.objects.for_user(by).filter(known_from__lte=at).order_by("id"))
    victims = victims_of_records(by, {one.record_id for one in promises})
    records = frozenset(record for victim in victims for record in victim.records)
    named = {one.pk: one for one in SourceRecord.objects.for_user(by).filter(pk__one_of=records)}
    contacts = _of_each(Contact.objects.for_user(by).filter(record__one_of=records, known_from__lte=at).order_by("id"))
    excuses = _of_each(
        PromiseExcuse.objects.for_user(by).filter(record__one_of=records, known_from__lte=at).order_by("id")
    )
    made = _of_each(promises)
    for victim in victims:
        mine = [one for record in victim.records for one in contacts.get(record, ())]
        excused = [one for record in victim.records for one in excuses.get(record, ())]
        several: dict[str, list[Promise]] = {}
        for one in (each for record in victim.records for each in made.get(record, ())):
            several.setdefault(one.known_as, []).append(one)
        for rows in several.values():
            numbers = {one.pk for one in rows}
            said = _Said(
                rows,
                [one for one in mine if one.promise_id in numbers or _is_attempt(one, rows)],
                [one for one in excused if one.promise_id in numbers],
                in_place_of(rows),
            )
            yield from _of_one(said, _named(rows[0], named[rows[0].record_id]), at)


def _of_each[R: OfVictim](rows: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = {}
    for one in rows:
        found.setdefault(one.record_id, []).append(one)
    return found


def _is_attempt(one: Contact, rows: Iterable[Promise]) -> bool:
    """Whether it can say that somebody was not to be reached for a promise."""
    return not one.was_reached and any(
        each.promised_at <= one.at and day_of(one.at) <= day_of(each.due_at) for each in rows
    )


def _named(first: Promise, record: SourceRecord) -> str:
    """What is said here has no key of a sender: it is known by whom, when and until when it was promised."""
    if first.source_key:
        return keyed("promise", first.source, first.source_key)
    return keyed("promise", record.source, record.source_key, first.promised_at.isoformat(), first.due_at.isoformat())


def _of_one(said: _Said, named: str, at: datetime) -> Iterator[Row]:
    instants = {max(one.known_from, one.promised_at) for one in said.promises}
    # What runs at its due time is missed just after it.
    instants |= {one.due_at + datetime.resolution for one in said.promises}
    instants |= {max(one.known_from, one.at) for one in said.contacts}
    instants |= {max(one.known_from, one.at) for one in said.excuses}

    def stood(then: datetime) -> Row | None:
        promise = next(iter(standing(one for one in said.promises if one.known_from <= then)), None)
        if promise is None or promise.promised_at > then:
            return None
        excuse = next(iter(_known(said.excuses, then)), None)
        contacts = [_as_kept(one, said.now_at) for one in _known(said.contacts, then)]
        contacts.sort(key=lambda one: (one.at, one.pk))
        found = stands(promise, contacts, excuse, then)
        return {"promise": named, "due_on": day_of(promise.due_at), "status": found.stands.status.value}

    yield from spans((one for one in instants if one <= at), stood)


def _known[R: (Contact, PromiseExcuse)](rows: Iterable[R], then: datetime) -> list[R]:
    """What was known then and had happened, each by its last word."""
    told: list[R] = [one for one in rows if one.known_from <= then]
    last: list[R] = standing(told)
    return [one for one in last if one.at <= then]


def _as_kept(one: Contact, now_at: Mapping[int, int]) -> Contact:
    """A contact that kept a promise which was said anew kept what took its place."""
    if one.promise_id is None:
        return one
    kept = copy.copy(one)
    kept.promise_id = now_at.get(one.promise_id, one.promise_id)
    return kept


PROMISES: Final = Extract(
    "promises",
    {
        "promise": Holds.REFERENCE, "due_on": Holds.DAY, "status": Holds.CODE, KNOWN_FROM: Holds.INSTANT,
        KNOWN_UNTIL: Holds.INSTANT,
    },
    _promises,
)  # fmt: skip

TABLES: Final = (PROMISES, *TOLD)

"""Each morning's lists of custody, releases and courts against whoever is known, every entry in one place (BRC-08, INT-06).

The lists are what custody systems and courts sent; an entry stays where it came, and is matched again whenever it is read. Who
somebody is, linkage says: an entry whose record is joined to a person is theirs, one that waits for a person may be.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.breaches.detecting.binding import SURE, nearly
from craffu.breaches.lists.rules import BY, Entry, Matched, MorningList, match
from craffu.cases.custody.queries import every_release
from craffu.cases.models import CaseReference, CaseRole, DetentionVersion
from craffu.cases.queries import called, hearings_listed
from craffu.clocks.london import instant_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.intake.models import Run
from craffu.intake.states import RunState
from craffu.linkage.queries import thresholds_in_use
from craffu.orders.considering.reading import SUSPECTED
from craffu.orders.models import Order
from craffu.people.models import Person, SourceRecord
from craffu.people.queries import belonging_now, mates, people_of_records

# How long the police may hold somebody without charge at most, with a court's leave (PACE 1984 ss.43-44).
HELD_AT_MOST: Final = timedelta(hours=96)
# How far ahead the list of releases looks: as far as a hearing or a feared day is near (MON-03).
AHEAD: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
# Which table of which kind of extract each list comes in; a court's hearings are listed by its results.
COMES_IN: Final[Mapping[MorningList, tuple[str, str]]] = {
    MorningList.CUSTODY: ("custody", "detentions"),
    MorningList.RELEASE: ("custody", "releases"),
    MorningList.COURT: ("court-results", ""),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: the source record of whom it is about, and when: an instant, or a day alone."""

    entry: str
    list: MorningList
    record: int
    at: datetime | date


@dataclass(frozen=True, slots=True)
class Morning:
    """The lists of a day: every line by its entry, where each belongs, who is known, and when each list last came."""

    day: date
    lines: Mapping[str, Line]
    matched: Matched
    people: Mapping[int, Person]
    came: Mapping[MorningList, datetime]

    def person_of(self, entry: Entry) -> Person | None:
        return self.people.get(self.lines[entry.entry].record)


def due_at(day: date) -> datetime:
    """By when the lists of a day are matched: eight in London."""
    return instant_of(datetime.combine(day, BY))


def morning(by: Acting, day: date, now: datetime) -> Morning:
    """The lists of one day as they stand. Thirty queries at most, however long they are."""
    lines = {one.entry: one for one in _lines(by, day, now)}
    came = last_came(by, now)
    received = [one for one, at in came.items() if at >= due_at(day - _DAY)]
    entries = _entries(by, lines.values())
    matched = match(entries, received, thresholds_in_use(by))
    return Morning(day, lines, matched, people_of_records(by, {one.record for one in lines.values()}), came)


def last_came(by: Acting, now: datetime) -> dict[MorningList, datetime]:
    """When each list last came; one that never did is left out. Two queries."""
    found: dict[MorningList, datetime] = {}
    for name, (kind, table) in COMES_IN.items():
        runs = Run.objects.for_user(by).filter(kind=kind, state=RunState.FINISHED.value, finished_at__lte=now)
        # A list that comes once a day is not lost behind another of its kind that comes every few minutes.
        came = (runs.filter(totals__has_key=table) if table else runs).order_by("-finished_at")
        if (at := came.values_list("finished_at", flat=True).first()) is not None:
            found[name] = at
    return found


def _lines(by: Acting, day: date, now: datetime) -> Iterable[Line]:
    yield from _held(by, day, now)
    for release in every_release(by, now):
        if day - _DAY <= release.on <= day + AHEAD:
            yield Line(f"release:{release.source}/{release.key}", MorningList.RELEASE, release.record, release.on)
    for ahead in hearings_listed(by, day, day):
        role = ahead.set_at.role
        yield Line(f"court:{role.pk}/{ahead.listing.on}", MorningList.COURT, role.record_id, ahead.listing.on)


def _held(by: Acting, day: date, now: datetime) -> Iterable[Line]:
    """Whoever was arrested since the morning before, and whoever has been held for longer. One query."""
    until = min(due_at(day), now)
    rows = DetentionVersion.objects.for_user(by).filter(
        arrested_at__gt=until - HELD_AT_MOST, arrested_at__lte=until, known_from__lte=now, record__isnull=False
    )
    rows = rows.exclude(crime__in=_shut(by, rows))
    newest = {
        (one.source, one.key): one for one in rows.order_by("said_at", "received_at", "number").defer("bail_conditions")
    }
    for (source, key), one in newest.items():
        is_new = one.arrested_at > due_at(day - _DAY)
        if one.record_id is not None and (is_new or one.released_at is None):
            yield Line(f"custody:{source}/{key}", MorningList.CUSTODY, one.record_id, one.arrested_at)


def _shut(by: Acting, rows: QuerySet[DetentionVersion]) -> list[str]:
    """The crimes among these whose cases are not open to the reader. Two queries; none for whoever sees everything."""
    if by.sees_all:
        return []
    named = set(rows.order_by().values_list("crime", flat=True)) - {""}
    known = called(by.joining(), CaseReference.Kind.CRIME, named)
    return sorted(known.keys() - called(by, CaseReference.Kind.CRIME, named).keys())


def _entries(by: Acting, lines: Collection[Line]) -> list[Entry]:
    """Each line with whom it is, or may be, of those known: bound by an order, or suspected in a case by another record."""
    records = {one.record for one in lines}
    if not records:
        return []
    near = nearly(by, records)
    everybody = mates(by, {*records, *(other for one in near.values() for other in one)})
    whose = belonging_now(by, everybody)
    known: dict[int, set[int]] = {}
    bound = Order.objects.for_user(by).filter(respondent__one_of=frozenset(everybody)).order_by()
    roles = CaseRole.objects.for_user(by).filter(record__one_of=frozenset(everybody), role__in=SUSPECTED).order_by()
    for record in (*bound.values_list("respondent_id", flat=True), *roles.values_list("record_id", flat=True)):
        known.setdefault(whose.get(record, 0), set()).add(record)
    sources = dict(
        SourceRecord.objects.for_user(by).filter(pk__one_of=frozenset(everybody)).order_by().values_list("pk", "source")
    )

    def is_known(person: int | None, of: int) -> bool:
        """By a record that did not come with the list itself: a court's defendant is known to nobody by that."""
        theirs = known.get(person or 0, set())
        return any((record == of and sources[of] == "rms") or sources[record] != sources[of] for record in theirs)

    found = []
    for line in lines:
        person = whose.get(line.record)
        maybe = max(
            (
                probability
                for other, probability in near.get(line.record, {}).items()
                if whose.get(other) != person and is_known(whose.get(other), line.record)
            ),
            default=None,
        )
        if is_known(person, line.record):
            found.append(Entry(line.entry, line.list, str(person), SURE))
        elif maybe is not None:
            found.append(Entry(line.entry, line.list, str(person), maybe))
        else:
            found.append(Entry(line.entry, line.list, None, 0.0))
    return found

"""Releases from prison, planned and made, and detentions, of whoever some records are (BRC-08, VIC-05, MON-03, SEC-11)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.cases.case_models import CaseRole
from craffu.cases.custody.models import DetentionVersion, ReleaseVersion
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.people.queries import belonging_now, mates

_NEWEST_LAST: Final = ("said_at", "received_at", "number")
ACCUSED = (CaseRole.Role.SUSPECT, CaseRole.Role.DEFENDANT)


@dataclass(frozen=True, slots=True)
class Release:
    """One release by its newest word: of whom, on which day (made, else planned), and since when we know that day."""

    source: str
    key: str
    record: int
    on: date
    is_made: bool
    said_at: datetime
    known_from: datetime


def releases_of(by: Acting, records: Collection[int], known_at: datetime) -> list[Release]:
    """Of exactly these source records. One query."""
    return _newest(_words_of(by, frozenset(records), known_at))


@prepared
def _words_of(by: Acting, records: frozenset[int], known_at: datetime) -> QuerySet[ReleaseVersion]:
    return _in_order(ReleaseVersion.objects.for_user(by).filter(record__one_of=records, known_from__lte=known_at))


def detentions_said(by: Acting, records: Collection[int]) -> list[tuple[DetentionVersion, bool]]:
    """Every word on a detention of exactly these source records, and whether it is the newest on that detention. One query."""
    rows = DetentionVersion.objects.for_user(by).filter(record__one_of=frozenset(records)).defer("bail_conditions")
    return _marked(list(rows.order_by(*_NEWEST_LAST)))


def releases_said(by: Acting, records: Collection[int]) -> list[tuple[ReleaseVersion, bool]]:
    """Every word on a release of exactly these source records, and whether it is the newest on that release. One query."""
    return _marked(list(_in_order(ReleaseVersion.objects.for_user(by).filter(record__one_of=frozenset(records)))))


def _marked[V: (DetentionVersion, ReleaseVersion)](versions: list[V]) -> list[tuple[V, bool]]:
    newest = {(one.source, one.key): one.pk for one in versions}
    return [(one, newest[one.source, one.key] == one.pk) for one in versions]


def every_release(by: Acting, known_at: datetime) -> list[Release]:
    """All that is known of a force. One query."""
    every = ReleaseVersion.objects.for_user(by).filter(record__isnull=False, known_from__lte=known_at)
    return _newest(_in_order(every))


def releases_in_cases(by: Acting, cases: Collection[int], known_at: datetime) -> Mapping[int, list[Release]]:
    """Of whoever is accused in each of these cases. Six queries at most; one where the force knows of no release."""
    found: dict[int, list[Release]] = defaultdict(list)
    if not cases or not ReleaseVersion.objects.for_user(by).exists():
        return found
    roles = CaseRole.objects.for_user(by).filter(case__one_of=frozenset(cases), role__in=ACCUSED).order_by()
    accused = list(roles.values_list("case_id", "record_id"))
    everybody = mates(by, {record for _, record in accused})
    released = releases_of(by, everybody, known_at)
    if not released:
        return found
    whose = belonging_now(by, everybody)
    of_person: dict[int | None, list[Release]] = defaultdict(list)
    for one in released:
        of_person[whose.get(one.record)].append(one)
    for case, record in accused:
        for one in of_person.get(whose.get(record), ()):
            if one not in found[case]:
                found[case].append(one)
    return found


def _in_order(rows: QuerySet[ReleaseVersion]) -> QuerySet[ReleaseVersion]:
    return rows.defer("licence_conditions").order_by(*_NEWEST_LAST)


def _newest(versions: Iterable[ReleaseVersion]) -> list[Release]:
    newest: dict[tuple[str, str], ReleaseVersion] = {}
    known: dict[tuple[str, str, date], datetime] = {}
    for row in versions:
        newest[row.source, row.key] = row
        known.setdefault((row.source, row.key, row.released_on or row.planned_on), row.known_from)
    return [
        Release(
            source, key, row.record_id, on := row.released_on or row.planned_on, row.released_on is not None, row.said_at,
            known[source, key, on],
        )
        for (source, key), row in newest.items()
        if row.record_id is not None
    ]  # fmt: skip

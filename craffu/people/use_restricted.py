"""Of whose records the use is restricted, because somebody asked for it and it was agreed (SEC-11; ADR 134).

A request is said of a reference. It is on the records that stood under it when it was recorded or came to stand there since, and
goes with them however they are linked later, as a legal hold does (ADR 133). Nothing that is due is kept from anybody by it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.access.later import Later
from craffu.access.rights_requests.queries import UseRestricted, restrictions_of_use
from craffu.people.models import Membership
from craffu.people.queries import members


@dataclass(frozen=True, slots=True)
class Restricted:
    """Somebody the use of whose data is restricted: the first day of it, and by which requests."""

    reference: str
    since: date
    numbers: tuple[str, ...]


def use_restricted(
    by: Acting, records: Collection[int], stands: Later[list[UseRestricted]] | None = None
) -> list[Restricted]:
    """Whose of these records are, where the use of their data is restricted now, in the order of references.

    Read whatever is shut to the reader: what is told of it is that, a day and a number. Three queries; one where nothing stands.
    `stands` is what `restrictions_of_use` gives, where it was asked with others.
    """
    found: dict[int, list[UseRestricted]] = {}
    for last, one in _reached(by, stands):
        found.setdefault(last.person_id, []).append(one)
    rows = _theirs(by, found).filter(record__in=sorted(records)) if found else ()
    named = {row.person_id: row.person.reference for row in rows}
    return sorted(
        (
            Restricted(
                ref, min(one.since for one in found[person]), tuple(sorted({one.number for one in found[person]}))
            )
            for person, ref in named.items()
        ),
        key=lambda one: one.reference,
    )


def records_restricted(by: Acting) -> frozenset[int]:
    """The records of everybody whose data's use is restricted now. Three queries; one where nothing stands."""
    people = {last.person_id for last, _one in _reached(by)}
    return frozenset(_theirs(by, people).values_list("record_id", flat=True)) if people else frozenset()


def restricted_by(by: Acting, number: str) -> list[str]:
    """The references of those the use of whose data is restricted by one request, as they are called now. Two queries at most."""
    return sorted({last.person.reference for last, one in _reached(by) if one.number == number})


def _theirs(by: Acting, people: Iterable[int]) -> QuerySet[Membership]:
    return members(by.joining()).filter(person__in=sorted(people)).select_related("person").order_by("record_id")


def _reached(by: Acting, stands: Later[list[UseRestricted]] | None = None) -> list[tuple[Membership, UseRestricted]]:
    """Of each record that a restriction is on, whose it is now, with the restriction."""
    said: dict[str, list[UseRestricted]] = {}
    for one in (stands or restrictions_of_use(by)).answer:
        said.setdefault(one.person, []).append(one)
    if not said:
        return []
    rows = Membership.objects.for_user(by.joining())
    under = rows.filter(person__reference__in=sorted(said)).order_by().values("record")
    decided: dict[int, list[Membership]] = {}
    for row in rows.filter(record__in=under).select_related("person").order_by("id"):
        decided.setdefault(row.record_id, []).append(row)
    return [(of[-1], one) for of in decided.values() for one in _on(of, said)]


def _on(decided: list[Membership], said: dict[str, list[UseRestricted]]) -> Iterable[UseRestricted]:
    """The restrictions that are on one record, whose decisions are given oldest first.

    What was said before anybody had the reference is of nobody: it was mistyped, and the number given to somebody else since.
    """
    lefts: list[datetime | None] = [*(one.known_from for one in decided[1:]), None]
    for row, left in zip(decided, lefts, strict=True):
        for one in said.get(row.person.reference, ()):
            if one.said_at < row.person.known_from:
                continue
            if left is None or not row.person.has_records or one.said_at < left:
                yield one

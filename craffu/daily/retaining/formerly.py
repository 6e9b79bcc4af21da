"""Under which references those whom an erasure touches are or were known (SEC-08, SEC-09).

A hold, a request about their own data, and the restriction of use that one asked for, is said of a reference. Whose records stand
under it changes with every link that is made or undone; what was said of them stays with the records.
"""

from collections.abc import Collection
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.retention.queries import stands_of
from craffu.access.rights_requests.queries import requests_open, restrictions_of_use
from craffu.clocks.london import day_of
from craffu.daily.retaining.going import Going
from craffu.people.models import Membership
from craffu.people.queries import memberships_of


def held_among(by: Acting, going: Going) -> list[str]:
    """Whose hold stands on anything that would go, in order: placed on a reference while a record stood under it, or before."""
    until = _known_as(by, going)
    stands = stands_of(by, until)
    return sorted(
        ref for ref, last in until.items() if any(_is_theirs(hold.known_from, last) for hold in stands[ref].holds)
    )


def asking_among(by: Acting, going: Going, at: datetime) -> list[str]:
    """The numbers of the requests about their own data that wait for an answer, likewise."""
    until = _known_as(by, going)
    return [
        one.request.number
        for one in requests_open(by, day_of(at))
        if one.request.person in until and _is_theirs(one.steps[0].at, until[one.request.person])
    ]


def restricted_among(by: Acting, going: Going) -> list[str]:
    """The numbers of the requests by which the use of anything that would go is restricted, likewise."""
    until = _known_as(by, going)
    return [
        one.number
        for one in restrictions_of_use(by).answer
        if one.person in until and _is_theirs(one.said_at, until[one.person])
    ]


def _known_as(by: Acting, going: Going) -> dict[str, datetime | None]:
    """Each reference of anybody touched with the instant at which the last record of theirs left it.

    None where one stands under it, and where nothing does any more: whatever is said of that is said of them. One query.
    """
    until: dict[str, datetime | None] = dict.fromkeys(going.touched)
    for one, left in _left_at(memberships_of(by.joining(), going.near)):
        ref = one.person.reference
        if left is None or not one.person.has_records:
            until[ref] = None
        elif ref not in until or (until[ref] or left) < left:
            until[ref] = left
    return until


def _left_at(rows: Collection[Membership]) -> list[tuple[Membership, datetime | None]]:
    """Each decision whose a record is, with the instant of the next one about it; None for the last. `rows` are oldest first."""
    next_of: dict[int, datetime] = {}
    found = []
    for one in reversed(list(rows)):
        found.append((one, next_of.get(one.record_id)))
        next_of[one.record_id] = one.known_from
    return found


def _is_theirs(said_at: datetime, until: datetime | None) -> bool:
    return until is None or said_at < until

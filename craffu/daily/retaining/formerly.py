"""Under which references those whom an erasure touches are or were known (SEC-08, SEC-09).

A hold, a request about their own data, and the restriction of use that one asked for, is said of a reference. Whose records stand
under it changes with every link that is made or undone; what was said of them stays with the records.
"""

from collections.abc import Collection
from dataclasses import dataclass
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
    known = _known_as(by, going)
    stands = stands_of(by, known)
    return sorted(ref for ref, one in known.items() if any(one.is_of(hold.known_from) for hold in stands[ref].holds))


def asking_among(by: Acting, going: Going, at: datetime) -> list[str]:
    """The numbers of the requests about their own data that wait for an answer, likewise."""
    known = _known_as(by, going)
    return [
        one.request.number
        for one in requests_open(by, day_of(at))
        if one.request.person in known and known[one.request.person].is_of(one.steps[0].at)
    ]


def restricted_among(by: Acting, going: Going) -> list[str]:
    """The numbers of the requests by which the use of anything that would go is restricted, likewise."""
    known = _known_as(by, going)
    return [
        one.number
        for one in restrictions_of_use(by).answer
        if one.person in known and known[one.person].is_of(one.said_at)
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """From when a reference was anybody's, and until when it was that of somebody touched; None, ever and still."""

    since: datetime | None = None
    until: datetime | None = None

    def is_of(self, said_at: datetime) -> bool:
        """Whether what was said of the reference at an instant is of them: before anybody had it, it was of nobody."""
        return (self.since is None or self.since <= said_at) and (self.until is None or said_at < self.until)


def _known_as(by: Acting, going: Going) -> dict[str, _Known]:
    """Each reference of anybody touched with the instant at which it was given, and at which the last record of theirs left it.

    That is None where one stands under it, and where nothing does any more: whatever is said of that is said of them. One query.
    """
    until: dict[str, datetime | None] = dict.fromkeys(going.touched)
    since: dict[str, datetime] = {}
    for one, left in _left_at(memberships_of(by.joining(), going.near)):
        ref = one.person.reference
        since[ref] = one.person.known_from
        if left is None or not one.person.has_records:
            until[ref] = None
        elif ref not in until or (until[ref] or left) < left:
            until[ref] = left
    return {ref: _Known(since.get(ref), last) for ref, last in until.items()}


def _left_at(rows: Collection[Membership]) -> list[tuple[Membership, datetime | None]]:
    """Each decision whose a record is, with the instant of the next one about it; None for the last. `rows` are oldest first."""
    next_of: dict[int, datetime] = {}
    found = []
    for one in reversed(list(rows)):
        found.append((one, next_of.get(one.record_id)))
        next_of[one.record_id] = one.known_from
    return found

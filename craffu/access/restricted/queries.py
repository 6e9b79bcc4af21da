"""Which records are restricted now, to whom each is closed, and who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from craffu.access.acting import Opened
from craffu.access.markings import MARKINGS, Outsiders, RecordMarking
from craffu.access.models import Force, User
from craffu.access.policies import is_let_in
from craffu.access.restricted.models import Admission, Restriction
from craffu.common import clock

type ByKind = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Shut:
    """A record as it is shut now, whom outsiders ask, and who said so last. `since` is when it was shut and not opened again."""

    marking: RecordMarking
    ask: User
    since: datetime
    changed_by: str

    def opens_for(self, admission: Admission | None, now: datetime) -> bool:
        """Whether somebody's last admission lets them in now.

        Who was let in before the record was opened and shut again is not let in by that, nor by an emergency where the
        marking knows of none.
        """
        if admission is None or admission.changed_at < self.since:
            return False
        if admission.emergency_id and not self.marking.opens_in_emergency:
            return False
        return is_let_in(admission.admitted, admission.until, now)


def restrictions(force: Force) -> dict[tuple[str, str], Shut]:
    """The records of a force that are restricted now, by kind and reference. One query."""
    shut: dict[tuple[str, str], Shut] = {}
    for row in Restriction.objects.filter(force=force).select_related("ask").order_by("id"):
        record = (row.kind, row.reference)
        before = shut.pop(record, None)
        if row.restricted:
            since = before.since if before else row.changed_at
            shut[record] = Shut(MARKINGS[row.marking], row.ask, since, row.changed_by)
    return shut


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to the restricted records of their force: closed, hidden among these, and open in an emergency."""

    closed: ByKind = field(default_factory=dict)
    hidden: ByKind = field(default_factory=dict)
    emergency: tuple[Opened, ...] = ()


def standing_of(user: User) -> Standing:
    """Read afresh on every request. Two queries at most (SEC-02)."""
    restricted = restrictions(user.force)
    if not restricted:
        return Standing()
    rows = Admission.objects.filter(user=user).select_related("emergency").defer("emergency__words").order_by("id")
    told = {(row.kind, row.reference): row for row in rows}
    now = clock.now()
    closed: dict[str, set[str]] = {}
    hidden: dict[str, set[str]] = {}
    opened = []
    for (kind, reference), shut in restricted.items():
        admission = told.get((kind, reference))
        if not shut.opens_for(admission, now):
            closed.setdefault(kind, set()).add(reference)
            if shut.marking.outsiders is Outsiders.NOTHING:
                hidden.setdefault(kind, set()).add(reference)
        elif admission and admission.emergency:
            opened.append(Opened(kind, reference, admission.emergency.number, admission.emergency.until))
    return Standing(_frozen(closed), _frozen(hidden), tuple(opened))


def _frozen(found: Mapping[str, set[str]]) -> ByKind:
    return {kind: frozenset(references) for kind, references in found.items()}


def closed_to(user: User) -> ByKind:
    """The restricted records that are not open to somebody at this moment, by kind."""
    return standing_of(user).closed


def readers_of(force: Force, kind: str, reference: str) -> list[Admission]:
    """Who is let into a record since it was restricted, in the order they were; nobody where it is open to all."""
    shut = restrictions(force).get((kind, reference))
    if shut is None:
        return []
    rows = Admission.objects.filter(force=force, kind=kind, reference=reference)
    rows = rows.select_related("user", "emergency").defer("emergency__words").order_by("id")
    latest = {row.user_id: row for row in rows}
    now = clock.now()
    return [row for row in latest.values() if shut.opens_for(row, now)]

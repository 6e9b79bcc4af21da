"""Which records are restricted now, to whom each is closed, and who reads it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from craffu.access.acting import Opened
from craffu.access.markings import MARKINGS, Outsiders, RecordMarking
from craffu.access.models import Force, User
from craffu.access.permissions import KEEPERS
from craffu.access.policies import is_let_in
from craffu.access.restricted.models import Admission, Restriction
from craffu.access.standing import Told, told_of
from craffu.common import clock

type ByKind = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Shut:
    """A record as it is shut now, whom outsiders ask, and who said so last. `since` is when it was shut and not opened again."""

    marking: RecordMarking
    since: datetime
    said: Restriction

    @property
    def ask(self) -> User:
        return self.said.ask

    @property
    def changed_by(self) -> str:
        return self.said.changed_by

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


type Record = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Turns:
    """The records of a force that are restricted now, and since when those that were once are open again."""

    shut: Mapping[Record, Shut]
    opened: Mapping[Record, datetime]

    def lets_in(self, record: Record, admission: Admission, now: datetime) -> bool:
        """Whether somebody's last admission to a record lets them in now, be the record restricted or not.

        What stood while a record was restricted ends when it is opened, but for an emergency, which ends by itself.
        """
        if record in self.shut:
            return self.shut[record].opens_for(admission, now)
        is_of_now = admission.emergency_id or record not in self.opened or admission.changed_at >= self.opened[record]
        return bool(is_of_now) and is_let_in(admission.admitted, admission.until, now)


def turns(force: Force) -> Turns:
    """One query."""
    return _turns(Restriction.objects.filter(force=force).select_related("ask").order_by("id"))


def _turns(rows: Iterable[Restriction]) -> Turns:
    """What rows in the order they were written come to."""
    shut: dict[Record, Shut] = {}
    opened: dict[Record, datetime] = {}
    for row in rows:
        record = (row.kind, row.reference)
        before = shut.pop(record, None)
        if row.restricted:
            since = before.since if before else row.changed_at
            shut[record] = Shut(MARKINGS[row.marking], since, row)
        else:
            opened[record] = row.changed_at
    return Turns(shut, opened)


def restrictions(force: Force) -> Mapping[Record, Shut]:
    """The records of a force that are restricted now, by kind and reference. One query."""
    return turns(force).shut


def covert_among(force: Force, kind: str) -> set[str]:
    """The references of those records of a kind of which nobody but those let in may know. One query."""
    return {
        reference
        for (of, reference), shut in restrictions(force).items()
        if of == kind and shut.marking.outsiders is Outsiders.NOTHING
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to records of their force: closed, hidden among these, open in an emergency, and let in by name."""

    closed: ByKind = field(default_factory=dict)
    hidden: ByKind = field(default_factory=dict)
    emergency: tuple[Opened, ...] = ()
    let_in: ByKind = field(default_factory=dict)


def standing_of(user: User, *, is_narrowed: bool = False) -> Standing:
    """Read afresh on every request. One query, and one more where something is open in an emergency (SEC-02)."""
    return standing_by(told_of(user).answer, is_narrowed=is_narrowed)


def standing_by(said: Told, *, is_narrowed: bool = False) -> Standing:
    """How somebody stands by what was said. One query where something is open in an emergency.

    Whoever reaches the whole force is asked about restricted records alone: nothing else is shut to them.
    """
    now, stand = clock.now(), _turns(said.restrictions)
    if not stand.shut and not is_narrowed:
        return Standing()
    told = {(row.kind, row.reference): row for row in said.admissions}
    closed: dict[str, set[str]] = {}
    hidden: dict[str, set[str]] = {}
    for (kind, reference), shut in stand.shut.items():
        if not shut.opens_for(told.get((kind, reference)), now):
            closed.setdefault(kind, set()).add(reference)
            if shut.marking.outsiders is Outsiders.NOTHING:
                hidden.setdefault(kind, set()).add(reference)
    let_in: dict[str, set[str]] = {}
    in_emergency: list[int] = []
    for record, admission in told.items():
        if (is_narrowed or record in stand.shut) and stand.lets_in(record, admission, now):
            let_in.setdefault(admission.kind, set()).add(admission.reference)
            if admission.emergency_id:
                in_emergency.append(admission.pk)
    return Standing(_frozen(closed), _frozen(hidden), _opened(in_emergency), _frozen(let_in))


def _opened(admissions: Collection[int]) -> tuple[Opened, ...]:
    """What is open by these admissions in an emergency. One query, or none."""
    if not admissions:
        return ()
    rows = Admission.objects.filter(pk__in=admissions).order_by("id")
    said = rows.values_list("kind", "reference", "emergency__number", "emergency__until")
    return tuple(Opened(*one) for one in said)


def _frozen(found: Mapping[str, set[str]]) -> ByKind:
    return {kind: frozenset(references) for kind, references in found.items()}


def closed_to(user: User) -> ByKind:
    """The restricted records that are not open to somebody at this moment, by kind."""
    return standing_of(user).closed


def readers_of(force: Force, kind: str, reference: str) -> list[Admission]:
    """Who is let into a record since it was restricted, in the order they were; nobody where it is open to all."""
    stand = turns(force)
    return _let_in(force, (kind, reference), stand) if (kind, reference) in stand.shut else []


def works_here(user: User) -> bool:
    """Whether an account is in use and holds any right: whoever has left reads nothing, though they were let in."""
    return user.is_active and bool(told_of(user).answer.rights)


def left_by(user: User) -> list[Record]:
    """The restricted records that somebody was let into for good, and beside them nobody who works here and may let others in."""
    stand = turns(user.force)
    theirs = set(Admission.objects.filter(force=user.force, user=user).order_by().values_list("kind", "reference"))
    return [
        record
        for record in sorted(theirs & stand.shut.keys())
        if user in (readers := [one.user for one in _let_in(user.force, record, stand) if one.until is None])
        and not any(
            one != user and one.is_active and told_of(one).answer.rights & frozenset(KEEPERS) for one in readers
        )
    ]


def left_behind(force: Force) -> dict[str, int]:
    """How many records are still restricted to somebody alone who no longer works here, by username."""
    let_in = Admission.objects.filter(force=force).order_by().values("user")
    users = [one for one in User.objects.filter(force=force, pk__in=let_in).order_by("username") if not works_here(one)]
    return {one.username: many for one in users if (many := len(left_by(one)))}


def whom_outsiders_ask(force: Force, shut: Mapping[Record, Shut]) -> dict[Record, User | None]:
    """Whom to ask for each of these restricted records: whoever is named there, and once they have left the first of its readers
    who has not; None where nobody is left. One query where anybody has left, or none.
    """
    found: dict[Record, User | None] = {record: one.ask if one.ask.is_active else None for record, one in shut.items()}
    gone = {record for record, ask in found.items() if ask is None}
    if not gone:
        return found
    named = {"kind__in": {kind for kind, _ in gone}, "reference__in": {reference for _, reference in gone}}
    rows = Admission.objects.filter(force=force, **named).select_related("user").order_by("id")
    latest = {(row.kind, row.reference, row.user_id): row for row in rows}
    now = clock.now()
    for (kind, reference, _), row in latest.items():
        record = (kind, reference)
        stays = row.until is None and row.user.is_active and record in gone and shut[record].opens_for(row, now)
        if stays and found[record] is None:
            found[record] = row.user
    return found


def let_in_from_elsewhere(force: Force, kind: str, reference: str) -> list[Admission]:
    """Who is let into a record that is not restricted, so that it need not be in their reach, in the order they were."""
    stand = turns(force)
    return [] if (kind, reference) in stand.shut else _let_in(force, (kind, reference), stand)


def _let_in(force: Force, record: Record, stand: Turns) -> list[Admission]:
    kind, reference = record
    rows = Admission.objects.filter(force=force, kind=kind, reference=reference)
    rows = rows.select_related("user", "emergency").defer("emergency__words").order_by("id")
    latest = {row.user_id: row for row in rows}
    now = clock.now()
    return [row for row in latest.values() if stand.lets_in(record, row, now)]

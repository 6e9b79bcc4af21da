"""Reading the log: whose history it holds, and whether it is whole (SEC-05).

`verify` names the first bad row: changed, removed, moved or put in between by reading the chain; a tail cut off and a
chain written anew by the signed heads in the database and outside; and triggers that no longer stand, at once.
"""

import hmac
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Max, QuerySet

from craffu.audit import triggers
from craffu.audit.heads import SignedHead, heads_file, read_heads
from craffu.audit.models import SELDOM, Event, Head, IsSeldom, Seal, Unsealed
from craffu.audit.naming import SAID, WAITING, naming
from craffu.audit.rules import Verb, instant_text
from craffu.audit.stretches import Break, Database, Stretch, check_apart, check_stretch, fast_cursor, reading
from craffu.common import clock, keyring
from craffu.common.telling import told

# Below this many rows starting other processes costs more than they save.
SHARE_ABOVE = 500_000
# Processes that read side by side, one for each core: while one waits for PostgreSQL, another hashes.
CORES = min(16, os.cpu_count() or 1)
HELPERS = {"sqlite": CORES, "postgresql": CORES}
# A head is copied outside just after its commit; one that is not there after this long was never copied, or was removed.
COPY_GRACE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class FirstBad:
    """The first row of a force's chain that cannot be trusted. `event` is its row in the log, where it still has one."""

    force: str
    position: int
    event: int | None
    why: str


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """Where a force's chain ends, and the last signed head that vouches for it."""

    force: str
    position: int
    hash: str
    signed: SignedHead | None


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the log is whole. `rows` counts sealed rows; `unsealed` those not yet in a chain."""

    rows: int
    first_bad: FirstBad | None
    heads: tuple[ChainEnd, ...]
    unsealed: int
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return self.first_bad is None and not self.problems

    @property
    def head(self) -> ChainEnd | None:
        """The end of this installation's own chain, or of the only one."""
        own = [head for head in self.heads if head.force == settings.CRAFFU_FORCE]
        return next(iter(own or self.heads), None)

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "ok": self.ok,
            "first_bad": asdict(self.first_bad) if self.first_bad else None,
            "head": asdict(self.head) if self.head else None,
            "heads": [asdict(head) for head in self.heads],
            "unsealed": self.unsealed,
            "problems": list(self.problems),
        }


def events_about(ref: str, *, force: str) -> QuerySet[Event]:
    """The events of one force that concern a record, newest first. Reading them is itself a consultation to log."""
    return Event.objects.filter(pk__in=naming([ref], force=force)).order_by("-id")


def of_verbs(found: QuerySet[Event], verbs: Iterable[Verb]) -> QuerySet[Event]:
    """The events under any of these verbs; the seldom ones are found by an index of their own."""
    wanted = sorted(verb.value for verb in verbs)
    found = found.filter(verb__in=wanted)
    return found.filter(IsSeldom(F("verb"), True)) if set(wanted) <= set(SELDOM) else found


def seals_of(events: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Where each of some events stands in its force's chain, and its seal; one that waits for its seal is left out."""
    rows = Seal.objects.filter(event__in=list(events)).values_list("event_id", "position", "hash")
    return {event: (position, seal) for event, position, seal in rows}


def forces_waiting() -> list[str]:
    """The forces with events that are not sealed yet."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT e.force FROM {WAITING[connection.vendor]} ORDER BY e.force")  # noqa: S608
        return [force for (force,) in cursor.fetchall()]


def waiting(force: str, limit: int) -> list[tuple[int, str]]:
    """The first of a force's events that are not sealed yet, in the order they were written: number and payload."""
    sql = f"SELECT u.event_id, e.payload FROM {WAITING[connection.vendor]} WHERE e.force = %s ORDER BY u.event_id LIMIT %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [force, limit])
        return list(cursor.fetchall())


def forces_sealed() -> list[str]:
    """The forces that have a chain, found by stepping along the index rather than by reading the log."""
    forces: list[str] = []
    following = Seal.objects.order_by("force").values_list("force", flat=True)
    force = following.first()
    while force is not None:
        forces.append(force)
        force = following.filter(force__gt=force).first()
    return forces


def signed_heads() -> dict[str, list[SignedHead]]:
    """The signed heads in the database, by force, as they were signed."""
    heads: dict[str, list[SignedHead]] = {}
    for head in Head.objects.order_by("force", "position", "id"):
        signed = SignedHead(head.force, head.position, head.hash, head.at, head.signature)
        heads.setdefault(head.force, []).append(signed)
    return heads


def signature_holds(head: SignedHead) -> bool:
    return hmac.compare_digest(keyring.ring().sign(head.signed_text()).encode(), str(head.signature).encode())


def protection_problems() -> list[str]:
    """Triggers and drawn columns of the log that no longer stand as they were made."""
    return triggers.problems(connection)


def heads_standing(force: str, now: datetime) -> tuple[list[SignedHead], list[str]]:
    """The heads of a force's chain that can be trusted, the longest chain last, and what is wrong with any."""
    kept, unreadable = _heads_outside(force)[force]
    trusted, doubts = _trusted_heads(force, signed_heads().get(force, []), kept, now)
    return trusted, [*_unreadable(force, unreadable), *doubts]


def _unreadable(force: str, lines: list[int]) -> list[str]:
    return [f"line {line} of the heads of {force} kept outside cannot be read" for line in lines]


def verify(
    force: str | None = None,
    *,
    references: bool = True,
    now: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Check the whole log, or one force's chain.

    `references` also holds the search index by record against the events it was drawn from. `progress` is told how many
    more rows were read.
    """
    try:
        return _verified(force, references, now or clock.now(), progress)
    except DatabaseError as fault:
        problem = f"the log cannot be read: {str(fault).strip().splitlines()[0]}"
        return Verification(0, None, (), 0, (problem,))


def _verified(
    force: str | None, references: bool, now: datetime, progress: Callable[[int], None] | None
) -> Verification:
    problems = protection_problems()
    # In this order, because the log grows meanwhile: rows counted are sealed before the ends are looked up, what is
    # outside was committed before it was copied, and what was signed was sealed before.
    rows, unsealed, lost = _counted(force)
    problems += lost
    outside = _heads_outside(force)
    inside = {code: heads for code, heads in signed_heads().items() if force in {None, code}}
    forces = sorted({*(forces_sealed() if force is None else [force]), *outside, *inside})
    ends, broken = [], []
    with _references(beside=rows > SHARE_ABOVE) if references else nullcontext() as found_of_them:
        for code in forces:
            kept, unreadable = outside.get(code, ([], []))
            problems += _unreadable(code, unreadable)
            trusted, doubts = _trusted_heads(code, inside.get(code, []), kept, now)
            problems += doubts
            last = _last_position(code)
            found = _first_break(code, last, trusted, progress)
            if found:
                broken.append(FirstBad(code, found.position, found.event, found.why))
            end = Seal.objects.filter(force=code, position=last).first()
            if end:
                ends.append(
                    ChainEnd(code, end.position, end.hash, max(trusted, key=lambda head: head.position, default=None))
                )
        if found_of_them and not broken:
            problems += found_of_them()
    problems += [f"the chain of {bad.force} is broken too, at {bad.position}: {bad.why}" for bad in broken[1:]]
    chained = sum(end.position for end in ends)
    if rows > chained and not broken:
        problems.append(f"{rows - chained} seals lie outside any chain")
    return Verification(rows, broken[0] if broken else None, tuple(ends), unsealed, tuple(problems))


def _last_position(force: str) -> int:
    return Seal.objects.filter(force=force).aggregate(last=Max("position"))["last"] or 0


def _heads_outside(force: str | None) -> dict[str, tuple[list[SignedHead], list[int]]]:
    folder = Path(settings.CRAFFU_AUDIT_HEADS)
    files = sorted(folder.glob("*.heads")) if force is None else [heads_file(folder, force)]
    return {path.stem: read_heads(path) for path in files}


def _trusted_heads(
    force: str, inside: list[SignedHead], outside: list[SignedHead], now: datetime
) -> tuple[list[SignedHead], list[str]]:
    """The heads whose signature holds, wherever they lie, and what is wrong with the rest."""
    problems = []
    trusted: dict[SignedHead, None] = {}
    for place, heads in (("in the database", inside), ("kept outside", outside)):
        for head in heads:
            if head.force == force and signature_holds(head):
                trusted[head] = None
            else:
                problems.append(f"the signature of {force}'s head at {head.position} {place} does not hold")
    lost = [head for head in outside if head in trusted and head not in set(inside)]
    problems += [f"{force}'s head at {head.position} is kept outside but gone from the database" for head in lost]
    oldest = instant_text(now - COPY_GRACE)
    uncopied = [head for head in inside if head in trusted and head not in set(outside) and head.at < oldest]
    problems += [f"{force}'s head at {head.position} is not kept outside: run `craffu audit seal`" for head in uncopied]
    return sorted(trusted, key=lambda head: head.position), problems


def _first_break(
    force: str, last: int, heads: list[SignedHead], progress: Callable[[int], None] | None
) -> Break | None:
    """The first bad row, by the chain itself and by its signed heads.

    A row that does not fit its hash is named by the chain. Rows written anew with new hashes all fit: then the signed
    heads tell the stretch in which it happened, and the first row no head vouches for is named.
    """
    with connection.wrap_database_errors:
        broken = _broken_chain(force, last, progress)
    vouched = 0
    for head in heads:
        if broken and broken.position <= head.position:
            return broken
        if head.position > last:
            return Break(last + 1, None, f"the tail was cut off: a signed head says the chain reached {head.position}")
        if not Seal.objects.filter(force=force, position=head.position, hash=head.hash).exists():
            return _rewritten(force, vouched + 1, head.position)
        vouched = head.position
    return broken


def _rewritten(force: str, first: int, signed: int) -> Break:
    event = Seal.objects.filter(force=force, position=first).values_list("event_id", flat=True).first()
    return Break(first, event, f"the chain was written anew between here and the signed head at {signed}")


def _broken_chain(force: str, last: int, progress: Callable[[int], None] | None) -> Break | None:
    database = _for_helpers() if last > SHARE_ABOVE else None
    if database is None:
        with _told_whom_for():
            cursor = fast_cursor(connection.vendor, connection.connection)
            return check_stretch(cursor, connection.vendor, Stretch(force, 1, last), progress)
    size = max(SHARE_ABOVE // 4, -(-last // (HELPERS[connection.vendor] * 4)))
    stretches = [Stretch(force, first, min(first + size - 1, last)) for first in range(1, last + 1, size)]
    with ProcessPoolExecutor(HELPERS[connection.vendor], mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(check_apart, database, stretch) for stretch in stretches]
        for stretch, answer in zip(stretches, waiting, strict=True):
            if found := answer.result():
                pool.shutdown(cancel_futures=True)
                return found
            if progress:
                progress(stretch.last - stretch.first + 1)
    return None


@contextmanager
def _told_whom_for() -> Iterator[None]:
    """On PostgreSQL one transaction, begun by a statement that says whom it works for: the driver's own cursor says nothing."""
    connection.ensure_connection()
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        connection.cursor().execute("SELECT 1")
        yield


def _for_helpers() -> Database | None:
    """How another process reaches this database and what it says there; nothing where it could not see what this one sees."""
    wrapper: Any = connection
    if connection.in_atomic_block or HELPERS[connection.vendor] < 2:
        return None
    params = wrapper.get_connection_params()
    if connection.vendor == "sqlite":
        return Database("sqlite", {"database": str(params["database"]), "uri": params.get("uri", False)})
    ours = {"context", "cursor_factory", "prepare_threshold"}
    reached = {name: value for name, value in params.items() if name not in ours}
    said = " ".join(f"-c {name}={value}" for name, value in told().items())
    return Database("postgresql", {**reached, "options": f"{reached.get('options', '')} {said}".strip()})


COUNTS = """
    SELECT (SELECT count(*) FROM audit_seal), (SELECT count(*) FROM audit_event),
        (SELECT count(*) FROM audit_unsealed), (SELECT count(*) FROM audit_unsealed u JOIN audit_event e ON e.id = u.event_id)
"""
NOT_WAITING = """
    SELECT min(e.id), count(*) FROM audit_event e LEFT JOIN audit_seal s ON s.event_id = e.id
    LEFT JOIN audit_unsealed u ON u.event_id = e.id WHERE s.event_id IS NULL AND u.event_id IS NULL
"""


def _counted(force: str | None) -> tuple[int, int, list[str]]:
    """Sealed rows, unsealed rows, and events that are neither sealed nor waiting or that wait and are gone."""
    if force is not None:
        unsealed = Unsealed.objects.filter(event__force=force).count()
        return Seal.objects.filter(force=force).count(), unsealed, []
    problems = []
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        seals, events, waiting, there = cursor.fetchone()
        if waiting > there:
            problems.append(f"{waiting - there} events that waited for their seal are gone")
        if events - seals > there:
            cursor.execute(NOT_WAITING)
            first, count = cursor.fetchone()
            problems.append(f"{count} events are neither sealed nor waiting to be, the first is {first}")
    return seals, events - seals, problems


SAYS_IT = {
    "sqlite": "EXISTS (SELECT 1 FROM json_each(e.payload, '$.refs') said WHERE said.value = r.ref)",
    "postgresql": "coalesce(e.payload::jsonb -> 'refs' ? r.ref, false)",
}
FORGED_REFERENCES = """
    SELECT count(*) FROM audit_eventreference r LEFT JOIN audit_event e ON e.id = r.event_id
    WHERE e.id IS NULL OR NOT {says_it}
"""
LOST_REFERENCES = """
    SELECT count(*) FROM audit_event e, {said}
    WHERE NOT EXISTS (SELECT 1 FROM audit_eventreference r WHERE r.ref = said.value AND r.event_id = e.id)
        AND EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)
"""


@contextmanager
def _references(*, beside: bool) -> Iterator[Callable[[], list[str]]]:
    """What is wrong with the index by record, for whoever asks then: looked for `beside` what is done meanwhile, or only then."""
    database = _for_helpers() if beside else None
    if database is None:
        yield _reference_problems
        return
    with ThreadPoolExecutor(1) as thread:
        looked = thread.submit(_reference_problems_apart, database)
        yield connection.wrap_database_errors(looked.result)


def _reference_problems_apart(database: Database) -> list[str]:
    with reading(database) as cursor:
        return _reference_problems_of(cursor, database.vendor)


def _reference_problems() -> list[str]:
    with connection.cursor() as cursor:
        return _reference_problems_of(cursor, connection.vendor)


def _reference_problems_of(cursor: Any, vendor: str) -> list[str]:
    found = []
    for sql, what in (
        (FORGED_REFERENCES, "entries of the index by record are in no event"),
        (LOST_REFERENCES, "references of events are missing from the index by record"),
    ):
        cursor.execute(sql.format(said=SAID[vendor], says_it=SAYS_IT[vendor]))
        (count,) = cursor.fetchone()
        if count:
            found.append(f"{count} {what}")
    return found

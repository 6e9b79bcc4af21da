"""The only writes to the log: record what is done, seal it into its force's chain, sign the head (SEC-04, SEC-05).

A row is written in the transaction of the act, so both stand or neither does; it is sealed by a short step after the
commit, so a long intake never makes a page wait for the log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from craffu.audit import queries
from craffu.audit.actors import Actor
from craffu.audit.chain import chain_reference
from craffu.audit.events import CHAIN_CHECKED, Entry, EventKind
from craffu.audit.heads import SignedHead, append_heads, head_text, heads_file, read_heads
from craffu.audit.models import Event, Head, Seal
from craffu.audit.rules import BEFORE_THE_FIRST, canonical, instant_text, is_reference, links, missing_fields, storable
from craffu.common import clock, door, keyring

SEAL_BATCH = 1000
# The first half of the advisory lock's key: any number that nothing else in Craffu uses.
CHAIN_LOCK = 62_005
SEALED_NOW_WAIT_NO_MORE = """
    DELETE FROM audit_unsealed
    WHERE event_id IN (SELECT event_id FROM audit_seal WHERE force = %s AND position BETWEEN %s AND %s)
"""


class IncompleteEvent(ValueError):
    """A row that lacks what the law asks for, or holds what may not be in a log, is not written, nor is the act."""


class RecordedOutsideTransaction(RuntimeError):
    """A row written apart from its act could survive it, or be lost without it."""


def _sorted(texts: Iterable[str]) -> list[str]:
    return sorted({storable(text) for text in texts})


def _payload(kind: EventKind, actor: Actor, entry: Entry, request: str, now: datetime) -> str:
    refs = _sorted(entry.refs)
    strange = [ref for ref in refs if not is_reference(ref)]
    if strange:
        raise IncompleteEvent(f"{kind.key}: {len(strange)} of the references are not of the shape kind/identifier")
    row: dict[str, object] = {
        "at": instant_text(now),
        "actor": storable(actor.name),
        "actor_kind": actor.kind,
        "role": storable(actor.role),
        "force": actor.force,
        "verb": kind.verb.value,
        "kind": kind.key,
        "refs": refs,
        "fields": _sorted(entry.fields),
        "purpose": storable(entry.purpose),
        "reason": storable(entry.reason),
        "recipient": storable(entry.recipient),
        "request": storable(request),
        "counts": {name: int(count) for name, count in entry.counts.items()},
    }
    missing = missing_fields(kind.verb, row)
    if missing:
        raise IncompleteEvent(f"{kind.key} cannot be logged without {', '.join(missing)}")
    return canonical({name: value for name, value in row.items() if value})


def _join_the_act() -> None:
    if not connection.in_atomic_block:
        raise RecordedOutsideTransaction("an audit row is written in the transaction of its act")
    door.audit_written()


def record(
    *,
    kind: EventKind,
    actor: Actor,
    refs: Iterable[str] = (),
    fields: Iterable[str] = (),
    purpose: str = "",
    reason: str = "",
    recipient: str = "",
    request: str = "",
    counts: Mapping[str, int] | None = None,
    now: datetime | None = None,
) -> int:
    """Log one act, in the transaction of that act. Returns the number of its row.

    `refs` point at records (`person/P-10001`), `fields` are field names, `counts` numbers by name: never a value of
    the register. Raises `IncompleteEvent`, and a disclosure without recipient is incomplete.
    """
    entry = Entry(refs, fields, purpose, reason, recipient, counts or {})
    payload = _payload(kind, actor, entry, request, now or clock.now())
    _join_the_act()
    # One plain statement, because every act and every page waits for it.
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_event (payload) VALUES (%s) RETURNING id", [payload])
        return int(cursor.fetchone()[0])


def record_many(
    *, kind: EventKind, actor: Actor, entries: Iterable[Entry], request: str = "", now: datetime | None = None
) -> int:
    """Log many acts of one kind at one instant, set-based. Returns how many."""
    at = now or clock.now()
    payloads = [(_payload(kind, actor, entry, request, at),) for entry in entries]
    if payloads:
        _join_the_act()
        Event.objects.add_rows(("payload",), payloads)
    return len(payloads)


def record_consultation(
    *,
    kind: EventKind,
    actor: Actor,
    refs: Iterable[str] = (),
    fields: Iterable[str] = (),
    purpose: str = "",
    reason: str = "",
    request: str = "",
    counts: Mapping[str, int] | None = None,
    now: datetime | None = None,
) -> int:
    """Log that somebody looked: a reading has no transaction of its own, so this opens a short one."""
    with transaction.atomic():
        return record(
            kind=kind,
            actor=actor,
            refs=refs,
            fields=fields,
            purpose=purpose,
            reason=reason,
            request=request,
            counts=counts,
            now=now,
        )


def _lock_chain(force: str) -> None:
    """Let one sealer at a time work on a force's chain.

    An advisory lock rather than a locked row, because locking a row asks for the right to change it. On SQLite the
    transaction itself (BEGIN IMMEDIATE) is the lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [CHAIN_LOCK, force])


def _seal_batch(force: str, size: int) -> int:
    with transaction.atomic(durable=True):
        _lock_chain(force)
        rows = queries.waiting(force, size)
        last = Seal.objects.filter(force=force).order_by("position").last()
        hashes = links(last.hash if last else BEFORE_THE_FIRST, [payload for _, payload in rows])
        start = (last.position if last else 0) + 1
        Seal.objects.add_rows(
            ("event", "force", "position", "hash"),
            ((event, force, start + step, hashes[step]) for step, (event, _) in enumerate(rows)),
        )
        # Exactly the rows sealed: another may have been committed with a lower number meanwhile.
        with connection.cursor() as cursor:
            cursor.execute(SEALED_NOW_WAIT_NO_MORE, [force, start, start + len(rows) - 1])
    return len(rows)


def seal(*, force: str | None = None, limit: int = 100_000) -> int:
    """Seal what is committed and unsealed, in the order it was written, in short transactions. Returns how many.

    An event that another transaction commits late is sealed later: its position is the order of the log.
    """
    sealed = 0
    for code in [force] if force else queries.forces_waiting():
        while sealed < limit:
            done = _seal_batch(code, min(SEAL_BATCH, limit - sealed))
            sealed += done
            if done < SEAL_BATCH:
                break
    return sealed


def sign_heads(*, force: str | None = None, now: datetime | None = None) -> list[SignedHead]:
    """Sign where each chain, or one force's, ends now, and copy what is signed and not outside yet. Returns the new ones.

    The copy comes after the commit: a slow mount must not hold the database.
    """
    at = instant_text(now or clock.now())
    signed = []
    for code in [force] if force else queries.forces_sealed():
        with transaction.atomic():
            _lock_chain(code)
            last = Seal.objects.filter(force=code).order_by("position").last()
            if last is None or Head.objects.filter(force=code, position__gte=last.position).exists():
                continue
            signature = keyring.ring().sign(head_text(code, last.position, last.hash, at))
            head = SignedHead(code, last.position, last.hash, at, signature)
            Head.objects.add([Head(**asdict(head))])
            signed.append(head)
    copy_heads(force)
    return signed


def copy_heads(force: str | None = None) -> None:
    """Copy outside every signed head that is not there yet. A head that was tampered with is not copied."""
    for code, heads in queries.signed_heads().items():
        if force not in {None, code}:
            continue
        path = heads_file(Path(settings.CRAFFU_AUDIT_HEADS), code)
        outside, _ = read_heads(path)
        missing = [head for head in heads if head not in set(outside) and queries.signature_holds(head)]
        if missing:
            append_heads(path, missing)


def check_chain(*, actor: Actor, request: str = "", now: datetime | None = None) -> queries.Verification:
    """Check the whole chain of the actor's force, and log that it was checked and how many faults were found."""
    found = queries.verify(actor.force, references=False, now=now)
    faults = len(found.problems) + (found.first_bad is not None)
    record_consultation(
        kind=CHAIN_CHECKED,
        actor=actor,
        refs=[chain_reference(actor.force)],
        request=request,
        counts={"rows": found.rows, "faults": faults},
        now=now,
    )
    return found

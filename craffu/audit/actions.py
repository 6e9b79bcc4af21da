"""The only writes to the log itself: record what is done, in the transaction of the act, so both stand or neither does (SEC-04).

A row is sealed into its force's chain by a short step after the commit (`sealing`).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection

from craffu.audit.actors import Actor
from craffu.audit.events import Entry, EventKind
from craffu.audit.models import Event
from craffu.audit.rules import canonical, instant_text, is_reference, missing_fields, storable
from craffu.common import clock, door


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
) -> None:
    """Log that somebody looked: a reading has no transaction of its own, so the one statement is one (ADR 117)."""
    payload = _payload(kind, actor, Entry(refs, fields, purpose, reason, "", counts or {}), request, now or clock.now())
    if connection.in_atomic_block:
        _join_the_act()
    with connection.cursor() as cursor:
        # It gives nothing back, so that it is committed, or has failed, when it returns.
        cursor.execute("INSERT INTO audit_event (payload) VALUES (%s)", [payload])

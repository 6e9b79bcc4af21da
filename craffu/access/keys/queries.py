"""Where each key is still needed, and what began before it stopped writing."""

import time
from dataclasses import dataclass

from django.db import connection

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.permissions import check_can_change_keys
from craffu.access.wall.building import reaches_every_force
from craffu.access.wall.reach import EVERY_FORCE
from craffu.audit import actions as audit
from craffu.common import keyring
from craffu.common.key_changes import KeyKind, keys_of, waiting, writing
from craffu.common.rewrapping import protected_models, rows_by_key
from craffu.common.telling import told

WRITES, READS, WAITS = "writes", "reads", "waits"
LOOKS_EVERY_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class KeyStanding:
    """One key: what it is for, whether it writes, only reads or waits, and how many values need it (None: not counted)."""

    id: str
    kind: KeyKind
    state: str
    writes_since: str
    rows: int | None


def standing(by: Acting) -> list[KeyStanding]:
    """Every key of the ring, the oldest first. A look that is logged like any other."""
    check_can_change_keys(by)
    ring = keyring.ring()
    needed: dict[str, int] = {}
    for counts in values_by_key(ring).values():
        for key, rows in counts.items():
            needed[key] = needed.get(key, 0) + rows
    audit.record_consultation(kind=events.KEYS_VIEWED, actor=by.actor)
    return [
        KeyStanding(key, kind, _state(ring, kind, key), ring.since.get(key, ""), _rows(kind, key, needed))
        for kind in KeyKind
        for key in keys_of(ring, kind)
    ]


def _rows(kind: KeyKind, key: str, needed: dict[str, int]) -> int | None:
    return needed.get(key, 0) if kind is KeyKind.VALUES else None


def _state(ring: keyring.KeyRing, kind: KeyKind, key: str) -> str:
    if key == writing(ring, kind):
        return WRITES
    return WAITS if key in waiting(ring, kind) else READS


def values_by_key(ring: keyring.KeyRing) -> dict[str, dict[str, int]]:
    """For every encrypted column of the register, how many values each key is needed for; "" is a key not in the ring."""
    keys = keys_of(ring, KeyKind.VALUES)
    return {
        f"{model._meta.label_lower}.{column}": counts
        for model in protected_models()
        for column, counts in rows_by_key(model, keys).items()
    }


def left_to_rewrap(ring: keyring.KeyRing) -> int:
    """How many values are not under the key that writes."""
    return sum(
        rows for counts in values_by_key(ring).values() for key, rows in counts.items() if key not in {ring.current, ""}
    )


def hidden_tables() -> list[str]:
    """The tables of which this process may be shown less than all rows: on PostgreSQL those behind the wall between
    forces (ADR 20), unless it is the tables' owner and said that it works for every force.
    """
    if connection.vendor != "postgresql" or (EVERY_FORCE in told() and reaches_every_force()):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND pg_table_is_visible(oid) "
            "AND relname = ANY(%s) AND row_security_active(oid)",
            [[model._meta.db_table for model in protected_models()]],
        )
        return [table for (table,) in cursor.fetchall()]


_OPEN = (
    "SELECT l.virtualtransaction FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
    "WHERE l.locktype = 'virtualxid' AND a.datname = current_database() AND l.pid <> pg_backend_pid()"
)


def still_open(wait: float) -> int:
    """How many transactions that are open now are open still after `wait` seconds: they may write with the ring of before.

    SQLite has one writer, which this process is as soon as its own transaction begins, so there is nothing to wait for.
    """
    if connection.vendor != "postgresql":
        return 0
    until = time.monotonic() + wait
    before = _open_transactions()
    while before and time.monotonic() < until:
        time.sleep(LOOKS_EVERY_SECONDS)
        before &= _open_transactions()
    return len(before)


def _open_transactions() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_OPEN)
        return {number for (number,) in cursor.fetchall()}

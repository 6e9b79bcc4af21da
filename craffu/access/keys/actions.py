"""Keys added, put to use and retired while the register is in use, each in the log by its id (SEC-04, SEC-06).

The database itself remembers how far a rotation has come: a value says under which key it lies, so a rotation that was
killed is simply begun again.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.keys.policies import (
    check_does_not_write,
    check_nobody_works_under_it,
    check_nothing_left,
    check_sees_every_row,
    check_sessions_over,
)
from craffu.access.keys.queries import hidden_tables, still_open, values_by_key
from craffu.access.permissions import check_can_change_keys
from craffu.access.sessions.queries import lifetime
from craffu.audit import actions as audit
from craffu.common import clock, key_changes, keyring
from craffu.common.door import action, bookkeeping
from craffu.common.key_changes import KeyKind, kind_of, waiting, writing
from craffu.common.refusals import NotNow
from craffu.common.rewrapping import Batch, BlindIndex, protected_models, retoken, rewrap

ROWS_AT_ONCE = 500
# Between two batches others get their turn to write.
PAUSE_SECONDS = 0.005
# What was worked out in memory with the ring of before is written by then.
SETTLES_SECONDS = 2.0
WAITS_SECONDS = 30.0

type Look = Callable[[int], object]
type Walk = Callable[[object], Batch]


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did: the key that writes, how many texts it brought under it, and how many nobody can read."""

    key: str
    began: bool
    replaced: int
    unreadable: int


@action
def add_key(*, by: Acting, kind: KeyKind) -> str:
    """A new key that every process knows before anybody writes with it. Returns its id."""
    check_can_change_keys(by)
    key = key_changes.join(kind)
    audit.record(kind=events.KEY_ADDED, actor=by.actor, refs=[f"key/{key}"])
    return key


def rotate(*, by: Acting, kind: KeyKind, indexes: Sequence[BlindIndex] = (), look: Look = int) -> Rotated:
    """The newest key writes from now on, and everything kept is brought under it, in batches while others work.

    Begun again after it was killed, it goes on; begun again after it ended, it changes nothing. `look` is told how many
    texts each batch replaced.
    """
    check_can_change_keys(by)
    check_sees_every_row(hidden_tables())
    began = bool(waiting(keyring.ring(), kind))
    if began:
        _put_to_use(by=by, kind=kind, now=clock.now())
    replaced = unreadable = 0
    while True:
        batches = list(_walks(kind, indexes, look))
        replaced += sum(batch.replaced for batch in batches)
        unreadable = sum(batch.unreadable for batch in batches)
        if not sum(batch.replaced for batch in batches):
            break
    key = writing(keyring.ring(), kind)
    if replaced:
        _note_rewrapped(by=by, key=key, replaced=replaced)
    return Rotated(key, began, replaced, unreadable)


@action
def _put_to_use(*, by: Acting, kind: KeyKind, now: datetime) -> None:
    key = waiting(keyring.ring(), kind)[-1]
    audit.record(kind=events.KEY_WRITES, actor=by.actor, refs=[f"key/{key}"], now=now)
    key_changes.begin_to_write(kind, key, now)


@action
def _note_rewrapped(*, by: Acting, key: str, replaced: int) -> None:
    audit.record(kind=events.VALUES_REWRAPPED, actor=by.actor, refs=[f"key/{key}"], counts={"values": replaced})


def _walks(kind: KeyKind, indexes: Sequence[BlindIndex], look: Look) -> Iterator[Batch]:
    """Once over every column of this kind, batch by batch, each in a transaction of its own."""
    walks: list[Walk]
    if kind is KeyKind.VALUES:
        walks = [lambda last, model=model: rewrap(model, last, ROWS_AT_ONCE) for model in protected_models()]  # type: ignore[misc]
    else:
        walks = [lambda last, index=index: retoken(index, last, ROWS_AT_ONCE) for index in indexes]  # type: ignore[misc]
    for walk in walks:
        last: object = None
        while True:
            batch = _one_batch(walk, last)
            yield batch
            if batch.last is None:
                break
            last = batch.last
            if batch.replaced:
                look(batch.replaced)
                time.sleep(PAUSE_SECONDS)


@bookkeeping
def _one_batch(walk: Walk, last: object) -> Batch:
    return walk(last)


def retire_key(*, by: Acting, key: str, indexes: Sequence[BlindIndex] = (), now: datetime | None = None) -> KeyKind:
    """An old key leaves the ring for good. Refused while it writes, while anything lies under it, or while work goes on
    that may still write with it; then the refusal says where.
    """
    check_can_change_keys(by)
    now = now or clock.now()
    ring = keyring.ring()
    kind = kind_of(ring, key)
    if kind is None:
        raise NotNow("no_such_key", f"There is no key {key}. `craffu keys list` shows them.")
    check_does_not_write(key, writing(ring, kind))
    since = ring.since.get(writing(ring, kind))
    began = datetime.fromisoformat(since) if since else None
    if kind is KeyKind.INDEX:
        check_sessions_over(began, lifetime().idle, now)
    if began is not None:
        time.sleep(max(0.0, SETTLES_SECONDS - (now - began).total_seconds()))
    check_nobody_works_under_it(still_open(WAITS_SECONDS))
    _retire(by=by, kind=kind, key=key, indexes=indexes)
    return kind


@action
def _retire(*, by: Acting, kind: KeyKind, key: str, indexes: Sequence[BlindIndex]) -> None:
    check_sees_every_row(hidden_tables())
    ring = keyring.ring()
    check_does_not_write(key, writing(ring, kind))
    if kind is KeyKind.VALUES:
        left = {where: counts[key] for where, counts in values_by_key(ring).items()}
    else:
        left = {f"{index.model._meta.label_lower}.{index.column}": _tokens_left(index) for index in indexes}
    check_nothing_left(key, left)
    audit.record(kind=events.KEY_RETIRED, actor=by.actor, refs=[f"key/{key}"])
    key_changes.leave(kind, key)


def _tokens_left(index: BlindIndex) -> int:
    """How many tokens are not those of the key that writes, made again and compared."""
    left, last = 0, None
    while found := list(index.renewed(last, ROWS_AT_ONCE)):
        left += sum(one.renewed != one.stored for one in found)
        last = found[-1].row
    return left

"""Seal what was recorded into its force's chain, sign the head and copy it outside, check the whole chain (SEC-05).

Sealing is a short step after the commit of the act, so a long intake never makes a page wait for the log. Whoever only records
does not load what reads and checks chains.
"""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from craffu.audit import queries
from craffu.audit.actions import record_consultation
from craffu.audit.actors import Actor
from craffu.audit.chain import chain_reference
from craffu.audit.events import CHAIN_CHECKED
from craffu.audit.heads import SignedHead, append_heads, head_text, heads_file, read_heads
from craffu.audit.models import Head, Seal
from craffu.audit.rules import BEFORE_THE_FIRST, instant_text, links
from craffu.common import clock, keyring

# So many lists of fifty records keep SQLite's only writer for less than a tenth of a second (ADR 124).
SEAL_BATCH = 250
# The first half of the advisory lock's key: any number that nothing else in Craffu uses.
CHAIN_LOCK = 62_005
SEALED_NOW_WAIT_NO_MORE = """
    DELETE FROM audit_unsealed
    WHERE event_id IN (SELECT event_id FROM audit_seal WHERE force = %s AND position BETWEEN %s AND %s)
"""


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

"""The only writes of intake: runs, their files, and the rows held back (INT-03, INT-04, INT-05)."""

import os
import socket
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Model

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action, bookkeeping
from craffu.common.fields import sealed
from craffu.common.locks import lock_until_commit
from craffu.common.models import Provenance
from craffu.common.version_reads import contents_said, newest_said
from craffu.common.versions import Decided, Said, decide
from craffu.intake import events
from craffu.intake.models import HeldDecision, HeldRow, KeptRow, MappingUsed, Run, RunFile
from craffu.intake.opening import Document
from craffu.intake.permissions import check_can_take_in
from craffu.intake.policies import check_may_move, check_no_other_run, check_undecided
from craffu.intake.queries import alive_runs, held_before
from craffu.intake.refused import Refused
from craffu.intake.rules import OutcomeKind
from craffu.intake.states import RunState
from craffu.intake.taking import NOT_STORABLE, Taking

SILENT_IS_DEAD = timedelta(minutes=30)


@action
def start_run(*, by: Acting, kind: str, mapping_version: str, queued: bool = False) -> Run:
    """A run that waits. Runs of the same kind whose process has died are closed as interrupted first.

    A `queued` one waits for the worker, whatever becomes of the process that began it.
    """
    check_can_take_in(by)
    lock_until_commit("run", by.force.code, kind)
    now = clock.now()
    for other in alive_runs(by, kind).select_for_update():
        if _is_alive(other):
            check_no_other_run(other)
        _set_state(other, RunState.INTERRUPTED, now)
        audit.record(
            kind=events.RUN_INTERRUPTED, actor=by.actor, refs=[f"run/{other.reference}"], request=by.request, now=now
        )
    run: Run = Run.objects.create(
        force=by.force,
        reference=next_reference(kind=f"run/{by.force.code}", prefix="R"),
        kind=kind,
        state=RunState.WAITING,
        by=by.actor.name,
        process="" if queued else _process(),
        mapping_version=mapping_version,
        started_at=now,
        moved_at=now,
    )
    audit.record(kind=events.RUN_STARTED, actor=by.actor, refs=[f"run/{run.reference}"], request=by.request, now=now)
    return run


@bookkeeping
def move_run(*, by: Acting, run: Run, to: RunState) -> None:
    """The run takes its next step; whoever comes second is refused."""
    present = Run.objects.for_user(by).select_for_update().get(pk=run.pk)
    check_may_move(present, to)
    Run.objects.for_user(by).filter(pk=run.pk).update(state=to, process=_process(), moved_at=clock.now())
    run.state = to


@bookkeeping
def note_progress(*, taking: Taking) -> None:
    _copy_counts(taking)
    taking.run.moved_at = clock.now()
    taking.run.save()


@bookkeeping
def note_file(
    *,
    taking: Taking,
    name: str,
    sha256: str = "",
    size: int = 0,
    rows: int = 0,
    refused: Refused | None = None,
) -> None:
    """A file was read, or refused whole: why is kept as a code and the values of its sentence, and in English."""
    RunFile.objects.create(
        force=taking.by.force,
        run=taking.run,
        name=name[-300:],
        sha256=sha256,
        size=size,
        row_count=rows,
        refused_code=refused.code if refused else "",
        refused_values=dict(refused.values) if refused else {},
        refused_why=refused.message[:300] if refused else "",
    )
    taking.run.files_found += 1
    if refused:
        taking.run.files_refused += 1
    else:
        taking.run.files_done += 1


@action
def end_run(
    *, by: Acting, taking: Taking, expected: int | None, reject_file: str, problem: str = "", failed: bool = False
) -> None:
    """Close the run with its counts. It is refused when there were files and none of them could be read (INT-03)."""
    now = clock.now()
    run = taking.run
    _copy_counts(taking)
    nothing_read = run.files_done == 0
    run.expected = expected
    run.reject_file = reject_file
    run.problem = problem
    run.finished_at = now
    _set_state(run, RunState.FAILED if failed else RunState.REFUSED if nothing_read else RunState.FINISHED, now)
    audit.record(
        kind=events.RUN_ENDED,
        actor=by.actor,
        refs=[f"run/{run.reference}"],
        counts={"received": run.received, "rejected": run.rejected, "parked": run.parked},
        request=by.request,
        now=now,
    )


@action
def hold_row(
    *,
    taking: Taking,
    document: Document,
    why: str,
    line: int,
    content_sha256: str,
    reason: str,
    field: str,
    value_class: str,
    raw: str,
) -> HeldRow:
    """Keep a row that was not stored, in its own words, for somebody to correct or release (INT-03, INT-04)."""
    row: HeldRow = HeldRow.objects.create(
        force=taking.by.force,
        run=taking.run,
        reference=next_reference(kind=f"held/{taking.by.force.code}", prefix="H"),
        kind=taking.kind,
        why=why,
        file_name=document.name[-300:],
        file_sha256=document.sha256,
        line=line,
        content_sha256=content_sha256,
        field=field,
        value_class=value_class,
        reason=reason,
        received_at=taking.received_at,
        raw=raw,
    )
    audit.record(
        kind=events.ROW_HELD,
        actor=taking.by.actor,
        refs=[f"held/{row.reference}", f"run/{taking.run.reference}"],
        reason=reason,
        request=taking.by.request,
        now=taking.now,
    )
    return row


@action
def decide_held(*, by: Acting, row: HeldRow, decision: str, reason: str, now: datetime) -> HeldDecision:
    """Close a held row. Two people deciding at once: the first counts, the second is told."""
    check_undecided(HeldRow.objects.for_user(by).select_for_update().get(pk=row.pk))
    decided: HeldDecision = HeldDecision.objects.create(
        force=by.force, held=row, decision=decision, decided_by=by.actor.name, decided_at=now, reason=reason
    )
    audit.record(
        kind=events.ROW_DECIDED,
        actor=by.actor,
        refs=[f"held/{row.reference}"],
        reason=decision,
        request=by.request,
        now=now,
    )
    return decided


@bookkeeping
def fill_copy(*, model: type[Model], schema: str) -> None:
    """Fill this session's own, temporary copy of a table with what stands in the register's (ADR 11)."""
    quote = connection.ops.quote_name
    columns = ", ".join(
        quote(field.column) for field in model._meta.concrete_fields if field.column and not field.generated
    )
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO pg_temp.{table} ({columns}) SELECT {columns} FROM {quote(schema)}.{table}"  # noqa: S608
        )


@action
def close_if_stored(*, taking: Taking, content_sha256: str, line: int) -> None:
    """A row that could not be stored once, and now was, no longer waits."""
    held = held_before(taking.by, taking.kind, content_sha256, line)
    if held is not None and held.reason == NOT_STORABLE and not hasattr(held, "decision"):
        decide_held(
            by=taking.by, row=held, decision=HeldDecision.Decision.CORRECTED, reason="stored_later", now=taking.now
        )


def _copy_counts(taking: Taking) -> None:
    run = taking.run
    run.received = taking.tally.received
    for kind in OutcomeKind:
        setattr(run, kind.value, taking.tally.outcomes[kind])
    run.warnings = dict(sorted(taking.tally.warnings.items()))
    run.totals = {name: str(value) if name.startswith("sum") else value for name, value in taking.totals.items()}


def _set_state(run: Run, state: RunState, now: datetime) -> None:
    check_may_move(run, state)
    run.state = state
    run.moved_at = now
    run.save()


def _process() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _is_alive(run: Run) -> bool:
    """Whether the process of a run still lives. One on another machine, or queued for the worker, is believed to
    until it has been silent too long: a run says about once a second that it moves.
    """
    host, _, pid = run.process.rpartition(":")
    if host != socket.gethostname():
        return clock.now() - run.moved_at < SILENT_IS_DEAD
    if int(pid) == os.getpid():
        return run.state == RunState.RUNNING
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@action
def keep_rows(
    *,
    by: Acting,
    table: str,
    said: Sequence[Said],
    describe: Callable[[Sequence[int]], Sequence[tuple[int, int | None, str]]],
    provenance: Provenance,
    now: datetime,
) -> list[Decided]:
    """Append what is new among the rows of one table of a source, each in its own words, encrypted.

    `describe` gives the rows at some places as line, row number of the record that tells of its person, and words; it is
    asked only of those that are new. Whoever calls this logs the batch, in one row.
    """
    kind = provenance.source
    held = KeptRow.objects.for_user(by).filter(kind=kind, table=table)
    decided = decide(
        said,
        contents_said(held, "key", [key for key, _, _ in said]),
        lambda changed: newest_said(held, "key", changed),
        provenance.received_at,
    )
    stored = [at for at, one in enumerate(decided) if one.number]
    if not stored:
        return decided
    rows = describe(stored)
    protected = sealed(KeptRow, "words", [words for _, _, words in rows])
    KeptRow.objects.append_rows(
        ("key", "content_sha256", "said_at", "number", "line", "record", "words"),
        [
            (*said[at], decided[at].number, line, record, words)
            for at, (line, record, _), words in zip(stored, rows, protected, strict=True)
        ],
        {**provenance.of_batch(), "force": by.force.pk, "known_from": now, "kind": kind, "table": table},
    )
    return decided


@bookkeeping
def keep_mapping(*, by: Acting, kind: str, version: str, words: str) -> None:
    """Keep a mapping file as it was when a run used it, once (INT-02)."""
    MappingUsed.objects.for_user(by).get_or_create(
        force=by.force, kind=kind, version=version, defaults={"words": words, "known_from": clock.now()}
    )

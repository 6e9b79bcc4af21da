"""Taking data in: one run from the first file to the reject file, safe to kill and to repeat at any point.

Every row is stored in a transaction of its own together with its audit row, so a killed run leaves whole rows only, and the
same command again goes on where it stopped (INT-01, INT-03, INT-05).
"""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.common.refusals import NotNow
from craffu.common.statistics import refresh_statistics
from craffu.intake import rejects
from craffu.intake.actions import decide_held, end_run, keep_mapping, move_run, note_file, note_progress, start_run
from craffu.intake.adapters import ADAPTERS
from craffu.intake.dry_run import on_a_copy
from craffu.intake.linking.arriving import link_arrivals
from craffu.intake.models import HeldDecision, HeldRow, Run
from craffu.intake.opening import Document, Ignored, open_all
from craffu.intake.permissions import check_can_take_in
from craffu.intake.queries import find_held, held_rows
from craffu.intake.refused import Refused, Unfit
from craffu.intake.rules import Exit, OutcomeKind, Tally, check_total, run_exit
from craffu.intake.states import RunState
from craffu.intake.taking import Adapter, BatchResult, RowResult, Taking
from craffu.people.search.actions import tidy

type Progress = Callable[[Run], None]


@dataclass(frozen=True, slots=True)
class Done:
    """An ended run, the files it refused whole, and where its reject file lies, if it has one."""

    run: Run
    tally: Tally
    refused: tuple[rejects.RefusedFile, ...]
    reject_file: Path | None

    @property
    def exit(self) -> Exit:
        """How the command line ends: refused when nothing could be read at all (INT-03, INT-05)."""
        if self.run.state == RunState.REFUSED:
            return Exit.REFUSED
        checks = [] if self.run.expected is None else [check_total(self.run.expected, self.run.received)]
        ends = run_exit(self.tally, *checks)
        return Exit.SOMETHING_LEFT_OVER if self.refused else ends

    @property
    def reconciled(self) -> bool:
        """Whether every row received is in exactly one count, and as many came as the sender says (INT-05)."""
        announced = self.run.expected is None or check_total(self.run.expected, self.run.received).reconciled
        return self.tally.reconciled and announced


# A page and a terminal look about once a second; more often would only cost commits.
SHOWN_EVERY_SECONDS = 1.0
# So many rows change what the database should know of its tables; and again so many times as many.
MUCH, MUCH_MORE = 1_000, 8


def unseen(run: Run) -> None:
    """Nobody watches."""


def take_in(
    *,
    by: Acting,
    kind: str,
    paths: Iterable[str | Path],
    expected: int | None = None,
    dry_run: bool = False,
    progress: Progress = unseen,
    run: Run | None = None,
    mapping: bytes | None = None,
) -> Done:
    """Take in files or folders of one kind, and corrected reject files of that kind among them.

    `mapping` is a mapping file, for kinds that other systems name differently; `run` is one that waits already (an
    upload). A dry run is one on a copy of the register: nobody waits for it, nothing is stored, and its counts say what
    would have happened. Raises NotPermitted, Refusal for a wrong mapping, or NotNow while another run of this kind is alive.
    """
    check_can_take_in(by)
    # A row is joined to the case it belongs to, though whoever hands the file in may not see that case (SEC-02).
    by = by.joining()
    adapter = adapter_of(kind, mapping)
    if dry_run:
        with on_a_copy():
            run = start_run(by=by, kind=kind, mapping_version=adapter.mapping_version)
            return _take_in(by, adapter, list(paths), expected, progress, run, dry_run=True)
    waiting = run or start_run(by=by, kind=kind, mapping_version=adapter.mapping_version)
    if adapter.mapping_words:
        keep_mapping(by=by, kind=kind, version=adapter.mapping_version, words=adapter.mapping_words)
    return _take_in(by, adapter, list(paths), expected, progress, waiting, dry_run=False)


def adapter_of(kind: str, mapping: bytes | None) -> Adapter:
    """How files of a kind are read, by a mapping file where there is one. Raises Refusal for a wrong one."""
    adapter = ADAPTERS[kind]
    if mapping is None:
        return adapter
    if adapter.with_mapping is None:
        raise NotNow("mapping_not_used", _("Files of this kind are read without a mapping."))
    return adapter.with_mapping(mapping)


def _take_in(
    by: Acting,
    adapter: Adapter,
    paths: list[str | Path],
    expected: int | None,
    progress: Progress,
    run: Run,
    *,
    dry_run: bool,
) -> Done:
    move_run(by=by, run=run, to=RunState.RUNNING)
    taking = Taking(by, run, adapter.kind, adapter.mapping_version, clock.now())
    try:
        if adapter.reads_ahead:
            taking.ahead.prepare(max(map(_size, paths), default=0))
        refused, not_used = _take_in_files(taking, adapter, paths, _Pace(taking, progress, dry_run=dry_run))
        if adapter.at_end is not None:
            adapter.at_end(taking)
    except Exception as fault:
        note_progress(taking=taking)
        end_run(by=by, taking=taking, expected=expected, reject_file="", problem=type(fault).__name__, failed=True)
        raise
    finally:
        taking.ahead.close()
    held = held_rows(by, taking.rejected_rows)
    path = None
    if (held or refused or not_used) and not dry_run:
        path = reject_path(run)
        rejects.write(path, held, refused, adapter, not_used)
    end_run(by=by, taking=taking, expected=expected, reject_file=path.name if path else "")
    progress(run)
    if taking.tally.received >= MUCH and not dry_run:
        tidy()
        refresh_statistics()
    if not dry_run:
        link_arrivals(by)
    return Done(run, taking.tally, tuple(refused), path)


def reject_path(run: Run) -> Path:
    """Where the reject file of a run lies."""
    return Path(settings.CRAFFU_HOME) / "rejects" / f"{run.reference}.csv"


def _size(path: str | Path) -> int:
    """How large a file is, or the largest in a folder: 0 where nobody can say yet."""
    found = Path(path)
    with suppress(OSError):
        files = found.iterdir() if found.is_dir() else [found]
        return max((file.stat().st_size for file in files), default=0)
    return 0


def _take_in_files(
    taking: Taking, adapter: Adapter, paths: list[str | Path], pace: "_Pace"
) -> tuple[list[rejects.RefusedFile], list[rejects.NotUsed]]:
    corrected = [Path(path) for path in paths if rejects.is_reject_file(Path(path))]
    not_used: list[rejects.NotUsed] = []
    refused: list[rejects.RefusedFile] = []
    for path in corrected:
        try:
            not_used += _take_in_corrections(taking, adapter, path)
        except Unfit as unfit:
            refused.append(_refuse(taking, unfit.refused(path.name)))
    for opened in open_all([path for path in paths if Path(path) not in corrected], adapter.wanted):
        if isinstance(opened, Ignored):
            continue
        fault = _take_in_document(taking, adapter, opened, pace) if isinstance(opened, Document) else opened
        if fault is not None:
            refused.append(_refuse(taking, fault))
    return refused, not_used


def _refuse(taking: Taking, fault: Refused) -> rejects.RefusedFile:
    note_file(taking=taking, name=fault.path, refused=fault)
    return rejects.RefusedFile(fault.path, fault.code, fault.values)


def _take_in_document(taking: Taking, adapter: Adapter, document: Document, pace: "_Pace") -> Refused | None:
    """Take one document in row by row, or say why it is refused whole."""
    if adapter.reads_ahead:
        taking.ahead.tell(document.data)
    results = adapter.take_in(taking, document)
    if isinstance(results, Refused):
        return results
    rows = 0
    for result in results:
        rows += result.rows
        taking.count(result)
        pace.step()
    note_file(taking=taking, name=document.name, sha256=document.sha256, size=len(document.data), rows=rows)
    return None


class _Pace:
    """Shows how far a run is about once a second, and lets the database look at its tables again as they grow."""

    def __init__(self, taking: Taking, progress: Progress, *, dry_run: bool) -> None:
        self._taking = taking
        self._progress = progress
        self._shown = time.monotonic()
        self._much = None if dry_run else MUCH

    def step(self) -> None:
        # By what is done: all rows of a file can be received before the first is stored.
        done = self._taking.tally.outcomes.total()
        if self._much is not None and done >= self._much:
            refresh_statistics()
            self._much = done * MUCH_MORE
        if time.monotonic() - self._shown > SHOWN_EVERY_SECONDS:
            note_progress(taking=self._taking)
            self._progress(self._taking.run)
            self._shown = time.monotonic()


def _take_in_corrections(taking: Taking, adapter: Adapter, path: Path) -> list[rejects.NotUsed]:
    """Every held row whose right value was written in is taken in anew; the others stay held.

    A value that could not be used is a row received and rejected, so that no correction is lost unseen (INT-05). Raises
    Unfit, before any is taken in, where the file cannot be read.
    """
    not_used = []
    written = [correction for correction in rejects.corrections(path) if correction.corrected]
    for correction in written:
        row = find_held(taking.by, correction.row) if rejects.can_be_typed(correction.row) else None
        known = row if row is not None and row.kind == taking.kind else None
        result = _take_in_correction(taking, adapter, correction, known)
        taking.count(result)
        if result.outcome is OutcomeKind.REJECTED and (known is None or result.held == known.reference):
            not_used.append(rejects.NotUsed(path.name, correction.line, result.reason, known))
    note_file(taking=taking, name=path.name, sha256="", size=path.stat().st_size, rows=len(written))
    return not_used


def _take_in_correction(
    taking: Taking, adapter: Adapter, correction: rejects.Correction, row: HeldRow | None
) -> RowResult:
    """What became of one corrected value."""
    if row is None:
        return _counted(taking, RowResult(correction.line, OutcomeKind.REJECTED, rejects.ROW_UNKNOWN))
    if hasattr(row, "decision"):
        return _counted(taking, RowResult(row.line, OutcomeKind.UNCHANGED, "decided_before", held=row.reference))
    if not rejects.can_be_typed(correction.corrected):
        return _counted(taking, RowResult(row.line, OutcomeKind.REJECTED, rejects.NOT_TEXT, held=row.reference))
    words = adapter.correct(row.raw, row.content_sha256, row.field, row.line, correction.corrected)
    result = None if words is None else _take_in_corrected(taking, adapter, row, words)
    return result or _counted(taking, RowResult(row.line, OutcomeKind.REJECTED, rejects.NOT_HERE, held=row.reference))


def _take_in_corrected(taking: Taking, adapter: Adapter, row: HeldRow, words: str) -> RowResult | None:
    """What became of the row as it now reads; None where it no longer reads as one row.

    A row that is rejected again for the same value waits on as it was, and is not held twice. One that is rejected for
    another value waits as it reads now, or two wrong values could never be put right.
    """
    with transaction.atomic():
        taken = adapter.take_in(taking.for_held(row), Document(row.file_name, words.encode(), row.file_sha256))
        results = [] if isinstance(taken, Refused) else list(taken)
        if len(results) != 1:
            transaction.set_rollback(True)
            taking.tally.received -= len(results)
            return None
        (result,) = results
        if isinstance(result, BatchResult):
            raise TypeError("the row of a correction is told of alone")
        if result.outcome is OutcomeKind.REJECTED and not _goes_on(taking, row, result):
            transaction.set_rollback(True)
            return replace(result, held=row.reference)
        decide_held(by=taking.by, row=row, decision=HeldDecision.Decision.CORRECTED, reason="", now=taking.now)
    return result


def _goes_on(taking: Taking, row: HeldRow, result: RowResult) -> bool:
    """Whether another value of the row than the one put right is wrong now."""
    now = find_held(taking.by, result.held) if result.held else None
    return now is not None and now.pk != row.pk and now.field not in ("", row.field)


def _counted(taking: Taking, result: RowResult) -> RowResult:
    """A row that no adapter has read counts as received all the same."""
    taking.tally.received += 1
    return result

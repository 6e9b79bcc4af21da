"""Taking data in: one run from the first file to the reject file, safe to kill and to repeat at any point.

Every row is stored in a transaction of its own together with its audit row, so a killed run leaves whole rows only, and the
same command again goes on where it stopped (INT-01, INT-03, INT-05).
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.intake import rejects
from craffu.intake.actions import decide_held, end_run, move_run, note_file, note_progress, start_run
from craffu.intake.adapters import ADAPTERS
from craffu.intake.models import HeldDecision, Run
from craffu.intake.opening import Document, Ignored, open_all
from craffu.intake.permissions import check_can_take_in
from craffu.intake.queries import find_held, held_rows
from craffu.intake.refused import Refused
from craffu.intake.rules import OutcomeKind
from craffu.intake.states import RunState
from craffu.intake.taking import Adapter, Taking

type Progress = Callable[[Run], None]


@dataclass(frozen=True, slots=True)
class Done:
    """An ended run, the files it refused whole, and where its reject file lies, if it has one."""

    run: Run
    refused: tuple[rejects.RefusedFile, ...]
    reject_file: Path | None

# A page and a terminal look about once a second; more often would only cost commits.
MOVED_EVERY_SECONDS = 1.0


def take_in(
    *,
    by: Acting,
    kind: str,
    paths: Iterable[str | Path],
    expected: int | None = None,
    dry_run: bool = False,
    progress: Progress = lambda run: None,
    run: Run | None = None,
) -> Done:
    """Take in files or folders of one kind, and corrected reject files of that kind among them.

    `run` is one that waits already (an upload). A dry run stores nothing and its counts say what would have happened.
    Raises NotPermitted, or NotNow while another run of this kind is alive.
    """
    check_can_take_in(by)
    adapter = ADAPTERS[kind]
    if dry_run:
        with transaction.atomic():
            done = _take_in(by, adapter, list(paths), expected, progress, start_run(by=by, kind=kind, mapping_version=adapter.mapping_version), dry_run=True)
            transaction.set_rollback(True)
        return done
    waiting = run or start_run(by=by, kind=kind, mapping_version=adapter.mapping_version)
    return _take_in(by, adapter, list(paths), expected, progress, waiting, dry_run=False)


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
        refused = _take_in_files(taking, adapter, paths, progress)
    except Exception as fault:
        note_progress(taking=taking)
        end_run(by=by, taking=taking, expected=expected, reject_file="", problem=type(fault).__name__, failed=True)
        raise
    held = held_rows(by, taking.rejected_rows)
    path = None
    if (held or refused) and not dry_run:
        path = reject_path(run)
        rejects.write(path, held, refused, adapter)
    end_run(by=by, taking=taking, expected=expected, reject_file=path.name if path else "")
    progress(run)
    return Done(run, tuple(refused), path)


def reject_path(run: Run) -> Path:
    """Where the reject file of a run lies."""
    return Path(settings.CRAFFU_HOME) / "rejects" / f"{run.reference}.csv"


def _take_in_files(
    taking: Taking, adapter: Adapter, paths: list[str | Path], progress: Progress
) -> list[rejects.RefusedFile]:
    refused: list[rejects.RefusedFile] = []
    moved = time.monotonic()
    corrected = [Path(path) for path in paths if rejects.is_reject_file(Path(path))]
    for path in corrected:
        _take_in_corrections(taking, adapter, path)
    for opened in open_all([path for path in paths if Path(path) not in corrected], adapter.wanted):
        if isinstance(opened, Ignored):
            continue
        if isinstance(opened, Document):
            results = adapter.take_in(taking, opened)
            if not isinstance(results, Refused):
                rows = 0
                for result in results:
                    rows += 1
                    taking.count(result)
                    if time.monotonic() - moved > MOVED_EVERY_SECONDS:
                        note_progress(taking=taking)
                        progress(taking.run)
                        moved = time.monotonic()
                note_file(taking=taking, name=opened.name, sha256=opened.sha256, size=len(opened.data), rows=rows)
                continue
            opened = results
        refused.append(rejects.RefusedFile(opened.path, opened.code, opened.message))
        note_file(taking=taking, name=opened.path, refused_code=opened.code, refused_why=opened.message)
    return refused


def _take_in_corrections(taking: Taking, adapter: Adapter, path: Path) -> None:
    """Every held row whose right value was written in is taken in anew; the others stay held."""
    rows = 0
    for correction in rejects.corrections(path):
        held = find_held(taking.by, correction.row)
        if held is None or held.kind != taking.kind or not correction.corrected or hasattr(held, "decision"):
            continue
        data = adapter.correct(held.raw, held.field, held.line, correction.corrected)
        if data is None:
            continue
        document = Document(held.file_name, data.encode(), held.file_sha256)
        results = adapter.take_in(taking, document)
        if isinstance(results, Refused):
            continue
        outcomes = []
        for result in results:
            rows += 1
            taking.count(result)
            outcomes.append(result.outcome)
        if OutcomeKind.REJECTED not in outcomes:
            decide_held(by=taking.by, row=held, decision=HeldDecision.Decision.CORRECTED, reason="", now=taking.received_at)
    note_file(taking=taking, name=path.name, sha256="", size=path.stat().st_size, rows=rows)

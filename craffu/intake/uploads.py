"""Files handed in through a page: kept for their run alone, taken in, and then removed.

They hold whole messages in the clear, so nobody but Craffu's own account can read them and they are gone as soon as
the run has ended; what was held back waits encrypted in the register (INT-03, SEC-06).
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils import translation

from craffu.access.acting import Acting, acting_system
from craffu.access.models import User
from craffu.access.queries import acting_user, find_user, home_force
from craffu.access.wall.reach import working_for
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.intake.actions import end_run
from craffu.intake.models import Run
from craffu.intake.queries import find_run
from craffu.intake.running import take_in
from craffu.intake.states import TERMINAL, RunState
from craffu.intake.taking import Taking

UNNAMED = "file"
READ_TO_THE_END = frozenset({RunState.FINISHED, RunState.REFUSED})


def root() -> Path:
    return Path(settings.CRAFFU_HOME) / "uploads"


def folder(run: Run) -> Path:
    """Where the files of a run wait."""
    return root() / run.reference


def keep(run: Run, files: Iterable[File[Any]]) -> None:
    """Keep handed-in files until their run takes them in. No name leads out of the folder or replaces another file."""
    storage = FileSystemStorage(location=folder(run), file_permissions_mode=0o600, directory_permissions_mode=0o700)
    for file in files:
        try:
            name = storage.get_valid_name(Path(file.name or UNNAMED).name)
        except SuspiciousFileOperation:
            name = UNNAMED
        storage.save(name, file)


def take_in_kept(*, username: str, reference: str, expected: int | None) -> None:
    """Take in what somebody handed in for a run that waits, and remove the files.

    Their rights count as they stand now: whoever may no longer take data in has the run closed, and nothing is taken in.
    """
    user = find_user(username)
    with working_for(user.force_id if user else home_force().pk):
        _take_in_kept(user, reference, expected)


def _take_in_kept(user: User | None, reference: str, expected: int | None) -> None:
    by = acting_user(user) if user else acting_system(home_force(), "intake")
    run = find_run(by, reference)
    if run is None:
        return
    try:
        if user is None:
            _close(by, run, expected, "account_closed")
        else:
            earlier = left_over(by, run.kind)
            # File by file: a corrected reject file is known for one only where it is named itself.
            own = _files_in(folder(run))
            if not own:
                close_unkept(by, run)
                return
            paths = [*(path for kept in earlier for path in _files_in(kept)), *own]
            # The worker speaks to whoever handed the files in.
            with translation.override(user.language):
                done = take_in(by=by, kind=run.kind, paths=paths, expected=None if earlier else expected, run=run)
            if RunState(done.run.state) in READ_TO_THE_END:
                for kept in earlier:
                    shutil.rmtree(kept)
    except Refusal as refusal:
        _close(by, run, expected, refusal.code)
    finally:
        forget_ended(by)


def _files_in(kept: Path) -> list[Path]:
    return sorted(kept.iterdir()) if kept.is_dir() else []


def forget_ended(by: Acting) -> None:
    """Remove the files of every run that read them. Those of a run that broke off or failed wait to be taken in."""
    for kept in root().iterdir() if root().is_dir() else ():
        run = find_run(by, kept.name)
        if run is not None and RunState(run.state) in READ_TO_THE_END:
            shutil.rmtree(kept)


def left_over(by: Acting, kind: str) -> list[Path]:
    """The folders of runs of a kind that broke off or failed, oldest first: the next run takes them in before its own."""
    found = []
    for kept in root().iterdir() if root().is_dir() else ():
        run = find_run(by, kept.name)
        if run is not None and run.kind == kind and RunState(run.state) in TERMINAL - READ_TO_THE_END:
            found.append((run.pk, kept))
    return [kept for _, kept in sorted(found)]


def close_unkept(by: Acting, run: Run) -> None:
    """Close a run whose files could not be kept, so that it holds up nobody."""
    _close(by, run, None, "not_kept")


def _close(by: Acting, run: Run, expected: int | None, problem: str) -> None:
    """Close a run that nothing may be taken in for, and remove its files: no later run takes them in unasked."""
    if RunState(run.state) in TERMINAL:
        return
    shutil.rmtree(folder(run), ignore_errors=True)
    taking = Taking(by, run, run.kind, run.mapping_version, clock.now())
    end_run(by=by, taking=taking, expected=expected, reject_file="", problem=problem, failed=True)

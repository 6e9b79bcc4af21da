"""Files handed in through a page: kept for their run alone, taken in, and then removed.

INT-03 for what is refused. They hold whole messages in the clear, so nobody but Craffu's own account can read them
and they are gone as soon as the run has ended; what was held back waits encrypted in the register (SEC-06).
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import FileSystemStorage

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.intake.actions import end_run
from craffu.intake.models import Run
from craffu.intake.running import take_in
from craffu.intake.taking import Taking

UNNAMED = "file"


def folder(run: Run) -> Path:
    """Where the files of a run wait."""
    return Path(settings.CRAFFU_HOME) / "uploads" / run.reference


def keep(run: Run, files: Iterable[File]) -> None:
    """Keep handed-in files until their run takes them in. No name leads out of the folder or replaces another file."""
    storage = FileSystemStorage(
        location=folder(run), file_permissions_mode=0o600, directory_permissions_mode=0o700
    )
    for file in files:
        try:
            name = storage.get_valid_name(Path(file.name or UNNAMED).name)
        except SuspiciousFileOperation:
            name = UNNAMED
        storage.save(name, file)


def forget(run: Run) -> None:
    """Remove the files of an ended run."""
    shutil.rmtree(folder(run), ignore_errors=True)


def take_in_kept(*, by: Acting, run: Run, expected: int | None = None) -> None:
    """Take in what was kept for a run that waits. Whoever handed it in and may no longer do so has the run closed."""
    try:
        take_in(by=by, kind=run.kind, paths=sorted(folder(run).iterdir()), expected=expected, run=run)
    except Refusal as refusal:
        taking = Taking(by, run, run.kind, run.mapping_version, clock.now())
        end_run(by=by, taking=taking, expected=expected, reject_file="", problem=refusal.code, failed=True)
    finally:
        forget(run)

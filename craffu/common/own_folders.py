"""A folder that one process alone works in, and that is gone with it; what a killed one left, the next one removes (SEC-09)."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_folder(root: Path) -> Iterator[Path]:
    """A folder below `root`, nobody else's to read. Raises OSError where it cannot be made."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _held(root):
        for left in root.iterdir():
            _remove_if_left(left)
        made = Path(tempfile.mkdtemp(dir=root))
        mark = _hold(made, fcntl.LOCK_EX)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(mark)


def remove_left(root: Path) -> None:
    """Remove what no process works in any more."""
    if root.is_dir():
        with _held(root):
            for left in root.iterdir():
                _remove_if_left(left)


def _remove_if_left(folder: Path) -> None:
    """The system lets go of a dead process's lock, whatever killed it."""
    try:
        os.close(_hold(folder, fcntl.LOCK_EX | fcntl.LOCK_NB))
    except OSError:
        return
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    mark = _hold(folder, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(mark)


def _hold(folder: Path, how: int) -> int:
    mark = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(mark, how)
    except OSError:
        os.close(mark)
        raise
    return mark

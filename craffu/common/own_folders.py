"""Folders that hold a copy of the register for as long as one process works on it, and that nothing outlives (SEC-09, ADR 11).

Names of people are in such a copy in clear. Whoever makes a folder holds a lock on it, which the system lets go of with the
process, whatever killed it: a folder that nobody holds was left, and is removed.
"""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

DRY_RUNS, BACKING_UP, RESTORING = "dry-runs", "backing-up", "restoring"
# Where backups and restores of 3 December 2026 made theirs.
_ONCE: Final = "copies"
# What earlier releases made beside the database and held no lock on.
_FORMERLY: Final = re.compile(r"(backup|restore)-[a-z0-9_]{8}")
_DATABASE: Final = "database"


@contextmanager
def own_folder(root: Path) -> Iterator[Path]:
    """A new one, nobody else's to read, gone when it ends. What a killed process left beside it is removed first.

    Raises OSError.
    """
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _held(root):
        _each_left(root.iterdir(), _remove)
        made = Path(tempfile.mkdtemp(dir=root))
        mark = _hold(made, fcntl.LOCK_EX)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(mark)


def left_in(home: Path) -> list[Path]:
    """Those under a home that nobody holds."""
    return _left(home, lambda _folder: None)


def remove_left(home: Path) -> None:
    """Remove those under a home that nobody holds. One that cannot be removed stays, and `left_in` goes on saying so."""
    _left(home, _remove)


def _left(home: Path, then: Callable[[Path], None]) -> list[Path]:
    found: list[Path] = []
    for name in (DRY_RUNS, BACKING_UP, RESTORING, _ONCE):
        # Where nothing can be looked at, nothing can be removed either; and whoever finds nothing holds up nobody.
        with suppress(OSError):
            if any((home / name).iterdir()):
                with _held(home / name):
                    found += _each_left((home / name).iterdir(), then)
    with suppress(OSError):
        formerly = (one for one in home.iterdir() if _FORMERLY.fullmatch(one.name) and (one / _DATABASE).is_file())
        found += _each_left(formerly, then)
    return found


def _each_left(folders: Iterator[Path], then: Callable[[Path], None]) -> list[Path]:
    """Do this to each that nobody holds. Where they are made is held meanwhile, so that none is one that is only being made."""
    found = []
    for folder in sorted(folders):
        with suppress(OSError):
            os.close(_hold(folder, fcntl.LOCK_EX | fcntl.LOCK_NB))
            then(folder)
            found.append(folder)
    return found


def _remove(folder: Path) -> None:
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

"""What is opened of whatever somebody hands in, and what is refused or passed over, each said in one line (INT-03).

Sizes are checked before opening, kinds by content and not by name, and nothing outside what was named is touched.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePath
from typing import BinaryIO

from craffu.intake.archives import LIMITS, Limits, inspect, is_office_document, read_entry
from craffu.intake.kinds import Kind, check_kind, check_name, names_of
from craffu.intake.refused import Refused, Unfit, in_megabytes, safe_to_show

_ARCHIVE_SUFFIX = ".zip"
_OPEN_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_NOCTTY


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an adapter reads: the kind of text, others it reads as well, and which names it looks for in a folder.

    `in_order` are words of names, as those files are best read one after another: only how long it takes hangs on it.
    """

    kind: Kind
    suffixes: tuple[str, ...]
    archives: bool = True
    also: tuple[Kind, ...] = ()
    limits: Limits = LIMITS
    in_order: tuple[str, ...] = ()

    def place(self, path: str) -> tuple[tuple[str, ...], int, str]:
        """Where a file comes among others: folder by folder, then by what its name says it holds, then by name."""
        *folders, name = PurePath(path).parts or ("",)
        said = (at for at, word in enumerate(self.in_order) if word in name.lower())
        return tuple(folders), next(said, len(self.in_order)), name


@dataclass(frozen=True)
class Document:
    """One document to read, or a row of one that was read before, whose hash `whole` is. `name` is safe to show."""

    name: str
    data: bytes = field(repr=False)
    whole: str = ""

    @cached_property
    def sha256(self) -> str:
        """Of the bytes as received (INT-02): worked out where it is first asked for, which takes a while for a large file."""
        return self.whole or hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file of a folder or archive whose name says that it is something else; it was not opened."""

    path: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    path: str
    shown: str


type Opened = Document | Refused | Ignored
type _Step = _Candidate | Refused | Ignored


def open_all(paths: Iterable[str | Path], wanted: Wanted, limits: Limits | None = None) -> Iterator[Opened]:
    """Everything found at the paths, one document in memory at a time, in the order of the names.

    The order of the arguments makes no difference and the same file named twice is read once. A file named outright
    is read or refused; in a folder or archive only names that fit are, and the others are listed as ignored.
    """
    for step in _plan(paths, wanted):
        if isinstance(step, _Candidate):
            yield from _open(step, wanted, limits or wanted.limits)
        else:
            yield step


def _plan(paths: Iterable[str | Path], wanted: Wanted) -> list[_Step]:
    """Every step once, in order; a file that is read under one name is not ignored or read under another."""
    steps = [found for path in paths for found in _plan_one(os.fspath(path), wanted)]
    steps.sort(key=lambda found: wanted.place(found[0]))
    first: dict[str, _Candidate] = {}
    for where, step in steps:
        if isinstance(step, _Candidate):
            first.setdefault(os.path.realpath(where), step)
    planned: dict[_Step, None] = {}
    for where, step in steps:
        planned[step if isinstance(step, Refused) else first.get(os.path.realpath(where), step)] = None
    return list(planned)


def _plan_one(path: str, wanted: Wanted) -> Iterator[tuple[str, _Step]]:
    """The steps for one argument, each with the path it is ordered by."""
    shown = safe_to_show(path)
    try:
        is_folder = stat.S_ISDIR(os.stat(path).st_mode)  # follows a link: it was named on purpose
    except (FileNotFoundError, NotADirectoryError):
        yield path, Unfit("missing").refused(shown)
    except (OSError, ValueError):
        yield path, Unfit("not_readable").refused(shown)
    else:
        if is_folder:
            yield from _plan_folder(path, wanted)
        else:
            yield path, _Candidate(path, shown)


def _plan_folder(folder: str, wanted: Wanted) -> Iterator[tuple[str, _Step]]:
    root = os.path.realpath(folder)
    waiting = [folder]
    found = False
    while waiting:
        current = waiting.pop()
        try:
            entries = list(os.scandir(current))
        except OSError:
            found = True
            yield current, Unfit("not_readable").refused(safe_to_show(current))
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                waiting.append(entry.path)
                continue
            step = _plan_entry(entry, root, wanted)
            found = found or not isinstance(step, Ignored)
            yield entry.path, step
    if not found:
        refused = Unfit("nothing_fits", suffixes=", ".join(_suffixes(wanted))).refused(safe_to_show(folder))
        yield folder, refused


def _plan_entry(entry: "os.DirEntry[str]", root: str, wanted: Wanted) -> _Step:
    shown = safe_to_show(entry.path)
    leads_to_folder = entry.is_symlink() and os.path.isdir(entry.path)
    if entry.name.startswith(".") or not (leads_to_folder or _fits(entry.name, _suffixes(wanted))):
        return Ignored(shown)
    if entry.is_symlink():
        if os.path.commonpath([root, os.path.realpath(entry.path)]) != root:
            return Unfit("link_leaves_folder").refused(shown)
        if leads_to_folder:
            return Ignored(shown)  # walked under its own name
    return _Candidate(entry.path, shown)


def _suffixes(wanted: Wanted) -> tuple[str, ...]:
    return (*wanted.suffixes, _ARCHIVE_SUFFIX) if wanted.archives else wanted.suffixes


def _fits(name: str, suffixes: tuple[str, ...]) -> bool:
    return name.lower().endswith(suffixes)


def _open(candidate: _Candidate, wanted: Wanted, limits: Limits) -> Iterator[Opened]:
    as_archive = wanted.archives and _fits(candidate.path, (_ARCHIVE_SUFFIX,))
    try:
        with _open_checked(candidate.path, limits.archive_bytes if as_archive else limits.document_bytes) as stream:
            if as_archive:
                yield from _open_archive(candidate.shown, stream, wanted, limits)
            else:
                yield _document(candidate.shown, stream.read(limits.document_bytes + 1), wanted, limits)
    except Unfit as unfit:
        yield unfit.refused(candidate.shown)
    except (FileNotFoundError, NotADirectoryError):
        yield Unfit("missing").refused(candidate.shown)
    except OSError:
        yield Unfit("not_readable").refused(candidate.shown)


@contextmanager
def _open_checked(path: str, most: int) -> Iterator[BinaryIO]:
    """An ordinary file of a permitted size, checked before opening and again once it is held open."""
    _check_status(os.stat(path), most)
    target = os.path.realpath(path) if os.path.islink(path) else path
    with os.fdopen(os.open(target, _OPEN_FLAGS), "rb") as stream:
        _check_status(os.fstat(stream.fileno()), most)
        yield stream


def _check_status(status: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise Unfit("special_file")
    if status.st_size == 0:
        raise Unfit("empty")
    _check_size(status.st_size, most)


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise Unfit("too_large", size=in_megabytes(size), limit=in_megabytes(most))


def _document(shown: str, data: bytes, wanted: Wanted, limits: Limits) -> Document:
    if not data:
        raise Unfit("empty")
    _check_size(len(data), limits.document_bytes)
    check_kind(data, wanted.kind, *wanted.also)
    check_name(shown, data, wanted.kind, *wanted.also)
    return Document(shown, data)


def _open_archive(shown: str, stream: BinaryIO, wanted: Wanted, limits: Limits) -> Iterator[Opened]:
    with inspect(stream, limits) as archive:
        if is_office_document(archive):
            raise Unfit("archive_is_document", wanted=names_of(wanted.kind, *wanted.also))
        found = False
        for entry in sorted(archive.infolist(), key=lambda entry: wanted.place(entry.filename)):
            inside = safe_to_show(f"{shown}: {entry.filename}")
            if entry.is_dir():
                continue
            if _is_hidden(entry.filename) or not _fits(entry.filename, wanted.suffixes):
                yield Ignored(inside)
                continue
            found = True
            try:
                yield _document(inside, read_entry(archive, entry, limits), wanted, limits)
            except Unfit as unfit:
                yield unfit.refused(inside)
        if not found:
            raise Unfit("nothing_fits", suffixes=", ".join(wanted.suffixes))


def _is_hidden(name: str) -> bool:
    """Whether a file of an archive is one of the computer that packed it, not of the sender."""
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePath(name).parts)

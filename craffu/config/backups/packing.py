"""What a backup holds: the database, files that wait to be taken in or were refused, digests, the signed heads of the log; never
the key ring.

Nothing is summed or packed where somebody may still write: all of it is copied first, and a backup is of the copies alone. Not in
it are uploads that are only arriving, which nobody has handed in yet, and messages that wait for the force's gateway: put back,
they would go out a second time. Its first part says what there is, so that whoever restores it can tell that all of it came back.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final, override

from django.conf import settings
from django.db import connection

from craffu import __version__
from craffu.common.keyring import KeyRing
from craffu.common.own_folders import BACKING_UP, RESTORING, own_folder
from craffu.config.backups.databases import Counts, copy_into, fill_from, hold_whole
from craffu.config.backups.sealed import NotSealed, Opening, Sealing
from craffu.config.cli import NotCarriedOut

MANIFEST, DATABASE = "manifest.json", "database"
HEADS: Final = "audit-heads"
# What names a row is copied before the database, which then has that row: a head that it lacks would say that it lost some, and
# files without their run are nobody's. What rows name is copied after it.
_BEFORE, _AFTER = (HEADS, "uploads"), ("rejects", "digests")
# Uploads that were only arriving, which earlier releases packed: no use to anybody, and in clear.
_NO_MORE: Final = "incoming"
_READ: Final = 1 << 20


def folders() -> dict[str, Path]:
    """What is kept beside the database, by its name in a backup."""
    home: Path = settings.CRAFFU_HOME
    return {
        "uploads": home / "uploads", "rejects": home / "rejects", "digests": home / "digests",
        HEADS: settings.CRAFFU_AUDIT_HEADS,
    }  # fmt: skip


def pack(target: Path, ring: KeyRing, at: datetime) -> dict[str, Any]:
    """Write everything into a file that appears only once it is whole; what it holds. Raises NotCarriedOut."""
    part = target.with_name(f".{target.name}.part")
    try:
        with own_folder(settings.CRAFFU_HOME / BACKING_UP) as made, ThreadPoolExecutor(1) as beside:
            counts = _copy_everything(made)
            checked = beside.submit(hold_whole, made / DATABASE)
            manifest = _manifest(counts, made, at)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                _write(file, ring, manifest, made)
                file.flush()
                os.fsync(file.fileno())
            checked.result()
        part.replace(target)
    except OSError as fault:
        raise NotCarriedOut(f"{target} cannot be written ({fault.strerror}): name another file") from fault
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _copy_everything(made: Path) -> Counts:
    """The database and the files beside it, as they stand, into a folder of ours. Raises NotCarriedOut."""
    try:
        _copy_files(made, _BEFORE)
        counts = copy_into(made / DATABASE)
        _copy_files(made, _AFTER)
    except OSError as fault:
        raise NotCarriedOut(
            f"what is kept cannot be copied ({fault.strerror}): make room for a second one in CRAFFU_HOME, and check who owns"
            " the folders in it"
        ) from fault
    return counts


def _copy_files(made: Path, names: Iterable[str]) -> None:
    """What vanishes meanwhile is gone from what is kept too."""
    for name in names:
        for path in files_in(folders()[name]):
            to = made / name / path.relative_to(folders()[name])
            to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                shutil.copyfile(path, to)


def files_in(where: Path) -> list[Path]:
    """Every file in a folder and below it, none where it is not there. Raises OSError where one cannot be looked into."""

    def cannot(fault: OSError) -> None:
        if not isinstance(fault, FileNotFoundError):
            raise fault

    found = (folder / name for folder, _below, names in where.walk(on_error=cannot) for name in names)
    return sorted(one for one in found if one.is_file() and not one.is_symlink())


def _manifest(counts: Counts, made: Path, at: datetime) -> dict[str, Any]:
    names = [DATABASE, *(path.relative_to(made).as_posix() for name in folders() for path in files_in(made / name))]
    return {
        "craffu": __version__,
        "database": connection.vendor,
        "made_at": at.isoformat(),
        "tables": counts,
        "files": {name: _sum(made / name) for name in names},
    }


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(file: BinaryIO, ring: KeyRing, manifest: dict[str, Any], made: Path) -> None:
    about = {key: manifest[key] for key in ("craffu", "database", "made_at")}
    # The archive's buffer is copied for each part of a file that is put into it: a part fills it.
    with Sealing(file, ring, about) as sealed, tarfile.open(fileobj=sealed, mode="w|", bufsize=_READ) as tar:
        tar.copybufsize = _READ  # type: ignore[attr-defined]  # documented as an argument of TarFile
        said = json.dumps(manifest).encode()
        first = tarfile.TarInfo(MANIFEST)
        first.size = len(said)
        tar.addfile(first, io.BytesIO(said))
        for name in manifest["files"]:
            tar.add(made / name, arcname=name, recursive=False)


class _Summing(io.RawIOBase):
    """Writes on and sums up what it writes."""

    def __init__(self, to: BinaryIO) -> None:
        self._to, self.sum = to, hashlib.sha256()

    @override
    def write(self, data: Any, /) -> int:
        self.sum.update(data)
        return self._to.write(data)


def unpack(source: Path, ring: KeyRing) -> tuple[dict[str, Any], Counts]:
    """Put everything where it was, into an installation that has nothing; what was there, and the rows of each table now.

    Nothing is written over, and where it breaks off nothing that it put there stays. The database comes last, so that where it
    was killed there is none, and it is begun again. Heads that are kept outside stay as they are: they say whether this copy is
    older than the log once was. Raises NotSealed, NotCarriedOut and OSError.
    """
    has_heads = bool(files_in(folders()[HEADS]))
    with source.open("rb") as file, own_folder(settings.CRAFFU_HOME / RESTORING) as made:
        manifest = _take_out(Opening(file, ring), made)
        if manifest["database"] != connection.vendor:
            raise NotCarriedOut(
                f"it holds a database of {manifest['database']}, and DATABASE_URL names one of {connection.vendor}: name"
                " one like it"
            )
        left_out = {_NO_MORE, HEADS} if has_heads else {_NO_MORE}
        targets = _targets(name for name in manifest["files"] if name.partition("/")[0] not in left_out)
        there = {name for name, target in targets.items() if os.path.lexists(target)}
        # Whoever's restoring was killed has some of it already.
        _check_nothing_else_is_there(name for name in there if _sum(targets[name]) != manifest["files"][name])
        return manifest, _put(made, {name: target for name, target in targets.items() if name not in there})


def _targets(names: Iterable[str]) -> dict[str, Path]:
    """Where each file beside the database goes. Raises NotSealed where an entry is of no folder of ours."""
    found = {}
    for name in names:
        folder, _, rest = name.partition("/")
        if rest and folder not in folders():
            raise NotSealed(f"{folder} in it is no folder of this craffu: use the release that made it")
        if rest:
            found[name] = folders()[folder] / rest
    return found


def _check_nothing_else_is_there(names: Iterable[str]) -> None:
    """Their folders alone are named: what somebody handed in may be called after a person. Raises NotCarriedOut."""
    if among := sorted({str(folders()[name.partition("/")[0]]) for name in names}):
        raise NotCarriedOut(
            f"There are other files of the same names already in {', '.join(among)}, and nothing is written over: name an empty"
            " CRAFFU_HOME, or put them elsewhere."
        )


def _put(made: Path, targets: Mapping[str, Path]) -> Counts:
    """Files first, then the database; all of it or nothing. Where it goes may be another machine's mount. Raises OSError."""
    put = []
    try:
        for name, target in targets.items():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            put.append(target)
            shutil.move(made / name, target)
            with target.open("rb") as file:
                os.fsync(file.fileno())
        return fill_from(made / DATABASE)
    except BaseException:
        for target in put:
            target.unlink(missing_ok=True)
        raise


def _take_out(sealed: Opening, into: Path) -> dict[str, Any]:
    """Every part into a folder, each held against its sum. Raises NotSealed."""
    manifest: dict[str, Any] = {}
    sums: dict[str, str] = {}
    pieces = sealed.buffered()
    try:
        with tarfile.open(fileobj=pieces, mode="r|", bufsize=_READ) as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None:
                    raise NotSealed(f"{member.name} in it is no file")
                if not manifest:
                    manifest = json.loads(content.read())
                    continue
                if member.name not in manifest["files"]:
                    raise NotSealed(f"{member.name} in it is not in its list")
                path = into / member.name
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with path.open("wb") as file:
                    summing = _Summing(file)
                    while some := content.read(_READ):
                        summing.write(some)
                sums[member.name] = summing.sum.hexdigest()
        # An archive ends before its padding does, which may fill pieces of its own: those too must be as they were.
        while pieces.read(_READ):
            pass
    except tarfile.TarError as fault:
        raise NotSealed("it cannot be unpacked: use another copy") from fault
    if sums != manifest["files"]:
        raise NotSealed("not everything that it lists is in it, or is as it was: use another copy")
    return manifest

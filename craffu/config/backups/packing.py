"""What a backup holds: the database, files that came or were refused, digests, the signed heads of the log; never the key ring.

Its first part says what there is, so that whoever restores it can tell that all of it came back. What is packed are copies:
others go on writing, and a file that changed between its sum and its packing would make a backup that nothing comes back from.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final, override

from django.conf import settings
from django.db import connection

from craffu import __version__
from craffu.common.keyring import KeyRing
from craffu.common.own_folders import own_folder
from craffu.config.backups.databases import Counts, copy_into, fill_from, hold_whole
from craffu.config.backups.sealed import NotSealed, Opening, Sealing
from craffu.config.cli import NotCarriedOut

MANIFEST, DATABASE = "manifest.json", "database"
HEADS, UPLOADS, REJECTS = "audit-heads", "uploads", "rejects"
# Files that were on their way in as an earlier release made its backup. Nothing waits for them any more.
_OF_EARLIER: Final = frozenset({"incoming"})
_READ: Final = 1 << 20


def folders() -> dict[str, Path]:
    """What is kept beside the database, by its name in a backup."""
    home: Path = settings.CRAFFU_HOME
    return {
        UPLOADS: home / UPLOADS, REJECTS: home / REJECTS, "digests": home / "digests",
        HEADS: settings.CRAFFU_AUDIT_HEADS,
    }  # fmt: skip


def copies() -> Path:
    """Where copies of the register lie in clear while they are packed or brought back, and no longer."""
    return Path(settings.CRAFFU_HOME) / "copies"


def pack(target: Path, ring: KeyRing, at: datetime) -> dict[str, Any]:
    """Write everything into a file that appears only once it is whole; what it holds. Raises NotCarriedOut."""
    part = target.with_name(f".{target.name}.part")
    try:
        with (
            own_folder(copies()) as made,
            ThreadPoolExecutor(1) as beside,
        ):
            # Before the database, so that no head is of a later log than the one that is copied.
            for name, where in folders().items():
                _copy_files(where, made / name)
            copy = made / DATABASE
            counts = copy_into(copy)
            # What the register has heard of meanwhile lies there by now.
            for name in (UPLOADS, REJECTS):
                _copy_files(folders()[name], made / name)
            checked = beside.submit(hold_whole, copy)
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


def _copy_files(where: Path, into: Path) -> None:
    """Every file that is not there yet. One that goes away meanwhile is no longer of the installation."""
    for path in sorted(where.rglob("*")):
        target = into / path.relative_to(where)
        if not path.is_file() or path.is_symlink() or target.exists():
            continue
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            shutil.copyfile(path, target)


def _manifest(counts: Counts, made: Path, at: datetime) -> dict[str, Any]:
    return {
        "craffu": __version__,
        "database": connection.vendor,
        "made_at": at.isoformat(),
        "tables": counts,
        "files": {DATABASE: _sum(made / DATABASE), **{name: _sum(made / name) for name in _files(made)}},
    }


def _files(made: Path) -> Iterator[str]:
    for folder in folders():
        for path in sorted((made / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(made).as_posix()


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

    The database comes last, so that an installation whose restoring broke off has none, and no file either. Heads that are kept
    outside stay as they are: they say whether this copy is older than the log once was. Raises NotSealed and NotCarriedOut.
    """
    with source.open("rb") as file, own_folder(copies()) as made:
        manifest = _take_out(Opening(file, ring), made)
        if manifest["database"] != connection.vendor:
            raise NotCarriedOut(
                f"it holds a database of {manifest['database']}, and DATABASE_URL names one of {connection.vendor}: name"
                " one like it"
            )
        places = _places(manifest["files"])
        for target in places.values():
            if target.exists():
                raise NotCarriedOut(f"{target} is there already, and nothing is written over: empty CRAFFU_HOME first")
        put: list[Path] = []
        try:
            for name, target in places.items():
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                put.append(target)
                _put(made / name, target)
            return manifest, fill_from(made / DATABASE)
        except BaseException:
            for target in put:
                target.unlink(missing_ok=True)
            raise


def _places(names: Iterable[str]) -> dict[str, Path]:
    """Where each file that comes back belongs. Raises NotCarriedOut for one that this release does not know."""
    has_heads = any(folders()[HEADS].rglob("*"))
    found = {}
    for name in names:
        folder, _, rest = name.partition("/")
        if not rest or folder in _OF_EARLIER or (folder == HEADS and has_heads):
            continue
        if folder not in folders():
            raise NotCarriedOut(
                f"it holds {name}, which this release of Craffu does not know: restore it with a newer one"
            )
        found[name] = folders()[folder] / rest
    return found


def _put(source: Path, target: Path) -> None:
    """On the disk under its own name before anybody is told so; heads may lie on another machine's."""
    shutil.move(source, target)
    with target.open("rb") as file:
        os.fsync(file.fileno())


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

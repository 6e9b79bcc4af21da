"""What a backup holds: the database, files that came or were refused, digests, the signed heads of the log; never the key ring.

Its first part says what there is, so that whoever restores it can tell that all of it came back.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final, override

from django.conf import settings
from django.db import connection

from craffu import __version__
from craffu.common.keyring import KeyRing
from craffu.config.backups.databases import Counts, copy_into, fill_from, hold_whole
from craffu.config.backups.sealed import NotSealed, Opening, Sealing
from craffu.config.cli import NotCarriedOut

MANIFEST, DATABASE = "manifest.json", "database"
HEADS: Final = "audit-heads"
_READ: Final = 1 << 20


def folders() -> dict[str, Path]:
    """What is kept beside the database, by its name in a backup."""
    home: Path = settings.CRAFFU_HOME
    return {
        "incoming": settings.CRAFFU_INCOMING, "rejects": home / "rejects", "digests": home / "digests",
        HEADS: settings.CRAFFU_AUDIT_HEADS,
    }  # fmt: skip


def pack(target: Path, ring: KeyRing, at: datetime) -> dict[str, Any]:
    """Write everything into a file that appears only once it is whole; what it holds. Raises NotCarriedOut."""
    part = target.with_name(f".{target.name}.part")
    try:
        with (
            tempfile.TemporaryDirectory(prefix="backup-", dir=settings.CRAFFU_HOME) as made,
            ThreadPoolExecutor(1) as beside,
        ):
            copy = Path(made) / DATABASE
            counts = copy_into(copy)
            checked = beside.submit(hold_whole, copy)
            manifest = _manifest(counts, copy, at)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                _write(file, ring, manifest, copy)
                file.flush()
                os.fsync(file.fileno())
            checked.result()
        part.replace(target)
    except OSError as fault:
        raise NotCarriedOut(f"{target} cannot be written ({fault.strerror}): name another file") from fault
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _manifest(counts: Counts, copy: Path, at: datetime) -> dict[str, Any]:
    return {
        "craffu": __version__,
        "database": connection.vendor,
        "made_at": at.isoformat(),
        "tables": counts,
        "files": {DATABASE: _sum(copy), **{name: _sum(path) for name, path in _files()}},
    }


def _files() -> Iterator[tuple[str, Path]]:
    for folder, where in folders().items():
        for path in sorted(where.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield f"{folder}/{path.relative_to(where).as_posix()}", path


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(file: BinaryIO, ring: KeyRing, manifest: dict[str, Any], copy: Path) -> None:
    about = {key: manifest[key] for key in ("craffu", "database", "made_at")}
    # The archive's buffer is copied for each part of a file that is put into it: a part fills it.
    with Sealing(file, ring, about) as sealed, tarfile.open(fileobj=sealed, mode="w|", bufsize=_READ) as tar:
        tar.copybufsize = _READ  # type: ignore[attr-defined]  # documented as an argument of TarFile
        said = json.dumps(manifest).encode()
        first = tarfile.TarInfo(MANIFEST)
        first.size = len(said)
        tar.addfile(first, io.BytesIO(said))
        for name in manifest["files"]:
            path = copy if name == DATABASE else folders()[name.split("/", 1)[0]] / name.split("/", 1)[1]
            tar.add(path, arcname=name, recursive=False)


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

    The database comes last, so that an installation whose restoring broke off has none. Heads that are kept outside stay as they
    are: they say whether this copy is older than the log once was. Raises NotSealed and NotCarriedOut.
    """
    has_heads = any(folders()[HEADS].rglob("*"))
    with source.open("rb") as file, tempfile.TemporaryDirectory(prefix="restore-", dir=settings.CRAFFU_HOME) as made:
        manifest = _take_out(Opening(file, ring), Path(made))
        if manifest["database"] != connection.vendor:
            raise NotCarriedOut(
                f"it holds a database of {manifest['database']}, and DATABASE_URL names one of {connection.vendor}: name"
                " one like it"
            )
        for name in manifest["files"]:
            folder, _, rest = name.partition("/")
            if rest and not (folder == HEADS and has_heads):
                target = folders()[folder] / rest
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                (Path(made) / name).replace(target)
        return manifest, fill_from(Path(made) / DATABASE)


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

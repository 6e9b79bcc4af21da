"""Registers as releases made them: the parts of a backup as that release packed them, of invented people, with their key ring.

A sealed file cannot be kept small, so that its parts are kept packed and sealed again where a test asks: by the code of today,
under the ring of that day. The lists of codes, which `craffu migrate` loads, are left out. DEVELOPING.md says how one is made.
"""

import io
import json
import lzma
import tarfile
from pathlib import Path
from typing import Any

from craffu.common.keyring import KeyRing
from craffu.config.backups.sealed import Sealing

FOLDER = Path(__file__).parent / "integration" / "config" / "releases"


def parts_of(release: str) -> bytes:
    return lzma.decompress((FOLDER / f"{release}.parts").read_bytes())


def ring_of(release: str) -> Path:
    return FOLDER / f"{release}_keyring.json"


def put_out(release: str, into: Path) -> dict[str, Path]:
    """The files that a backup of this release holds, by name."""
    with tarfile.open(fileobj=io.BytesIO(parts_of(release))) as tar:
        tar.extractall(into, filter="data")
        return {name: into / name for name in tar.getnames()}


def manifest_of(release: str) -> dict[str, Any]:
    with tarfile.open(fileobj=io.BytesIO(parts_of(release))) as tar:
        first = tar.extractfile("manifest.json")
        assert first is not None
        said: dict[str, Any] = json.loads(first.read())
    return said


def sealed(release: str, ring: KeyRing, target: Path) -> Path:
    """A backup as it would have been sealed then."""
    said = manifest_of(release)
    about = {name: said[name] for name in ("craffu", "database", "made_at")}
    with target.open("wb") as file, Sealing(file, ring, about) as sealing:
        sealing.write(parts_of(release))
    return target

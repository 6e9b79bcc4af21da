"""T39: a sealed file that is cut off, joined or changed anywhere is not opened, also where the archive in it has ended before."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.common.keyring import KeyRing
from craffu.config.backups.packing import MANIFEST, _take_out
from craffu.config.backups.sealed import PIECE, NotSealed, Opening, Sealing

pytestmark = [pytest.mark.rule("SEC-06")]

SAID: dict[str, dict[str, str]] = {"files": {}}


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing("k1", {"k1": bytes(range(32))}, "i1", {"i1": bytes(32)}, bytes(32))


@pytest.fixture(params=[0, 1, PIECE, 2 * PIECE + 7])
def sealed(request: pytest.FixtureRequest, ring: KeyRing) -> bytes:
    """An archive with its list alone, and so much padding after its end."""
    file, said = io.BytesIO(), json.dumps(SAID).encode()
    with Sealing(file, ring, {}) as sealing:
        with tarfile.open(fileobj=sealing, mode="w|", bufsize=PIECE) as tar:
            first = tarfile.TarInfo(MANIFEST)
            first.size = len(said)
            tar.addfile(first, io.BytesIO(said))
        sealing.write(bytes(request.param))
    return file.getvalue()


def test_what_is_whole_is_opened(sealed: bytes, ring: KeyRing, tmp_path: Path) -> None:
    assert _take_out(Opening(io.BytesIO(sealed), ring), tmp_path) == SAID


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: content[:-200] + bytes([content[-200] ^ 1]) + content[-199:],
        lambda content: content + content[-100:],
    ],
    ids=["a byte short", "a byte more", "the last bit turned", "a bit turned", "its end twice"],
)
def test_what_is_not_as_it_was_is_not_opened(
    sealed: bytes, ring: KeyRing, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(NotSealed):
        _take_out(Opening(io.BytesIO(spoil(sealed)), ring), tmp_path)

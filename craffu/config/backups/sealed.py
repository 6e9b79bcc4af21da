"""A file that nobody reads without the key ring, and that cannot be shortened, joined or changed unseen (SEC-06).

The first line is JSON in clear: what it is, when it was made, and the file's own key, wrapped with the ring's. Then come pieces
of a mebibyte, each sealed by itself (AES-256-GCM) and bound to the head, to its place and to whether it is the last.
"""

import base64
import hashlib
import json
import os
import secrets
from io import BufferedReader, RawIOBase
from typing import Any, BinaryIO, Final, override

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from craffu.common.keyring import NONCE_BYTES, CannotDecrypt, KeyRing

MAGIC: Final = "craffu-backup"
FORMAT: Final = 1
PIECE: Final = 1 << 20
_CONTEXT: Final = "backup.key"
_LENGTH_BYTES, _TAG_BYTES = 4, 16
_LONGEST_HEAD: Final = 1 << 16


class NotSealed(ValueError):
    """A file is no backup, was changed or cut off, or this key ring did not seal it; the message says which."""


class Sealing(RawIOBase):
    """What is written here goes into a file, sealed. Only a closed one is whole."""

    def __init__(self, to: BinaryIO, ring: KeyRing, about: dict[str, Any]) -> None:
        key = secrets.token_bytes(32)
        wrapped = ring.encrypt(base64.b64encode(key).decode(), _CONTEXT)
        line = json.dumps({"file": MAGIC, "format": FORMAT, **about, "key": wrapped}).encode() + b"\n"
        to.write(line)
        self._to, self._cipher, self._head = to, AESGCM(key), hashlib.sha256(line).digest()
        self._held, self._pieces = bytearray(), 0

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Any, /) -> int:
        self._held += data
        # The last piece may be a full one: it is held until another byte or the end comes.
        while len(self._held) > PIECE:
            with memoryview(self._held) as held:
                self._put(held[:PIECE], is_last=False)
            del self._held[:PIECE]
        return len(data)

    def _put(self, piece: memoryview, *, is_last: bool) -> None:
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, piece, bound(self._head, self._pieces, is_last=is_last))
        self._to.write((len(nonce) + len(sealed)).to_bytes(_LENGTH_BYTES) + nonce)
        self._to.write(sealed)
        piece.release()
        self._pieces += 1

    @override
    def close(self) -> None:
        if not self.closed:
            self._put(memoryview(self._held), is_last=True)
            self._held.clear()
        super().close()


class Opening(RawIOBase):
    """What a sealed file holds, read in order. A piece is handed on only once it is known to be what was put there."""

    def __init__(self, source: BinaryIO, ring: KeyRing) -> None:
        line = source.readline(_LONGEST_HEAD)
        self.about = head_of(line)
        try:
            key = base64.b64decode(ring.decrypt(self.about["key"], _CONTEXT))
        except CannotDecrypt as fault:
            raise NotSealed("it was sealed with another key ring: name that one in CRAFFU_KEYS") from fault
        self._source, self._cipher, self._head = source, AESGCM(key), hashlib.sha256(line).digest()
        self._held, self._pieces, self._is_over = b"", 0, False

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Any, /) -> int:
        while not self._held and not self._is_over:
            self._next()
        piece, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)

    def _next(self) -> None:
        length = int.from_bytes(self._source.read(_LENGTH_BYTES))
        if not NONCE_BYTES + _TAG_BYTES <= length <= NONCE_BYTES + _TAG_BYTES + PIECE:
            raise NotSealed("it is cut off, or was changed: use another copy")
        sealed = self._source.read(length)
        for is_last in (False, True):
            try:
                self._held = self._cipher.decrypt(
                    sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound(self._head, self._pieces, is_last=is_last)
                )
            except InvalidTag:
                continue
            self._pieces, self._is_over = self._pieces + 1, is_last
            break
        else:
            raise NotSealed("it is cut off, or was changed: use another copy")
        if self._is_over and self._source.read(1):
            raise NotSealed("something was added to its end: use another copy")

    def buffered(self) -> BufferedReader:
        return BufferedReader(self, PIECE)


def bound(head: bytes, place: int, *, is_last: bool) -> bytes:
    """What each piece is bound to."""
    return head + place.to_bytes(8) + bytes([is_last])


def head_of(line: bytes) -> dict[str, Any]:
    """What a backup says of itself in clear. Raises NotSealed."""
    try:
        about = json.loads(line)
        is_ours = about["file"] == MAGIC and isinstance(about["key"], str)
    except (ValueError, KeyError, TypeError) as fault:
        raise NotSealed("it is no backup that craffu made") from fault
    if not is_ours:
        raise NotSealed("it is no backup that craffu made")
    if about["format"] != FORMAT:
        raise NotSealed(
            f"it is of format {about['format']}, and this craffu reads {FORMAT}: use the release that made it"
        )
    found: dict[str, Any] = about
    return found

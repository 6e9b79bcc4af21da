"""Changes to the key ring's file: a key joins, begins to write, leaves. Each replaces the file as a whole, so nobody reads half.

Who may and when is decided above (`access/keys`); here a key that writes can never leave.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings

from craffu.common import keyring


class KeyKind(StrEnum):
    """What a key is for: values that are encrypted, or the tokens they are found by."""

    VALUES = "values"
    INDEX = "index"


LETTERS = {KeyKind.VALUES: "k", KeyKind.INDEX: "i"}


class KeyWrites(RuntimeError):
    """The key that writes was about to leave the ring."""


def keys_of(ring: keyring.KeyRing, kind: KeyKind) -> list[str]:
    """Their ids, the oldest first."""
    return list(ring.keys if kind is KeyKind.VALUES else ring.indexes)


def writing(ring: keyring.KeyRing, kind: KeyKind) -> str:
    return ring.current if kind is KeyKind.VALUES else ring.index


def waiting(ring: keyring.KeyRing, kind: KeyKind) -> list[str]:
    """The keys that nobody has written with yet."""
    known = keys_of(ring, kind)
    return known[known.index(writing(ring, kind)) + 1 :]


def kind_of(ring: keyring.KeyRing, key: str) -> KeyKind | None:
    """What a key is for; None where the ring has no such key."""
    return next((kind for kind in KeyKind if key in keys_of(ring, kind)), None)


def join(kind: KeyKind) -> str:
    """A new key that reads and does not write yet. Returns its id."""
    with _changed() as words:
        key = keyring.new_id(LETTERS[kind])
        _part(words, kind)["keys"][key] = keyring.fresh_key()
    return key


def begin_to_write(kind: KeyKind, key: str, now: datetime) -> None:
    """From now on this key writes."""
    with _changed() as words:
        part = _part(words, kind)
        if key not in part["keys"]:
            raise KeyError(key)
        part["current"] = key
        words.setdefault("since", {})[key] = now.isoformat()


def leave(kind: KeyKind, key: str) -> None:
    """The key is gone: nothing written with it can be read or found again."""
    with _changed() as words:
        part = _part(words, kind)
        if part["current"] == key:
            raise KeyWrites(key)
        del part["keys"][key]
        words.get("since", {}).pop(key, None)


def _part(words: dict[str, Any], kind: KeyKind) -> dict[str, Any]:
    part: dict[str, Any] = words if kind is KeyKind.VALUES else words["index"]
    return part


@contextmanager
def _changed() -> Iterator[dict[str, Any]]:
    """The words of the file, written back whole. One process changes it at a time."""
    path = Path(settings.CRAFFU_KEYS)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        words = keyring.read(path)
        yield words
        _replace(path, words)
        os.fsync(folder)
    finally:
        os.close(folder)


def _replace(path: Path, words: dict[str, Any]) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    before = path.stat()
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        # Whoever serves pages must go on reading it, whoever changes it.
        os.fchown(descriptor, before.st_uid, before.st_gid)
        os.fchmod(descriptor, before.st_mode & 0o777)
        json.dump(words, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)

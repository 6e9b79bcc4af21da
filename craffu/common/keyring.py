"""The key ring: the secrets that protect fields, searches over them and the signed audit head. It lies outside the database.

SEC-06: a victim's address, telephone and safe word are encrypted per field; the row names the key it was written with,
so a key can be replaced without rewriting every row at once. Whoever uses the ring sees a changed file at the next use.
"""

import base64
import hashlib
import hmac
import json
import logging
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE_BYTES = 12
# What the one key of a ring made before there could be several is called.
FIRST_INDEX = "i0"

log = logging.getLogger(__name__)


class CannotDecrypt(RuntimeError):
    """A protected value was changed, moved to another column, or written with a key this ring does not hold."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """`keys` protect values and `indexes` make tokens, each by its id, the oldest first; of either, one writes.

    A key behind the one that writes only reads until it is retired; one after it is known to all before anybody writes
    with it. `since` says from when a key wrote. No secret is shown when a ring is printed.
    """

    current: str
    keys: Mapping[str, bytes] = field(repr=False)
    index: str
    indexes: Mapping[str, bytes] = field(repr=False)
    signing: bytes = field(repr=False)
    since: Mapping[str, str] = field(default_factory=dict)

    def encrypt(self, text: str, context: str) -> str:
        """`text` under the current key, bound to `context` (table.column): `key id:base64(nonce + ciphertext)`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, text.encode(), context.encode())
        return f"{self.current}:{base64.b64encode(nonce + sealed).decode()}"

    def encrypt_many(self, texts: Sequence[str], context: str) -> list[str]:
        """Many texts of one column, each as `encrypt` writes it. The empty text stays empty."""
        cipher, bound = AESGCM(self.keys[self.current]), context.encode()
        nonces = secrets.token_bytes(NONCE_BYTES * len(texts))
        sealed = []
        for place, text in enumerate(texts):
            nonce = nonces[place * NONCE_BYTES : (place + 1) * NONCE_BYTES]
            body = base64.b64encode(nonce + cipher.encrypt(nonce, text.encode(), bound)).decode() if text else ""
            sealed.append(f"{self.current}:{body}" if text else "")
        return sealed

    def decrypt(self, stored: str, context: str) -> str:
        key_id, _, body = stored.partition(":")
        try:
            raw = base64.b64decode(body, validate=True)
            text = AESGCM(self.keys[key_id]).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode())
        except (KeyError, ValueError, InvalidTag) as fault:
            raise CannotDecrypt(f"a value of {context} cannot be read with this key ring") from fault
        return text.decode()

    def token(self, purpose: str, text: str) -> str:
        """A blind index: equal texts give equal tokens, and a token tells nothing without the key."""
        return _token(self.indexes[self.index], purpose, text)

    def tokens_of_all_keys(self, purpose: str, text: str) -> list[str]:
        """What to look for while keys change: the token under every key of the ring, that of the writing key first."""
        others = [key for name, key in self.indexes.items() if name != self.index]
        return [_token(key, purpose, text) for key in (self.indexes[self.index], *others)]

    def tokens(self, purpose: str, texts: Sequence[str]) -> list[str]:
        """Many blind indexes of one purpose, each as `token` gives it."""
        begun = hmac.new(self.indexes[self.index], f"{purpose}\0".encode(), hashlib.sha256)
        tokens = []
        for text in texts:
            index = begun.copy()
            index.update(text.encode())
            tokens.append(index.hexdigest()[:32])
        return tokens

    def sign(self, text: str) -> str:
        return hmac.new(self.signing, text.encode(), hashlib.sha256).hexdigest()


def _token(key: bytes, purpose: str, text: str) -> str:
    return hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()[:32]


def fresh_key() -> str:
    """A new secret as the file holds it."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def new_id(letter: str) -> str:
    return f"{letter}{secrets.token_hex(4)}"


def create(path: Path) -> None:
    """Make a new ring readable by its owner alone. An existing ring is never replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key, index = new_id("k"), new_id("i")
    words = {
        "current": key,
        "keys": {key: fresh_key()},
        "index": {"current": index, "keys": {index: fresh_key()}},
        "signing": fresh_key(),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(words, file)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> dict[str, Any]:
    """The words of a ring's file, one made before there could be several index keys brought into today's form."""
    try:
        words: dict[str, Any] = json.loads(path.read_text())
        if isinstance(words["index"], str):
            words["index"] = {"current": FIRST_INDEX, "keys": {FIRST_INDEX: words["index"]}}
        return words
    except FileNotFoundError as fault:
        raise ImproperlyConfigured(
            "There is no key ring. Run `craffu migrate` to make one, or set CRAFFU_KEYS to where yours lies."
        ) from fault
    except (KeyError, TypeError, ValueError) as fault:
        raise _unreadable() from fault


def load(path: Path) -> KeyRing:
    words = read(path)
    try:
        found = KeyRing(
            current=words["current"],
            keys={name: base64.b64decode(key) for name, key in words["keys"].items()},
            index=words["index"]["current"],
            indexes={name: base64.b64decode(key) for name, key in words["index"]["keys"].items()},
            signing=base64.b64decode(words["signing"]),
            since=words.get("since", {}),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise _unreadable() from fault
    if found.current not in found.keys or found.index not in found.indexes:
        raise _unreadable()
    return found


def _unreadable() -> ImproperlyConfigured:
    return ImproperlyConfigured("The key ring cannot be read. Restore it from your copy; do not make a new one.")


@dataclass(frozen=True, slots=True)
class _Held:
    """A ring as it was read, and the file it was read from."""

    path: str
    seen: tuple[int, int, int]
    ring: KeyRing


_held: _Held | None = None


def ring() -> KeyRing:
    """The ring of this installation as its file stands now: one look at the file, read again only when it changed."""
    global _held  # noqa: PLW0603 - one ring for the process, replaced as a whole
    path, held = os.fspath(settings.CRAFFU_KEYS), _held
    try:
        looked = os.stat(path)
        seen = (looked.st_mtime_ns, looked.st_size, looked.st_ino)
        if held is not None and held.path == path and held.seen == seen:
            return held.ring
        held = _Held(path, seen, load(Path(path)))
    except (OSError, ImproperlyConfigured) as fault:
        # A mount that is away or a file spoilt by hand: what is in use goes on with the ring it has.
        if held is None or held.path != path:
            raise _as_configured(fault) from fault
        log.warning("the key ring cannot be read again (%s); the one read before is used", type(fault).__name__)
        return held.ring
    _held = held
    return held.ring


def _as_configured(fault: Exception) -> ImproperlyConfigured:
    if isinstance(fault, ImproperlyConfigured):
        return fault
    return ImproperlyConfigured(
        "There is no key ring that can be read. Run `craffu migrate` to make one, or set CRAFFU_KEYS to where yours lies."
    )

"""The key ring: the secrets that protect fields, searches over them and the signed audit head. It lies outside the database.

SEC-06: a victim's address, telephone and safe word are encrypted per field; the row names the key it was written with,
so a key can be replaced without rewriting every row at once.
"""

import base64
import functools
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE_BYTES = 12


class CannotDecrypt(RuntimeError):
    """A protected value was changed, moved to another column, or written with a key this ring does not hold."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    current: str
    keys: dict[str, bytes]
    index: bytes
    signing: bytes

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
        return hmac.new(self.index, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()[:32]

    def tokens(self, purpose: str, texts: Sequence[str]) -> list[str]:
        """Many blind indexes of one purpose, each as `token` gives it."""
        begun = hmac.new(self.index, f"{purpose}\0".encode(), hashlib.sha256)
        tokens = []
        for text in texts:
            index = begun.copy()
            index.update(text.encode())
            tokens.append(index.hexdigest()[:32])
        return tokens

    def sign(self, text: str) -> str:
        return hmac.new(self.signing, text.encode(), hashlib.sha256).hexdigest()


def create(path: Path) -> None:
    """Make a new ring readable by its owner alone. An existing ring is never replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key_id = f"k{secrets.token_hex(4)}"

    def fresh() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    ring = {"current": key_id, "keys": {key_id: fresh()}, "index": fresh(), "signing": fresh()}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(ring, file)
        file.flush()
        os.fsync(file.fileno())


def load(path: Path) -> KeyRing:
    try:
        ring = json.loads(path.read_text())
        return KeyRing(
            current=ring["current"],
            keys={name: base64.b64decode(key) for name, key in ring["keys"].items()},
            index=base64.b64decode(ring["index"]),
            signing=base64.b64decode(ring["signing"]),
        )
    except FileNotFoundError as fault:
        raise ImproperlyConfigured(
            "There is no key ring. Run `craffu migrate` to make one, or set CRAFFU_KEYS to where yours lies."
        ) from fault
    except (KeyError, ValueError) as fault:
        raise ImproperlyConfigured(
            "The key ring cannot be read. Restore it from your copy; do not make a new one."
        ) from fault


@functools.cache
def _loaded(path: Path) -> KeyRing:
    return load(path)


def ring() -> KeyRing:
    """The ring of this installation."""
    return _loaded(Path(settings.CRAFFU_KEYS))

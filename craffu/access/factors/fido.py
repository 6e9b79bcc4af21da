"""Yubico's library for passkeys, loaded where one is first asked for: no other command or page carries it (B11)."""

from importlib import import_module
from typing import Any

_MODULES = ("fido2.server", "fido2.utils", "fido2.webauthn")


class _Library:
    def __getattr__(self, name: str) -> Any:
        return next(getattr(module, name) for module in map(import_module, _MODULES) if hasattr(module, name))


fido: Any = _Library()

"""Authlib and joserfc, loaded where a provider is first asked: an installation without one never carries them (B11)."""

from importlib import import_module
from typing import Any

_MODULES = ("authlib.integrations.requests_client", "authlib.oidc.core", "joserfc.jwk", "joserfc.jwt")
# What those raise for an answer that does not hold, and for one that does not come.
_FAULTS = ("authlib.common.errors.AuthlibBaseError", "joserfc.errors.JoseError", "requests.exceptions.RequestException")


class _Library:
    def __getattr__(self, name: str) -> Any:
        return next(getattr(module, name) for module in map(import_module, _MODULES) if hasattr(module, name))

    @property
    def faults(self) -> tuple[type[Exception], ...]:
        modules, names = zip(*(fault.rsplit(".", 1) for fault in _FAULTS), strict=True)
        return tuple(getattr(module, name) for module, name in zip(map(import_module, modules), names, strict=True))


library: Any = _Library()

"""Polars as `pl`, loaded where a table is first read by columns: a web worker that never reads one does not carry it (B11).

Modules that use it postpone their annotations, which would load it otherwise.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["pl"]

if TYPE_CHECKING:
    import polars as pl
else:

    class _Polars:
        def __getattr__(self, name: str) -> Any:
            return getattr(import_module("polars"), name)

    pl = _Polars()

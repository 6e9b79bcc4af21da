"""What every transaction says of itself to the database, so that the database can hold it to that (SEC-01).

It is said in each transaction anew and is gone with it: a connection that is used again carries nothing on. Only PostgreSQL
is told (`common/postgresql`); SQLite has nobody to tell.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

# Nothing in them that SQL or its placeholders would read.
_NAME: Final = re.compile(r"app\.[a-z_]+")
_VALUE: Final = re.compile(r"[A-Za-z0-9 ._-]*")

_told: ContextVar[Mapping[str, str]] = ContextVar("told")
_NOTHING: Final[Mapping[str, str]] = {}


def told() -> Mapping[str, str]:
    """The settings of every transaction from now on, by name."""
    return _told.get(_NOTHING)


def tell(settings: Mapping[str, str]) -> None:
    """From now on, in this thread, for as long as it lasts. Raises ValueError for what could not be said literally."""
    for name, value in settings.items():
        if not (_NAME.fullmatch(name) and _VALUE.fullmatch(value)):
            raise ValueError(f"{name} cannot be said to the database")
    _told.set(settings)


@contextmanager
def telling(settings: Mapping[str, str]) -> Iterator[None]:
    """Inside, instead of what was said before."""
    before = told()
    tell(settings)
    try:
        yield
    finally:
        _told.set(before)

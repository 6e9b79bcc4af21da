"""Whether anything was told meanwhile: a page follows up at once what it caused, and asks nothing where it caused nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Heard:
    anything: bool = False


_listener: ContextVar[Heard | None] = ContextVar("listener", default=None)


@contextmanager
def listening() -> Iterator[Heard]:
    """Inside, what is told is noticed; `anything` says so, whether or not it was committed."""
    heard = Heard()
    token = _listener.set(heard)
    try:
        yield heard
    finally:
        _listener.reset(token)


def notice() -> None:
    """Called by the outbox alone, when something is told."""
    heard = _listener.get()
    if heard is not None:
        heard.anything = True

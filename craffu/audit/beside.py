"""That somebody looked is committed while the page that shows it to them is written, and no page leaves before it is (SEC-04).

A disk takes as long to keep a row as Python to write a list, and needs nobody meanwhile (ADR 117). The server says that it is
to be so, once in each of its processes; everywhere else, and inside a transaction, a row is committed with its act as before.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from threading import Event
from typing import Final

from django.db import close_old_connections, connection

_COMMITTING: Final = "committing"
# Empty where nothing is committed beside pages.
_writers: dict[str, ThreadPoolExecutor] = {}


def log_beside(threads: int) -> None:
    """From now on in this process, by so many threads: as many as answer requests, so that none waits for another's."""
    _writers[_COMMITTING] = ThreadPoolExecutor(threads, thread_name_prefix="log")


def begun(write: Callable[[], object]) -> Future[object] | None:
    """Have `write` done, which commits what it does. Returns what tells how that ended; None where it has."""
    writers = _writers.get(_COMMITTING)
    if writers is None or connection.in_atomic_block:
        write()
        return None
    started = Event()
    ending = writers.submit(copy_context().run, _done, write, started)
    # Otherwise Python would write the page first: it changes threads only where one of them waits, or after long.
    started.wait()
    return ending


def _done(write: Callable[[], object], started: Event) -> object:
    started.set()
    close_old_connections()
    return write()

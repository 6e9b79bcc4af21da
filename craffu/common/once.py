"""What several parts of one piece of work ask is read once: for work under a lock that whoever settles it anew waits for."""

import functools
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_read: ContextVar[dict[Any, Any] | None] = ContextVar("read", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Inside, a question marked `once` is answered as it was the first time. Inside another, it goes on with what that has read.

    Only for the length of such a lock. What somebody changes meanwhile is told, and whoever follows that news waits for the lock
    and reads anew: an answer kept longer would stand over theirs.
    """
    if _read.get() is not None:
        yield
        return
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def once[By, Row, At, R](
    function: Callable[[By, Collection[Row], At], dict[int, R]],
) -> Callable[[By, Collection[Row], At], dict[int, R]]:
    """Mark a question about some rows, or their numbers, at an instant. Whoever has a reach of their own is answered anew."""

    @functools.wraps(function)
    def asked(by: By, rows: Collection[Row], at: At) -> dict[int, R]:
        read = _read.get()
        if read is None or getattr(by, "user", None) is not None:
            return function(by, rows, at)
        key = (function, by.force.pk, frozenset(getattr(one, "pk", one) for one in rows), at)  # type: ignore[attr-defined]
        if key not in read:
            read[key] = function(by, rows, at)
        return dict(read[key])

    return asked

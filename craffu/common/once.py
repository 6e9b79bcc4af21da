"""What several parts of one piece of work ask is read once: for work under a lock that whoever settles it anew waits for."""

import copy
import functools
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

_read: ContextVar[dict[Any, Any] | None] = ContextVar("read", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Inside, a question marked `once` is answered as it was the first time. Inside another, it goes on with what that has read.

    Until something is written there. And only for the length of such a lock: what somebody else changes meanwhile is told, and
    whoever follows that news waits for the lock and reads anew; an answer kept longer would stand over theirs.
    """
    if _read.get() is not None:
        yield
        return
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def read_anew() -> None:
    """Forget what was read so far: called by whatever writes."""
    if read := _read.get():
        read.clear()


def once[Question: Callable[..., Any]](function: Question) -> Question:
    """Mark a question of a reader about some rows, or their numbers, and whatever else it asks; its answer is a dict or a set.

    Whoever has a reach of their own is answered anew, and everybody gets an answer of their own.
    """

    @functools.wraps(function)
    def asked(by: Any, rows: Collection[Any], *rest: Any) -> Any:
        read = _read.get()
        if read is None or getattr(by, "user", None) is not None:
            return function(by, rows, *rest)
        key = (function, by.force.pk, frozenset(getattr(one, "pk", one) for one in rows), rest)
        if key not in read:
            read[key] = function(by, rows, *rest)
        return copy.copy(read[key])

    return cast(Question, asked)

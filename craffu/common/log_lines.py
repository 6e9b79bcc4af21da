"""Lines of the log: what failed and where, and never what a fault says of itself, which may name somebody (SEC-06)."""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

type Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LineFormatter(logging.Formatter):
    """A fault is written by its kind and the lines of the program that led to it, with what it came from before it."""

    def formatException(self, ei: Fault) -> str:  # logging's own name
        return "\n".join(_lines(ei[1])) if ei[1] is not None else ""


def _lines(fault: BaseException) -> Iterator[str]:
    for place, one in enumerate(_chain(fault)):
        if place:
            yield "and from it:"
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        yield f"{type(one).__module__}.{type(one).__qualname__}"


def _chain(fault: BaseException) -> list[BaseException]:
    """The faults that led to one, the first first."""
    found: list[BaseException] = []
    one: BaseException | None = fault
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found[::-1]

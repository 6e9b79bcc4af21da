"""Work that can be done ahead, for tests: functions of a module, as the other process needs them."""

import os
import time
from collections.abc import Iterator

from craffu.intake.refused import Unfit


def count(data: bytes, most: int) -> Iterator[tuple[int, bytes]]:
    """So many steps, each with the data."""
    for number in range(most):
        yield number, data


def who(data: bytes) -> Iterator[int]:
    """The number of the process, for ever."""
    while True:
        yield os.getpid()


def slow(data: bytes) -> Iterator[int]:
    """One step, and the next only much later."""
    yield os.getpid()
    time.sleep(60)


def large(data: bytes) -> Iterator[bytes]:
    """Steps that take a while to tell, for ever."""
    while True:
        yield b"x" * 10_000_000


def unfit(data: bytes, line: int) -> Iterator[int]:
    yield 1
    raise Unfit("not_well_formed_csv", line=line, found=data.decode())

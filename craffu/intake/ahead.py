"""Reads and checks a large file ahead: in another process, while this one stores the rows before (B8).

What comes of a file, and in which order, is the same either way. The other process reaches no database and no key. It is never
more than two steps ahead, so that memory does not grow with the rows. However this one ends, that one ends with its next step.
ADR 30.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing.connection import Connection, Pipe
from typing import Any, Concatenate, Final

# Starting another process takes a fifth of a second: as long as reading so many bytes. One that runs is worth less than that.
START_FROM: Final = 5_000_000
USE_FROM: Final = 200_000
_STEP, _RAISED, _END = range(3)
# What follows: bytes of a file, or what is to be done with them.
_FILE, _WORK = b"file", b"work"
# What the other process is not told: where the database is, and the keys.
_NOT_TOLD: Final = ("CRAFFU_", "DATABASE_URL", "DJANGO_")
_BEGIN: Final = "import sys; sys.path[:] = sys.argv[2:]; from craffu.intake.ahead import serve; serve(int(sys.argv[1]))"


class HelperLost(RuntimeError):
    """The process that read ahead ended before its work did. What was stored stays, and the same command again goes on."""


class Ahead:
    """The process that reads ahead for one run, started where a file is large enough to be worth it."""

    def __init__(self, cores: int | None = None) -> None:
        self._cores = cores or os.cpu_count() or 1
        self.helper: Helper | None = None

    def tell(self, data: bytes) -> None:
        """Begin to tell the other process a file that it may be asked for: a large one takes a while."""
        if self.pays(len(data)):
            self._started().tell(data)

    def each[**P, T](
        self, work: Callable[Concatenate[bytes, P], Iterator[T]], data: bytes, *args: P.args, **kwargs: P.kwargs
    ) -> Iterator[T]:
        """What `work(data, ...)` yields, step by step, and what it raises.

        `work` is a function of a module, and whatever it is given or yields can be pickled. Raises HelperLost.
        """
        if not self.pays(len(data)):
            yield from work(data, *args, **kwargs)
            return
        helper, at_end = self._started(), False
        try:
            helper.ask(data, (work, args, kwargs))
            while not at_end:
                what, said = helper.heard()
                at_end = what != _STEP
                if what == _RAISED:
                    raise said
                if what == _STEP:
                    yield said
        finally:
            if not at_end and helper is self.helper:
                self.close()

    def prepare(self, size: int) -> None:
        """Start the other process where files of so many bytes are about to be read: it loads what it needs meanwhile."""
        if self.pays(size):
            self._started()

    def pays(self, size: int) -> bool:
        """Whether another process reads a file of so many bytes."""
        return self._cores > 1 and size >= (START_FROM if self.helper is None else USE_FROM)

    def close(self) -> None:
        """End the other process, whatever it is doing. It is started again where it is needed again."""
        if self.helper is not None:
            self.helper.end()
        self.helper = None

    def _started(self) -> "Helper":
        self.helper = self.helper or Helper()
        return self.helper


class Helper:
    """A Python of its own, which holds nothing of what this one has open and tells nobody what it reads.

    It stands in a group of its own: whoever stops a run from the keyboard stops this process, which ends the other.
    """

    def __init__(self) -> None:
        self._line: Connection[Any, Any]
        self._line, theirs = Pipe()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603  # our own module
                [sys.executable, "-I", "-c", _BEGIN, str(theirs.fileno()), *sys.path],
                pass_fds=(theirs.fileno(),),
                env={name: value for name, value in os.environ.items() if not name.startswith(_NOT_TOLD)},
                process_group=0,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        # Files are told and steps are heard while this process does something else.
        self._beside = ThreadPoolExecutor(1)
        self._told: tuple[bytes, Future[None]] | None = None
        self._coming: Future[tuple[int, Any]] | None = None

    def tell(self, data: bytes) -> None:
        def telling() -> None:
            self._line.send_bytes(_FILE)
            self._line.send_bytes(data)

        self._told = data, self._beside.submit(telling)

    def ask(self, data: bytes, work: tuple[Any, ...]) -> None:
        """Ask for what is to be done with a file, which it is told first unless it is the last it was told."""
        if self._told is None or self._told[0] is not data:
            self.tell(data)
        with _or_lost():
            if self._told is not None:
                self._told[1].result()
            self._line.send_bytes(_WORK)
            self._line.send(work)

    def heard(self) -> tuple[int, Any]:
        """The next step. The one after it is listened to from now on."""
        coming = self._coming or self._beside.submit(self._line.recv)
        with _or_lost():
            heard = coming.result()
        self._coming = self._beside.submit(self._line.recv) if heard[0] == _STEP else None
        return heard

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        # Whoever tells or listens must have met the end before the line is closed: its number may soon be another file's.
        self._beside.shutdown()
        self._line.close()


@contextmanager
def _or_lost() -> Iterator[None]:
    """An end within a message is an OSError, one between two an EOFError."""
    try:
        yield
    except (EOFError, OSError) as fault:
        raise HelperLost("the process that read ahead has ended") from fault


def serve(descriptor: int) -> None:
    """What the other process does until nobody asks any more."""
    import_module("polars")
    with suppress(EOFError, BrokenPipeError, ConnectionResetError), Connection(descriptor) as line:
        data = b""
        while True:
            if line.recv_bytes() == _FILE:
                data = line.recv_bytes()
                continue
            work, args, kwargs = line.recv()
            for told in _told(work, data, args, kwargs):
                line.send(told)


def _told(work: Callable[..., Iterator[Any]], data: bytes, args: Any, kwargs: Any) -> Iterator[tuple[int, Any]]:
    try:
        for step in work(data, *args, **kwargs):
            yield _STEP, step
    except Exception as fault:  # whatever it is, it is raised where the work was asked for
        yield _RAISED, fault
    else:
        yield _END, None

"""Runs the web server and the background worker beside each other until somebody stops them, and then stops both.

Each is the ordinary command in a process of its own, so that the demo serves exactly as an installation does. Each holds
the far end of a pipe: when whoever started it is gone, even killed outright, the pipe closes and it stops by itself.
"""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from craffu.config import cli

HOST = "127.0.0.1"
_READY_WITHIN_SECONDS = 60.0
_STOPS_WITHIN_SECONDS = 12.0


class CannotServe(Exception):
    """The site is not being served; the message says why and what to do."""


class _Stopped(Exception):
    pass


def address(port: int) -> str:
    return f"http://{HOST}:{port}/"


def sign_in_words(served_at: str) -> str:
    """Where to sign in. A browser makes no passkey for an address of numbers, so the name of this machine is given too."""
    named = served_at.replace(HOST, "localhost")
    return f"Sign in at {served_at}   Ctrl-C stops it.\nTo try passkeys, sign in at {named} instead."


def check_port(port: int) -> None:
    """Raises CannotServe unless the port can be listened on."""
    if not 1 <= port <= 65_535:
        raise CannotServe(f"--port {port} is not a port: give a number from 1 to 65535.")
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE:
                why = "is in use. Stop what uses it, or give another with --port"
            else:
                why = f"cannot be listened on ({fault.strerror}). Give another with --port"
            raise CannotServe(f"Port {port} {why}.") from fault


@contextmanager
def serving(port: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The server and the worker, running; entered once the site answers, and both stopped on the way out."""
    running: list[subprocess.Popen[bytes]] = []
    try:
        running.append(_start("serve", "--port", str(port)))
        running.append(_start("worker"))
        _wait_until_it_answers(port, running)
        yield running
    finally:
        with _deaf():
            _stop(running)


def watch(running: list[subprocess.Popen[bytes]]) -> None:
    """Goes on for as long as both do. Raises CannotServe where one of the two ends by itself."""
    while True:
        _check_all_run(running)
        time.sleep(0.5)


@contextmanager
def until_stopped() -> Iterator[None]:
    """Inside, being asked to stop (Ctrl-C or SIGTERM) is the ordinary end."""
    with suppress(KeyboardInterrupt, _Stopped):
        yield


@contextmanager
def stoppable() -> Iterator[None]:
    """Inside, a SIGTERM ends what is being done as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, _raise_stopped)
    try:
        yield
    except _Stopped:
        raise KeyboardInterrupt from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _raise_stopped(_signal: int, _frame: FrameType | None) -> None:
    raise _Stopped


def _start(*command: str) -> subprocess.Popen[bytes]:
    """In a session of its own: a Ctrl-C reaches this process only, which then stops the two in order."""
    return subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-m", "craffu.config.demo.serving", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait_until_it_answers(port: int, running: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < until:
        _check_all_run(running)
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise CannotServe(f"The site did not answer within {_READY_WITHIN_SECONDS:.0f} seconds on port {port}.")


def _check_all_run(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is not None:
            command = str(process.args[3])  # type: ignore[index]
            raise CannotServe(f"`craffu {command}` ended by itself (exit {process.returncode}); its own lines say why.")


@contextmanager
def _deaf() -> Iterator[None]:
    """Whoever asks for a stop twice waits: neither of the two may be left running alone."""
    before = {asked: signal.signal(asked, signal.SIG_IGN) for asked in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for asked, handler in before.items():
            signal.signal(asked, handler)


def _stop(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()
    # One time for both: whoever asked for the stop waits for the slower of the two, not for one after the other.
    until = time.monotonic() + _STOPS_WITHIN_SECONDS
    for process in running:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _stop_with(pipe: int) -> None:
    """Stop this process once the pipe is closed at its other end, as asking it to stop would; at once if that takes long."""
    while os.read(pipe, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_STOPS_WITHIN_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=_stop_with, args=(os.dup(sys.stdin.fileno()),), daemon=True).start()
    sys.exit(cli.main(sys.argv[1:]))

"""The web server answers on this machine alone, outlives a killed process, and stops when it is told; so does the worker."""

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.installation import Installation

STARTS_WITHIN = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def status_of(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/privacy")
        return connection.getresponse().status
    finally:
        connection.close()


def answers(port: int) -> int:
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            return status_of(port)
        except (OSError, http.client.HTTPException):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def children_of(process: int) -> set[int]:
    return {int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()}


@contextmanager
def started(installation: Installation, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    process = installation.start(*words)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=30)


@pytest.mark.long
def test_the_site_is_served_on_loopback_and_stops(installation: Installation) -> None:
    port = free_port()
    with started(installation, "serve", "--port", str(port)) as process:
        assert answers(port) < 500
        listening = Path("/proc/net/tcp").read_text()
        local = [line.split()[1] for line in listening.splitlines()[1:] if line.split()[1].endswith(f":{port:04X}")]
        assert "0100007F" in {address.split(":")[0] for address in local}
        assert "00000000" not in {address.split(":")[0] for address in local}
        process.terminate()
        assert process.wait(timeout=30) == 0
    with pytest.raises(OSError, match="refused"):
        status_of(port)


@pytest.mark.deep
def test_a_killed_web_process_is_replaced(installation: Installation) -> None:
    port = free_port()
    with started(installation, "serve", "--port", str(port), "--workers", "1") as process:
        answers(port)
        (worker,) = children_of(process.pid)
        os.kill(worker, signal.SIGKILL)
        until = time.monotonic() + STARTS_WITHIN
        while worker in children_of(process.pid) and time.monotonic() < until:
            time.sleep(0.05)
        assert answers(port) < 500
        assert children_of(process.pid) != {worker}


@pytest.mark.postgres_in_deep
def test_a_port_in_use_is_said_in_one_line(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = installation.run("serve", "--port", str(taken.getsockname()[1]), expect=2)
    assert done.stderr.count("\n") == 1
    assert "in use" in done.stderr


@pytest.mark.parametrize("words", [("serve", "--workers", "0"), ("serve", "--port", "0")])
@pytest.mark.postgres_in_deep
def test_a_number_out_of_range_is_said_in_one_line(installation: Installation, words: tuple[str, ...]) -> None:
    assert installation.run(*words, expect=2).stderr.count("\n") == 1


@pytest.mark.deep
def test_nothing_is_served_before_the_database_is_ready(tmp_path: Path) -> None:
    empty = Installation(tmp_path, f"sqlite:///{tmp_path / 'craffu.sqlite3'}")
    for words in (("serve", "--port", str(free_port())), ("worker", "--until-empty")):
        assert "craffu migrate" in empty.run(*words, expect=2).stderr


def test_a_worker_without_jobs_ends_when_asked_to(installation: Installation) -> None:
    assert installation.run("worker", "--until-empty").stderr == ""


def minds(process: subprocess.Popen[bytes], number: signal.Signals) -> bool:
    """Whether it has said by now what it does at a signal, which is some time after it began."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    caught = int(next(line for line in status.splitlines() if line.startswith("SigCgt:")).split()[1], 16)
    return bool(caught >> (number - 1) & 1)


@pytest.mark.deep
def test_a_worker_stops_when_it_is_told(installation: Installation) -> None:
    with started(installation, "worker") as process:
        until = time.monotonic() + 60
        while not minds(process, signal.SIGTERM) and time.monotonic() < until:
            time.sleep(0.05)
        assert process.poll() is None
        process.terminate()
        assert process.wait(timeout=30) == 0


@pytest.mark.deep
@pytest.mark.sqlite
def test_a_worker_that_finds_the_database_busy_looks_again(installation: Installation) -> None:
    with started(installation, "worker") as process:
        until = time.monotonic() + 60
        while not minds(process, signal.SIGTERM) and time.monotonic() < until:
            time.sleep(0.05)
        with closing(sqlite3.connect(installation.home / "craffu.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            # Twice as long as anybody waits for the database, and as a worker takes to begin.
            until = time.monotonic() + 14
            while process.poll() is None and time.monotonic() < until:
                time.sleep(0.1)
            other.execute("ROLLBACK")
        assert process.poll() is None
        process.terminate()
        assert process.wait(timeout=30) == 0

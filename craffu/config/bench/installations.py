"""Installations of their own for what is measured, thrown away afterwards: on SQLite, and on PostgreSQL where one is named."""

import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from psycopg.sql import SQL, Identifier

from craffu.config.cli import NotCarriedOut

SERVER = "CRAFFU_BENCH_POSTGRES"
CRAFFU = ("-I", "-c", "import sys; from craffu.config.cli import main; sys.exit(main(sys.argv[1:]))")

type Results = list[dict[str, Any]]


def named_server(what: str) -> str:
    """The address of the server of PostgreSQL to measure on; none is said, with what is not measured."""
    server = os.environ.get(SERVER, "")
    if not server:
        print(f"{what} on PostgreSQL is not measured: {SERVER} names no server", file=sys.stderr)
    return server


def on_each_database(what: str, measured: Callable[[dict[str, str]], Results]) -> Results:
    """The results of a benchmark in an installation on each database; `measured` is given the environment of one."""
    with small_installation() as env:
        results = measured(env)
    if server := named_server(what):
        with fresh_database(server) as url, small_installation(url) as env:
            results += measured(env)
    return results


def results_of(code: str, env: dict[str, str], *, tells: bool = False) -> Results:
    """What the code of a process of its own printed as JSON."""
    results: Results = json.loads(run_python(("-I", "-c", code), env, tells=tells))
    return results


def run_python(command: Sequence[str], env: Mapping[str, str], *, tells: bool = False) -> str:
    """What a process of its own printed. One that `tells` says meanwhile, to whoever waits, how far it is."""
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, *command],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=None if tells else subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        told = (done.stderr or done.stdout).strip().splitlines()
        raise NotCarriedOut(f"a measured command failed: {told[-1] if told else f'exit {done.returncode}'}")
    return done.stdout


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """The address of an empty database on a server of PostgreSQL, dropped afterwards."""
    name = f"craffu_bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as maker:
        maker.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            maker.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def small_installation(database_url: str = "") -> Iterator[dict[str, str]]:
    """The environment of an installation that holds nobody, thrown away afterwards: on SQLite, or on the database named."""
    with tempfile.TemporaryDirectory(prefix="craffu-bench-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CRAFFU_", "DATABASE_URL"))}
        env = {
            **kept,
            "CRAFFU_MODE": "test",
            "CRAFFU_HOME": str(Path(folder) / "home"),
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", settings.SETTINGS_MODULE),
            **({"DATABASE_URL": database_url} if database_url else {}),
        }
        run_python((*CRAFFU, "migrate"), env)
        yield env

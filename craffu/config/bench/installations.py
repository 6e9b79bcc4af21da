"""Installations of their own for what is measured, thrown away afterwards: on SQLite, and on PostgreSQL where one is named."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.sql import SQL, Identifier

from craffu.config.cli import NotCarriedOut

SERVER = "CRAFFU_BENCH_POSTGRES"
OWNER = "CRAFFU_OWNER_DATABASE_URL"
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


def as_owner(code: str, env: Mapping[str, str]) -> None:
    """Have code run by whoever owns the tables, before anything is measured."""
    run_python(("-I", "-c", code), {**env, "CRAFFU_AS_OWNER": "1"})


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
    """The address of its owner of an empty database on a server of PostgreSQL, dropped afterwards."""
    name = f"craffu_bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as maker:
        maker.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            maker.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def _plain_role(owner_url: str) -> Iterator[str]:
    """The address of a database for a role that owns nothing in it, as a force serves pages; dropped afterwards.

    Whoever owns the tables, or is a superuser, meets no wall between forces, and what is measured so is not what forces run.
    """
    role, password = f"craffu_bench_{uuid.uuid4().hex[:12]}", secrets.token_urlsafe(16)
    with psycopg.connect(owner_url, autocommit=True) as maker:
        maker.execute(SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(Identifier(role), password))
        try:
            yield of_role(owner_url, role, password)
        finally:
            maker.execute(SQL("DROP OWNED BY {}").format(Identifier(role)))
            maker.execute(SQL("DROP ROLE {}").format(Identifier(role)))


def of_role(url: str, role: str, password: str) -> str:
    """The address of the same database for another role."""
    at = urlsplit(url)
    return urlunsplit(at._replace(netloc=f"{role}:{password}@{at.netloc.rpartition('@')[2]}"))


def elsewhere(env: Mapping[str, str], database: str) -> dict[str, str]:
    """An installation on another database of the same server, by the address of its owner: for the same role."""
    plain = urlsplit(env["DATABASE_URL"])
    here = of_role(database, plain.username or "", plain.password or "")
    return {**env, "DATABASE_URL": here, OWNER: database}


@contextmanager
def small_installation(owner_url: str = "") -> Iterator[dict[str, str]]:
    """The environment of an installation that holds nobody, thrown away afterwards: on SQLite, or on the database whose owner's
    address is given, for a role that meets the wall.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="craffu-bench-"))
        on = {"DATABASE_URL": stack.enter_context(_plain_role(owner_url)), OWNER: owner_url} if owner_url else {}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CRAFFU_", "DATABASE_URL"))}
        env = {
            **kept,
            "CRAFFU_MODE": "test",
            "CRAFFU_HOME": str(Path(folder) / "home"),
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", settings.SETTINGS_MODULE),
            **on,
        }
        run_python((*CRAFFU, "migrate"), env)
        if owner_url:
            _let_make_tables(owner_url, urlsplit(env["DATABASE_URL"]).username or "")
            check_meets_the_wall(env["DATABASE_URL"])
        yield env


def _let_make_tables(owner_url: str, role: str) -> None:
    """Peers keep what they are asked for in tables of their own."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(SQL("GRANT CREATE ON SCHEMA public TO {}").format(Identifier(role)))
        owner.execute(SQL("GRANT REFERENCES ON ALL TABLES IN SCHEMA public TO {}").format(Identifier(role)))


@contextmanager
def owner_cursor() -> Iterator[Any]:
    """For what only the owner of the tables may do, beside what is measured. On SQLite there is nobody else."""
    if owner_url := os.environ.get(OWNER):
        with psycopg.connect(owner_url, autocommit=True) as owner, owner.cursor() as cursor:
            yield cursor
    else:
        with connection.cursor() as cursor:
            yield cursor


def check_meets_the_wall(url: str) -> None:
    """Raises NotCarriedOut for the address of somebody whom the database keeps from nothing."""
    with psycopg.connect(url) as there:
        row = there.execute(
            "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_tables WHERE tableowner = current_user)"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    if row is None or row[0]:
        raise NotCarriedOut(
            f"{urlsplit(url).username} meets no wall between forces: measure as a role that owns nothing"
        )

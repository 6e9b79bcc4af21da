"""A whole Craffu of its own, driven by the command as a person would: its own home, keys and database, on the vendor under test.

Migrating is slow, so one prepared installation is copied for each test that asks.
"""

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests import warm

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Installation:
    home: Path
    database_url: str

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CRAFFU_", "DATABASE_URL"))}
        return {
            **kept,
            "CRAFFU_MODE": "test",
            "CRAFFU_HOME": str(self.home),
            "CRAFFU_FORCE": "demo",
            "DATABASE_URL": self.database_url,
            "PYTHONPATH": str(ROOT),
        }

    def command(self, *args: str | Path) -> list[str]:
        return [sys.executable, "-m", "craffu.config.cli", *map(str, args)]

    def run(
        self, *args: str | Path, expect: int = 0, timeout: float = 120, anew: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Carry out a command in a process of its own. One that begins `anew` loads by itself all that it needs."""
        if anew:
            done = subprocess.run(
                self.command(*args),
                env=self.env,
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=timeout,
                check=False,
            )
        else:
            done = warm.run([*map(str, args)], self.env, ROOT, timeout)
        assert done.returncode == expect, f"exit {done.returncode}, not {expect}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def json(self, *args: str | Path, expect: int = 0) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.run(*args, "--json", expect=expect).stdout)
        return answer

    def start(self, *args: str | Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command(*args), env=self.env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def digest(self) -> str:
        return str(self.json("digest")["digest"])


def sqlite_installation(home: Path) -> Installation:
    home.mkdir(parents=True, exist_ok=True)
    return Installation(home, f"sqlite:///{home / 'craffu.sqlite3'}")


def copy_sqlite(prepared: Installation, home: Path) -> Installation:
    shutil.copytree(prepared.home, home, dirs_exist_ok=True)
    return sqlite_installation(home)


@contextmanager
def postgres_database(server_url: str, template: str = "template1") -> Iterator[str]:
    """A database of its own on the server, dropped afterwards."""
    url = new_postgres_database(server_url, template)
    try:
        yield url
    finally:
        drop_postgres_database(url)


def new_postgres_database(server_url: str, template: str = "template1") -> str:
    """The address of a new database, which whoever asks must drop."""
    name = f"craffu_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[call-overload]
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))


def drop_postgres_database(url: str) -> None:
    parts = urlsplit(url)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{parts.path.lstrip("/")}" WITH (FORCE)')  # type: ignore[call-overload]


def new_installation(home: Path, server_url: str, copied: Installation | None = None) -> Installation:
    """One that stays until its database is dropped, on the server or, where there is none, in a file; empty or a copy."""
    if copied is not None:
        copy_sqlite(copied, home)
    if not server_url:
        return sqlite_installation(home)
    template = urlsplit(copied.database_url).path.lstrip("/") if copied else "template1"
    return Installation(home, new_postgres_database(server_url, template))

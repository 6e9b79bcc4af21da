"""T37: each migration that came after a release goes up and down on a register of a million rows, while code of before it reads.

Nothing is lost, nobody who reads or writes waits for longer than two seconds, and up, down and up again makes the same tables.
The rows are those of the demo, many times over: a million of the log, and ten thousand of each table that is made otherwise.
What reads asks for the columns that there were before.
"""

import hashlib
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import migrations

from tests.architecture.test_T37_migrations import later_than
from tests.installation import ROOT, Installation
from tests.releases import put_out
from tests.schemas import described

pytestmark = [pytest.mark.deep, pytest.mark.long]
LOG, MANY, OF_EACH_OTHER = "audit_event", 1_000_000, 10_000
WAITS_AT_MOST = 2.0
MIGRATE = """
import sys, django
django.setup()
from craffu.config.table_steps import bring_tables_to
bring_tables_to(*sys.argv[1:])
"""
# Each of its rows belongs to one row of another table, and no second may.
ONE_FOR_ANOTHER = frozenset({"scrutiny_divecorrectionanswered", "scrutiny_samplefrozen"})
# What may not stand twice in a table that is made larger, as the copy's own: made of what it was and the copy's number.
ITS_OWN = {
    "scrutiny_diveevidence": {"number": "number + n * 1000"},
    "access_user": {"username": "username || '.' || n"},
    "access_rightsstep": {"number": "number + n * 1000"},
    "people_person": {"reference": "reference || '-' || n"},
    "work_workitem": {"key": "key || '-' || n"},
    "breaches_breach": {"reference": "reference || '-' || n", "key": "key || '-' || n"},
    "cases_casereference": {"value": "value || '-' || n"},
    "cases_hearingversion": {"number": "number + n * 1000"},
    "orders_ordertrigger": {"key": "CASE key WHEN '' THEN '' ELSE key || '-' || n END"},
    "scrutiny_sample": {"reference": "reference || '-' || n"},
}
# A day that may not stand twice either: ninety-seven on for each copy, as no two hearings of one defendant are.
ITS_DAY = {"cases_hearing": "held_on"}


@dataclass
class Database:
    """One installation's own database, asked without Django: as by code that knows nothing of what is coming."""

    here: Installation

    @property
    def is_sqlite(self) -> bool:
        return self.here.database_url.startswith("sqlite")

    @contextmanager
    def opened(self) -> Iterator[Any]:
        if self.is_sqlite:
            with closing(sqlite3.connect(self.here.home / "craffu.sqlite3", isolation_level=None, timeout=60)) as there:
                yield there
        else:
            with psycopg.connect(self.here.database_url, autocommit=True) as there:
                yield there

    def columns(self, table: str) -> list[str]:
        """Those that are written: not those that the database works out."""
        asked = (
            f"SELECT name FROM pragma_table_xinfo('{table}') WHERE hidden = 0 ORDER BY cid"  # noqa: S608
            if self.is_sqlite
            else "SELECT column_name FROM information_schema.columns WHERE is_generated = 'NEVER'"  # noqa: S608
            f" AND table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
        )
        with self.opened() as there:
            return [name for (name,) in there.execute(asked).fetchall()]

    def counts(self) -> dict[str, int]:
        asked = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            if self.is_sqlite
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        with self.opened() as there:
            names = [name for (name,) in there.execute(asked).fetchall() if name != "django_migrations"]
            return {name: there.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608

    def multiply(self, table: str, wanted: int) -> None:
        """Copies of the rows that there are, until there are so many."""
        copied = [one for one in self.columns(table) if one != "id"]
        into = ", ".join(f'"{one}"' for one in copied)
        its_own = ITS_OWN.get(table, {})
        if day := ITS_DAY.get(table):
            its_own = {day: f"date({day}, '+' || (n * 97) || ' days')" if self.is_sqlite else f"{day} + n * 97"}
        what = ", ".join(its_own.get(one, f't."{one}"') for one in copied)
        with self.opened() as there:
            (first,) = there.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608
            if not first:
                # What the demo has none of is changed all the same, with nothing to lose.
                return
            times = -(-wanted // first) - 1
            numbers = (
                f"(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {times}) SELECT n FROM c) AS c"  # noqa: S608
                if self.is_sqlite
                else f"generate_series(1, {times}) AS c(n)"
            )
            there.execute(f'INSERT INTO "{table}" ({into}) SELECT {what} FROM "{table}" t CROSS JOIN {numbers}')  # noqa: S608
            if not self.is_sqlite:
                there.execute("ANALYZE")

    def digest(self, table: str, columns: Iterable[str], last: int) -> str:
        summed, names = hashlib.sha256(), ", ".join(f'"{one}"' for one in columns)
        with self.opened() as there:
            rows = there.execute(f'SELECT {names} FROM "{table}" WHERE id <= {last} ORDER BY id')  # noqa: S608
            while some := rows.fetchmany(5_000):
                summed.update(repr(some).encode())
        return summed.hexdigest()


@dataclass
class Meanwhile:
    """What code of before goes on doing, and the longest that one question or one row of the log took."""

    there: Database
    tables: dict[str, list[str]]
    longest: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=lambda: {"read": 0, "written": 0})
    over: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        names = {table: ", ".join(f'"{one}"' for one in columns) for table, columns in self.tables.items()}
        with self.there.opened() as there:
            while not self.over.is_set():
                for table, what in names.items():
                    asked = f'SELECT {what} FROM "{table}" WHERE id > 5000 ORDER BY id LIMIT 50'  # noqa: S608
                    self._timed("read", lambda asked=asked: len(there.execute(asked).fetchall()) == 50)
                time.sleep(0.05)

    def write(self) -> None:
        with self.there.opened() as there:
            put = f"INSERT INTO {LOG} (payload) SELECT payload FROM {LOG} WHERE id = 10"  # noqa: S608
            while not self.over.is_set():
                self._timed("written", lambda: there.execute(put).rowcount == 1)
                time.sleep(0.05)

    def _timed(self, what: str, act: Any) -> None:
        begun = time.perf_counter()
        try:
            if not act():
                self.faults.append(f"{what}: not what was there")
        except (sqlite3.Error, psycopg.Error) as fault:
            self.faults.append(f"{what}: {fault}")
        self.done[what] += 1
        self.longest[what] = max(self.longest.get(what, 0), time.perf_counter() - begun)


def migrate(here: Installation, app: str, name: str) -> float:
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MIGRATE, app, name], env=here.env | {"DJANGO_SETTINGS_MODULE": "craffu.config.settings"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - begun


def since(release: str, folder: Path) -> dict[str, migrations.Migration]:
    """Migrations that a release did not have, by package and name, as they are carried out."""
    with closing(sqlite3.connect(put_out(release, folder)["database"])) as there:
        before = set(there.execute("SELECT app, name FROM django_migrations"))
    return dict(sorted(later_than(before).items()))


def before(one: migrations.Migration) -> str:
    return str(next(name for app, name in one.dependencies if app == one.app_label))


def tables_changed_by(later: Iterable[migrations.Migration]) -> set[str]:
    """Those that were there before and are made otherwise."""
    made = {one.name.lower() for each in later for one in each.operations if isinstance(one, migrations.CreateModel)}
    return {
        f"{each.app_label}_{one.model_name}"
        for each in later
        for one in each.operations
        if hasattr(one, "model_name") and one.model_name not in made
    }


@pytest.mark.parametrize("release", ["v0_1"])
def test_T37_each_later_migration_goes_up_and_down_on_a_million_rows_that_are_read_meanwhile(
    release: str, demo_installation: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = demo_installation, Database(demo_installation)
    steps = list(since(release, tmp_path / "release").values())
    changed = tables_changed_by(steps)
    assert "scrutiny_diveevidence" in changed
    for step in reversed(steps):
        migrate(here, step.app_label, before(step))
    old = described(here)
    tables = {table: there.columns(table) for table in (LOG, *sorted(changed))}
    there.multiply(LOG, MANY)
    for table in sorted(changed - ONE_FOR_ANOTHER):
        there.multiply(table, OF_EACH_OTHER)
    counts = there.counts()
    assert counts[LOG] >= MANY

    def digests() -> dict[str, str]:
        return {table: there.digest(table, columns, counts[table]) for table, columns in tables.items()}

    kept, figures, new = digests(), [], set[str]()
    for way in ("up", "down", "up again"):
        for step in reversed(steps) if way == "down" else steps:
            meanwhile = Meanwhile(there, {table: of for table, of in tables.items() if counts[table] >= OF_EACH_OTHER})
            threads = [threading.Thread(target=one) for one in (meanwhile.read, meanwhile.write)]
            for thread in threads:
                thread.start()
            took = migrate(here, step.app_label, before(step) if way == "down" else step.name)
            meanwhile.over.set()
            for thread in threads:
                thread.join()
            waits = ", ".join(
                f"{what} {one:.2f} s of {meanwhile.done[what]}" for what, one in meanwhile.longest.items()
            )
            figures.append(f"{step} {way}: {took:.1f} s in all; the longest wait: {waits}")
            assert meanwhile.faults == [], figures
            assert min(meanwhile.done.values()) > 5
            assert meanwhile.longest["read"] <= WAITS_AT_MOST, figures
            assert meanwhile.longest["written"] <= WAITS_AT_MOST, figures
        is_now = described(here)
        new = new or is_now
        assert is_now == (old if way == "down" else new)
        assert digests() == kept, "no row that was there is another, and none is gone"
        after = there.counts()
        assert {table: after[table] for table in counts if not table.startswith("audit_")} == {
            table: count for table, count in counts.items() if not table.startswith("audit_")
        }
    with capsys.disabled():
        print(f"\n{counts[LOG]:,} rows of the log", *figures, sep="\n  ")


def test_T37_a_step_that_waits_for_a_lock_gives_up_before_anybody_waits_long_behind_it(
    installation: Installation,
) -> None:
    if installation.database_url.startswith("sqlite"):
        pytest.skip("SQLite locks no table: its one writer waits as everybody does")
    there = described(installation)
    migrate(installation, "access", "0015")
    with psycopg.connect(installation.database_url) as holds, Database(installation).opened() as reads:
        holds.execute("UPDATE access_force SET code = code")
        asked = subprocess.Popen(
            installation.command("migrate"), env=installation.env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        longest = 0.0
        while asked.poll() is None:
            begun = time.perf_counter()
            reads.execute("SELECT code FROM access_force").fetchall()
            longest = max(longest, time.perf_counter() - begun)
            time.sleep(0.02)
        told = asked.communicate()[1]
        assert (asked.returncode, "was not given up within 2s" in told) == (2, True), told
        assert longest <= WAITS_AT_MOST + 0.5
        holds.rollback()
    installation.run("migrate")
    assert described(installation) == there

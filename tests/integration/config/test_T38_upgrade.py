"""T37, T38: a register that an earlier release left comes back, is brought up to date, serves, and its log is whole."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import migrations

from craffu.common import keyring
from tests import releases
from tests.architecture.test_T37_migrations import later_than
from tests.installation import ROOT, Installation
from tests.schemas import described

pytestmark = [pytest.mark.rule("SEC-05"), pytest.mark.long]
BACK = """
import sys, django
django.setup()
from craffu.config.table_steps import bring_tables_to
for step in sys.argv[1:]:
    bring_tables_to(*step.split("."))
"""
# What three commands say; pages of a person, an order and the lists, as a member of the orders team reads them; then the newest
# migration back and again. All in one process, because each takes a second to begin.
OPENS = """
import django
django.setup()
from craffu.config import cli
for asked in (["check"], ["audit", "verify"], ["orders", "list", "--as", "olwen"]):
    cli.main([*asked, "--json"])
from django.test import Client
from craffu.access.models import User
from craffu.access.queries import home_force
from craffu.access.sessions.actions import begin_session, accept_terms
from craffu.access.queries import acting_user
from craffu.access.wall.reach import working_for
with working_for(home_force().pk):
    user = User.objects.select_related("force").get(username="olwen")
    client = Client()
    client.force_login(user)
    begin_session(user=user, key=client.session.session_key)
    accept_terms(by=acting_user(user), user=user)
for path in ("/", "/people", "/people/P-10001", "/orders", "/orders/O-10001", "/cy/orders/O-10003", "/api/v1/orders/O-10002"):
    print(path, client.get(path).status_code)
from django.core.management import call_command
call_command("migrate", "access", "0015", verbosity=0)
"""


# PostgreSQL's backups hold that server's own format: what is kept is of SQLite.
@pytest.mark.deep
@pytest.mark.sqlite
@pytest.mark.parametrize("release", ["v0_1"])
def test_T38_what_an_earlier_release_left_is_restored_brought_up_and_served(
    release: str, empty_installation: Installation, tmp_path: Path
) -> None:
    here = empty_installation
    (here.home / "keys").mkdir(parents=True)
    shutil.copyfile(releases.ring_of(release), here.home / "keys" / "keyring.json")
    (here.home / "keys" / "keyring.json").chmod(0o600)
    backup = releases.sealed(release, keyring.load(releases.ring_of(release)), tmp_path / "old.backup")

    restored = here.json("restore", backup)
    assert restored["differ"] == [], "each table has the rows that the release said it has"
    said = releases.manifest_of(release)
    assert (restored["craffu"], restored["table_rows"]) == (said["craffu"], sum(said["tables"].values()))
    here.run("migrate")
    serves(here, release)


@pytest.mark.deep
@pytest.mark.postgres
@pytest.mark.parametrize("release", ["v0_1"])
def test_T38_the_same_register_on_postgresql_is_brought_up_and_served(
    release: str, installation: Installation, tmp_path: Path
) -> None:
    here = installation
    database = releases.put_out(release, tmp_path / "old")["database"]
    with closing(sqlite3.connect(database)) as old:
        later = dict(sorted(later_than(set(old.execute("SELECT app, name FROM django_migrations"))).items()))
    carry_out(here, BACK, *(f"{one.app_label}.{before(one)}" for one in reversed(later.values())))
    shutil.copyfile(releases.ring_of(release), here.home / "keys" / "keyring.json")
    shutil.copytree(tmp_path / "old" / "audit-heads", here.home / "audit-heads", dirs_exist_ok=True)
    poured = releases.pour(database, here.database_url)
    told = releases.manifest_of(release)["tables"].items()
    # The index of the search is made anew, and which migrations were taken is this database's own.
    said = {one: rows for one, rows in told if rows and not one.startswith(("people_search_", "django_migrations"))}
    assert poured == said, "each table has the rows that the release said it has"
    here.run("migrate")
    serves(here, release)


def before(one: migrations.Migration) -> str:
    return str(next(name for app, name in one.dependencies if app == one.app_label))


def carry_out(here: Installation, script: str, *said: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *said], env={**here.env, "DJANGO_SETTINGS_MODULE": "craffu.config.settings"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def serves(here: Installation, release: str) -> None:
    """Commands and pages answer, the log is whole, and what was added last goes back and comes again."""
    said, after = releases.manifest_of(release), described(here)
    checked, verified, listed, *pages = carry_out(here, OPENS).splitlines()
    here.run("migrate")
    assert json.loads(checked)["ok"] is True, checked
    assert json.loads(verified)["ok"] is True, verified
    assert json.loads(verified)["rows"] >= said["tables"]["audit_event"]
    assert sorted(one["order"] for one in json.loads(listed)["items"]) == ["O-10001", "O-10002", "O-10003"]
    assert [line.split()[-1] for line in pages] == ["200"] * 7, pages
    assert described(here) == after, "what was added last was taken back and added again"

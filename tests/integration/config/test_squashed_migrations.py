"""A new register makes the tables of a package at once; one that was made before that goes on from where it stands (ADR 71)."""

import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from tests import roles
from tests.installation import ROOT, Installation
from tests.schemas import described, parts_of

# Brings a new database up by the migrations that were there before: each package to its last but so many.
BY_THE_OLD = """
import sys, django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
short = int(sys.argv[1])
executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations=False)
executor.migrate([one.replaces[max(-len(one.replaces), -1 - short)] for one in executor.loader.replacements.values()])
connection.cursor().execute("DELETE FROM django_migrations WHERE name LIKE '0001!_squashed!_%' ESCAPE '!'")
"""


def squashed() -> dict[tuple[str, str], migrations.Migration]:
    return dict(MigrationLoader(None).replacements)


def state(at: list[tuple[str, str]], *, by_the_old: bool = False) -> ProjectState:
    return MigrationLoader(None, replace_migrations=not by_the_old).project_state(at)


def changes(old: ProjectState, new: ProjectState) -> dict[str, list[migrations.Migration]]:
    return MigrationAutodetector(old, new).changes(graph=MigrationLoader(None).graph)


@pytest.mark.django_db
def test_the_tables_made_at_once_are_those_that_came_step_by_step() -> None:
    old = state([one.replaces[-1] for one in squashed().values()], by_the_old=True)
    new = state(list(squashed()))
    assert ("orders", "order") in new.models
    assert changes(old, new) == {}
    old.remove_constraint("orders", "order", old.models["orders", "order"].options["constraints"][0].name)
    assert set(changes(old, new)) == {"orders"}


@pytest.mark.django_db
def test_a_register_that_took_every_step_has_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with roles.as_owner():
        recorded = MigrationRecorder.Migration.objects
        before = set(recorded.values_list("app", "name"))
        assert recorded.filter(name__startswith="0001_squashed_").delete()[0] == len(squashed()) > 10
        executor = MigrationExecutor(connection)
        assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
        call_command("migrate", interactive=False)
        assert "No migrations to apply" in capsys.readouterr().out
        assert set(recorded.values_list("app", "name")) == before


@pytest.mark.django_db
def test_a_register_on_its_way_goes_on_step_by_step() -> None:
    with roles.as_owner():
        recorded = MigrationRecorder.Migration.objects
        [last] = [one.replaces[-2:] for (label, _), one in squashed().items() if label == "orders"]
        recorded.filter(name__startswith="0001_squashed_").delete()
        recorded.filter(app="orders", name__in=[name for _, name in last]).delete()
        recorded.filter(app="breaches").delete()
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        [(breaches, at_once)] = [(key, one) for key, one in squashed().items() if key[0] == "breaches"]
        # What was added since is taken after it.
        steps = {key for key in executor.loader.disk_migrations if key[0] == "breaches"}
        since = steps - {breaches, *at_once.replaces}
        assert sorted((one.app_label, one.name) for one, _ in plan) == sorted([breaches, *since, *last])


@pytest.mark.deep
@pytest.mark.parametrize("short", [0, 1])
def test_a_database_that_took_the_steps_is_as_one_made_at_once(
    empty_installation: Installation, prepared: Installation, short: int
) -> None:
    """It stood at the last of the old steps, or short of it, when what makes the tables at once came."""
    older = empty_installation
    env = {**older.env, "DJANGO_SETTINGS_MODULE": "craffu.config.settings"}
    subprocess.run([sys.executable, "-P", "-c", BY_THE_OLD, str(short)], cwd=ROOT, env=env, check=True)
    older.run("migrate", timeout=600)
    assert described(older) == described(prepared)
    older.run("check")


@pytest.mark.sqlite
def test_what_a_table_is_made_of_is_told_apart() -> None:
    sql = """CREATE TABLE "t" ("a" decimal(4, 2) NOT NULL, "b" text CHECK ("b" IN ('x,(', 'y')), UNIQUE ("a", "b")) STRICT"""
    assert parts_of(sql) == [
        'CREATE TABLE "t"',
        '"a" decimal(4, 2) NOT NULL',
        """"b" text CHECK ("b" IN ('x,(', 'y'))""",
        'UNIQUE ("a", "b")',
        "STRICT",
    ]

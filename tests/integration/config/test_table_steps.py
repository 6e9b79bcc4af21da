"""T37: on SQLite a step is worked out before it takes the lock, makes no table anew without need, and is whole or not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connections, migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState

from craffu.config.table_steps import Executor

pytestmark = pytest.mark.sqlite
ALIAS = "stepped"


@pytest.fixture
def wrapper(tmp_path: Path, django_db_blocker: Any) -> Iterator[BaseDatabaseWrapper]:
    """A database of its own, with a parent, a child, and a row of each."""
    connections.databases[ALIAS] = {**connections.databases["default"], "NAME": str(tmp_path / "stepped.sqlite3")}
    with django_db_blocker.unblock():
        one = connections[ALIAS]
        with one.schema_editor() as editor:
            for name in ("Parent", "Child"):
                editor.create_model(tables().apps.get_model("stepped", name))
        MigrationRecorder(one).ensure_schema()
        asked(one, "INSERT INTO stepped_parent (id) VALUES (1)")
        asked(one, "INSERT INTO stepped_child (id, parent_id) VALUES (1, 1)")
        yield one
        one.close()
    del connections[ALIAS]
    del connections.databases[ALIAS]


def step(*made_of: Operation) -> migrations.Migration:
    of_a_test = type("Migration", (migrations.Migration,), {"operations": list(made_of)})
    made: migrations.Migration = of_a_test("0001_of_a_test", "stepped")
    return made


def tables() -> ProjectState:
    state = ProjectState()
    state.add_model(ModelState("stepped", "Parent", [("id", models.BigAutoField(primary_key=True))]))
    parent = models.ForeignKey("stepped.Parent", models.CASCADE)
    state.add_model(ModelState("stepped", "Child", [("id", models.BigAutoField(primary_key=True)), ("parent", parent)]))
    return state


def asked(one: BaseDatabaseWrapper, what: str) -> list[tuple[object, ...]]:
    with one.cursor() as cursor:
        cursor.execute(what)
        return list(cursor.fetchall())


def test_a_column_with_one_value_is_added_in_place_and_taken_away_again(wrapper: BaseDatabaseWrapper) -> None:
    state, executor = tables(), Executor(wrapper)
    where = "SELECT rootpage FROM sqlite_master WHERE name = 'stepped_child'"
    before = asked(wrapper, where)
    said = step(migrations.AddField("child", "said", models.CharField(max_length=9, default="", db_default="no")))
    after = executor.apply_migration(state.clone(), said)
    assert (asked(wrapper, where), asked(wrapper, "SELECT * FROM stepped_child")) == (before, [(1, 1, "no")])
    assert ("stepped", "0001_of_a_test") in executor.recorder.applied_migrations()
    assert after.apps.get_model("stepped", "Child").objects.using(ALIAS).get().said == "no"
    executor.unapply_migration(state, said)
    assert asked(wrapper, "SELECT * FROM stepped_child") == [(1, 1)]
    assert ("stepped", "0001_of_a_test") not in executor.recorder.applied_migrations()


@pytest.mark.parametrize(
    ("breaks", "fault"),
    [
        (migrations.RunSQL("INSERT INTO nowhere VALUES (1)", ""), OperationalError),
        (migrations.RunSQL("DELETE FROM stepped_parent", ""), IntegrityError),
    ],
)
def test_one_that_fails_leaves_nothing_and_the_tables_guarded(
    breaks: migrations.RunSQL, fault: type[Exception], wrapper: BaseDatabaseWrapper
) -> None:
    state, executor = tables(), Executor(wrapper)
    more = migrations.AddField("child", "more", models.TextField(null=True))
    with pytest.raises(fault):
        executor.apply_migration(state, step(more, breaks))
    assert asked(wrapper, "SELECT * FROM stepped_child") == [(1, 1)]
    assert asked(wrapper, "SELECT * FROM stepped_parent") == [(1,)]
    assert asked(wrapper, "PRAGMA foreign_keys") == [(1,)]
    assert ("stepped", "0001_of_a_test") not in executor.recorder.applied_migrations()


def test_rows_that_point_to_a_changed_table_are_looked_at_too(wrapper: BaseDatabaseWrapper) -> None:
    state, executor = tables(), Executor(wrapper)
    asked(wrapper, "PRAGMA foreign_keys = OFF")
    asked(wrapper, "DELETE FROM stepped_parent")
    with pytest.raises(IntegrityError, match="stepped_child"):
        executor.apply_migration(state, step(migrations.AddField("parent", "more", models.TextField(null=True))))

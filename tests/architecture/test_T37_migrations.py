"""T37: what a later release does to the tables of one that is in use takes nothing from under the code that still runs."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models.fields import NOT_PROVIDED

from craffu.common.migrating import AddFieldAtOnce, AddIndexBesideWork, AlterFieldAtOnce, RemoveIndexBesideWork
from tests.releases import put_out

# What takes away, or gives another name to, what code that still runs reads and writes.
TAKES_AWAY = (migrations.RemoveField, migrations.DeleteModel, migrations.RenameField, migrations.RenameModel)


def faults(name: str, operations: list[migrations.operations.base.Operation]) -> Iterator[str]:
    """What in a migration would break code of the release before, or could not be undone."""
    made = {one.name.lower() for one in operations if isinstance(one, migrations.CreateModel)}
    for one in operations:
        if isinstance(one, TAKES_AWAY):
            yield f"{name} takes away what code that still runs may use: {one.describe()}"
        if isinstance(one, migrations.AddField) and one.model_name.lower() not in made:
            field: models.Field = one.field  # type: ignore[type-arg]
            if not field.null and field.db_default is NOT_PROVIDED:
                yield f"{name} adds {one.name} to rows that have no value for it, or that code which still runs puts there"
        if isinstance(one, migrations.AddField) and one.name == "force":
            yield f"{name} cannot be undone on PostgreSQL, where the wall stands on {one.describe()}: make it with its table"
        if isinstance(one, migrations.RunPython | migrations.RunSQL) and not one.reversible:
            yield f"{name} cannot be undone: {one.describe()}"


def later_than(release: set[tuple[str, str]]) -> dict[str, migrations.Migration]:
    """Migrations of ours that a release did not have."""
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    ours = {key: one for key, one in found.items() if one.__module__.startswith("craffu.")}
    return {
        f"{app}.{name}": one for (app, name), one in ours.items() if (app, name) not in release and not one.replaces
    }


def test_no_later_migration_takes_anything_from_under_code_that_still_runs(tmp_path: Path) -> None:
    database = put_out("v0_1", tmp_path)["database"]
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as there:
        release = set(there.execute("SELECT app, name FROM django_migrations"))
    later = later_than(release)
    assert "access.0016_webhooks" in later
    assert "access.0015_retention" not in later
    assert [fault for name, one in later.items() for fault in faults(name, one.operations)] == []


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (migrations.RemoveField("order", "court"), "takes away"),
        (migrations.DeleteModel("Order"), "takes away"),
        (migrations.RenameField("order", "court", "seat"), "takes away"),
        (migrations.AddField("order", "seat", models.CharField(max_length=10)), "no value"),
        (migrations.AddField("order", "seat", models.CharField(max_length=10, default="")), "no value"),
        (migrations.RunSQL("DELETE FROM orders_order"), "cannot be undone"),
        (migrations.AddField("order", "force", models.IntegerField(null=True)), "cannot be undone on PostgreSQL"),
    ],
)
def test_one_that_would_is_found(operation: migrations.operations.base.Operation, said: str) -> None:
    assert said in " ".join(faults("orders.0099", [operation]))


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("order", "seat", models.CharField(max_length=10, null=True)),
        migrations.AddField("order", "seat", models.CharField(max_length=10, db_default="")),
        migrations.AddIndex("order", models.Index(fields=["court"], name="orders_by_court")),
        migrations.RunSQL("SELECT 1", reverse_sql=migrations.RunSQL.noop),
    ],
)
def test_one_that_adds_is_fine(operation: migrations.operations.base.Operation) -> None:
    assert list(faults("orders.0099", [operation])) == []


# What is one statement, or is made whole in a transaction of its own, or says itself how far it is.
OUTSIDE_A_TRANSACTION = (
    AddIndexBesideWork,
    RemoveIndexBesideWork,
    AddFieldAtOnce,
    AlterFieldAtOnce,
    migrations.RunPython,
)


def in_parts(operations: list[migrations.operations.base.Operation]) -> Iterator[str]:
    """Which would leave a table half made, where a migration that is no transaction breaks off."""
    for one in operations:
        if isinstance(one, migrations.SeparateDatabaseAndState):
            yield from in_parts(one.database_operations)
        elif not isinstance(one, OUTSIDE_A_TRANSACTION):
            yield one.describe()


def test_no_migration_outside_a_transaction_makes_a_table_anew_in_parts() -> None:
    outside = {name: one for name, one in later_than(set()).items() if not one.atomic}
    assert "cases.0015_turning_long_cases" in outside
    assert {name: [*in_parts(one.operations)] for name, one in outside.items()} == {name: [] for name in outside}
    plain = migrations.AddField("order", "seat", models.CharField(max_length=10))
    assert [*in_parts([migrations.SeparateDatabaseAndState([plain])])] == [plain.describe()]

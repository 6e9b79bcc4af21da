"""Changes of the database that nobody waits for while the register is in use, and tables that are made together."""

from collections.abc import Sequence
from typing import Any

from django.db import migrations, transaction
from django.db.migrations.operations.base import Operation, OperationCategory


class AddIndexBesideWork(migrations.AddIndex):
    """An index made beside the running register on PostgreSQL, outside a transaction; one that broke off is made anew."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {self.index.name}")
        model = to_state.apps.get_model(app_label, self.model_name)
        schema_editor.add_index(model, self.index, concurrently=True)


class RemoveIndexBesideWork(migrations.RemoveIndex):
    """An index taken away without keeping anybody from the table."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {self.name}")


class _AtOnce(Operation):
    """A change that is made whole or not at all, in a migration that runs outside a transaction.

    SQLite makes a changed table anew: it copies it, drops it and gives the copy its name. Whoever read in between would find no
    table, and of a machine that stopped there the register would be left without one.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        with transaction.atomic(using=schema_editor.connection.alias):
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        with transaction.atomic(using=schema_editor.connection.alias):
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class AddFieldAtOnce(_AtOnce, migrations.AddField):
    """A column added whole."""


class AlterFieldAtOnce(_AtOnce, migrations.AlterField):
    """A column changed whole."""


class CreateTables(Operation):
    """The tables of a package, made one after another as `CreateModel` makes each.

    Once its models are rendered, Django renders all that is related anew for each model it hears of, which is nearly all and most
    of the time of a migration; of these it hears first, and they are rendered once.
    """

    category = OperationCategory.ADDITION

    def __init__(self, tables: Sequence[migrations.CreateModel]) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create the tables of {', '.join(table.name for table in self.tables)}"

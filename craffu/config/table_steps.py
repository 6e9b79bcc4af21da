"""Steps of the tables, each worked out before it takes a lock: whoever writes waits for the database alone (T37).

Django works out what a step makes of every model while it holds the step's transaction, which on SQLite is everybody's turn to
write: seconds, however few rows there are. Then it looks at every row of every table that points to another. Here a step is
worked out first, and the rows are looked at of the tables that it changes and of those that point to them. It is still carried
out whole or not at all.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as EditorOfSqlite
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.db.models import Field, Model, Value

from craffu.common.migrating import CreateTables

type _Steps = list[tuple[Operation, ProjectState, ProjectState]]
# Of a step with more of them the states are not all held at once: those make a package's tables, while nobody waits for them.
_AT_MOST: Final = 40
_SILENT: Final = 0


def bring_tables_to(app: str = "", name: str = "") -> None:
    """Take every step there is, or those of one package up or back to one of its steps. Raises DatabaseError.

    What Django's own command does, with what it tells others before and after. No package that has models is without steps.
    """
    connection.prepare_database()
    # Nobody waits for a database that is only being made, and to work out each of its steps twice takes longer.
    executor = (Executor if MigrationRecorder(connection).applied_migrations() else MigrationExecutor)(connection)
    executor.loader.check_consistent_history(connection)
    targets = (
        [(app, executor.loader.get_migration_by_prefix(app, name).name)] if app else executor.loader.graph.leaf_nodes()
    )
    plan = executor.migration_plan(targets)
    state: ProjectState = executor._create_project_state(with_applied_migrations=True)  # type: ignore[attr-defined]
    emit_pre_migrate_signal(_SILENT, False, connection.alias, apps=state.apps, plan=plan)
    state = executor.migrate(targets, plan=plan, state=state.clone())
    state.clear_delayed_apps_cache()
    emit_post_migrate_signal(_SILENT, False, connection.alias, apps=state.apps, plan=plan)


class Executor(MigrationExecutor):
    """Django's own, which carries out each step as it was worked out."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        if fake or fake_initial or not _is_worked_out(migration):
            return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        steps = _steps(migration, state)
        with self._editor(migration, steps, forward=True) as editor:
            for operation, before, after in steps:
                operation.database_forwards(migration.app_label, editor, before, after)
        return steps[-1][2] if steps else state

    def unapply_migration(self, state: ProjectState, migration: Migration, fake: bool = False) -> ProjectState:
        is_ours = all(one.reversible for one in migration.operations) and _is_worked_out(migration)
        if fake or not is_ours:
            return super().unapply_migration(state, migration, fake=fake)
        steps = _steps(migration, state)
        with self._editor(migration, steps, forward=False) as editor:
            for operation, before, after in reversed(steps):
                operation.database_backwards(migration.app_label, editor, after, before)
        return state

    @contextmanager
    def _editor(self, migration: Migration, steps: _Steps, *, forward: bool) -> Iterator[BaseDatabaseSchemaEditor]:
        """One transaction in which the step is carried out, and that it was."""
        wrapper: BaseDatabaseWrapper = self.connection
        editor = (
            EditorOfFew(wrapper, _changed(migration, steps))
            if wrapper.vendor == "sqlite"
            else wrapper.schema_editor(atomic=True)
        )
        with editor:
            yield editor
            while editor.deferred_sql:
                editor.execute(editor.deferred_sql.pop(0), None)
            self.record_migration(migration.app_label, migration.name, forward=forward)


class EditorOfFew(EditorOfSqlite):
    """Django's own, which at its end looks at the rows of some tables alone, or of all where `tables` is None."""

    def __init__(self, wrapper: BaseDatabaseWrapper, tables: Collection[str] | None) -> None:
        super().__init__(wrapper, atomic=True)
        self._tables = tables

    def add_field(self, model: type[Model], field: Field[Any, Any]) -> None:
        """In place where every row may have the same value: Django makes the table anew, row by row."""
        value = getattr(field, "_db_default_expression", None)
        is_plain = not (field.null or field.unique or field.primary_key or field.remote_field)
        if is_plain and field.has_db_default() and isinstance(value, Value):
            BaseDatabaseSchemaEditor.add_field(self, model, field)
        else:
            super().add_field(model, field)

    def __exit__(self, kind: Any, fault: Any, where: Any) -> None:
        try:
            if kind is None:
                self.connection.check_constraints(table_names=self._with_those_that_point())
        except Exception as found:
            BaseDatabaseSchemaEditor.__exit__(self, type(found), found, found.__traceback__)
            raise
        else:
            BaseDatabaseSchemaEditor.__exit__(self, kind, fault, where)
        finally:
            self.connection.enable_constraint_checking()

    def _with_those_that_point(self) -> list[str] | None:
        if self._tables is None:
            return None
        with self.connection.cursor() as cursor:
            cursor.execute(
                'SELECT DISTINCT t.name, f."table" FROM sqlite_master t, pragma_foreign_key_list(t.name) f'
                " WHERE t.type = 'table'"
            )
            points = cursor.fetchall()
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            there = {name for (name,) in cursor.fetchall()}
        return sorted(there & {*self._tables, *(name for name, to in points if to in self._tables)})


def _is_worked_out(migration: Migration) -> bool:
    """Whether it is one transaction, of so few operations that what each makes can be held at once."""
    return bool(migration.atomic) and len(migration.operations) <= _AT_MOST


def _steps(migration: Migration, state: ProjectState) -> _Steps:
    """Each operation with what there is before and after it, models and all. Raises IrreversibleError as Django does."""
    steps: _Steps = []
    now = state
    for operation in migration.operations:
        after = now.clone()
        operation.state_forwards(migration.app_label, after)
        steps.append((operation, now, after))
        now = after
    for operation, before, after in steps:
        for one in (before, after):
            if isinstance(operation, RunPython):
                one.clear_delayed_apps_cache()
            one.apps  # noqa: B018  # worked out where it is first asked for
    return steps


def _changed(migration: Migration, steps: _Steps) -> set[str] | None:
    """The tables of the models that a step names, or None where it may change the rows of any."""
    tables: set[str] = set()
    for operation, before, after in steps:
        names = _models(operation)
        if not names:
            return None
        for name in names:
            for state in (before, after):
                if (migration.app_label, name) in state.models:
                    tables.add(str(state.apps.get_model(migration.app_label, name)._meta.db_table))
    return tables


def _models(operation: Operation) -> set[str]:
    """The models that an operation names; none where it may change any."""
    if isinstance(operation, RunPython | RunSQL):
        return set()
    if isinstance(operation, CreateTables):
        return {one.name_lower for one in operation.tables}
    said = [getattr(operation, "model_name", None)]
    if not any(said):
        said = [getattr(operation, one, None) for one in ("name", "old_name", "new_name")]
    return {one.lower() for one in said if isinstance(one, str)}

"""What every command that needs the register checks first, and who it acts as."""

import getpass
from pathlib import Path

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from craffu.access.acting import Acting, acting_operator
from craffu.access.queries import NoForce, acting_user, find_user, home_force
from craffu.access.wall.building import reaches_every_force
from craffu.access.wall.reach import work_for
from craffu.common import keyring
from craffu.config.cli import NotCarriedOut


def ready() -> None:
    """Raises NotCarriedOut, with what to do, unless the database and the keys can be used."""
    try:
        waiting = _awaits_migration()
    except DatabaseError as fault:
        raise NotCarriedOut("The database cannot be reached. Check DATABASE_URL, and that it is running.") from fault
    if waiting:
        raise NotCarriedOut("The database is not up to date. Run `craffu migrate` first.")
    try:
        keyring.ring()
    except ImproperlyConfigured as fault:
        raise NotCarriedOut(str(fault)) from fault


def _awaits_migration() -> bool:
    """Whether a migration has not been carried out. Their files are only read where a name is missing: there are many (B11)."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    if _migration_names() <= applied:
        return False
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migration_names() -> set[tuple[str, str]]:
    folders = {config.label: Path(config.path) / "migrations" for config in apps.get_app_configs()}
    return {
        (label, file.stem)
        for label, folder in folders.items()
        for file in folder.glob("*.py")
        if not file.name.startswith(("_", "~"))
    }


def ready_for_every_force() -> None:
    """The same, for what is of all forces together: raises NotCarriedOut where the database would show less, and not say so."""
    ready()
    if not reaches_every_force():
        raise NotCarriedOut(
            "This is of every force's rows, which only the owner of the tables reaches: set CRAFFU_OWNER_DATABASE_URL."
        )


def acting(username: str | None) -> Acting:
    """Who the command acts as: the named user, or the operating-system account at this machine.

    From now on the command works for their force alone.
    """
    ready()
    try:
        force = home_force()
    except NoForce as fault:
        raise NotCarriedOut(str(fault)) from fault
    if username is None:
        work_for(force.pk)
        return acting_operator(force, getpass.getuser())
    user = find_user(username)
    if user is None:
        raise NotCarriedOut(f"There is no account called {username}. `craffu user list` shows them.")
    work_for(user.force_id)
    return acting_user(user)

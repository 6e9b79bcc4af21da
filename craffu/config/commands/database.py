"""What every command that needs the register checks first, and who it acts as."""

import getpass
import os
import pwd
import sys
from contextlib import suppress

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from craffu.access.acting import Acting, acting_operator
from craffu.access.models import Force
from craffu.access.queries import NoForce, acting_user, find_user, home_force
from craffu.access.unattended.actions import begin_work
from craffu.access.unattended.queries import find_service
from craffu.access.unattended.rules import PREFIX
from craffu.access.wall.building import reaches_every_force
from craffu.access.wall.reach import work_for
from craffu.common import clock, keyring
from craffu.common.refusals import Refusal
from craffu.common.storing import cannot_store
from craffu.config.cli import NotCarriedOut

# A package whose tables are called by another name than its own: Django has an application of that name.
LABELS = {"messages": "outgoing"}


def ready() -> None:
    """Raises NotCarriedOut, with what to do, unless the database and the keys can be used."""
    try:
        waiting = awaits_migration()
    except DatabaseError as fault:
        if cannot_store(fault):
            raise
        raise NotCarriedOut("The database cannot be reached. Check DATABASE_URL, and that it is running.") from fault
    if waiting:
        raise NotCarriedOut("The database is not up to date. Run `craffu migrate` first.")
    try:
        keyring.ring()
    except ImproperlyConfigured as fault:
        raise NotCarriedOut(str(fault)) from fault


def awaits_migration() -> bool:
    """Whether a migration has not been carried out. Their files are only read where a name is missing: there are many (B11)."""
    with suppress(DatabaseError):
        if _migration_names() <= set(MigrationRecorder.Migration.objects.values_list("app", "name")):
            return False
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    # Of packages that the command did not load no more is known than that a name is missing.
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes())) or not _is_whole()


def _is_whole() -> bool:
    return all(apps.is_installed(package) for package in settings.CRAFFU_PACKAGES)


def _migration_names() -> set[tuple[str, str]]:
    """Of everything that is loaded, and of every package of ours."""
    folders = {config.label: os.path.join(config.path, "migrations") for config in apps.get_app_configs()}
    for package in settings.CRAFFU_PACKAGES:
        name = package.rpartition(".")[2]
        folders[LABELS.get(name, name)] = os.path.join(settings.ROOT, *package.split("."), "migrations")
    return {
        (label, name.removesuffix(".py"))
        for label, folder in folders.items()
        if os.path.isdir(folder)
        for name in os.listdir(folder)
        if name.endswith(".py") and not name.startswith(("_", "~"))
    }


def ready_for_every_force() -> None:
    """The same, for what is of all forces together: raises NotCarriedOut where the database would show less, and not say so."""
    ready()
    if not reaches_every_force():
        raise NotCarriedOut(
            "This is of every force's rows, which only the owner of the tables reaches: set CRAFFU_OWNER_DATABASE_URL."
        )


def is_attended() -> bool:
    """Whether somebody sits at the terminal that this command was typed at."""
    return any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def machine_account() -> str:
    """The account of the machine that this process runs under, whatever its environment calls it."""
    number = os.geteuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def acting(username: str | None, work: str = "") -> Acting:
    """Who the command acts as: the named user, the operating-system account at this machine, or a service account.

    `work` is what the command does, where a service account may. With nobody at the terminal, in production only a service
    account acts: a person who is not there does nothing. From now on the command works for their force alone.
    """
    ready()
    try:
        force = home_force()
    except NoForce as fault:
        raise NotCarriedOut(str(fault)) from fault
    if username is not None and username.startswith(PREFIX):
        return _service(force, username, work)
    if settings.PRODUCTION and not is_attended():
        raise NotCarriedOut(
            "Nobody is at a terminal. Unattended work is done by a service account: --as svc.NAME (craffu service-account list)."
        )
    if username is None:
        work_for(force.pk)
        return acting_operator(force, getpass.getuser())
    user = find_user(username)
    if user is None:
        raise NotCarriedOut(f"There is no account called {username}. `craffu user list` shows them.")
    work_for(user.force_id)
    return acting_user(user)


def _service(force: Force, name: str, work: str) -> Acting:
    work_for(force.pk)
    service = find_service(force, name, clock.now())
    if service is None:
        raise NotCarriedOut(f"There is no service account called {name}. `craffu service-account list` shows them.")
    try:
        return begin_work(force=force, service=service, work=work, machine_account=machine_account())
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal

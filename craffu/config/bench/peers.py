"""The packages that B10 holds the log against, each doing the same small write its own way.

They are installed for development only; one that is missing is named in the result and never passed over in silence.
"""

import importlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction

from craffu.config.bench.installations import owner_cursor

# Those that are Django apps. pghistory works by PostgreSQL's triggers and records nothing on SQLite.
APPS: Mapping[str, tuple[str, ...]] = {
    "sqlite3": ("simple_history",),
    "postgresql": ("simple_history", "pgtrigger", "pghistory"),
}
# The simplest audit there is: a trigger that copies the changed row into a table, without person, verb or chain.
PLAIN_TRIGGER = {
    "sqlite": (
        "CREATE TABLE bench_copied (id integer PRIMARY KEY, at text, said text)",
        "CREATE TRIGGER bench_copy AFTER UPDATE ON common_counter WHEN NEW.kind = 'bench-trigger' BEGIN "
        "INSERT INTO bench_copied (at, said) VALUES (datetime('now'), json_object('kind', NEW.kind, 'last', NEW.last)); END",
    ),
    "postgresql": (
        "CREATE TABLE bench_copied (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz, said jsonb)",
        "CREATE FUNCTION bench_copy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO bench_copied (at, said) VALUES (now(), to_jsonb(NEW)); RETURN NULL; END $$",
        "CREATE TRIGGER bench_copy AFTER UPDATE ON common_counter FOR EACH ROW WHEN (NEW.kind = 'bench-trigger') "
        "EXECUTE FUNCTION bench_copy()",
        "GRANT INSERT ON bench_copied TO PUBLIC",
    ),
}


def make_plain_trigger() -> None:
    with owner_cursor() as cursor:
        for statement in PLAIN_TRIGGER[connection.vendor]:
            cursor.execute(statement)


def installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def with_apps(apps: Sequence[str], databases: Mapping[str, Any]) -> list[str]:
    """The product's apps, and those of the peers that are installed and work on this database: before Django starts."""
    vendor = str(databases["default"]["ENGINE"]).rpartition(".")[2]
    return [*apps, *(app for app in APPS[vendor] if installed(app))]


def wanted(vendor: str) -> dict[str, str]:
    """The peers of B10 on a database by name, each with the package that has it."""
    peers = {"auditchain": "auditchain", "django-simple-history": "simple_history"}
    return peers | ({"django-pghistory": "pghistory"} if vendor == "postgresql" else {})


def missing(vendor: str) -> list[str]:
    return [name for name, package in wanted(vendor).items() if not installed(package)]


def _saver(model: Any) -> Callable[[], None]:
    model(last=0).save()

    def save() -> None:
        with transaction.atomic():
            row = model.objects.get()
            row.last += 1
            row.save()

    return save


def simple_history() -> Callable[[], None]:
    """A save that django-simple-history copies: it hears of rows saved one by one only."""
    records = importlib.import_module("simple_history.models").HistoricalRecords

    class Followed(models.Model):
        last = models.IntegerField()
        history = records()

        class Meta:
            app_label = "common"

    with connection.schema_editor() as editor:
        editor.create_model(Followed)
        editor.create_model(Followed.history.model)
    return _saver(Followed)


def pghistory() -> Callable[[], None]:
    """A save that django-pghistory's trigger copies, without its table of contexts, which would cost it another write."""
    tracking, triggers = importlib.import_module("pghistory"), importlib.import_module("pgtrigger")

    class Tracked(models.Model):
        last = models.IntegerField()

        class Meta:
            app_label = "common"

    tracked: Any = tracking.track(tracking.UpdateEvent(), context_field=None)(Tracked)
    with connection.schema_editor() as editor:
        editor.create_model(tracked)
        editor.create_model(tracked._meta.get_field("events").related_model)
    for model, trigger in triggers.registered():
        if model is tracked:
            trigger.install(model)
    return _saver(tracked)


def auditchain(folder: Path) -> Any:
    """A chained log of its own, in a file of SQLite's."""
    peer = importlib.import_module("auditchain")
    return peer.SyncAuditLog(peer.SqliteBackend(folder / "auditchain.sqlite3"))

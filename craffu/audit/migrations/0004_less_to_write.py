"""Less to write for each row of the log: an index by verb of the seldom verbs alone, and on SQLite no second copy of the
index by record (B10)."""

from django.db import migrations, models, transaction

from craffu.audit import triggers
from craffu.common.migrating import AddIndexBesideWork, RemoveIndexBesideWork

BY_RECORD = """
    CREATE TABLE audit_eventreference_new (
        "ref" varchar(150) NOT NULL,
        "event_id" bigint NOT NULL REFERENCES "audit_event" ("id") DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY ("ref", "event_id")
    ) {how}
"""


def _remake(schema_editor, how):
    if schema_editor.connection.vendor != "sqlite":
        return
    with transaction.atomic(), schema_editor.connection.cursor() as cursor:
        triggers.remove(schema_editor.connection)
        cursor.execute(BY_RECORD.format(how=how))
        cursor.execute(
            "INSERT INTO audit_eventreference_new SELECT ref, event_id FROM audit_eventreference ORDER BY 1, 2"
        )
        cursor.execute("DROP TABLE audit_eventreference")
        cursor.execute("ALTER TABLE audit_eventreference_new RENAME TO audit_eventreference")
        triggers.install(schema_editor.connection)


def keyed(apps, schema_editor):
    """The rows of the index by record lie in the order of their key, without a table beside it."""
    _remake(schema_editor, "WITHOUT ROWID")


def numbered(apps, schema_editor):
    _remake(schema_editor, "")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0003_index_by_verb")]

    operations = [
        AddIndexBesideWork(
            model_name="event",
            index=models.Index(
                fields=["force", "verb", "at"],
                name="audit_event_seldom_verb",
                condition=models.Q(verb__in=["combination", "denied", "disclosure", "erasure"]),
            ),
        ),
        RemoveIndexBesideWork(model_name="event", name="audit_event_force_verb_at"),
        migrations.RunPython(keyed, numbered),
    ]

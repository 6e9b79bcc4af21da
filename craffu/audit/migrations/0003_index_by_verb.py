"""An index by verb, for the auditor's questions (SEC-04). Nobody waits while it is made on a log in use.

On PostgreSQL it is made beside the running register, outside a transaction; one that broke off half-way is made anew.
"""

from django.db import migrations, models


class AddIndexBesideWork(migrations.AddIndex):
    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {self.index.name}")
        model = to_state.apps.get_model(app_label, self.model_name)
        schema_editor.add_index(model, self.index, concurrently=True)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0002_only_grows")]

    operations = [
        AddIndexBesideWork(
            model_name="event",
            index=models.Index(fields=["force", "verb", "at"], name="audit_event_force_verb_at"),
        ),
    ]

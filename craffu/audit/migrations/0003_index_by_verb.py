"""An index by verb, for the auditor's questions (SEC-04). Nobody waits while it is made on a log in use."""

from django.db import migrations, models

from craffu.common.migrating import AddIndexBesideWork


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0002_only_grows")]

    operations = [
        AddIndexBesideWork(
            model_name="event",
            index=models.Index(fields=["force", "verb", "at"], name="audit_event_force_verb_at"),
        ),
    ]

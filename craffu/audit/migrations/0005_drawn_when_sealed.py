"""What a row says it is about is drawn when it is sealed, no longer when it is written (ADR 124)."""

from django.db import migrations, transaction

from craffu.audit import triggers


def again(apps, schema_editor):
    """The triggers as they are now. Nobody writes to the log between the old ones and these."""
    with transaction.atomic():
        triggers.remove(schema_editor.connection)
        triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_less_to_write")]
    operations = [migrations.RunPython(again, again)]

"""The triggers that refuse to change or remove a row of the log, and that draw the index by record (SEC-05).

A later migration that alters one of these tables must install them again: SQLite remakes the table and drops them.
"""

from django.db import migrations

from craffu.audit import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]

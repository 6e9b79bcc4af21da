"""What is due ahead is kept with its subject, and the rule of each item: everything is asked about once more at the next tick."""

from typing import Any

from django.db import migrations, models

from craffu.access.wall.reach import every_force


def ask_again(apps: Any, schema_editor: Any) -> None:
    """No source counts as asked about everything."""
    with every_force("what is due is asked about once more"):
        apps.get_model("work", "Watch").rows.filter(subject="*").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("work", "0004_calendars"),
    ]

    operations = [
        migrations.AddField(
            model_name="watch",
            name="ahead",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="workitem",
            name="rule",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
        migrations.RunPython(ask_again, migrations.RunPython.noop),
    ]

"""Pairs that wait already wait since they became known: nobody counted before."""

from typing import Any

from django.db import migrations
from django.db.models import F, Q

from craffu.access.wall.reach import every_force


def wait_since_known(apps: Any, schema_editor: Any) -> None:
    with every_force("since when pairs wait is written down"):
        waiting = apps.get_model("linkage", "Pair").rows.filter(Q(stands="clerical") | ~Q(held=""), waits_from=None)
        waiting.update(waits_from=F("known_from"))


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0002_waiting_and_harm"),
    ]

    operations = [
        migrations.RunPython(wait_since_known, migrations.RunPython.noop),
    ]

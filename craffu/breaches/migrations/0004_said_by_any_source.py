"""Of the breaches that are kept: one of which any source says that an order was broken is said to be one, whoever told first."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef

from craffu.access.wall.reach import every_force

# As they were called when this was written.
SAID = ("court", "custody", "probation", "report", "victim_log")


def say(apps: Any, schema_editor: Any) -> None:
    with every_force("whether a source says that an order was broken is written down beside each breach"):
        told = apps.get_model("breaches", "BreachSource").rows.filter(breach=OuterRef("pk"), kind__in=SAID)
        apps.get_model("breaches", "Breach").rows.filter(Exists(told), is_said=False).update(is_said=True)


class Migration(migrations.Migration):
    dependencies = [("breaches", "0003_counted_so_far")]

    operations = [migrations.RunPython(say, migrations.RunPython.noop)]

"""Whether any record is a person's now is written down beside each, so that whoever was found to be another is on no list."""

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef

from craffu.access.wall.reach import every_force
from craffu.common.migrating import AddFieldAtOnce, AddIndexBesideWork

# So many are asked of at once, that nobody who writes waits long.
AT_ONCE = 10_000


def write_down(apps: Any, schema_editor: Any) -> None:
    """Of the last word on each record somebody's is meant; who is meant by none has no record now."""
    with every_force("whether any record is a person's now is written down beside each person"):
        people, memberships = apps.get_model("people", "Person").rows, apps.get_model("people", "Membership").rows
        later = memberships.filter(record=OuterRef("record"), pk__gt=OuterRef("pk"))
        held = memberships.filter(~Exists(later), person=OuterRef("pk"))
        last = people.order_by("-pk").values_list("pk", flat=True).first() or 0
        for first in range(0, last + 1, AT_ONCE):
            some = people.filter(pk__gte=first, pk__lt=first + AT_ONCE, has_records=True)
            some.filter(~Exists(held)).update(has_records=False)


class Migration(migrations.Migration):
    # On PostgreSQL an index is made beside the running register outside a transaction.
    atomic = False
    dependencies = [("people", "0007_homes")]

    operations = [
        AddFieldAtOnce(
            model_name="person", name="has_records", field=models.BooleanField(db_default=True, default=True)
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
        AddIndexBesideWork(
            model_name="person",
            index=models.Index(
                condition=models.Q(("has_records", True)), fields=["force", "id"], name="people_person_with_records"
            ),
        ),
    ]

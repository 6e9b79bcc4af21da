"""An index by which the newest people of a force are found without going through all of them."""

from django.db import migrations, models

from craffu.common.migrating import AddIndexBesideWork


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0005_search")]

    operations = [
        AddIndexBesideWork(
            model_name="person",
            index=models.Index(fields=["force", "id"], name="people_person_newest"),
        ),
    ]

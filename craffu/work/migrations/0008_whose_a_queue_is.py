"""Whose a queue's open work is and how late is counted from an index alone, of which a first delivery leaves ninety thousand."""

from django.db import migrations, models

from craffu.common.migrating import AddIndexBesideWork


class Migration(migrations.Migration):
    # On PostgreSQL an index is made beside the running register outside a transaction.
    atomic = False
    dependencies = [("work", "0001_squashed_0007_items_of_one_kind")]

    operations = [
        AddIndexBesideWork(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["force", "queue", "owner", "overdue_from", "foreseen_at"],
                name="work_item_whose",
            ),
        ),
    ]

"""A history has the incident first that may have happened last: the index that counts holds by when each had."""

from django.db import migrations, models

from craffu.common.migrating import AddIndexBesideWork, RemoveIndexBesideWork


class Migration(migrations.Migration):
    # On PostgreSQL an index is made beside the running register outside a transaction.
    atomic = False
    dependencies = [("breaches", "0004_said_by_any_source")]

    operations = [
        AddIndexBesideWork(
            model_name="breach",
            index=models.Index(
                fields=[
                    "respondent",
                    "of_several",
                    "of_order",
                    "status",
                    "is_said",
                    "police",
                    "prosecution",
                    "court",
                    "force",
                    "joined_to",
                    "disagreeing",
                    "happened_to",
                    "id",
                ],
                name="breaches_counted_last",
            ),
        ),
        RemoveIndexBesideWork(model_name="breach", name="breaches_counted"),
    ]

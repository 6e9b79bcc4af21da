"""The index that counts a history has its columns in the order in which they are grouped: PostgreSQL sorts nothing then."""

from django.db import migrations, models

from craffu.common.migrating import AddIndexBesideWork, RemoveIndexBesideWork


class Migration(migrations.Migration):
    # On PostgreSQL an index is made beside the running register outside a transaction.
    atomic = False
    dependencies = [("breaches", "0005_latest_first")]

    operations = [
        AddIndexBesideWork(
            model_name="breach",
            index=models.Index(
                fields=[
                    "respondent",
                    "status",
                    "is_said",
                    "police",
                    "prosecution",
                    "court",
                    "of_order",
                    "of_several",
                    "force",
                    "joined_to",
                    "disagreeing",
                    "happened_to",
                    "id",
                ],
                name="breaches_counted_alike",
            ),
        ),
        RemoveIndexBesideWork(model_name="breach", name="breaches_counted_last"),
    ]

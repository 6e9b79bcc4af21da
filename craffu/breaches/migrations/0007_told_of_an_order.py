"""What was told of an order is found by the number that it was told by."""

from django.db import migrations, models
from django.db.models import Q

from craffu.common.migrating import AddIndexBesideWork


class Migration(migrations.Migration):
    # On PostgreSQL an index is made beside the running register outside a transaction.
    atomic = False
    dependencies = [("breaches", "0006_counted_alike")]

    operations = [
        AddIndexBesideWork(
            model_name="breachtelling",
            index=models.Index(
                fields=["force", "order_ref"], name="breaches_telling_order", condition=~Q(order_ref="")
            ),
        ),
    ]

"""An address that puts a respondent at or near a protected home raises heightened follow-up."""

from django.db import migrations, models

from craffu.orders.following.rules import Trigger


class Migration(migrations.Migration):
    dependencies = [("orders", "0021_advice_about_orders")]

    operations = [
        migrations.RemoveConstraint(model_name="ordertrigger", name="orders_trigger_is_one"),
        migrations.AddConstraint(
            model_name="ordertrigger",
            constraint=models.CheckConstraint(
                condition=models.Q(("trigger__in", [one.value for one in Trigger])), name="orders_trigger_is_one"
            ),
        ),
    ]

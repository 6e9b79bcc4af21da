from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0009_transfers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="ordernoted",
            name="orders_noted_what",
        ),
        migrations.AddConstraint(
            model_name="ordernoted",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["notified", "terms-given", "relaxation-sought"])),
                name="orders_noted_what",
            ),
        ),
    ]

"""Of an address the home that it is of, by its postcode and by its street. Those kept before are read by the next run of linking."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_newest_first")]

    operations = [
        migrations.AddField(
            model_name="recordedcontact",
            name=name,
            field=models.CharField(blank=True, db_default="", default="", max_length=32),
        )
        for name in ("home_token", "street_token")
    ]

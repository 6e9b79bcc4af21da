"""The keys of street-level rows lie in the order of their bytes on PostgreSQL too, as SQLite keeps them (B8)."""

from django.db import migrations, models

from craffu.published.models import BY_BYTES


class Migration(migrations.Migration):
    dependencies = [("published", "0002_figures")]

    operations = [
        migrations.AlterField(
            model_name="streetcrime", name="key", field=models.CharField(db_collation=BY_BYTES, max_length=64)
        ),
    ]

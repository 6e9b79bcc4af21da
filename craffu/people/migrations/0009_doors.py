"""Of an address its door and its postcode, by which it is looked for in what leaves. Those kept before are read by the next run of
linking.
"""

from django.db import migrations, models

from craffu.common.migrating import AddFieldAtOnce, AddIndexBesideWork


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0008_has_records")]

    operations = [
        *(
            AddFieldAtOnce(
                model_name="recordedcontact",
                name=name,
                field=models.CharField(blank=True, db_default="", default="", max_length=32),
            )
            for name in ("door_token", "postcode_token")
        ),
        *(
            AddIndexBesideWork(
                model_name="recordedcontact",
                index=models.Index(fields=["force", f"{name}_token"], name=f"people_contact_{name}"),
            )
            for name in ("door", "postcode")
        ),
    ]

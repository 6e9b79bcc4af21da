import django.db.models.deletion
from django.db import migrations, models

from craffu.people.search import tables


def make(apps, schema_editor):
    for statement in tables.index().make:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in tables.index().drop:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("people", "0004_fewer_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=200)),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.force",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("force", "word"), name="people_search_word_once")],
            },
            managers=[("rows", models.manager.Manager())],
        ),
        migrations.RunPython(make, drop),
    ]

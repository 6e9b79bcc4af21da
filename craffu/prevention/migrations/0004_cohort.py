import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import craffu.common.fields
from craffu.common.migrating import CreateTables


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_squashed_0013_page_hold"),
        ("access", "__first__"),
        ("people", "0001_squashed_0006_newest_first"),
        ("prevention", "0003_plans"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="CohortEntered",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("score", models.FloatField(null=True)),
                        ("reason", craffu.common.fields.EncryptedTextField()),
                        ("known_from", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "force",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.force",
                            ),
                        ),
                        (
                            "kept",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="prevention.scorekept",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["person", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "person", "number"), name="prevention_cohort_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gt", 0)), name="prevention_cohort_numbered"
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CohortLeft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("score", models.FloatField(null=True)),
                        ("reason", craffu.common.fields.EncryptedTextField()),
                        ("known_from", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entered",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="left",
                                to="prevention.cohortentered",
                            ),
                        ),
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
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CohortReviewed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", craffu.common.fields.EncryptedTextField()),
                        ("known_from", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entered",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="prevention.cohortentered",
                            ),
                        ),
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
                        "ordering": ["entered", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
            ],
        ),
    ]

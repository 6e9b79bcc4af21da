import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0013_page_hold"),
        ("access", "__first__"),
        ("people", "0006_newest_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="PopulationDefined",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField()),
                ("begins", models.DateField()),
                ("necessity_ref", models.CharField(max_length=80)),
                ("necessity_on", models.DateField()),
                ("known_from", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("force", "version"), name="prevention_population_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("necessity_ref", ""), _negated=True),
                            ("version__gt", 0),
                        ),
                        name="prevention_population_whole",
                    ),
                ],
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ScoreRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("scheme", models.CharField(max_length=40)),
                ("scheme_version", models.PositiveIntegerField()),
                ("scheme_sha256", models.CharField(max_length=64)),
                ("scheme_text", models.TextField()),
                ("weights", models.CharField(max_length=40)),
                ("weights_version", models.PositiveIntegerField()),
                ("weights_sha256", models.CharField(max_length=64)),
                ("weights_text", models.TextField()),
                ("scored", models.PositiveIntegerField()),
                ("without_score", models.PositiveIntegerField()),
                ("outside", models.PositiveIntegerField()),
                ("known_from", models.DateTimeField()),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                    ),
                ),
                (
                    "population",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="prevention.populationdefined",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("force", "number"), name="prevention_run_once")],
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ScoreKept",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("proved", models.FloatField(null=True)),
                ("tier", models.CharField(max_length=24)),
                ("floors", models.JSONField(default=list)),
                ("flags", models.JSONField(default=list)),
                ("parts", models.JSONField(default=dict)),
                ("harm", models.FloatField(default=0)),
                ("newest_age", models.PositiveIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("known_from", models.DateTimeField()),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kept", to="prevention.scorerun"
                    ),
                ),
            ],
            options={
                "ordering": ["person", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tier__in", ["urgent", "high", "medium", "standard", "no_scoreable_history", "not_scored"])
                        ),
                        name="prevention_score_kept_tier",
                    )
                ],
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ScoreStands",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("proved", models.FloatField(null=True)),
                ("tier", models.CharField(max_length=24)),
                ("floors", models.JSONField(default=list)),
                ("flags", models.JSONField(default=list)),
                ("parts", models.JSONField(default=dict)),
                ("harm", models.FloatField(default=0)),
                ("newest_age", models.PositiveIntegerField(null=True)),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="standing", to="prevention.scorerun"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("force", "person"), name="prevention_score_stands_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tier__in", ["urgent", "high", "medium", "standard", "no_scoreable_history", "not_scored"])
                        ),
                        name="prevention_score_stands_tier",
                    ),
                ],
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name="scorestands",
            index=models.Index(fields=["force", "-value", "-harm"], name="prevention_scores_in_order"),
        ),
    ]

"""The tables of 0001 to 0002, which a new register makes at once (ADR 71)."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import craffu.common.fields
from craffu.common.migrating import CreateTables


class Migration(migrations.Migration):
    replaces = [("prevention", "0001_scores"), ("prevention", "0002_decisions")]

    initial = True

    dependencies = [
        ("access", "0013_page_hold"),
        ("people", "0006_newest_first"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="PopulationDefined",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("version", models.PositiveIntegerField()),
                        ("begins", models.DateField()),
                        ("necessity_ref", models.CharField(max_length=80)),
                        ("necessity_on", models.DateField()),
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.force",
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
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "number"), name="prevention_run_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ScoreKept",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.force",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="kept",
                                to="prevention.scorerun",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["person", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "tier__in",
                                        ["urgent", "high", "medium", "standard", "no_scoreable_history", "not_scored"],
                                    )
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.force",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standing",
                                to="prevention.scorerun",
                            ),
                        ),
                        ("lot", models.CharField(blank=True, db_default="", default="", max_length=16)),
                        ("scored_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "person"), name="prevention_score_stands_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "tier__in",
                                        ["urgent", "high", "medium", "standard", "no_scoreable_history", "not_scored"],
                                    )
                                ),
                                name="prevention_score_stands_tier",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["force", "-value", "-harm"], name="prevention_scores_in_order")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PriorityDecided",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("said", models.CharField(max_length=12)),
                        ("tier", models.CharField(blank=True, default="", max_length=24)),
                        ("reason", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("until", models.DateField(null=True)),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decided",
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
                                fields=("force", "person", "number"), name="prevention_decided_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("said__in", ["stands", "other"])), name="prevention_decided_said"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("said", "stands"), ("tier", ""), ("until", None)),
                                    models.Q(
                                        ("said", "other"),
                                        ("tier__in", ["urgent", "high", "medium", "standard"]),
                                        ("until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="prevention_decided_whole",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PriorityAgreed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agrees", models.BooleanField()),
                        ("reason", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "decided",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreed",
                                to="prevention.prioritydecided",
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
                    name="ScoreChallenged",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("whose", models.CharField(max_length=12)),
                        ("acts", models.JSONField(default=list)),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="challenged",
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
                                fields=("force", "person", "number"), name="prevention_challenged_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("whose__in", ["theirs", "officer"])),
                                name="prevention_challenged_whose",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ChallengeAnswered",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                            "challenged",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answered",
                                to="prevention.scorechallenged",
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
                    name="ActSetAside",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("act", models.CharField(max_length=120)),
                        ("known_from", models.DateTimeField()),
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
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.sourcerecord"
                            ),
                        ),
                        (
                            "answered",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aside",
                                to="prevention.challengeanswered",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "record", "act"), name="prevention_set_aside_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
            ],
        ),
    ]

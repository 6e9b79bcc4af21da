import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import craffu.common.fields


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0013_page_hold"),
        ("access", "__first__"),
        ("people", "0006_newest_first"),
        ("prevention", "0001_scores"),
    ]

    operations = [
        migrations.AddField(
            model_name="scorestands",
            name="lot",
            field=models.CharField(blank=True, db_default="", default="", max_length=16),
        ),
        migrations.AddField(
            model_name="scorestands",
            name="scored_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="PriorityDecided",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("said", models.CharField(max_length=12)),
                ("tier", models.CharField(blank=True, default="", max_length=24)),
                ("reason", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                ("until", models.DateField(null=True)),
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
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decided", to="prevention.scorekept"
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
                    models.UniqueConstraint(fields=("force", "person", "number"), name="prevention_decided_once"),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agrees", models.BooleanField()),
                ("reason", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("whose", models.CharField(max_length=12)),
                ("acts", models.JSONField(default=list)),
                ("reason", craffu.common.fields.EncryptedTextField()),
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
                    models.UniqueConstraint(fields=("force", "person", "number"), name="prevention_challenged_once"),
                    models.CheckConstraint(
                        condition=models.Q(("whose__in", ["theirs", "officer"])), name="prevention_challenged_whose"
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", craffu.common.fields.EncryptedTextField()),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=120)),
                ("known_from", models.DateTimeField()),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
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
    ]

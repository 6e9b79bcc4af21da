import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import craffu.common.fields


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0012_ranks"),
        ("access", "__first__"),
        ("cases", "0012_releases"),
        ("people", "0006_newest_first"),
        ("victims", "0003_relaxation_sought"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreementversion",
            name="link_channels",
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(default="craffu", max_length=40)),
                ("source_key", models.CharField(blank=True, default="", max_length=80)),
                ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                ("known_from", models.DateTimeField()),
                ("purpose", models.CharField(max_length=20)),
                ("route", models.CharField(max_length=10)),
                ("channel", models.CharField(blank=True, default="", max_length=20)),
                ("occasion", models.CharField(blank=True, default="", max_length=40)),
                ("order", models.CharField(blank=True, default="", max_length=20)),
                ("language", models.CharField(max_length=10)),
                ("token", models.CharField(blank=True, default="", max_length=64)),
                ("at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
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
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["view", "survey", "log"])),
                        name="victims_invitation_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("route__in", ["link", "code"])), name="victims_invitation_route"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("at"))), name="victims_invitation_ends"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("token", ""), _negated=True),
                        fields=("token",),
                        name="victims_invitation_token",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source_key", ""), _negated=True),
                        fields=("force", "source", "source_key", "content_sha256"),
                        name="victims_invitation_said_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_by__isnull", False), ("source", "craffu"), ("source_key", "")),
                            models.Q(
                                models.Q(("source", "craffu"), _negated=True),
                                models.Q(("source_key", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="victims_invitation_author",
                    ),
                ],
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Answers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(default="craffu", max_length=40)),
                ("source_key", models.CharField(blank=True, default="", max_length=80)),
                ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                ("known_from", models.DateTimeField()),
                ("given_at", models.DateTimeField()),
                ("language", models.CharField(max_length=10)),
                ("is_whole", models.BooleanField()),
                ("may_be_linked", models.BooleanField(null=True)),
                ("answers", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                ("notice_version", models.PositiveIntegerField(null=True)),
                ("notice_shown_at", models.DateTimeField(null=True)),
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
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="victims.invitation"
                    ),
                ),
            ],
            options={
                "ordering": ["record", "given_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("notice_shown_at__isnull", True), ("notice_version__isnull", True)),
                            models.Q(("notice_shown_at__isnull", False), ("notice_version__isnull", False)),
                            _connector="OR",
                        ),
                        name="victims_answers_notice",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source_key", ""), _negated=True),
                        fields=("force", "source", "source_key", "content_sha256"),
                        name="victims_answers_said_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_by__isnull", False), ("source", "craffu"), ("source_key", "")),
                            models.Q(
                                models.Q(("source", "craffu"), _negated=True),
                                models.Q(("source_key", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="victims_answers_author",
                    ),
                ],
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="InvitationStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(default="craffu", max_length=40)),
                ("source_key", models.CharField(blank=True, default="", max_length=80)),
                ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                ("known_from", models.DateTimeField()),
                ("step", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, default="", max_length=40)),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="victims.invitation"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.sourcerecord"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["invitation", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["sent", "not_sent", "opened", "finished", "left", "ended", "not_hers"])
                        ),
                        name="victims_invitation_step_known",
                    ),
                    models.UniqueConstraint(fields=("invitation", "step"), name="victims_invitation_step_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("source_key", ""), _negated=True),
                        fields=("force", "source", "source_key", "content_sha256"),
                        name="victims_invitation_step_said_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_by__isnull", False), ("source", "craffu"), ("source_key", "")),
                            models.Q(
                                models.Q(("source", "craffu"), _negated=True),
                                models.Q(("source_key", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="victims_invitation_step_author",
                    ),
                ],
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(default="craffu", max_length=40)),
                ("source_key", models.CharField(blank=True, default="", max_length=80)),
                ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                ("known_from", models.DateTimeField()),
                ("happened_from", models.DateTimeField()),
                ("happened_to", models.DateTimeField()),
                ("is_day_only", models.BooleanField(default=False)),
                ("way", models.CharField(blank=True, default="", max_length=20)),
                ("through_others", models.BooleanField(null=True)),
                ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                ("language", models.CharField(max_length=10)),
                ("proof", models.CharField(blank=True, default="", max_length=20)),
                ("proof_words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                ("for_ledger", models.BooleanField()),
                ("given_at", models.DateTimeField()),
                ("route", models.CharField(max_length=20)),
                ("notice_version", models.PositiveIntegerField(null=True)),
                ("notice_shown_at", models.DateTimeField(null=True)),
                (
                    "advocate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="victims.advocate"
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="victims.invitation",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.sourcerecord"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["record", "happened_from", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("happened_to__gte", models.F("happened_from"))),
                        name="victims_log_entry_ends_after",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "way__in",
                                [
                                    "",
                                    "in_person",
                                    "watched",
                                    "call",
                                    "message",
                                    "online",
                                    "post",
                                    "damage",
                                    "other",
                                    "prefer_not_to_say",
                                ],
                            )
                        ),
                        name="victims_log_entry_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("notice_shown_at__isnull", True), ("notice_version__isnull", True)),
                            models.Q(("notice_shown_at__isnull", False), ("notice_version__isnull", False)),
                            _connector="OR",
                        ),
                        name="victims_log_entry_notice",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source_key", ""), _negated=True),
                        fields=("force", "source", "source_key", "content_sha256"),
                        name="victims_log_entry_said_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_by__isnull", False), ("source", "craffu"), ("source_key", "")),
                            models.Q(
                                models.Q(("source", "craffu"), _negated=True),
                                models.Q(("source_key", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="victims_log_entry_author",
                    ),
                ],
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=64, unique=True)),
                ("answers", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                ("notice_version", models.PositiveIntegerField(null=True)),
                ("notice_language", models.CharField(blank=True, default="", max_length=10)),
                ("notice_shown_at", models.DateTimeField(null=True)),
                ("begun_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                    ),
                ),
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sitting", to="victims.invitation"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.sourcerecord"
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
    ]

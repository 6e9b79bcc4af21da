"""The tables of 0001 to 0002, which a new register makes at once (ADR 71)."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import craffu.common.fields
from craffu.common.migrating import CreateTables


class Migration(migrations.Migration):
    replaces = [("scrutiny", "0001_interviews"), ("scrutiny", "0002_destroying")]

    initial = True

    dependencies = [
        ("access", "0013_page_hold"),
        ("victims", "0008_taken_back_not_asked_and_letters"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Interview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("known_from", models.DateTimeField()),
                        ("reference", models.CharField(max_length=20)),
                        ("whom", models.CharField(max_length=10)),
                        ("post", models.CharField(blank=True, default="", max_length=20)),
                        ("band", models.CharField(blank=True, default="", max_length=20)),
                        ("review", models.CharField(max_length=60)),
                        ("question", models.CharField(max_length=10)),
                        ("language", models.CharField(max_length=2)),
                        ("schedule", models.PositiveIntegerField()),
                        ("held_at", models.DateTimeField()),
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
                            models.UniqueConstraint(fields=("force", "reference"), name="scrutiny_interview_reference"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("band__in", ["small", "middle", "large", "whole_force"]),
                                        (
                                            "post__in",
                                            [
                                                "call_taker",
                                                "response",
                                                "investigator",
                                                "supervisor",
                                                "coordinator",
                                                "offender_manager",
                                                "orders_team",
                                                "victim_care",
                                                "senior",
                                                "other",
                                            ],
                                        ),
                                        ("whom", "staff"),
                                    ),
                                    models.Q(("band", ""), ("post", ""), ("whom", "victim")),
                                    _connector="OR",
                                ),
                                name="scrutiny_interview_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("question__in", ["q1", "q2", "q3", "all"])),
                                name="scrutiny_interview_question",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("language__in", ("en", "cy"))), name="scrutiny_interview_language"
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ConsentWithdrawn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("known_from", models.DateTimeField()),
                        ("uses", models.JSONField(default=list)),
                        ("at", models.DateTimeField()),
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
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawals",
                                to="scrutiny.interview",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["interview", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Consent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("known_from", models.DateTimeField()),
                        ("uses", models.JSONField(default=list)),
                        ("by_whom", models.CharField(max_length=20)),
                        ("words_version", models.PositiveIntegerField()),
                        ("words_language", models.CharField(max_length=2)),
                        ("read_at", models.DateTimeField()),
                        ("given_at", models.DateTimeField()),
                        ("notice_version", models.PositiveIntegerField(null=True)),
                        ("notice_shown_at", models.DateTimeField(null=True)),
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
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="scrutiny.interview",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["interview", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("by_whom__in", ["self", "interpreter", "advocate"])),
                                name="scrutiny_consent_by_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("read_at__lt", models.F("given_at"))),
                                name="scrutiny_consent_read_before",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("notice_shown_at__isnull", True), ("notice_version__isnull", True)),
                                    models.Q(
                                        ("notice_shown_at__lt", models.F("given_at")), ("notice_version__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="scrutiny_consent_notice_before",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("known_from", models.DateTimeField()),
                        ("question", models.CharField(max_length=40)),
                        ("words", craffu.common.fields.EncryptedTextField()),
                        ("note", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="scrutiny.interview",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["interview", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="LiveRisk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("known_from", models.DateTimeField()),
                        ("reference", models.CharField(max_length=20)),
                        ("danger", models.CharField(max_length=20)),
                        ("told", craffu.common.fields.EncryptedTextField()),
                        ("reach", craffu.common.fields.EncryptedTextField()),
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
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="live_risks",
                                to="scrutiny.interview",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "reference"), name="scrutiny_live_risk_reference"),
                            models.CheckConstraint(
                                condition=models.Q(("danger__in", ["life", "harm", "child", "self_harm", "officer"])),
                                name="scrutiny_live_risk_danger",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="LiveRiskActed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("known_from", models.DateTimeField()),
                        ("done", models.CharField(max_length=20)),
                        ("words", craffu.common.fields.EncryptedTextField()),
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
                            "risk",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acted",
                                to="scrutiny.liverisk",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("done__in", ["made_safe", "known", "not_found", "no_danger"])),
                                name="scrutiny_live_risk_done",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Quote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("known_from", models.DateTimeField()),
                        ("words", craffu.common.fields.EncryptedTextField()),
                        (
                            "answer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="quotes", to="scrutiny.answer"
                            ),
                        ),
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
                        "ordering": ["answer", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Destruction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("known_from", models.DateTimeField()),
                        ("reference", models.CharField(max_length=20)),
                        ("of", models.CharField(max_length=10)),
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
                            "interview",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="destructions",
                                to="scrutiny.interview",
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
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "reference"), name="scrutiny_destruction_reference"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("interview__isnull", False), ("invitation__isnull", True), ("of", "interview")
                                    ),
                                    models.Q(
                                        ("interview__isnull", True), ("invitation__isnull", False), ("of", "survey")
                                    ),
                                    _connector="OR",
                                ),
                                name="scrutiny_destruction_of",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="DestructionDecided",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("known_from", models.DateTimeField()),
                        ("decision", models.CharField(max_length=20)),
                        ("texts", models.PositiveIntegerField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "destruction",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decided",
                                to="scrutiny.destruction",
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "destroy"), ("texts__gt", 0)),
                                    models.Q(("decision__in", ["keep_held", "keep_in_error"]), ("texts", 0)),
                                    _connector="OR",
                                ),
                                name="scrutiny_destruction_decided",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
            ],
        ),
    ]

"""The tables of 0001, which a new register makes at once (ADR 71)."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import craffu.common.fields
from craffu.common.migrating import CreateTables


class Migration(migrations.Migration):
    replaces = [("breaches", "0001_ledger")]

    initial = True

    dependencies = [
        ("access", "0012_ranks"),
        ("cases", "0012_releases"),
        ("orders", "0018_letters"),
        ("people", "0006_newest_first"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Breach",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=20)),
                        ("found_by", models.CharField(max_length=12)),
                        ("key", models.CharField(max_length=150)),
                        ("happened_from", models.DateTimeField()),
                        ("happened_to", models.DateTimeField()),
                        ("is_day_only", models.BooleanField(default=False)),
                        ("channel", models.CharField(blank=True, default="", max_length=12)),
                        ("in_zone", models.BooleanField(null=True)),
                        ("through_others", models.BooleanField(null=True)),
                        ("at_risk_now", models.BooleanField(null=True)),
                        ("known_how", models.CharField(blank=True, default="", max_length=20)),
                        ("risk", models.CharField(blank=True, default="", max_length=10)),
                        ("is_said", models.BooleanField(default=False)),
                        ("is_past", models.BooleanField(default=False)),
                        ("police", models.CharField(blank=True, default="", max_length=20)),
                        ("prosecution", models.CharField(blank=True, default="", max_length=20)),
                        ("court", models.CharField(blank=True, default="", max_length=20)),
                        ("probation", models.CharField(blank=True, default="", max_length=20)),
                        ("told", models.CharField(blank=True, default="", max_length=20)),
                        ("status", models.CharField(max_length=10)),
                        ("moves_made", models.PositiveIntegerField(default=0)),
                        ("raised_at", models.DateTimeField()),
                        (
                            "at_risk",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.sourcerecord",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
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
                            "joined_to",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="joined",
                                to="breaches.breach",
                            ),
                        ),
                        (
                            "raised_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "respondent",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.sourcerecord",
                            ),
                        ),
                        (
                            "victim",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.sourcerecord",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                fields=[
                                    "respondent",
                                    "-happened_from",
                                    "-id",
                                    "force",
                                    "joined_to",
                                    "is_said",
                                    "status",
                                    "police",
                                    "prosecution",
                                    "court",
                                ],
                                name="breaches_of_respondent",
                            ),
                            models.Index(fields=["force", "status", "raised_at"], name="breaches_by_status"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "reference"), name="breaches_reference_once"),
                            models.UniqueConstraint(fields=("force", "found_by", "key"), name="breaches_found_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "found_by__in",
                                        [
                                            "report",
                                            "crime",
                                            "court",
                                            "custody",
                                            "probation",
                                            "contact",
                                            "check",
                                            "tag",
                                            "victim_log",
                                        ],
                                    )
                                ),
                                name="breaches_found_by_is_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["possible", "accepted", "rejected", "joined", "finalised"])
                                ),
                                name="breaches_status_is_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("risk__in", ["", "high", "medium", "standard"])),
                                name="breaches_risk_is_a_grade",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "known_how__in",
                                        [
                                            "",
                                            "seen",
                                            "victim_says",
                                            "witness_says",
                                            "message",
                                            "tag_or_device",
                                            "agency",
                                            "other",
                                        ],
                                    )
                                ),
                                name="breaches_known_how_is_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("happened_to__gte", models.F("happened_from"))),
                                name="breaches_ends_after",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("joined_to__isnull", False), ("status", "joined")),
                                    models.Q(
                                        models.Q(("status", "joined"), _negated=True), ("joined_to__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="breaches_joined_to_another",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="BreachAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("question", models.CharField(max_length=30)),
                        ("answer", models.CharField(max_length=30)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("by_right", models.CharField(max_length=30)),
                        ("known_from", models.DateTimeField()),
                        (
                            "breach",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="breaches.breach",
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
                        "ordering": ["breach", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "question__in",
                                        [
                                            "course_of_conduct",
                                            "recording",
                                            "pattern_reconsidered",
                                            "arrest",
                                            "victim_safe_and_told",
                                            "order_review_brought_forward",
                                            "probation_and_court_told",
                                        ],
                                    )
                                ),
                                name="breaches_question_is_one",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="BreachMismatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=4)),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(null=True)),
                        (
                            "breach",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mismatches",
                                to="breaches.breach",
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
                        "ordering": ["breach", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("until__isnull", True)),
                                fields=["breach", "since", "force"],
                                name="breaches_mismatch_open",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "code__in",
                                        [
                                            "M1",
                                            "M2",
                                            "M3",
                                            "M4",
                                            "M5",
                                            "M6",
                                            "M7",
                                            "M8",
                                            "M9",
                                            "M10",
                                            "M11",
                                            "M12",
                                            "M13",
                                            "M14",
                                        ],
                                    )
                                ),
                                name="breaches_open_mismatch_is_one",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("breach", "code"),
                                name="breaches_mismatch_open_once",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="BreachMove",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("move", models.CharField(blank=True, default="", max_length=10)),
                        ("to_status", models.CharField(max_length=10)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("by_right", models.CharField(blank=True, default="", max_length=30)),
                        ("known_from", models.DateTimeField()),
                        (
                            "breach",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="breaches.breach"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
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
                            "other",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="breaches.breach",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["breach", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("breach", "number"), name="breaches_move_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("move__in", ["", "accept", "reject", "join", "part", "reopen", "finalise"])
                                ),
                                name="breaches_move_is_one",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="BreachOfOrder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("holds", models.BooleanField(default=True)),
                        ("reasons", models.JSONField(default=list)),
                        ("flags", models.JSONField(default=list)),
                        ("link", models.FloatField(null=True)),
                        ("known_from", models.DateTimeField()),
                        (
                            "breach",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="breaches.breach"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "condition",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.condition",
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"
                            ),
                        ),
                        (
                            "taken_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="breaches.breach",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["breach", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="BreachSource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=12)),
                        ("source", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=150)),
                        ("said_at", models.DateTimeField()),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("known_from", models.DateTimeField()),
                        (
                            "breach",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sources",
                                to="breaches.breach",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
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
                            "record",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.sourcerecord",
                            ),
                        ),
                        (
                            "taken_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="breaches.breach",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["breach", "id"],
                        "indexes": [models.Index(fields=["force", "kind", "source", "key"], name="breaches_told_by")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("breach", "kind", "source", "key"), name="breaches_source_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "report",
                                            "crime",
                                            "court",
                                            "custody",
                                            "probation",
                                            "contact",
                                            "check",
                                            "tag",
                                            "victim_log",
                                        ],
                                    )
                                ),
                                name="breaches_source_kind_is_one",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="BreachTelling",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=40)),
                        ("file_sha256", models.CharField(max_length=64)),
                        ("line", models.PositiveIntegerField()),
                        ("received_at", models.DateTimeField()),
                        ("mapping_version", models.CharField(max_length=20)),
                        ("controller", models.CharField(max_length=120)),
                        (
                            "regime",
                            models.CharField(
                                choices=[
                                    ("part_3", "Data Protection Act 2018 Part 3 (law enforcement)"),
                                    ("uk_gdpr", "UK GDPR"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("sharing_basis", models.CharField(max_length=200)),
                        ("tells", models.CharField(max_length=20)),
                        ("key", models.CharField(max_length=150)),
                        ("number", models.PositiveIntegerField()),
                        ("said_at", models.DateTimeField()),
                        ("known_from", models.DateTimeField()),
                        ("record_key", models.CharField(max_length=120)),
                        ("crime", models.CharField(blank=True, default="", max_length=40)),
                        ("order_ref", models.CharField(blank=True, default="", max_length=40)),
                        ("happened_at", models.DateTimeField()),
                        ("is_day_only", models.BooleanField(default=False)),
                        ("decision", models.CharField(blank=True, default="", max_length=30)),
                        ("in_zone", models.BooleanField(null=True)),
                        ("is_withdrawn", models.BooleanField(default=False)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                        "ordering": ["key", "number"],
                        "indexes": [models.Index(fields=["force", "source", "record_key"], name="breaches_telling_of")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "source", "tells", "key", "number"), name="breaches_telling_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tells__in", ["probation", "contact", "tag"])),
                                name="breaches_tells_is_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source", ""),
                                    ("file_sha256", ""),
                                    ("mapping_version", ""),
                                    ("controller", ""),
                                    ("sharing_basis", ""),
                                    _connector="OR",
                                    _negated=True,
                                ),
                                name="breaches_telling_says_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("regime__in", ["part_3", "uk_gdpr"])),
                                name="breaches_telling_regime_known",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="HistoryPrinted",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("printed_for", models.CharField(max_length=20)),
                        ("language", models.CharField(max_length=2)),
                        ("known_at", models.DateTimeField(null=True)),
                        ("incidents", models.PositiveIntegerField()),
                        ("left_out", models.PositiveIntegerField()),
                        ("facts", models.CharField(max_length=64)),
                        ("reason", craffu.common.fields.EncryptedTextField()),
                        ("force_asking", models.CharField(blank=True, default="", max_length=80)),
                        ("officer_asking", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("basis", models.CharField(blank=True, default="", max_length=20)),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("content", craffu.common.fields.EncryptedTextField()),
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["person", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0)), name="breaches_printed_is_not_empty"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("basis", ""), ("printed_for", "court")),
                                    models.Q(
                                        ("basis__in", ["law_enforcement", "safeguarding", "court_order", "statute"]),
                                        ("printed_for", "another_force"),
                                        models.Q(("force_asking", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="breaches_printed_for_a_force_on_a_basis",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="MismatchExplained",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=4)),
                        ("words", craffu.common.fields.EncryptedTextField()),
                        ("standing", models.PositiveBigIntegerField()),
                        ("known_from", models.DateTimeField()),
                        (
                            "breach",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="explained",
                                to="breaches.breach",
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
                        "ordering": ["breach", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "code__in",
                                        [
                                            "M1",
                                            "M2",
                                            "M3",
                                            "M4",
                                            "M5",
                                            "M6",
                                            "M7",
                                            "M8",
                                            "M9",
                                            "M10",
                                            "M11",
                                            "M12",
                                            "M13",
                                            "M14",
                                        ],
                                    )
                                ),
                                name="breaches_mismatch_is_one",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PatternDecided",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("crimes", models.JSONField()),
                        ("decision", models.CharField(max_length=20)),
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
                            "victim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.sourcerecord"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["victim", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("decision__in", ["stalking", "harassment", "not_a_pattern"])),
                                name="breaches_pattern_decision_is_one",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="StandpointTaken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("standpoint", models.CharField(max_length=12)),
                        ("decision", models.CharField(blank=True, default="", max_length=20)),
                        ("at", models.DateTimeField()),
                        ("incident_on", models.DateField(null=True)),
                        ("conditions", models.JSONField(default=list)),
                        ("reason", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("source", models.CharField(blank=True, default="", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=150)),
                        ("known_from", models.DateTimeField()),
                        (
                            "breach",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standpoints",
                                to="breaches.breach",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
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
                            "taken_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="breaches.breach",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["breach", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "standpoint__in",
                                        ["reported", "police", "prosecution", "court", "probation", "victim_told"],
                                    )
                                ),
                                name="breaches_standpoint_is_one",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("breach", "standpoint", "source", "source_key"),
                                name="breaches_word_of_a_source_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("by__isnull", False), models.Q(("source_key", ""), _negated=True), _connector="OR"
                                ),
                                name="breaches_word_is_somebodys",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
            ],
        ),
    ]

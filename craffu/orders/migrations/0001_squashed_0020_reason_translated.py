"""The tables of 0001 to 0020, which a new register makes at once (ADR 71)."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import craffu.common.fields
import craffu.orders.noting.facts
from craffu.common.migrating import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("orders", "0001_orders"),
        ("orders", "0002_kind_version"),
        ("orders", "0003_library"),
        ("orders", "0004_order_noted"),
        ("orders", "0005_pack_scanned"),
        ("orders", "0006_papers"),
        ("orders", "0007_inbox"),
        ("orders", "0008_court_list"),
        ("orders", "0009_transfers"),
        ("orders", "0010_relaxation_sought"),
        ("orders", "0011_protected_told"),
        ("orders", "0012_court_number"),
        ("orders", "0013_following"),
        ("orders", "0014_notifying"),
        ("orders", "0015_monitoring"),
        ("orders", "0016_reviews"),
        ("orders", "0017_change_refused"),
        ("orders", "0018_letters"),
        ("orders", "0019_letter_translator"),
        ("orders", "0020_reason_translated"),
    ]

    initial = True

    dependencies = [
        ("access", "0013_page_hold"),
        ("cases", "0010_advice"),
        ("people", "0006_newest_first"),
        ("victims", "0003_relaxation_sought"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="FactAsked",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fact", models.CharField(max_length=30)),
                        ("holds", models.BooleanField()),
                        ("known_from", models.DateTimeField()),
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
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
                        "ordering": ["case", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=20)),
                        ("kind", models.CharField(max_length=16)),
                        ("is_interim", models.BooleanField(default=False)),
                        ("status", models.CharField(max_length=16)),
                        ("moves_made", models.PositiveIntegerField()),
                        ("court", models.CharField(blank=True, default="", max_length=120)),
                        ("court_case_no", models.CharField(blank=True, default="", max_length=40)),
                        ("applied_on", models.DateField(null=True)),
                        ("next_hearing_on", models.DateField(null=True)),
                        ("adjourned_on", models.DateField(null=True)),
                        ("made_at", models.DateTimeField(null=True)),
                        ("is_without_notice", models.BooleanField(null=True)),
                        ("takes_effect_at", models.DateTimeField(null=True)),
                        ("last_day", models.DateField(null=True)),
                        ("is_indefinite", models.BooleanField(null=True)),
                        ("served_at", models.DateTimeField(null=True)),
                        ("aware_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("known_from", models.DateTimeField()),
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
                            "main",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interims",
                                to="orders.order",
                            ),
                        ),
                        (
                            "respondent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.sourcerecord"
                            ),
                        ),
                        ("kind_version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["force", "status", "last_day"], name="orders_by_status"),
                            models.Index(fields=["force", "id"], name="orders_newest"),
                            models.Index(
                                models.F("force"),
                                django.db.models.functions.text.Replace(
                                    django.db.models.functions.text.Replace(
                                        django.db.models.functions.text.Upper("court_case_no"),
                                        models.Value(" "),
                                        models.Value(""),
                                    ),
                                    models.Value("/"),
                                    models.Value(""),
                                ),
                                name="orders_by_court_number",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "reference"), name="orders_reference_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "considering",
                                            "not_pursued",
                                            "decided",
                                            "authorising",
                                            "declined",
                                            "authorised",
                                            "applied",
                                            "adjourned",
                                            "granted",
                                            "in_force",
                                            "refused",
                                            "withdrawn",
                                            "expired",
                                            "discharged",
                                            "revoked",
                                            "superseded",
                                            "quashed",
                                        ],
                                    )
                                ),
                                name="orders_status_is_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "status__in",
                                            [
                                                "granted",
                                                "in_force",
                                                "expired",
                                                "discharged",
                                                "revoked",
                                                "superseded",
                                                "quashed",
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    ("made_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="orders_made_has_its_instant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    ("status__in", ["expired", "discharged", "revoked", "superseded", "quashed"]),
                                    _connector="OR",
                                ),
                                name="orders_ended_only_at_an_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ["expired", "discharged", "revoked", "superseded", "quashed"]),
                                        _negated=True,
                                    ),
                                    ("ended_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="orders_end_has_its_instant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("served_at__isnull", True),
                                    ("served_at__gte", models.F("made_at")),
                                    _connector="OR",
                                ),
                                name="orders_served_once_made",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("last_day__isnull", True),
                                    ("is_indefinite__isnull", True),
                                    ("is_indefinite", False),
                                    _connector="OR",
                                ),
                                name="orders_indefinite_has_no_last_day",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OptionDecided",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=16)),
                        ("outcome", models.CharField(max_length=30)),
                        ("reason_code", models.CharField(blank=True, default="", max_length=40)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("review_on", models.DateField(null=True)),
                        ("risk", models.CharField(blank=True, default="", max_length=10)),
                        ("at", models.DateTimeField()),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.order",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["case", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="NotPursuedChallenged",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", craffu.common.fields.EncryptedTextField()),
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
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="challenges",
                                to="orders.optiondecided",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["decision", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderMove",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("move", models.CharField(max_length=24)),
                        ("from_status", models.CharField(blank=True, default="", max_length=16)),
                        ("to_status", models.CharField(max_length=16)),
                        ("happened_at", models.DateTimeField()),
                        ("known_from", models.DateTimeField()),
                        ("by_right", models.CharField(max_length=30)),
                        ("reason_code", models.CharField(blank=True, default="", max_length=40)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("said", models.JSONField(default=dict)),
                        ("source", models.CharField(blank=True, default="", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=120)),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="orders.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "number"), name="orders_move_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "move"),
                                name="orders_move_of_a_source_once",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderOwned",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("known_from", models.DateTimeField()),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="owned", to="orders.order"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderPaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=24)),
                        ("media_type", models.CharField(max_length=40)),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("content", craffu.common.fields.EncryptedTextField()),
                        ("title", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("known_from", models.DateTimeField()),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="orders.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "kind", "sha256"), name="orders_paper_once"),
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0)), name="orders_paper_is_not_empty"
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderProposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=16)),
                        ("is_interim", models.BooleanField(default=False)),
                        ("does", models.CharField(max_length=12)),
                        ("because", models.CharField(max_length=12)),
                        ("code", models.CharField(blank=True, default="", max_length=10)),
                        ("made_on", models.DateField()),
                        ("court", models.CharField(blank=True, default="", max_length=10)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("source_key", models.CharField(max_length=120)),
                        ("known_from", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
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
                            "role",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.caserole"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "source_key"), name="orders_proposed_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderProtects",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("protects", models.BooleanField(default=True)),
                        ("known_from", models.DateTimeField()),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="protects", to="orders.order"
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
                        "ordering": ["order", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderTerms",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("why", models.CharField(max_length=12)),
                        ("applies_from", models.DateTimeField(null=True)),
                        ("language", models.CharField(default="en", max_length=10)),
                        ("locality", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("has_no_locality", models.BooleanField(default=False)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("known_from", models.DateTimeField()),
                        (
                            "entered_by",
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="orders.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "number"), name="orders_terms_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("applies_from__isnull", True), ("why", "drafted")),
                                    models.Q(
                                        models.Q(("why", "drafted"), _negated=True), ("applies_from__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="orders_terms_apply_once_made",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Condition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("type", models.CharField(max_length=30)),
                        ("is_requirement", models.BooleanField(default=False)),
                        ("words", craffu.common.fields.EncryptedTextField()),
                        ("words_cy", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("inputs", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("behaviour", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("necessity", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("supervisor", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("first_day", models.DateField(null=True)),
                        ("last_day", models.DateField(null=True)),
                        ("library", models.CharField(blank=True, default="", max_length=60)),
                        (
                            "approved_by",
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
                            "terms",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conditions",
                                to="orders.orderterms",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["terms", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("terms", "number"), name="orders_condition_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first_day__isnull", True),
                                    ("last_day__isnull", True),
                                    ("last_day__gte", models.F("first_day")),
                                    _connector="OR",
                                ),
                                name="orders_condition_ends_after",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PackSaid",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("about", models.CharField(max_length=40)),
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="pack", to="orders.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ProposalDecided",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "order",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.order",
                            ),
                        ),
                        (
                            "proposal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decided",
                                to="orders.orderproposal",
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
                    name="ServiceAttempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("attempted_at", models.DateTimeField()),
                        ("result", models.CharField(max_length=20)),
                        ("place", models.CharField(blank=True, default="", max_length=20)),
                        ("method", models.CharField(blank=True, default="", max_length=20)),
                        ("server", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("proof", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("known_from", models.DateTimeField()),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="orders.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "attempted_at", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="TermsCompared",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_same", models.BooleanField()),
                        ("differs", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.orderpaper"
                            ),
                        ),
                        (
                            "terms",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="compared",
                                to="orders.orderterms",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["terms", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ConsiderationOpened",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("why", models.CharField(max_length=20)),
                        ("kinds", models.JSONField(null=True)),
                        ("opened_at", models.DateTimeField()),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("known_from", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
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
                        "ordering": ["case", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("case", "why", "source_key"),
                                name="orders_reopened_once",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="KindVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=16)),
                        ("number", models.PositiveIntegerField()),
                        ("row", models.JSONField()),
                        ("reason", models.CharField(max_length=300)),
                        ("source", models.CharField(max_length=300)),
                        ("verified_on", models.DateField()),
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
                        "ordering": ["kind", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "kind", "number"), name="orders_kind_version_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="LibraryVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=40)),
                        ("number", models.PositiveIntegerField()),
                        ("en", models.CharField(max_length=1000)),
                        ("cy", models.CharField(max_length=1000)),
                        ("reason", models.CharField(max_length=300)),
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
                        "ordering": ["key", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "key", "number"), name="orders_library_version_once"
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderNoted",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(max_length=20)),
                        ("at", models.DateTimeField()),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="noted", to="orders.order"
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
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("applicant", models.CharField(blank=True, default="", max_length=30)),
                        ("change", models.CharField(blank=True, default="", max_length=12)),
                    ],
                    options={
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("record__isnull", False), ("what__in", ["not-told", "terms-given", "told"])
                                    ),
                                    models.Q(
                                        models.Q(("what__in", ["not-told", "terms-given", "told"]), _negated=True),
                                        ("record__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="orders_noted_for_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "what__in",
                                        [
                                            "notified",
                                            "terms-given",
                                            "relaxation-sought",
                                            "change-refused",
                                            "told",
                                            "not-told",
                                            "soa-part-2",
                                            "soa-part-2-ended",
                                            "spa-9",
                                            "spa-9-ended",
                                        ],
                                    )
                                ),
                                name="orders_noted_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("change__in", ["vary", "renew", "discharge"]),
                                        ("what", craffu.orders.noting.facts.Noted["CHANGE_REFUSED"]),
                                        models.Q(("applicant", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("what", craffu.orders.noting.facts.Noted["CHANGE_REFUSED"]), _negated=True
                                        ),
                                        ("applicant", ""),
                                        ("change", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="orders_noted_change_refused",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PackScanned",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("covers", models.CharField(max_length=64)),
                        ("found", models.JSONField(default=list)),
                        ("is_release", models.BooleanField(default=False)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="orders.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="NationalEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("system", models.CharField(max_length=12)),
                        ("entered_on", models.DateField()),
                        ("entry_reference", craffu.common.fields.EncryptedTextField()),
                        ("terms_number", models.PositiveIntegerField()),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="orders.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PaperMarked",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("mark", models.CharField(max_length=12)),
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
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="orders.orderpaper",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["paper", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PaperPrinted",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=24)),
                        ("audience", models.CharField(max_length=12)),
                        ("language", models.CharField(max_length=2)),
                        ("terms_number", models.PositiveIntegerField(null=True)),
                        ("wording", models.JSONField(default=dict)),
                        ("enclosed", models.JSONField(default=list)),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("content", craffu.common.fields.EncryptedTextField()),
                        ("known_from", models.DateTimeField()),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="printed", to="orders.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0)), name="orders_printed_is_not_empty"
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PaperGiven",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("given_to", models.CharField(max_length=12)),
                        ("method", models.CharField(max_length=20)),
                        ("given_at", models.DateTimeField()),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "printed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="given",
                                to="orders.paperprinted",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["printed", "given_at", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PaperWording",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=40)),
                        ("language", models.CharField(max_length=2)),
                        ("number", models.PositiveIntegerField()),
                        ("words", models.TextField()),
                        ("reason", models.CharField(max_length=300)),
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
                        "ordering": ["key", "language", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "key", "language", "number"), name="orders_wording_once"
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=20)),
                        ("received_at", models.DateTimeField()),
                        ("came_from", models.CharField(max_length=20)),
                        ("sender", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("kind", models.CharField(blank=True, default="", max_length=16)),
                        ("media_type", models.CharField(max_length=40)),
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
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["force", "received_at"], name="orders_document_by_age"),
                            models.Index(fields=["force", "sha256"], name="orders_document_again"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "reference"), name="orders_document_reference_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0)), name="orders_document_is_not_empty"
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="DocumentRead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("kind", models.CharField(blank=True, default="", max_length=16)),
                        ("is_interim", models.BooleanField(default=False)),
                        ("court", models.CharField(blank=True, default="", max_length=120)),
                        ("court_case_no", models.CharField(blank=True, default="", max_length=40)),
                        ("made_on", models.DateField(null=True)),
                        ("last_day", models.DateField(null=True)),
                        ("is_indefinite", models.BooleanField(null=True)),
                        ("given_names", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("family_name", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("born_on", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("terms", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="orders.orderdocument",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["document", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "number"), name="orders_document_read_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("last_day__isnull", True),
                                    ("is_indefinite__isnull", True),
                                    ("is_indefinite", False),
                                    _connector="OR",
                                ),
                                name="orders_read_indefinite_has_no_last_day",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="DocumentOwned",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="owned",
                                to="orders.orderdocument",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["document", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="DocumentLeft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("how", models.CharField(max_length=10)),
                        ("reason_code", models.CharField(blank=True, default="", max_length=30)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "order",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.order",
                            ),
                        ),
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="left",
                                to="orders.orderdocument",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("how", "matched"), ("order__isnull", False), ("reason_code", "")),
                                    models.Q(
                                        ("how", "returned"),
                                        ("order__isnull", True),
                                        models.Q(("reason_code", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="orders_document_left_one_way",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CourtListed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order_ref", models.CharField(max_length=120)),
                        ("order_kind", models.CharField(max_length=80)),
                        ("kind", models.CharField(blank=True, default="", max_length=16)),
                        ("is_interim", models.BooleanField(default=False)),
                        ("court", models.CharField(blank=True, default="", max_length=120)),
                        ("court_case_no", models.CharField(max_length=120)),
                        ("made_on", models.DateField()),
                        ("last_day", models.DateField(null=True)),
                        ("is_indefinite", models.BooleanField(default=False)),
                        ("status", models.CharField(max_length=16)),
                        ("varied_on", models.DateField(null=True)),
                        ("run", models.CharField(max_length=20)),
                        ("said_at", models.DateTimeField()),
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.sourcerecord",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["force", "order_ref"], name="orders_court_listed")],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ListsCompared",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=20)),
                        ("compared", models.PositiveIntegerField()),
                        ("agreed", models.PositiveIntegerField()),
                        ("differences", models.PositiveIntegerField()),
                        ("at", models.DateTimeField()),
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
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "reference"), name="orders_comparison_reference_once"
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ListDifference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=20)),
                        ("finding", models.CharField(max_length=40)),
                        ("court_case_no", models.CharField(blank=True, default="", max_length=120)),
                        ("key", models.CharField(max_length=400)),
                        ("at", models.DateTimeField()),
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
                            "listed",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.courtlisted",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.order",
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.listscompared"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "reference"), name="orders_difference_reference_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("order__isnull", False), ("listed__isnull", False), _connector="OR"
                                ),
                                name="orders_difference_has_a_side",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="DifferenceOwned",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "difference",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="owned",
                                to="orders.listdifference",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["difference", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="DifferenceClosed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("how", models.CharField(max_length=10)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("at", models.DateTimeField()),
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
                            "order",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.order",
                            ),
                        ),
                        (
                            "difference",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closed",
                                to="orders.listdifference",
                            ),
                        ),
                        (
                            "comparison",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.listscompared",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("comparison__isnull", False), ("how", "agrees")),
                                    models.Q(("by__isnull", False), ("how", "decided")),
                                    models.Q(("by__isnull", False), ("how", "entered"), ("order__isnull", False)),
                                    _connector="OR",
                                ),
                                name="orders_difference_closed_one_way",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderTransferred",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("direction", models.CharField(max_length=3)),
                        ("other_force", models.CharField(max_length=10)),
                        ("sent_on", models.DateField(null=True)),
                        ("reference", models.CharField(blank=True, default="", max_length=40)),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="orders.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("direction__in", ["out", "in"])),
                                name="orders_transfer_goes_one_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_on__isnull", True),
                                    models.Q(("reference", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="orders_transfer_sent_has_its_reference",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="TransferAcknowledged",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("name", craffu.common.fields.EncryptedTextField()),
                        ("reference", models.CharField(max_length=40)),
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
                            "transfer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt",
                                to="orders.ordertransferred",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reference", ""), _negated=True),
                                name="orders_receipt_has_its_reference",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderTrigger",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("trigger", models.CharField(max_length=40)),
                        ("key", models.CharField(blank=True, default="", max_length=80)),
                        ("at", models.DateTimeField()),
                        ("raised_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("known_from", models.DateTimeField()),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="triggers", to="orders.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "trigger__in",
                                        [
                                            "notification_missed",
                                            "possible_breach_raised",
                                            "released_from_custody",
                                            "new_report_same_victim",
                                            "victim_more_afraid",
                                            "check_found_concern",
                                            "tag_or_device_alert",
                                            "name_or_address_changed",
                                            "order_served",
                                            "order_expiry_watch",
                                            "relaxation_or_discharge_sought",
                                            "hearing_near",
                                            "feared_date_near",
                                        ],
                                    )
                                ),
                                name="orders_trigger_is_one",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                fields=("order", "trigger", "key"),
                                name="orders_trigger_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("key", ""), _negated=True), ("by__isnull", False), _connector="OR"
                                ),
                                name="orders_trigger_by_hand_is_somebodys",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_at__gte", models.F("raised_at"))),
                                name="orders_trigger_due_once_raised",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="TriggerAction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("done_at", models.DateTimeField()),
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
                            "force",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.force",
                            ),
                        ),
                        (
                            "trigger",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="orders.ordertrigger",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["trigger", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="NotificationGiven",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("about", models.CharField(max_length=20)),
                        ("event_on", models.DateField(null=True)),
                        ("given_at", models.DateTimeField()),
                        ("in_person", models.BooleanField()),
                        ("station", models.CharField(blank=True, default="", max_length=120)),
                        ("station_area", models.CharField(blank=True, default="", max_length=10)),
                        ("area", models.CharField(blank=True, default="", max_length=10)),
                        ("has_no_home", models.BooleanField(default=False)),
                        ("names", craffu.common.fields.EncryptedTextField()),
                        ("addresses", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("fingerprints", models.CharField(max_length=10)),
                        ("photographs", models.CharField(max_length=10)),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notifications",
                                to="orders.order",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "about__in",
                                        ["initial", "home_address", "first_use_of_name", "no_home_address", "annual"],
                                    )
                                ),
                                name="orders_notification_about",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("about__in", ["first_use_of_name", "home_address", "no_home_address"]),
                                        _negated=True,
                                    ),
                                    ("event_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="orders_notification_change_has_its_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fingerprints__in", ["not_asked", "taken", "refused"]),
                                    ("photographs__in", ["not_asked", "taken", "refused"]),
                                ),
                                name="orders_notification_asked",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="NotificationAcknowledged",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
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
                            "notification",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acknowledged",
                                to="orders.notificationgiven",
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
                    name="NotificationVerified",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("found", models.CharField(max_length=10)),
                        ("on", models.DateField()),
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
                            "force",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.force",
                            ),
                        ),
                        (
                            "notification",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verified",
                                to="orders.notificationgiven",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["notification", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("found__in", ["verified", "false", "not_yet"])),
                                name="orders_notification_found",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CheckMade",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("outcome", models.CharField(max_length=12)),
                        ("method", models.CharField(max_length=20)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="orders.order"
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.orderpaper",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                        "indexes": [models.Index(fields=["order", "at"], name="orders_check_at")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["done", "attempted", "refused", "concern"])),
                                name="orders_check_has_an_outcome",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CheckCovers",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "condition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.condition"
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
                            "check_made",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="covers",
                                to="orders.checkmade",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["check_made", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("check_made", "condition"), name="orders_check_covers_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CheckPlanned",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("methods", models.JSONField(default=list)),
                        ("evidence", models.CharField(blank=True, default="", max_length=30)),
                        ("tolerance", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("every_days", models.PositiveSmallIntegerField(null=True)),
                        ("is_checkable", models.BooleanField(default=True)),
                        ("cannot", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "condition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="planned",
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
                    ],
                    options={
                        "ordering": ["condition", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("every_days__isnull", True), ("every_days__gte", 1), _connector="OR"
                                ),
                                name="orders_check_every_day_at_most",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("every_days__isnull", True), ("evidence", ""), ("is_checkable", False)),
                                    models.Q(("is_checkable", True), models.Q(("evidence", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="orders_check_plan_says_how",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ChecksSuspended",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("why", models.CharField(max_length=10)),
                        ("first_day", models.DateField()),
                        ("last_day", models.DateField()),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suspensions",
                                to="orders.order",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("why__in", ["custody", "hospital", "abroad"])),
                                name="orders_absent_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gte", models.F("first_day"))),
                                name="orders_absent_ends_after",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("due_on", models.DateField(null=True)),
                        ("because", models.CharField(blank=True, default="", max_length=12)),
                        ("last_day", models.DateField(null=True)),
                        ("decision", models.CharField(max_length=12)),
                        ("reason", craffu.common.fields.EncryptedTextField()),
                        ("effect", craffu.common.fields.EncryptedTextField()),
                        ("why_differs", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("needs_another", models.BooleanField()),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="orders.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "number"), name="orders_review_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "decision__in",
                                        ["continue", "vary", "relax", "renew", "discharge", "let_expire", "escalate"],
                                    )
                                ),
                                name="orders_review_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("because__in", ["", "schedule", "event", "before_end", "statute"])),
                                name="orders_review_because",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ReviewApplied",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
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
                            "review",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applied",
                                to="orders.orderreview",
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
                    name="ReviewDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("answers", craffu.common.fields.EncryptedTextField()),
                        ("seen", models.CharField(max_length=16)),
                        ("changed_at", models.DateTimeField()),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "by"), name="orders_review_draft_one_each")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ReviewSigned",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agrees", models.BooleanField()),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "review",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signed",
                                to="orders.orderreview",
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
                    name="ReviewVoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=14)),
                        ("said_on", models.DateField(null=True)),
                        ("wish", models.CharField(blank=True, default="", max_length=20)),
                        ("wants", models.CharField(blank=True, default="", max_length=12)),
                        ("attempts", models.PositiveIntegerField(default=0)),
                        ("reason", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voices",
                                to="orders.orderreview",
                            ),
                        ),
                        (
                            "view",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="victims.view",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["review", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "record"), name="orders_review_voice_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "given"), ("said_on__isnull", False), ("view__isnull", False)),
                                    models.Q(("kind", "declined"), ("said_on__isnull", False), ("view__isnull", True)),
                                    models.Q(
                                        ("kind", "standing_wish"),
                                        ("said_on__isnull", False),
                                        ("view__isnull", True),
                                        models.Q(("wish", ""), _negated=True),
                                    ),
                                    models.Q(("kind", "unsafe_to_ask"), ("view__isnull", True)),
                                    models.Q(("attempts__gt", 0), ("kind", "not_reachable"), ("view__isnull", True)),
                                    _connector="OR",
                                ),
                                name="orders_review_view_or_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "wants__in",
                                        [
                                            "",
                                            "continue",
                                            "vary",
                                            "relax",
                                            "renew",
                                            "discharge",
                                            "let_expire",
                                            "escalate",
                                        ],
                                    )
                                ),
                                name="orders_review_wants",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ViewWanted",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="views_wanted",
                                to="orders.order",
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
                        "ordering": ["order", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="LetterWritten",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("about", models.CharField(max_length=12)),
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
                            "printed",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letter",
                                to="orders.paperprinted",
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
                            "review",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.orderreview",
                            ),
                        ),
                        ("translator", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                    ],
                    options={
                        "ordering": ["printed"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("about__in", ["terms", "changed", "ended", "review"])),
                                name="orders_letter_about",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("about", "review"), ("record__isnull", False), ("review__isnull", False)),
                                    models.Q(models.Q(("about", "review"), _negated=True), ("review__isnull", True)),
                                    _connector="OR",
                                ),
                                name="orders_letter_of_a_review",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ReasonTranslated",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", craffu.common.fields.EncryptedTextField()),
                        ("translator", craffu.common.fields.EncryptedTextField()),
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
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="translations",
                                to="orders.orderreview",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["review", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
            ],
        ),
    ]

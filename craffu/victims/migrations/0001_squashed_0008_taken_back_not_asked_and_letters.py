"""The tables of 0001 to 0008, which a new register makes at once (ADR 71)."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import craffu.common.fields
from craffu.common.migrating import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("victims", "0001_victims"),
        ("victims", "0002_struck"),
        ("victims", "0003_relaxation_sought"),
        ("victims", "0004_asking"),
        ("victims", "0005_change_refused"),
        ("victims", "0006_not_arrived"),
        ("victims", "0007_surveys_of_others"),
        ("victims", "0008_taken_back_not_asked_and_letters"),
    ]

    initial = True

    dependencies = [
        ("access", "0013_page_hold"),
        ("cases", "0012_releases"),
        ("people", "0006_newest_first"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Advocate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("name", craffu.common.fields.EncryptedTextField()),
                        ("organisation", models.CharField(blank=True, default="", max_length=120)),
                        ("named_on", models.DateField()),
                        ("consent_on", models.DateField()),
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
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["record", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_advocate_said_once",
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
                                name="victims_advocate_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="AdvocateEnded",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("on", models.DateField()),
                        (
                            "advocate",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="ended", to="victims.advocate"
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
                        "ordering": ["advocate"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_advocate_ended_said_once",
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
                                name="victims_advocate_ended_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="AgreementDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("terms", craffu.common.fields.EncryptedTextField()),
                        ("occasion", models.CharField(blank=True, default="", max_length=40)),
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
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.sourcerecord"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("record", "by"), name="victims_draft_one_each")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="AgreementVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("number", models.PositiveIntegerField()),
                        ("occasion", models.CharField(blank=True, default="", max_length=40)),
                        ("is_unchanged", models.BooleanField(default=False)),
                        ("agreed_on", models.DateField(null=True)),
                        ("declined_on", models.DateField(null=True)),
                        ("offer_again", models.JSONField(null=True)),
                        ("officer_name", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("every_days", models.PositiveIntegerField(null=True)),
                        ("channels", models.JSONField(default=list)),
                        ("times", models.JSONField(default=list)),
                        ("may_leave_message", models.BooleanField(default=False)),
                        ("safe_word", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("never_say", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("urgent_reach", models.CharField(blank=True, default="", max_length=20)),
                        ("urgent_words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("language", models.CharField(blank=True, default="", max_length=10)),
                        ("asking", models.CharField(default="each_time", max_length=20)),
                        ("asking_said_on", models.DateField(null=True)),
                        ("not_wanted", models.JSONField(default=list)),
                        ("others_told", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("survey_consent", models.BooleanField(null=True)),
                        ("next_revisit_on", models.DateField(null=True)),
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
                            "officer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        ("link_channels", models.JSONField(default=list)),
                    ],
                    options={
                        "ordering": ["record", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agreed_on__isnull", False), ("declined_on__isnull", True)),
                                    models.Q(("agreed_on__isnull", True), ("declined_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="victims_agreed_or_declined",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("asking__in", ["each_time", "before_change", "do_not_ask"])),
                                name="victims_agreement_asking",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_agreement_said_once",
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
                                name="victims_agreement_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CaseHappening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("kind", models.CharField(max_length=40)),
                        ("at", models.DateTimeField()),
                        ("time_known_at", models.DateTimeField(null=True)),
                        ("learnt_at", models.DateTimeField()),
                        ("received_on", models.DateField(null=True)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "strikes",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="victims.casehappening",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["record", "at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("time_known_at__isnull", True),
                                    ("time_known_at__lte", models.F("at")),
                                    _connector="OR",
                                ),
                                name="victims_time_known_before",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_happening_said_once",
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
                                name="victims_happening_author",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "report",
                                            "referred_to_support",
                                            "screening_decision",
                                            "decision_not_to_investigate",
                                            "arrest",
                                            "arrest_for_breach",
                                            "interview",
                                            "release_from_custody",
                                            "bail_conditions_changed",
                                            "bail_ended",
                                            "charge",
                                            "charge_for_breach",
                                            "no_further_action",
                                            "out_of_court_disposal",
                                            "hearing_listed",
                                            "called_to_give_evidence",
                                            "bail_hearing_outcome",
                                            "hearing_outcome",
                                            "verdict_or_sentence",
                                            "sentence_under_contact_scheme",
                                            "referred_to_contact_scheme",
                                            "appeal",
                                            "release_from_prison",
                                            "breach_reported",
                                            "order_considered",
                                            "order_granted",
                                            "order_refused",
                                            "order_served",
                                            "order_varied",
                                            "order_relaxed",
                                            "order_ended",
                                            "order_expiry_watch",
                                            "order_relaxation_sought",
                                            "order_change_refused",
                                        ],
                                    )
                                ),
                                name="victims_happening_kind",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="EntitlementSaid",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("entitlement", models.CharField(max_length=10)),
                        ("reason", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("on", models.DateField()),
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
                        "ordering": ["record", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("entitlement", "enhanced"),
                                    models.Q(
                                        ("entitlement", "standard"),
                                        django.db.models.lookups.GreaterThan(
                                            django.db.models.functions.text.Length("reason"), 0
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="victims_standard_with_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_entitlement_said_once",
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
                                name="victims_entitlement_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="FearedDate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("on", models.DateField()),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("is_struck", models.BooleanField(default=False)),
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
                        "ordering": ["record", "on", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_feared_date_said_once",
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
                                name="victims_feared_date_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="NeedAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("need", models.CharField(max_length=40)),
                        ("answer", models.CharField(max_length=10)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("on", models.DateField()),
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
                        "ordering": ["record", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "need__in",
                                        [
                                            "children",
                                            "new_partner",
                                            "others_at_risk",
                                            "tracking_or_spyware",
                                            "people_to_trust",
                                            "shares_a_home",
                                            "interpreter",
                                            "health_or_disability",
                                            "immigration",
                                            "work_or_school",
                                            "money",
                                        ],
                                    )
                                ),
                                name="victims_need_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answer__in", ["yes", "no", "not_asked", "unknown"])),
                                name="victims_need_answer",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_need_said_once",
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
                                name="victims_need_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Promise",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("channels", models.JSONField(default=list)),
                        ("promised_at", models.DateTimeField()),
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
                        "ordering": ["record", "due_at", "id"],
                        "indexes": [models.Index(fields=["force", "due_at"], name="victims_promise_due")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("due_at__gte", models.F("promised_at"))),
                                name="victims_promise_lies_ahead",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_promise_said_once",
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
                                name="victims_promise_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("at", models.DateTimeField()),
                        ("channel", models.CharField(max_length=20)),
                        ("is_hers", models.BooleanField(default=False)),
                        ("was_reached", models.BooleanField()),
                        ("left_message", models.BooleanField(default=False)),
                        ("why_unsafe", models.JSONField(default=list)),
                        ("is_danger", models.BooleanField(default=False)),
                        ("language", models.CharField(blank=True, default="", max_length=10)),
                        ("told", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("response", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("officer_name", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "promise",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="victims.promise",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["record", "at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("is_hers", False), ("was_reached", True), _connector="OR"),
                                name="victims_her_call_reached_us",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_contact_said_once",
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
                                name="victims_contact_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PromiseExcuse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("reason", models.CharField(max_length=40)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "promise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="excuses",
                                to="victims.promise",
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
                        "ordering": ["promise", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "reason__in",
                                        ["victim_asked_to_wait", "contact_unsafe", "not_reachable_with_attempts"],
                                    )
                                ),
                                name="victims_excuse_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_excuse_said_once",
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
                                name="victims_excuse_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ReferralStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("help", models.CharField(max_length=40)),
                        ("step", models.CharField(max_length=20)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("on", models.DateField()),
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
                        "ordering": ["record", "help", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "help__in",
                                        [
                                            "stalking_advocate",
                                            "domestic_abuse_advocate",
                                            "victim_support",
                                            "housing",
                                            "health",
                                            "device_help",
                                            "victim_contact_scheme",
                                        ],
                                    )
                                ),
                                name="victims_help_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("step__in", ["offered", "declined", "made", "taken_up"])),
                                name="victims_referral_step",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_referral_said_once",
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
                                name="victims_referral_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="SafetyMeasure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("kind", models.CharField(max_length=40)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("done_on", models.DateField()),
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
                        "ordering": ["record", "done_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "address_marked",
                                            "alarm_or_phone",
                                            "home_made_safer",
                                            "patrols",
                                            "devices_checked",
                                            "safety_plan",
                                            "others_warned",
                                            "marac",
                                            "other",
                                        ],
                                    )
                                ),
                                name="victims_measure_kind",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_measure_said_once",
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
                                name="victims_measure_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="MeasureTold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("told_on", models.DateField()),
                        ("channel", models.CharField(max_length=20)),
                        ("felt", models.CharField(default="not_asked", max_length=10)),
                        (
                            "contact",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="victims.contact",
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
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tellings",
                                to="victims.safetymeasure",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["measure", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("felt__in", ["safer", "same", "less_safe", "not_asked"])),
                                name="victims_felt_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_measure_told_said_once",
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
                                name="victims_measure_told_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ToldOfHappening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("at", models.DateTimeField()),
                        (
                            "contact",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tells",
                                to="victims.contact",
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
                            "happening",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tellings",
                                to="victims.casehappening",
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
                            "stage",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.casestage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["record", "at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("happening__isnull", False), ("stage__isnull", True)),
                                    models.Q(("happening__isnull", True), ("stage__isnull", False)),
                                    _connector="OR",
                                ),
                                name="victims_told_of_one_thing",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_telling_said_once",
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
                                name="victims_telling_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="View",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("subject", models.CharField(max_length=20)),
                        ("words", craffu.common.fields.EncryptedTextField()),
                        ("language", models.CharField(max_length=10)),
                        ("given_at", models.DateTimeField()),
                        ("route", models.CharField(max_length=20)),
                        ("may_see", models.JSONField(default=list)),
                        ("notice_version", models.PositiveIntegerField()),
                        ("notice_shown_at", models.DateTimeField()),
                        (
                            "advocate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="victims.advocate",
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
                        "ordering": ["record", "given_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "subject__in",
                                        ["order", "conditions", "bail", "charge", "review", "outcome", "safety"],
                                    )
                                ),
                                name="victims_view_subject",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("route__in", ["in_person", "telephone", "written", "advocate", "page"])
                                ),
                                name="victims_view_route",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("advocate__isnull", False), ("route", "advocate")),
                                    models.Q(
                                        models.Q(("route", "advocate"), _negated=True), ("advocate__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="victims_view_through_whom",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_view_said_once",
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
                                name="victims_view_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ViewAnswered",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("decided", craffu.common.fields.EncryptedTextField()),
                        ("why", craffu.common.fields.EncryptedTextField()),
                        ("told_at", models.DateTimeField(null=True)),
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
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "view",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="victims.view"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["view", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_view_answered_said_once",
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
                                name="victims_view_answered_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Withdrawn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("on", models.DateField()),
                        ("reason", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("pressure_asked", models.BooleanField(default=False)),
                        ("pressure", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("safety_reviewed", models.BooleanField(default=False)),
                        ("not_explored_reason", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                        ("why", models.CharField(blank=True, default="", max_length=20)),
                    ],
                    options={
                        "ordering": ["record", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_withdrawn_said_once",
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
                                name="victims_withdrawn_author",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "why__in",
                                        ["", "fear", "pressure", "delay", "not_believed", "wants_it_over", "other"],
                                    )
                                ),
                                name="victims_withdrawn_why",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                            models.CheckConstraint(
                                condition=models.Q(("route__in", ["link", "code", "letter"])),
                                name="victims_invitation_route",
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="victims.invitation",
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.force",
                            ),
                        ),
                        (
                            "invitation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
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
                        "ordering": ["invitation", "id"],
                        "constraints": [
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "step__in",
                                        [
                                            "sent",
                                            "not_sent",
                                            "opened",
                                            "finished",
                                            "left",
                                            "ended",
                                            "not_hers",
                                            "taken_back",
                                        ],
                                    )
                                ),
                                name="victims_invitation_step_known",
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="victims.advocate",
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.force",
                            ),
                        ),
                        (
                            "invitation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sitting",
                                to="victims.invitation",
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
                migrations.CreateModel(
                    name="NotArrived",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("message", models.CharField(max_length=80)),
                        ("channel", models.CharField(max_length=20)),
                        ("reason", models.CharField(max_length=40)),
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
                        "ordering": ["record", "at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "message"), name="victims_not_arrived_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_not_arrived_said_once",
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
                                name="victims_not_arrived_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="SurveyInvited",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("stage", models.CharField(max_length=200)),
                        ("survey_version", models.CharField(blank=True, default="", max_length=200)),
                        ("mode", models.CharField(blank=True, default="", max_length=20)),
                        ("channel", models.CharField(max_length=200)),
                        ("sent_on", models.DateField()),
                        ("was_delivered", models.BooleanField(null=True)),
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
                                condition=models.Q(("mode__in", ["", "online", "paper", "telephone", "in_person"])),
                                name="victims_survey_invited_mode",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_survey_invited_said_once",
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
                                name="victims_survey_invited_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="SurveyAnswered",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("answered_on", models.DateField()),
                        ("language", models.CharField(blank=True, default="", max_length=10)),
                        ("felt_safe", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("kept_informed", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("taken_seriously", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("felt_supported", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("may_be_linked", models.BooleanField()),
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
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invited",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="victims.surveyinvited",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_survey_answered_said_once",
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
                                name="victims_survey_answered_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="SurveyNotAsked",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("stage", models.CharField(max_length=200)),
                        ("decided_on", models.DateField()),
                        ("reason", models.CharField(max_length=20)),
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
                                condition=models.Q(("reason__in", ["unsafe", "no_safe_way", "does_not_want", "other"])),
                                name="victims_survey_not_asked_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_survey_not_asked_said_once",
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
                                name="victims_survey_not_asked_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="NotInvited",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("occasion", models.CharField(max_length=40)),
                        ("on", models.DateField()),
                        ("reason", models.CharField(max_length=20)),
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
                        "ordering": ["record", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason__in", ["unsafe", "no_safe_way", "does_not_want", "other"])),
                                name="victims_not_invited_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_not_invited_said_once",
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
                                name="victims_not_invited_author",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="VictimLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(default="craffu", max_length=40)),
                        ("source_key", models.CharField(blank=True, default="", max_length=80)),
                        ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("about", models.CharField(max_length=10)),
                        ("language", models.CharField(max_length=10)),
                        ("translator", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("content", craffu.common.fields.EncryptedTextField()),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="victims.agreementversion",
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
                            "happening",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="victims.casehappening",
                            ),
                        ),
                        (
                            "invitation",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letter",
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
                        (
                            "stage",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.casestage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("about", "news"),
                                        ("happening__isnull", False),
                                        ("invitation__isnull", True),
                                        ("stage__isnull", True),
                                    ),
                                    models.Q(
                                        ("about", "news"),
                                        ("happening__isnull", True),
                                        ("invitation__isnull", True),
                                        ("stage__isnull", False),
                                    ),
                                    models.Q(
                                        ("about", "survey"),
                                        ("happening__isnull", True),
                                        ("invitation__isnull", False),
                                        ("stage__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="victims_letter_of_one_thing",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("force", "source", "source_key", "content_sha256"),
                                name="victims_letter_said_once",
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
                                name="victims_letter_author",
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

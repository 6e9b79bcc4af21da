"""The tables of 0001 to 0013, which a new register makes at once (ADR 71)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import craffu.common.fields
from craffu.common.migrating import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("access", "0001_initial"),
        ("access", "0002_sign_in_limits"),
        ("access", "0003_sessions"),
        ("access", "0004_restricted_records"),
        ("access", "0005_factor_at"),
        ("access", "0006_factors"),
        ("access", "0007_emergency_access"),
        ("access", "0008_reach"),
        ("access", "0009_provider_identity"),
        ("access", "0010_service_accounts"),
        ("access", "0011_rights_requests"),
        ("access", "0012_ranks"),
        ("access", "0013_page_hold"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Force",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=10, unique=True)),
                        ("name_en", models.CharField(max_length=80)),
                        ("name_cy", models.CharField(max_length=80)),
                        ("controller", models.CharField(max_length=120)),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="Area",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("name_en", models.CharField(max_length=80)),
                        ("name_cy", models.CharField(max_length=80)),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="areas", to="access.force"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["force", "code"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "code"), name="access_area_once_in_force")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("username", models.CharField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("cy", "Cymraeg")], default="en", max_length=2
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["username"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("language__in", ["en", "cy"])), name="access_user_language"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RightChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("right", models.CharField(max_length=30)),
                        ("held", models.BooleanField()),
                        ("changed_at", models.DateTimeField()),
                        ("changed_by", models.CharField(max_length=60)),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.area",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="right_changes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["user", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "right__in",
                                        [
                                            "response_officer",
                                            "investigator",
                                            "supervisor",
                                            "coordinator",
                                            "offender_manager",
                                            "orders_team",
                                            "victim_officer",
                                            "link_clerk",
                                            "analyst",
                                            "workforce_lead",
                                            "auditor",
                                            "scrutiny_officer",
                                            "volunteer_reviewer",
                                            "commissioner_view",
                                            "authoriser",
                                            "court_liaison",
                                            "probation_liaison",
                                            "advocate",
                                            "duty_inspector",
                                            "administrator",
                                            "system",
                                        ],
                                    )
                                ),
                                name="access_right_is_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Team",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("name_en", models.CharField(max_length=80)),
                        ("name_cy", models.CharField(max_length=80)),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="teams", to="access.area"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["area", "code"],
                        "constraints": [
                            models.UniqueConstraint(fields=("area", "code"), name="access_team_once_in_area")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignInTry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(db_index=True)),
                        ("account", models.CharField(db_index=True, max_length=32)),
                        ("client", models.CharField(max_length=32)),
                        ("address", models.CharField(db_index=True, max_length=32)),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="SignInHold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("scope", models.CharField(max_length=10)),
                        ("key", models.CharField(max_length=64)),
                        ("step", models.PositiveIntegerField()),
                        ("until", models.DateTimeField(db_index=True)),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("scope", "key"), name="access_one_hold_for_each"),
                            models.CheckConstraint(
                                condition=models.Q(("scope__in", ["pair", "account", "address", "page"])),
                                name="access_hold_scope",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KnownPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token", models.CharField(max_length=32)),
                        ("last_at", models.DateTimeField(db_index=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="known_places",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "token"), name="access_place_known_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignInSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=32, unique=True)),
                        ("began_at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("ended_why", models.CharField(blank=True, default="", max_length=12)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sign_in_sessions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("factor", models.CharField(blank=True, db_default="", default="", max_length=10)),
                        ("factor_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["-began_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("ended_why", "")),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        (
                                            "ended_why__in",
                                            [
                                                "signed_out",
                                                "idle",
                                                "too_long",
                                                "everywhere",
                                                "password",
                                                "closed",
                                                "no_rights",
                                                "factors",
                                            ],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="access_session_ended_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("factor", ""), ("factor_at", None)),
                                    models.Q(
                                        (
                                            "factor__in",
                                            ["password", "code", "passkey", "recovery", "provider", "provider_1"],
                                        ),
                                        ("factor_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="access_session_factor_says_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TermsAcceptance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.CharField(max_length=10)),
                        ("accepted_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms_accepted",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "version"), name="access_terms_accepted_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Restriction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("reference", models.CharField(max_length=20)),
                        ("restricted", models.BooleanField()),
                        ("reason", models.CharField(max_length=200)),
                        ("changed_at", models.DateTimeField()),
                        ("changed_by", models.CharField(max_length=60)),
                        (
                            "ask",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                            ),
                        ),
                        ("marking", models.CharField(db_default="restricted", default="restricted", max_length=20)),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["force", "kind", "reference"], name="access_restriction_of_record")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("marking__in", ["restricted", "covert"])),
                                name="access_restriction_marking",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuthenticatorApp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("secret", craffu.common.fields.EncryptedTextField()),
                        ("last_step", models.BigIntegerField()),
                        ("added_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField()),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="FactorChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("change", models.CharField(max_length=20)),
                        ("at", models.DateTimeField()),
                        ("by", models.CharField(max_length=60)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "change__in",
                                        [
                                            "app_added",
                                            "app_removed",
                                            "passkey_added",
                                            "passkey_removed",
                                            "codes_made",
                                            "code_used",
                                            "reset",
                                        ],
                                    )
                                ),
                                name="access_factor_change_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("change", "reset"), ("reason", ""), _negated=True),
                                name="access_factor_reset_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Passkey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("identifier", models.CharField(max_length=64, unique=True)),
                        ("name", models.CharField(max_length=40)),
                        ("credential", models.TextField()),
                        ("counter", models.BigIntegerField()),
                        ("added_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="PasskeyChallenge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("session", models.CharField(max_length=32)),
                        ("purpose", models.CharField(max_length=10)),
                        ("challenge", models.CharField(max_length=64, unique=True)),
                        ("until", models.DateTimeField(db_index=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("purpose__in", ["register", "sign_in", "confirm"])),
                                name="access_challenge_purpose",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecoveryCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.CharField(max_length=1)),
                        ("hash", models.CharField(max_length=128)),
                        ("made_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "place"), name="access_recovery_code_has_its_place")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmergencyAccess",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20)),
                        ("kind", models.CharField(max_length=20)),
                        ("reference", models.CharField(max_length=20)),
                        ("reason", models.CharField(max_length=20)),
                        ("words", craffu.common.fields.EncryptedTextField()),
                        ("granted_at", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("form", models.CharField(max_length=32, unique=True)),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="emergency_accesses",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["force", "kind", "reference"], name="access_emergency_of_record")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "number"), name="access_emergency_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("granted_at"))),
                                name="access_emergency_ends_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Admission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("reference", models.CharField(max_length=20)),
                        ("admitted", models.BooleanField()),
                        ("until", models.DateTimeField(null=True)),
                        ("reason", models.CharField(max_length=200)),
                        ("changed_at", models.DateTimeField()),
                        ("changed_by", models.CharField(max_length=60)),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="admissions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "emergency",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="admissions",
                                to="access.emergencyaccess",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["user", "kind", "reference"], name="access_admission_of_user")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmergencyReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        ("verdict", models.CharField(blank=True, default="", max_length=12)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "access",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review",
                                to="access.emergencyaccess",
                            ),
                        ),
                        (
                            "decided_by",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("decided_by", models.F("user")), _negated=True),
                                name="access_emergency_review_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("decided_by", None), ("verdict", "")),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("verdict__in", ["proper", "not_proper", "passed_on"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="access_emergency_review_says_who",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort", models.CharField(max_length=30)),
                        ("kind", models.CharField(max_length=20)),
                        ("reference", models.CharField(max_length=20)),
                        ("cause", models.CharField(max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                            ),
                        ),
                        (
                            "to",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "indexes": [models.Index(fields=["to", "at"], name="access_notice_to")],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "sort", "cause", "to"), name="access_notice_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Posting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("held", models.BooleanField()),
                        ("reason", models.CharField(max_length=200)),
                        ("changed_at", models.DateTimeField()),
                        ("changed_by", models.CharField(max_length=60)),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.area"
                            ),
                        ),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.team",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="postings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["user", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Station",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("reason", models.CharField(max_length=200)),
                        ("changed_at", models.DateTimeField()),
                        ("changed_by", models.CharField(max_length=60)),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.area"
                            ),
                        ),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.team",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Placement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("reference", models.CharField(max_length=20)),
                        ("source", models.CharField(blank=True, max_length=40)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("changed_at", models.DateTimeField()),
                        ("changed_by", models.CharField(max_length=60)),
                        (
                            "area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.area",
                            ),
                        ),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
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
                        (
                            "team",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.team",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["force", "kind", "reference", "id"], name="access_placement_of_record")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("team", None), ("area__isnull", False), _connector="OR"),
                                name="access_placement_team_in_area",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("source", ""), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="access_placement_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoleReachChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("role", models.CharField(max_length=30)),
                        (
                            "reach",
                            models.CharField(
                                choices=[("own", "own"), ("team", "team"), ("area", "area"), ("force", "force")],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(max_length=200)),
                        ("changed_at", models.DateTimeField()),
                        ("changed_by", models.CharField(max_length=60)),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "response_officer",
                                            "investigator",
                                            "supervisor",
                                            "coordinator",
                                            "offender_manager",
                                            "orders_team",
                                            "victim_officer",
                                            "link_clerk",
                                            "analyst",
                                            "workforce_lead",
                                            "auditor",
                                            "scrutiny_officer",
                                            "volunteer_reviewer",
                                            "commissioner_view",
                                        ],
                                    ),
                                    ("reach__in", ["own", "team", "area", "force"]),
                                ),
                                name="access_reach_is_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProviderIdentity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("mark", models.CharField(max_length=64, unique=True)),
                        ("known_at", models.DateTimeField()),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True)),
                        ("purpose", models.CharField(max_length=200)),
                        ("work", models.TextField()),
                        ("machine_account", models.CharField(max_length=60)),
                        ("requested_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("ended_by", models.CharField(blank=True, default="", max_length=60)),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
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
                            "requester",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("ended_by", "")),
                                    models.Q(("ended_at__isnull", False), models.Q(("ended_by", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="access_service_ended_says_who",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("approved_at", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
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
                            "requester",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="access.serviceaccount",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_by", models.F("requester")), _negated=True),
                                    models.Q(("approved_by", models.F("owner")), _negated=True),
                                ),
                                name="access_service_approved_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("approved_at"))),
                                name="access_service_approval_ends_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RightsRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20)),
                        ("kind", models.CharField(max_length=15)),
                        ("whose", models.CharField(max_length=15)),
                        ("person", models.CharField(blank=True, max_length=20)),
                        ("words", craffu.common.fields.EncryptedTextField()),
                        ("received_on", models.DateField()),
                        ("form", models.CharField(max_length=32, unique=True)),
                        (
                            "force",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "number"), name="access_rights_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["access", "rectification", "restriction"])),
                                name="access_rights_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("whose__in", ["suspect", "victim", "somebody_else"])),
                                name="access_rights_whose",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RightsStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("status", models.CharField(max_length=12)),
                        ("on", models.DateField()),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("third_parties_redacted", models.BooleanField(null=True)),
                        ("victim_scan_clean", models.BooleanField(null=True)),
                        ("neither_confirm_nor_deny_asked", models.BooleanField(null=True)),
                        ("privileged_included", models.BooleanField(null=True)),
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="access.rightsrequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["request", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("request", "number"), name="access_rights_step_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "received",
                                            "identified",
                                            "prepared",
                                            "sent_back",
                                            "approved",
                                            "answered",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="access_rights_step_status",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "approved"), _negated=True),
                                    models.Q(
                                        ("prepared_by__isnull", False),
                                        models.Q(("prepared_by", models.F("by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="access_rights_approved_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "prepared"), _negated=True),
                                    models.Q(
                                        ("neither_confirm_nor_deny_asked__isnull", False),
                                        ("privileged_included__isnull", False),
                                        ("third_parties_redacted__isnull", False),
                                        ("victim_scan_clean__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="access_rights_prepared_says_what_was_checked",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RankChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rank", models.CharField(blank=True, max_length=40)),
                        ("changed_at", models.DateTimeField()),
                        ("changed_by", models.CharField(max_length=60)),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rank_changes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["user", "id"],
                    },
                ),
            ],
        ),
    ]

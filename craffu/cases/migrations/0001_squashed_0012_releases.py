"""The tables of 0001 to 0012, which a new register makes at once (ADR 71)."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import craffu.common.fields
from craffu.common.migrating import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_crimes_of_a_force"),
        ("cases", "0003_no_index_on_force"),
        ("cases", "0004_closed_by_the_police"),
        ("cases", "0005_newest_first"),
        ("cases", "0006_risk"),
        ("cases", "0007_detentions"),
        ("cases", "0008_risk_forms"),
        ("cases", "0009_looks_by_facts"),
        ("cases", "0010_advice"),
        ("cases", "0011_risk_events_of_records"),
        ("cases", "0012_releases"),
    ]

    initial = True

    dependencies = [
        ("access", "0012_ranks"),
        ("people", "0006_newest_first"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Case",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=20)),
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
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "reference"), name="cases_case_reference_once")
                        ],
                        "indexes": [models.Index(fields=["force", "id"], name="cases_case_newest")],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CaseReference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ptiurn", "Police and court case reference (PTIURN)"),
                                    ("crime", "Crime reference"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("value", models.CharField(max_length=40)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="references", to="cases.case"
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
                                fields=("force", "kind", "value"), name="cases_reference_is_one_case"
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CaseRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("suspect", "Suspect"),
                                    ("defendant", "Defendant"),
                                    ("victim", "Victim"),
                                    ("witness", "Witness"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("relationship", models.CharField(blank=True, max_length=40)),
                        ("known_from", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="cases.case"
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
                        "ordering": ["case", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "record", "role"), name="cases_role_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CaseStage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("reported", "reported"),
                                    ("investigated", "investigated"),
                                    ("charged", "charged"),
                                    ("at_court", "at_court"),
                                    ("concluded", "concluded"),
                                    ("closed", "closed"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("true_from", models.DateField()),
                        ("known_from", models.DateTimeField()),
                        ("source", models.CharField(max_length=40)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="stages", to="cases.case"
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
                    name="Hearing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("held_on", models.DateField()),
                        ("known_from", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hearings",
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
                            "role",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hearings",
                                to="cases.caserole",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["held_on", "id"],
                        "indexes": [
                            models.Index(fields=["force", "held_on"], name="cases_hearing_day"),
                            models.Index(fields=["case", "held_on"], name="cases_hearing_of_case"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("role", "held_on"), name="cases_hearing_once_a_day")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="HearingVersion",
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
                        ("number", models.PositiveIntegerField()),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("known_from", models.DateTimeField()),
                        ("court", models.CharField(max_length=10)),
                        ("psa", models.CharField(blank=True, max_length=10)),
                        ("held_at", models.TimeField(null=True)),
                        ("presence", models.CharField(blank=True, max_length=2)),
                        ("bail_status", models.CharField(blank=True, max_length=2)),
                        ("bail_conditions", craffu.common.fields.EncryptedTextField(blank=True)),
                        ("bail_reason", craffu.common.fields.EncryptedTextField(blank=True)),
                        ("flags", models.JSONField(default=list)),
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
                            "hearing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="cases.hearing"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["hearing", "number"],
                        "indexes": [
                            models.Index(fields=["force", "content_sha256"], name="cases_hearing_content"),
                            models.Index(
                                fields=["force", "known_from", "received_at", "id"], name="cases_hearing_newest"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("hearing", "number"), name="cases_hearing_version_once"),
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
                                name="cases_hearing_version_says_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("regime__in", ["part_3", "uk_gdpr"])),
                                name="cases_hearing_version_regime_known",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Offence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=6)),
                        ("code", models.CharField(max_length=20)),
                        ("known_from", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="offences", to="cases.case"
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offences",
                                to="cases.caserole",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["case", "role", "number", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("role", "number", "code"), name="cases_offence_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ChargeHeard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        ("title", models.TextField(blank=True)),
                        ("wording", craffu.common.fields.EncryptedTextField(blank=True)),
                        ("location", craffu.common.fields.EncryptedTextField(blank=True)),
                        ("date_code", models.CharField(blank=True, max_length=4)),
                        ("started_on", models.DateField(null=True)),
                        ("started_at", models.TimeField(null=True)),
                        ("ended_on", models.DateField(null=True)),
                        ("ended_at", models.TimeField(null=True)),
                        ("charged_on", models.DateField(null=True)),
                        ("arrested_on", models.DateField(null=True)),
                        ("initiated_on", models.DateField(null=True)),
                        ("plea", models.CharField(blank=True, max_length=4)),
                        ("mode_of_trial", models.CharField(blank=True, max_length=6)),
                        ("finding", models.CharField(blank=True, max_length=4)),
                        ("convicted_on", models.DateField(null=True)),
                        ("convicting_court", models.CharField(blank=True, max_length=10)),
                        ("final", models.BooleanField(null=True)),
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="charges",
                                to="cases.hearingversion",
                            ),
                        ),
                        (
                            "offence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="heard", to="cases.offence"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version", "position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "position"), name="cases_charge_position_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Outcome",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("convicted", "Convicted"),
                                    ("not_guilty", "Found not guilty"),
                                    ("no_conviction", "No conviction"),
                                    ("ended", "Ended without a finding"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("true_from", models.DateField()),
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
                            "offence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="cases.offence"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.hearingversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["offence", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["convicted", "not_guilty", "no_conviction", "ended"])),
                                name="cases_outcome_known",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ResultGiven",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        ("code", models.CharField(blank=True, max_length=10)),
                        ("text", craffu.common.fields.EncryptedTextField(blank=True)),
                        ("qualifiers", models.JSONField(default=list)),
                        ("durations", models.JSONField(default=list)),
                        ("amounts", models.JSONField(default=list)),
                        ("penalty_points", models.PositiveIntegerField(null=True)),
                        ("next_court", models.CharField(blank=True, max_length=10)),
                        ("next_on", models.DateField(null=True)),
                        ("next_at", models.TimeField(null=True)),
                        ("next_reason", craffu.common.fields.EncryptedTextField(blank=True)),
                        ("next_bail_status", models.CharField(blank=True, max_length=2)),
                        (
                            "charge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="cases.chargeheard",
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
                        "ordering": ["charge", "position"],
                        "indexes": [models.Index(fields=["force", "next_on"], name="cases_result_next_day")],
                        "constraints": [
                            models.UniqueConstraint(fields=("charge", "position"), name="cases_result_position_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CaseOutcome",
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
                        ("key", models.CharField(max_length=150)),
                        ("number", models.PositiveIntegerField()),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("said_at", models.DateTimeField()),
                        ("known_from", models.DateTimeField()),
                        ("crime", models.CharField(max_length=40)),
                        ("outcome_number", models.PositiveIntegerField()),
                        ("code", models.CharField(max_length=10)),
                        ("decided_on", models.DateField()),
                        ("record_key", models.CharField(blank=True, max_length=120)),
                        ("reason", craffu.common.fields.EncryptedTextField(blank=True)),
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
                        "ordering": ["crime", "outcome_number", "number"],
                        "indexes": [models.Index(fields=["force", "crime"], name="cases_outcome_of_crime")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "source", "key", "number"), name="cases_home_office_outcome_once"
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
                                name="cases_home_office_outcome_says_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("regime__in", ["part_3", "uk_gdpr"])),
                                name="cases_home_office_outcome_regime_known",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CaseVersion",
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
                        ("crime", models.CharField(max_length=40)),
                        ("number", models.PositiveIntegerField()),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("said_at", models.DateTimeField()),
                        ("known_from", models.DateTimeField()),
                        ("recorded_as", models.CharField(max_length=10)),
                        ("home_office_class", models.CharField(blank=True, max_length=20)),
                        ("offence_code", models.CharField(blank=True, max_length=20)),
                        ("offence_title", models.CharField(blank=True, max_length=200)),
                        ("occurred_from", models.DateTimeField(null=True)),
                        ("occurred_to", models.DateTimeField(null=True)),
                        ("reported_at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField(null=True)),
                        ("location", craffu.common.fields.EncryptedTextField(blank=True)),
                        ("lsoa", models.CharField(blank=True, max_length=20)),
                        ("station", models.CharField(blank=True, max_length=80)),
                        ("officer", models.CharField(blank=True, max_length=80)),
                        ("flags", models.JSONField(default=list)),
                        ("risk_grade", models.CharField(blank=True, max_length=10)),
                        ("risk_graded_at", models.DateTimeField(null=True)),
                        ("ptiurn", models.CharField(blank=True, max_length=40)),
                        ("stage", models.CharField(max_length=14)),
                        ("summary", craffu.common.fields.EncryptedTextField(blank=True)),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
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
                    ],
                    options={
                        "ordering": ["case", "crime", "number"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ptiurn", ""), _negated=True),
                                fields=["force", "ptiurn"],
                                name="cases_crime_ptiurn",
                            ),
                            models.Index(fields=["case", "reported_at"], name="cases_crime_reported"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "crime", "number"), name="cases_crime_version_once"
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
                                name="cases_crime_version_says_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("regime__in", ["part_3", "uk_gdpr"])),
                                name="cases_crime_version_regime_known",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="InvolvementVersion",
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
                        ("key", models.CharField(max_length=150)),
                        ("number", models.PositiveIntegerField()),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("said_at", models.DateTimeField()),
                        ("known_from", models.DateTimeField()),
                        ("crime", models.CharField(max_length=40)),
                        ("record_key", models.CharField(max_length=120)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("suspect", "Suspect"),
                                    ("defendant", "Defendant"),
                                    ("victim", "Victim"),
                                    ("witness", "Witness"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("relationship", models.CharField(blank=True, max_length=40)),
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
                        "indexes": [models.Index(fields=["force", "record_key"], name="cases_involvement_of_record")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "source", "key", "number"), name="cases_involvement_once"
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
                                name="cases_involvement_says_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("regime__in", ["part_3", "uk_gdpr"])),
                                name="cases_involvement_regime_known",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RoleWaiting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("crime", models.CharField(max_length=40)),
                        ("source", models.CharField(max_length=40)),
                        ("record_key", models.CharField(max_length=120)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("suspect", "Suspect"),
                                    ("defendant", "Defendant"),
                                    ("victim", "Victim"),
                                    ("witness", "Witness"),
                                ],
                                max_length=10,
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["force", "source", "record_key"], name="cases_role_waits_for_record")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "crime", "source", "record_key", "role"), name="cases_role_waits_once"
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RiskAssessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("tool", models.CharField(max_length=80)),
                        ("version", models.CharField(max_length=40)),
                        ("licence_ref", models.CharField(max_length=80)),
                        ("document_ref", models.CharField(max_length=80)),
                        ("assessed_at", models.DateTimeField()),
                        ("grade", models.CharField(max_length=10)),
                        ("facts", models.JSONField(default=list)),
                        ("next_due", models.DateField(null=True)),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("known_from", models.DateTimeField()),
                        (
                            "assessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="cases.case"
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
                        "ordering": ["case", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "number"), name="cases_assessment_once"),
                            models.CheckConstraint(
                                condition=models.Q(("grade__in", ["high", "medium", "standard"])),
                                name="cases_assessment_grade",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("tool", ""),
                                    ("version", ""),
                                    ("licence_ref", ""),
                                    ("document_ref", ""),
                                    _connector="OR",
                                    _negated=True,
                                ),
                                name="cases_assessment_says_with_what",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RiskEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("happened_at", models.DateTimeField()),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("known_from", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="risk_events", to="cases.case"
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
                        "ordering": ["case", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "new_report",
                                            "possible_breach_raised",
                                            "arrested",
                                            "released",
                                            "bail_conditions_changed_or_ended",
                                            "order_ended_or_relaxed",
                                            "explicit_threat",
                                            "weapon_or_tracking_found",
                                            "victim_more_afraid",
                                            "relationship_or_address_changed",
                                        ],
                                    )
                                ),
                                name="cases_risk_event_kind",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RiskObservation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fact", models.CharField(max_length=40)),
                        ("answer", models.CharField(max_length=10)),
                        ("value", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("source", craffu.common.fields.EncryptedTextField()),
                        ("on", models.DateField()),
                        ("known_from", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="observations",
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
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["case", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "fact__in",
                                        [
                                            "prior_relationship",
                                            "explicit_threat",
                                            "property_damage",
                                            "approach_home_or_work",
                                            "third_parties_contacted",
                                            "breach_after_order",
                                            "weapon_access",
                                            "suicidal_statements",
                                            "escalation",
                                            "victim_fear_rating",
                                            "tracking_or_account_access",
                                            "duration_and_frequency",
                                        ],
                                    )
                                ),
                                name="cases_observed_fact",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answer__in", ["yes", "no", "not_asked", "unknown"])),
                                name="cases_observed_answer",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RiskSecondLook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agrees", models.BooleanField()),
                        ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("at", models.DateTimeField()),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="second_looks",
                                to="cases.riskassessment",
                            ),
                        ),
                        (
                            "assessor",
                            models.ForeignKey(
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
                            "force",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.force",
                            ),
                        ),
                        ("facts", models.JSONField(null=True)),
                    ],
                    options={
                        "ordering": ["assessment", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("assessor", models.F("by")), _negated=True),
                                name="cases_second_look_by_another",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="DetentionVersion",
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
                        ("key", models.CharField(max_length=150)),
                        ("number", models.PositiveIntegerField()),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("said_at", models.DateTimeField()),
                        ("known_from", models.DateTimeField()),
                        ("crime", models.CharField(blank=True, max_length=40)),
                        ("station", models.CharField(blank=True, max_length=80)),
                        ("offence_code", models.CharField(blank=True, max_length=20)),
                        ("for_breach_of", models.CharField(blank=True, max_length=40)),
                        ("arrested_at", models.DateTimeField()),
                        ("released_at", models.DateTimeField(null=True)),
                        ("disposal", models.CharField(blank=True, max_length=30)),
                        ("bail_ends_on", models.DateField(null=True)),
                        ("bail_conditions", craffu.common.fields.EncryptedTextField(blank=True)),
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
                        "ordering": ["key", "number"],
                        "indexes": [models.Index(fields=["force", "crime"], name="cases_detention_of_crime")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "source", "key", "number"), name="cases_detention_once"
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
                                name="cases_detention_says_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("regime__in", ["part_3", "uk_gdpr"])),
                                name="cases_detention_regime_known",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RiskForm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=20)),
                        ("tool", models.CharField(max_length=80)),
                        ("version", models.CharField(max_length=40)),
                        ("licence_ref", models.CharField(max_length=80)),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("schema", models.TextField()),
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
                    ],
                    options={
                        "ordering": ["tool", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "reference"), name="cases_risk_form_reference_once"
                            ),
                            models.UniqueConstraint(
                                fields=("force", "tool", "version"), name="cases_risk_form_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("tool", ""), ("version", ""), ("licence_ref", ""), _connector="OR", _negated=True
                                ),
                                name="cases_risk_form_is_licensed",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RiskAnswers",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("answers", craffu.common.fields.EncryptedTextField()),
                        (
                            "assessment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="cases.riskassessment",
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
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.riskform"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["assessment"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="AdviceAsked",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("adviser", models.CharField(max_length=20)),
                        ("question", craffu.common.fields.EncryptedTextField()),
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="advice", to="cases.case"
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
                        "ordering": ["case", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "number"), name="cases_advice_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "adviser__in",
                                        [
                                            "champion",
                                            "prosecutor",
                                            "legal",
                                            "advocacy_service",
                                            "psychologist",
                                            "other",
                                        ],
                                    )
                                ),
                                name="cases_advice_adviser",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="AdviceAnswered",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("words", craffu.common.fields.EncryptedTextField()),
                        ("adviser", craffu.common.fields.EncryptedTextField(blank=True, default="")),
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
                            "asked",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answer",
                                to="cases.adviceasked",
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
                    name="AdviceFollowed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("followed", models.CharField(max_length=10)),
                        ("reason", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                        ("known_from", models.DateTimeField()),
                        (
                            "asked",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed",
                                to="cases.adviceasked",
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
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("followed__in", ["yes", "partly", "no"])),
                                name="cases_advice_followed",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ReleaseVersion",
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
                        ("key", models.CharField(max_length=150)),
                        ("number", models.PositiveIntegerField()),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("said_at", models.DateTimeField()),
                        ("known_from", models.DateTimeField()),
                        ("prison", models.CharField(blank=True, max_length=80)),
                        ("planned_on", models.DateField()),
                        ("released_on", models.DateField(null=True)),
                        ("licence_ends_on", models.DateField(null=True)),
                        ("licence_conditions", craffu.common.fields.EncryptedTextField(blank=True)),
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
                        "ordering": ["key", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "source", "key", "number"), name="cases_release_once"
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
                                name="cases_release_says_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("regime__in", ["part_3", "uk_gdpr"])),
                                name="cases_release_regime_known",
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

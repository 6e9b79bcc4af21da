"""The tables of 0001 to 0006, which a new register makes at once (ADR 71).

Rows that 0005 takes up are not there yet in a new register.
"""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import craffu.common.fields
from craffu.common.migrating import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("intake", "0001_initial"),
        ("intake", "0002_refusal_values"),
        ("intake", "0003_kept_rows"),
        ("intake", "0004_no_index_on_force"),
        ("intake", "0005_detentions_taken_up"),
        ("intake", "0006_rows_that_wait"),
    ]

    initial = True

    dependencies = [
        ("access", "0011_rights_requests"),
        ("cases", "0007_detentions"),
        ("people", "0002_records_of_a_force"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Run",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=20)),
                        ("kind", models.CharField(max_length=40)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("running", "running"),
                                    ("finished", "finished"),
                                    ("refused", "refused"),
                                    ("interrupted", "interrupted"),
                                    ("failed", "failed"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("by", models.CharField(max_length=60)),
                        ("process", models.CharField(max_length=120)),
                        ("mapping_version", models.CharField(max_length=20)),
                        ("started_at", models.DateTimeField()),
                        ("moved_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(null=True)),
                        ("files_found", models.PositiveIntegerField(default=0)),
                        ("files_done", models.PositiveIntegerField(default=0)),
                        ("files_refused", models.PositiveIntegerField(default=0)),
                        ("expected", models.PositiveIntegerField(null=True)),
                        ("received", models.PositiveIntegerField(default=0)),
                        ("created", models.PositiveIntegerField(default=0)),
                        ("updated", models.PositiveIntegerField(default=0)),
                        ("unchanged", models.PositiveIntegerField(default=0)),
                        ("parked", models.PositiveIntegerField(default=0)),
                        ("rejected", models.PositiveIntegerField(default=0)),
                        ("warnings", models.JSONField(default=dict)),
                        ("totals", models.JSONField(default=dict)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        ("reject_file", models.CharField(blank=True, max_length=200)),
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
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "reference"), name="intake_run_reference_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="HeldRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=20)),
                        ("kind", models.CharField(max_length=40)),
                        (
                            "why",
                            models.CharField(choices=[("rejected", "Rejected"), ("parked", "Parked")], max_length=10),
                        ),
                        ("file_name", models.CharField(max_length=300)),
                        ("file_sha256", models.CharField(max_length=64)),
                        ("line", models.PositiveIntegerField()),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("field", models.CharField(blank=True, max_length=60)),
                        ("value_class", models.CharField(blank=True, max_length=40)),
                        ("reason", models.CharField(max_length=60)),
                        ("received_at", models.DateTimeField()),
                        ("raw", craffu.common.fields.EncryptedTextField()),
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
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="held_rows", to="intake.run"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "reference"), name="intake_held_reference_once"),
                            models.UniqueConstraint(
                                fields=("force", "kind", "content_sha256", "line"), name="intake_row_held_once"
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="HeldDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("corrected", "Corrected and taken in"),
                                    ("same_person", "Released: the same person"),
                                    ("other_person", "Released: another person"),
                                    ("set_aside", "Set aside"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("decided_by", models.CharField(max_length=60)),
                        ("decided_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=200)),
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
                            "held",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="intake.heldrow",
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
                    name="RunFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("size", models.PositiveBigIntegerField(default=0)),
                        ("row_count", models.PositiveIntegerField(default=0)),
                        ("refused_code", models.CharField(blank=True, max_length=40)),
                        ("refused_why", models.CharField(blank=True, max_length=300)),
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
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="intake.run"
                            ),
                        ),
                        ("refused_values", models.JSONField(default=dict)),
                    ],
                    options={
                        "ordering": ["run", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="KeptRow",
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
                        ("kind", models.CharField(max_length=40)),
                        ("table", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=160)),
                        ("number", models.PositiveIntegerField()),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("said_at", models.DateTimeField()),
                        ("known_from", models.DateTimeField()),
                        ("words", craffu.common.fields.EncryptedTextField()),
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
                        "ordering": ["kind", "table", "key", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("force", "kind", "table", "key", "number"), name="intake_kept_row_once"
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
                                name="intake_kept_row_says_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("regime__in", ["part_3", "uk_gdpr"])),
                                name="intake_kept_row_regime_known",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="MappingUsed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("version", models.CharField(max_length=20)),
                        ("words", models.TextField()),
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
                        "ordering": ["kind", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "kind", "version"), name="intake_mapping_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RowWaiting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("table", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=160)),
                        ("waits_for", models.CharField(max_length=80)),
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
                        "indexes": [models.Index(fields=["force", "waits_for"], name="intake_row_waits_for")],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "table", "key"), name="intake_row_waits_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
            ],
        ),
    ]

"""The tables of 0001 to 0006 and the index of the search, which a new register makes at once (ADR 71)."""

from typing import Any

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import craffu.common.fields
from craffu.common.migrating import CreateTables
from craffu.people.search import tables


def make(apps: Any, schema_editor: Any) -> None:
    for statement in tables.index().make:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    for statement in tables.index().drop:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_records_of_a_force"),
        ("people", "0003_no_index_on_force"),
        ("people", "0004_fewer_indexes"),
        ("people", "0005_search"),
        ("people", "0006_newest_first"),
    ]

    initial = True

    dependencies = [
        ("access", "0001_initial"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Person",
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
                            models.UniqueConstraint(fields=("force", "reference"), name="people_person_reference_once")
                        ],
                        "indexes": [models.Index(fields=["force", "id"], name="people_person_newest")],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="SourceRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=40)),
                        ("source_key", models.CharField(max_length=120)),
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
                            models.UniqueConstraint(
                                fields=("force", "source", "source_key"), name="people_source_record_once"
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RecordVersion",
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
                        ("true_from", models.DateField(null=True)),
                        ("known_from", models.DateTimeField()),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("title", models.CharField(blank=True, max_length=40)),
                        ("given_names", models.CharField(blank=True, max_length=200)),
                        ("family_name", models.CharField(blank=True, max_length=200)),
                        ("born_on", models.CharField(blank=True, max_length=10)),
                        (
                            "born_precision",
                            models.CharField(
                                choices=[
                                    ("day", "Day"),
                                    ("month", "Month"),
                                    ("year", "Year"),
                                    ("not_given", "Not given"),
                                ],
                                default="not_given",
                                max_length=10,
                            ),
                        ),
                        ("sex", models.CharField(blank=True, max_length=2)),
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="people.sourcerecord",
                            ),
                        ),
                        ("ethnicity", models.CharField(blank=True, default="", max_length=20)),
                        ("language", models.CharField(blank=True, default="", max_length=5)),
                        ("said_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["record", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("record", "number"), name="people_record_version_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("born_on", ""), ("born_precision", "not_given")),
                                    models.Q(
                                        models.Q(("born_on", ""), _negated=True),
                                        ("born_precision__in", ["day", "month", "year"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="people_birth_and_precision_together",
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
                                name="people_record_version_says_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("regime__in", ["part_3", "uk_gdpr"])),
                                name="people_record_version_regime_known",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RecordedName",
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
                                choices=[("alias", "Alias"), ("former", "Former name"), ("known_as", "Known as")],
                                max_length=10,
                            ),
                        ),
                        ("given_names", models.CharField(blank=True, max_length=200)),
                        ("family_name", models.CharField(blank=True, max_length=200)),
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
                                related_name="other_names",
                                to="people.recordversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RecordedIdentifier",
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
                                choices=[("pnc", "PNC ID"), ("cro", "CRO number"), ("asn", "Arrest summons number")],
                                max_length=10,
                            ),
                        ),
                        ("as_given", models.CharField(max_length=60)),
                        ("normalised", models.CharField(max_length=60)),
                        ("standing", models.CharField(max_length=12)),
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
                                related_name="identifiers",
                                to="people.recordversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version", "id"],
                        "indexes": [models.Index(fields=["force", "kind", "normalised"], name="people_identifier")],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RecordedContact",
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
                                    ("address", "Address"),
                                    ("phone", "Telephone"),
                                    ("email", "E-mail"),
                                    ("safe_word", "Safe word"),
                                    ("workplace", "Workplace"),
                                    ("school", "School"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("value", craffu.common.fields.EncryptedTextField()),
                        ("token", models.CharField(max_length=32)),
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
                                related_name="contacts",
                                to="people.recordversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version", "id"],
                        "indexes": [models.Index(fields=["force", "kind", "token"], name="people_contact_token")],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("known_from", models.DateTimeField()),
                        ("decided_by", models.CharField(max_length=60)),
                        ("why", models.CharField(max_length=200)),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="people.person",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="people.sourcerecord",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["record", "id"],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="SearchWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("word", models.CharField(max_length=200)),
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
                            models.UniqueConstraint(fields=("force", "word"), name="people_search_word_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
            ],
        ),
        migrations.RunPython(make, drop),
    ]

"""The tables of 0001 to 0004 and how few statistics PostgreSQL keeps of them, which a new register makes at once (ADR 71)."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from craffu.common.migrating import CreateTables
from craffu.published.models import BY_BYTES

FEW, AS_ELSEWHERE = 10, -1


def _keep(number: int, apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    model = apps.get_model("published", "StreetCrime")
    quote = schema_editor.quote_name
    for field in model._meta.concrete_fields:
        if field.column:
            schema_editor.execute(
                f"ALTER TABLE {quote(model._meta.db_table)} ALTER COLUMN {quote(field.column)} SET STATISTICS {number}"
            )


def few(apps: Any, schema_editor: Any) -> None:
    _keep(FEW, apps, schema_editor)


def as_elsewhere(apps: Any, schema_editor: Any) -> None:
    _keep(AS_ELSEWHERE, apps, schema_editor)


class Migration(migrations.Migration):
    replaces = [
        ("published", "0001_initial"),
        ("published", "0002_figures"),
        ("published", "0003_street_keys_by_bytes"),
        ("published", "0004_street_statistics"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="CodeVersion",
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
                        ("list_name", models.CharField(max_length=30)),
                        ("code", models.CharField(max_length=20)),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.TextField(blank=True)),
                        ("attributes", models.JSONField(default=dict)),
                        ("valid_from", models.DateField(null=True)),
                        ("valid_to", models.DateField(null=True)),
                        ("content_sha256", models.CharField(max_length=64)),
                    ],
                    options={
                        "ordering": ["list_name", "code", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("list_name", "code", "number"), name="published_code_version_once"
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
                                name="published_code_says_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("regime__in", ["part_3", "uk_gdpr"])),
                                name="published_code_regime_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FoundError",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("check_code", models.CharField(max_length=40)),
                        ("severity", models.CharField(max_length=10)),
                        ("series", models.CharField(max_length=60)),
                        ("measure", models.CharField(blank=True, max_length=160)),
                        ("area_kind", models.CharField(blank=True, max_length=20)),
                        ("area", models.CharField(blank=True, max_length=20)),
                        ("area_name", models.CharField(blank=True, max_length=120)),
                        ("period", models.CharField(blank=True, max_length=24)),
                        ("detail", models.JSONField(default=dict)),
                        ("file_sha256", models.CharField(max_length=64)),
                        ("found_at", models.DateTimeField()),
                        ("content_sha256", models.CharField(max_length=64, unique=True)),
                    ],
                    options={
                        "ordering": ["series", "check_code", "area", "period", "id"],
                        "indexes": [models.Index(fields=["series", "area"], name="published_found_series_area")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("severity__in", ["error", "warning", "note"])),
                                name="published_found_severity",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandSeries",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=60, unique=True)),
                        ("title", models.CharField(max_length=200)),
                        ("definition", models.TextField()),
                        ("unit", models.CharField(max_length=40)),
                        ("period_kind", models.CharField(max_length=20)),
                        ("counting_rules", models.CharField(blank=True, max_length=200)),
                        ("entered_by", models.CharField(max_length=60)),
                        ("entered_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["key"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("title", ""),
                                    ("definition", ""),
                                    ("unit", ""),
                                    ("period_kind", ""),
                                    ("entered_by", ""),
                                    _connector="OR",
                                    _negated=True,
                                ),
                                name="published_hand_series_defined",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishedFigure",
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
                        ("series", models.CharField(max_length=60)),
                        ("measure", models.CharField(max_length=160)),
                        (
                            "area_kind",
                            models.CharField(
                                choices=[
                                    ("force", "Police force"),
                                    ("country", "Country"),
                                    ("local_authority", "Local authority"),
                                    ("lsoa", "Lower layer super output area"),
                                    ("not_police", "Not a police force"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("area", models.CharField(max_length=20)),
                        ("area_name", models.CharField(max_length=120)),
                        ("period", models.CharField(max_length=24)),
                        ("period_end", models.DateField()),
                        ("number", models.PositiveIntegerField()),
                        ("value", models.BigIntegerField(null=True)),
                        ("as_printed", models.CharField(blank=True, max_length=60)),
                        (
                            "missing",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Given"),
                                    ("blank", "Left blank"),
                                    ("not_available", "Said to be not available"),
                                    ("not_supplied", "Not supplied"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("flags", models.JSONField(default=list)),
                        ("attributes", models.JSONField(default=dict)),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("by_hand", models.BooleanField(default=False)),
                        ("entered_by", models.CharField(blank=True, max_length=60)),
                        ("read_in", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["series", "measure", "area_kind", "area", "period_end", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("series", "area_kind", "area", "measure", "period", "number"),
                                name="published_figure_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("area_kind__in", ["force", "country", "local_authority", "lsoa", "not_police"])
                                ),
                                name="published_figure_area_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("missing__in", ["", "blank", "not_available", "not_supplied"])),
                                name="published_figure_missing_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("missing", ""), ("value__isnull", False)),
                                    models.Q(models.Q(("missing", ""), _negated=True), ("value__isnull", True)),
                                    _connector="OR",
                                ),
                                name="published_figure_has_value_or_says_why_not",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("by_hand", False), ("entered_by", ""), ("read_in", "")),
                                    models.Q(
                                        ("by_hand", True),
                                        models.Q(("entered_by", ""), _negated=True),
                                        models.Q(("read_in", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="published_figure_by_hand_says_by_whom_and_from_where",
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
                                name="published_figure_says_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("regime__in", ["part_3", "uk_gdpr"])),
                                name="published_figure_regime_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StreetFile",
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
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("file_sha256", "mapping_version"), name="published_street_file_once"
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
                                name="published_street_says_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("regime__in", ["part_3", "uk_gdpr"])),
                                name="published_street_regime_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StreetCrime",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "key", "number", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("key", models.CharField(db_collation=BY_BYTES, max_length=64)),
                        ("number", models.PositiveIntegerField()),
                        ("month", models.CharField(max_length=7)),
                        ("reported_by", models.CharField(max_length=80)),
                        ("falls_within", models.CharField(max_length=80)),
                        ("longitude", models.FloatField(null=True)),
                        ("latitude", models.FloatField(null=True)),
                        ("location", models.CharField(blank=True, max_length=160)),
                        ("lsoa_code", models.CharField(blank=True, max_length=9)),
                        ("lsoa_name", models.CharField(blank=True, max_length=80)),
                        ("crime_type", models.CharField(max_length=60)),
                        ("last_outcome", models.CharField(blank=True, max_length=80)),
                        ("outside", models.BooleanField(default=False)),
                        ("content", models.CharField(max_length=32)),
                        ("line", models.PositiveIntegerField()),
                        (
                            "file",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="published.streetfile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["key", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="TakenFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("file_sha256", models.CharField(max_length=64)),
                        ("mapping_version", models.CharField(max_length=20)),
                        ("row_count", models.PositiveIntegerField()),
                        ("totals", models.JSONField(default=dict)),
                        ("taken_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["kind", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "file_sha256", "mapping_version"), name="published_file_taken_once"
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(few, as_elsewhere),
    ]

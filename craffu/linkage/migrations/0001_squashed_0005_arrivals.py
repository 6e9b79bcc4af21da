"""The tables of 0001 to 0005, which a new register makes at once (ADR 71).

Rows that 0003 writes in are not there yet in a new register.
"""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import craffu.common.fields
from craffu.common.migrating import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("linkage", "0001_initial"),
        ("linkage", "0002_waiting_and_harm"),
        ("linkage", "0003_waits_from"),
        ("linkage", "0004_named_apart"),
        ("linkage", "0005_arrivals"),
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
                    name="LinkModel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("engine", models.CharField(max_length=20)),
                        ("seed", models.PositiveIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                        ("records", models.PositiveIntegerField()),
                        ("settings", models.JSONField()),
                        ("drift", models.JSONField()),
                        ("auto", models.FloatField()),
                        ("clerical", models.FloatField()),
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
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "number"), name="linkage_model_once"),
                            models.CheckConstraint(
                                condition=models.Q(("clerical__lte", models.F("auto"))), name="linkage_model_thresholds"
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Pair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=20)),
                        ("stands", models.CharField(max_length=10)),
                        ("why", models.CharField(max_length=30)),
                        ("held", models.CharField(blank=True, default="", max_length=30)),
                        ("probability", models.FloatField(null=True)),
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
                            "left",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.sourcerecord"
                            ),
                        ),
                        (
                            "right",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.sourcerecord"
                            ),
                        ),
                        ("harm", models.PositiveSmallIntegerField(null=True)),
                        ("waited_until", models.DateTimeField(null=True)),
                        ("waits_from", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["force", "stands"], name="linkage_pair_standing")],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "reference"), name="linkage_pair_reference_once"),
                            models.UniqueConstraint(fields=("left", "right"), name="linkage_pair_once"),
                            models.CheckConstraint(
                                condition=models.Q(("left__lt", models.F("right"))), name="linkage_pair_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stands__in", ["link", "clerical", "no_link"])),
                                name="linkage_pair_stands",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("harm", None), ("harm__lte", 2), _connector="OR"),
                                name="linkage_pair_harm",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("waited_until", None),
                                    ("waited_until__gte", models.F("waits_from")),
                                    _connector="OR",
                                ),
                                name="linkage_pair_waited",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "why__in",
                                        [
                                            "auto",
                                            "between_thresholds",
                                            "below_clerical",
                                            "identifiers_conflict",
                                            "victim_and_suspect_roles",
                                            "named_apart",
                                            "human_decision",
                                        ],
                                    )
                                ),
                                name="linkage_pair_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "held__in",
                                        [
                                            "",
                                            "auto",
                                            "between_thresholds",
                                            "below_clerical",
                                            "identifiers_conflict",
                                            "victim_and_suspect_roles",
                                            "named_apart",
                                            "human_decision",
                                        ],
                                    )
                                ),
                                name="linkage_pair_held",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PairScored",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("probability", models.FloatField()),
                        ("weight", models.FloatField()),
                        ("levels", models.JSONField()),
                        ("auto", models.FloatField()),
                        ("clerical", models.FloatField()),
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
                            "model",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="linkage.linkmodel"
                            ),
                        ),
                        (
                            "pair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="scored", to="linkage.pair"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pair", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("probability__gte", 0), ("probability__lte", 1)),
                                name="linkage_scored_probability",
                            )
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PairDecided",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("word", models.CharField(max_length=12)),
                        ("scope", models.CharField(max_length=10)),
                        ("reason", craffu.common.fields.EncryptedTextField()),
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
                            "pair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="decided", to="linkage.pair"
                            ),
                        ),
                        (
                            "said_with",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="companions",
                                to="linkage.pairdecided",
                            ),
                        ),
                        (
                            "seen",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="linkage.pairscored",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pair", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("pair", "number"), name="linkage_decided_once"),
                            models.CheckConstraint(
                                condition=models.Q(("word__in", ["same", "not_same", "cannot_tell", "taken_back"])),
                                name="linkage_decided_word",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("scope__in", ["records", "persons"])), name="linkage_decided_scope"
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PairAgreed",
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
                            "decided",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreed",
                                to="linkage.pairdecided",
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
                    name="ArrivalBasis",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("index_key", models.CharField(max_length=20)),
                        ("digest", models.CharField(max_length=64)),
                        ("seen", models.BigIntegerField()),
                        ("figures", models.JSONField()),
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
                            "model",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="linkage.linkmodel"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("force",), name="linkage_basis_once")],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RecordKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token", models.BigIntegerField()),
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
                                related_name="+",
                                to="people.sourcerecord",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "token", "record"), name="linkage_key_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RecordKeyed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.BigIntegerField()),
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
                                related_name="+",
                                to="people.sourcerecord",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("record",), name="linkage_keyed_once")],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="SaidOften",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField()),
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
                        "constraints": [models.UniqueConstraint(fields=("force", "token"), name="linkage_said_once")],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
            ],
        ),
    ]

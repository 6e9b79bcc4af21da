"""The tables of the log. Their triggers follow in 0002."""

import django.db.models.deletion
from django.db import migrations, models

from craffu.audit.models import STORED, FromPayload

VERBS = [
    "collection",
    "alteration",
    "consultation",
    "disclosure",
    "combination",
    "erasure",
    "authentication",
    "denied",
]


def drawn(key):
    return models.GeneratedField(db_persist=STORED, expression=FromPayload(key), output_field=models.TextField())


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("payload", models.TextField()),
                ("at", drawn("at")),
                ("force", drawn("force")),
                ("actor", drawn("actor")),
                ("role", drawn("role")),
                ("verb", drawn("verb")),
                ("kind", drawn("kind")),
                ("recipient", drawn("recipient")),
                ("request", drawn("request")),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["force", "at"], name="audit_event_force_at"),
                    models.Index(fields=["actor", "at"], name="audit_event_actor_at"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(verb__in=VERBS), name="audit_event_verb_known"),
                    models.CheckConstraint(
                        condition=~(models.Q(at="") | models.Q(actor="") | models.Q(force="") | models.Q(kind="")),
                        name="audit_event_who_when_what",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(verb="disclosure") | ~models.Q(recipient=""),
                        name="audit_event_disclosed_to_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventReference",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "ref", "event_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("ref", models.CharField(max_length=150)),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="references",
                        to="audit.event",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Unsealed",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="audit.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="seal",
                        serialize=False,
                        to="audit.event",
                    ),
                ),
                ("force", models.CharField(max_length=20)),
                ("position", models.PositiveBigIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["force", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("force", "position"), name="audit_seal_one_at_each_position")
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("force", models.CharField(max_length=20)),
                ("position", models.PositiveBigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("at", models.CharField(max_length=27)),
                ("signature", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["force", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("force", "position"), name="audit_head_one_at_each_position")
                ],
            },
        ),
    ]

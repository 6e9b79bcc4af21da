import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import craffu.common.fields


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0012_ranks"),
        ("orders", "0015_monitoring"),
        ("people", "0006_newest_first"),
        ("victims", "0003_relaxation_sought"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
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
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ReviewApplied",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("known_from", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applied", to="orders.orderreview"
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answers", craffu.common.fields.EncryptedTextField()),
                ("seen", models.CharField(max_length=16)),
                ("changed_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"),
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
            name="ReviewSigned",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agrees", models.BooleanField()),
                ("words", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                ("known_from", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signed", to="orders.orderreview"
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=14)),
                ("said_on", models.DateField(null=True)),
                ("wish", models.CharField(blank=True, default="", max_length=20)),
                ("wants", models.CharField(blank=True, default="", max_length=12)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("reason", craffu.common.fields.EncryptedTextField(blank=True, default="")),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="voices", to="orders.orderreview"
                    ),
                ),
                (
                    "view",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="victims.view"
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
        migrations.CreateModel(
            name="ViewWanted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("known_from", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="views_wanted", to="orders.order"
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
        migrations.AddConstraint(
            model_name="orderreview",
            constraint=models.UniqueConstraint(fields=("order", "number"), name="orders_review_once"),
        ),
        migrations.AddConstraint(
            model_name="orderreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision__in", ["continue", "vary", "relax", "renew", "discharge", "let_expire", "escalate"])
                ),
                name="orders_review_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("because__in", ["", "schedule", "event", "before_end", "statute"])),
                name="orders_review_because",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewdraft",
            constraint=models.UniqueConstraint(fields=("order", "by"), name="orders_review_draft_one_each"),
        ),
        migrations.AddConstraint(
            model_name="reviewvoice",
            constraint=models.UniqueConstraint(fields=("review", "record"), name="orders_review_voice_once"),
        ),
        migrations.AddConstraint(
            model_name="reviewvoice",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="reviewvoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wants__in", ["", "continue", "vary", "relax", "renew", "discharge", "let_expire", "escalate"])
                ),
                name="orders_review_wants",
            ),
        ),
    ]

"""The tables of 0001 to 0007, which a new register makes at once (ADR 71).

Rows that 0005 takes away are not there yet in a new register.
"""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import craffu.work.states
from craffu.common.migrating import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("work", "0001_initial"),
        ("work", "0002_how_a_queue_fares"),
        ("work", "0003_every_case"),
        ("work", "0004_calendars"),
        ("work", "0005_ahead_and_rules"),
        ("work", "0006_history_split"),
        ("work", "0007_items_of_one_kind"),
    ]

    initial = True

    dependencies = [
        ("access", "0012_ranks"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Watch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=40)),
                        ("subject", models.CharField(max_length=40)),
                        ("wakes_at", models.DateTimeField(null=True)),
                        ("settled_at", models.DateTimeField(null=True)),
                        (
                            "force",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.force",
                            ),
                        ),
                        ("ahead", models.JSONField(default=list)),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("wakes_at__isnull", False)),
                                fields=["force", "source", "wakes_at"],
                                name="work_watch_wakes",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "source", "subject"), name="work_watch_once")
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="WorkItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=120)),
                        ("about_kind", models.CharField(max_length=20)),
                        ("about", models.CharField(max_length=20)),
                        ("of_case", models.CharField(blank=True, max_length=20)),
                        ("queue", models.CharField(max_length=30)),
                        ("why", models.CharField(max_length=60)),
                        ("facts", models.JSONField(default=dict)),
                        ("what_if_not", models.CharField(max_length=20)),
                        ("rank", models.PositiveSmallIntegerField()),
                        ("raised_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("overdue_from", models.DateTimeField()),
                        ("foreseen_at", models.DateTimeField()),
                        ("state", models.CharField(default=craffu.work.states.ItemState["OPEN"], max_length=10)),
                        ("over_at", models.DateTimeField(null=True)),
                        ("missed_from", models.DateTimeField(null=True)),
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
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "said_owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "watch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="work.watch"
                            ),
                        ),
                        ("cases", models.TextField(blank=True, default="")),
                        ("rule", models.CharField(blank=True, default="", max_length=10)),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["force", "queue", "rank", "overdue_from", "id"],
                                name="work_item_queue",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["owner", "overdue_from"],
                                name="work_item_mine",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["force", "overdue_from"],
                                name="work_item_late",
                            ),
                            models.Index(fields=["force", "of_case"], name="work_item_of_case"),
                            models.Index(fields=["force", "queue", "raised_at"], name="work_item_raised"),
                            models.Index(fields=["force", "queue", "over_at"], name="work_item_over"),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["force", "about_kind"],
                                name="work_item_about",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("force", "kind", "key"), name="work_item_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "done", "excused", "withdrawn"])),
                                name="work_item_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("over_at", None), ("state", craffu.work.states.ItemState["OPEN"])),
                                    models.Q(
                                        models.Q(("state", craffu.work.states.ItemState["OPEN"]), _negated=True),
                                        ("over_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="work_item_is_over_or_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_at__lte", models.F("overdue_from")),
                                    ("foreseen_at__lte", models.F("overdue_from")),
                                ),
                                name="work_item_is_foreseen",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "what_if_not__in",
                                        [
                                            "harm_unwarned",
                                            "limit_of_law",
                                            "protection_lapses",
                                            "risk_unknown",
                                            "promise_broken",
                                            "voice_unheard",
                                            "goes_stale",
                                            "history_split",
                                        ],
                                    )
                                ),
                                name="work_item_consequence",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="WorkStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("step", models.CharField(max_length=12)),
                        ("true_from", models.DateTimeField()),
                        ("known_from", models.DateTimeField()),
                        ("by", models.CharField(max_length=60)),
                        ("reason", models.CharField(blank=True, max_length=20)),
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="work.workitem"
                            ),
                        ),
                        (
                            "to",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["item", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("step__in", ["raised", "foreseen", "supervisor", "inspector"])),
                                fields=("item", "step"),
                                name="work_step_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "step__in",
                                        [
                                            "raised",
                                            "foreseen",
                                            "supervisor",
                                            "inspector",
                                            "done",
                                            "excused",
                                            "withdrawn",
                                            "returned",
                                            "forward",
                                            "given",
                                            "reassigned",
                                            "took",
                                        ],
                                    )
                                ),
                                name="work_step_is_known",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Absence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("first", models.DateField()),
                        ("last", models.DateField()),
                        ("why", models.CharField(max_length=20)),
                        ("recorded_by", models.CharField(max_length=60)),
                        ("known_from", models.DateTimeField()),
                        (
                            "cover",
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
                            "who",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["force", "last"], name="work_absence_last")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last__gte", models.F("first"))),
                                name="work_absence_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cover", None),
                                    models.Q(("cover", models.F("who")), _negated=True),
                                    _connector="OR",
                                ),
                                name="work_absence_covered_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("why__in", ["leave", "sickness", "training", "moved_on", "back"])),
                                name="work_absence_why",
                            ),
                        ],
                    },
                    managers=[
                        ("rows", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CalendarChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(blank=True, max_length=64)),
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
            ],
        ),
    ]

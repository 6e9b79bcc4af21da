import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0012_ranks"),
        ("orders", "0017_change_refused"),
        ("people", "0006_newest_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterWritten",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=12)),
                ("known_from", models.DateTimeField()),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
                    ),
                ),
                (
                    "printed",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letter", to="orders.paperprinted"
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
                (
                    "review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.orderreview",
                    ),
                ),
            ],
            options={
                "ordering": ["printed"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["terms", "changed", "ended", "review"])),
                        name="orders_letter_about",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about", "review"), ("record__isnull", False), ("review__isnull", False)),
                            models.Q(models.Q(("about", "review"), _negated=True), ("review__isnull", True)),
                            _connector="OR",
                        ),
                        name="orders_letter_of_a_review",
                    ),
                ],
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
    ]

"""What stands recorded above cases, beside which a 'standard' grade is looked at again."""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0018_what_an_answer_decided"),
        ("cases", "0015_turning_long_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="RiskFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact", models.CharField(max_length=24)),
                ("key", models.CharField(db_index=True, max_length=60)),
                ("holds", models.BooleanField(default=True)),
                ("known_from", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="risk_facts", to="cases.case"
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.force"
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
                                ["breach_of_order", "explicit_threat", "tracking_or_break_in", "previous_victim"],
                            )
                        ),
                        name="cases_risk_fact",
                    )
                ],
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
    ]

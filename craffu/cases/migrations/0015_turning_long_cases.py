"""Indexes by which a case of thousands of events turns over its hearings and names, and sees which messages stand, from them alone."""

import django.db.models.deletion
from django.db import migrations, models

from craffu.common.migrating import AddIndexBesideWork, AlterFieldAtOnce, RemoveIndexBesideWork


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0014_advice_about_orders")]

    operations = [
        AddIndexBesideWork(
            model_name="hearing",
            index=models.Index(fields=["case", "force", "held_on"], name="cases_hearing_in_order"),
        ),
        RemoveIndexBesideWork(model_name="hearing", name="cases_hearing_of_case"),
        AddIndexBesideWork(
            model_name="casereference",
            index=models.Index(fields=["case", "force", "-kind", "id"], name="cases_reference_of_case"),
        ),
        AlterFieldAtOnce(
            model_name="casereference",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="references",
                to="cases.case",
            ),
        ),
        AddIndexBesideWork(
            model_name="hearingversion",
            index=models.Index(fields=["hearing", "force", "received_at", "number"], name="cases_hearing_latest"),
        ),
        AlterFieldAtOnce(
            model_name="hearingversion",
            name="hearing",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="cases.hearing",
            ),
        ),
        AddIndexBesideWork(
            model_name="hearingversion",
            index=models.Index(
                fields=["hearing", "force"],
                name="cases_hearing_doubtful",
                condition=models.Q(("flags", []), _negated=True),
            ),
        ),
        RemoveIndexBesideWork(model_name="hearingversion", name="cases_hearing_in_doubt"),
    ]

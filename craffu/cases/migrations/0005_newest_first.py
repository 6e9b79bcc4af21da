"""Indexes by which the newest cases, hearings and crimes of a case are found without going through all of them."""

import django.db.models.deletion
from django.db import migrations, models

from craffu.common.migrating import AddIndexBesideWork, AlterFieldAtOnce


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0004_closed_by_the_police")]

    operations = [
        AddIndexBesideWork(
            model_name="case",
            index=models.Index(fields=["force", "id"], name="cases_case_newest"),
        ),
        AddIndexBesideWork(
            model_name="caseversion",
            index=models.Index(fields=["case", "reported_at"], name="cases_crime_reported"),
        ),
        AddIndexBesideWork(
            model_name="hearingversion",
            index=models.Index(fields=["force", "known_from", "received_at", "id"], name="cases_hearing_newest"),
        ),
        AddIndexBesideWork(
            model_name="hearing",
            index=models.Index(fields=["case", "held_on"], name="cases_hearing_of_case"),
        ),
        AlterFieldAtOnce(
            model_name="hearing",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hearings",
                to="cases.case",
            ),
        ),
        AlterFieldAtOnce(
            model_name="caseversion",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="cases.case",
            ),
        ),
    ]

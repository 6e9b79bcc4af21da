"""Indexes by which the page of a case of thousands of events counts its crimes and finds what courts set, without reading rows."""

from django.db import migrations, models

from craffu.common.migrating import AddIndexBesideWork


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0001_squashed_0012_releases")]

    operations = [
        AddIndexBesideWork(
            model_name="caseversion",
            index=models.Index(fields=["case", "source", "crime", "force"], name="cases_crime_of_case"),
        ),
        AddIndexBesideWork(
            model_name="hearingversion",
            index=models.Index(
                fields=["hearing"], name="cases_hearing_in_doubt", condition=models.Q(("flags", []), _negated=True)
            ),
        ),
        AddIndexBesideWork(
            model_name="resultgiven",
            index=models.Index(fields=["charge", "next_on", "force"], name="cases_result_sets_a_day"),
        ),
    ]

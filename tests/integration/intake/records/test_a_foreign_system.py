"""Real incidents of another country's police, read through a mapping: month first, twelve-hour clock, every field quoted.

INT-03, INT-05. None of their words is ours, and nothing of the file is copied here.
"""

from datetime import datetime
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.cases.models import Case, CaseVersion
from craffu.intake.running import take_in

pytestmark = [pytest.mark.django_db, pytest.mark.rule("INT-03"), pytest.mark.rule("INT-05")]

MAPPING = """
kind = "rms"
about = "Incidents as an American city publishes them"
date_order = "month_first"

[crimes.columns]
crime_ref = "OFFENSE_ID"
recorded_as = "IS_CRIME"
home_office_class = ["OFFENSE_CODE", "OFFENSE_CODE_EXTENSION"]
offence_title = "OFFENSE_TYPE_ID"
occurred_from = "FIRST_OCCURRENCE_DATE"
occurred_to = "LAST_OCCURRENCE_DATE"
reported_at = "REPORTED_DATE"
location = "INCIDENT_ADDRESS"
station = "NEIGHBORHOOD_ID"
updated_at = "REPORTED_DATE"

[crimes.values.recorded_as]
"1" = "crime"
"0" = "incident"

[crimes.constants]
stage = "closed"
"""


@pytest.fixture
def files(shared_data: Path) -> list[Path]:
    return sorted((shared_data / "crime/denver").glob("denver_incidents_*.csv"))


def test_every_incident_is_taken_in_through_a_mapping(system: Acting, files: list[Path]) -> None:
    done = take_in(by=system, kind="rms", paths=files, mapping=MAPPING.encode(), expected=252)
    assert (done.run.received, done.run.created, done.run.rejected, done.run.parked) == (252, 252, 0, 0)
    assert Case.objects.for_user(system).count() == 252

    versions = CaseVersion.objects.for_user(system)
    assert versions.filter(recorded_as="crime").count() == 205
    assert versions.filter(occurred_to__isnull=True).count() == 174
    at = sorted(version.reported_at for version in versions)
    # A wall clock is read as London's (CLK-01): that of November is UTC, that of July an hour ahead of it.
    assert [each.replace(tzinfo=None) for each in (at[0], at[-1])] == [
        datetime(2016, 2, 1, 11, 53),  # noqa: DTZ001
        datetime(2019, 7, 18, 17, 45),  # noqa: DTZ001
    ]
    titles = [version.offence_title for version in versions]
    assert {name: titles.count(name) for name in ("violation-of-restraining-order", "harassment-stalking-dv")} == {
        "violation-of-restraining-order": 3,
        "harassment-stalking-dv": 1,
    }


def test_the_same_incidents_again_add_nothing(system: Acting, files: list[Path]) -> None:
    take_in(by=system, kind="rms", paths=files, mapping=MAPPING.encode())
    again = take_in(by=system, kind="rms", paths=files, mapping=MAPPING.encode())
    assert (again.run.created, again.run.unchanged) == (0, 252)

"""In which case an order of the demo lies: of those reported when it began, the one reported last that is not over."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.config.demo.parties import Cases
from tests.factories.breaches import send_incident
from tests.factories.victims import send_victim

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEN_DAYS_AGO = NOW - timedelta(days=10)


def crime(day: str, stage: str = "investigation") -> dict[str, str]:
    return {"stage": stage, "reported_at": f"{day} 10:00:00"}


def taken(cases: Cases) -> list[str]:
    """The crimes of the cases in the order in which they are taken for orders that began ten days ago."""
    found = []
    while (of := cases.take(TEN_DAYS_AGO)) is not None:
        found.append(of.case.references.get(kind="crime").value)
        assert of.respondent.source_key != of.protected.source_key
    return found


def test_an_order_lies_in_the_case_reported_last_that_is_open_and_never_first_in_one_reported_since(
    system: Acting, investigator: Acting, tmp_path: Path, frozen_clock: time_travel.Traveller
) -> None:
    frozen_clock.move_to(NOW)
    for number, said in (
        (1, crime("2026-11-01", "closed")), (2, crime("2026-09-01")), (3, crime("2017-06-08", "closed")),
        (4, crime("2026-10-01")), (5, crime("2026-11-22")),
    ):  # fmt: skip
        send_victim(system, tmp_path, number, **said)

    assert taken(Cases(investigator)) == ["CRIME4", "CRIME2", "CRIME1", "CRIME3", "CRIME5"]


def test_nobody_is_in_two_of_them(
    system: Acting, investigator: Acting, tmp_path: Path, frozen_clock: time_travel.Traveller
) -> None:
    frozen_clock.move_to(NOW)
    send_victim(system, tmp_path, 1, **crime("2026-09-01"))
    send_victim(system, tmp_path, 2, **crime("2026-08-01"))
    send_incident(system, tmp_path, 301, 1, **crime("2026-10-01"))

    assert taken(Cases(investigator)) == ["CRIME301", "CRIME2"]

"""Cases of stalking by whether their officer was trained then, read from what the force's own systems said (R2b)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.intake.running import take_in
from craffu.measures.practice.kinds import Group
from craffu.measures.practice.queries import first_trained, practised
from craffu.measures.practice.rules import Handled
from craffu.orders.considering.rules import Outcome
from tests.factories.considering import decide, decision
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write
from tests.factories.staff import accepted, training
from tests.factories.victims import send_victim

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep, pytest.mark.rule("RES-01")]

NOW: Final = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)
TRAINED: Final = date(2026, 6, 1)


def crimes(by: Acting, folder: Path, *said: dict[str, str]) -> None:
    rows = [
        row("rms", "crimes", number, **UNGRADED | {"updated_at": one["reported_at"], "home_office_class": "8Q"} | one)
        for number, one in enumerate(said, start=50)
    ]
    inbox = write(folder / "crimes", "crimes.csv", rows).parent
    assert take_in(by=by, kind="rms", paths=[inbox]).run.rejected == 0


def reported(officer: str, day: str, **more: str) -> dict[str, str]:
    return {"officer": officer, "reported_at": f"{day} 10:00:00", **more}


@pytest.fixture
def trained(system: Acting, acting_as: Callable[..., Acting]) -> None:
    """One officer trained in June, whose first training was in a version that did not count; one whose training never does."""
    accepted(acting_as("workforce_lead"), first=date(2026, 1, 1))
    training(system, "1001", date(2025, 5, 1))
    training(system, "1001", TRAINED)
    training(system, "1001", date(2026, 9, 1))
    training(system, "1002", date(2026, 6, 1), version="9")
    training(system, "1003", date(2026, 6, 1), lesson="continuing")


def test_first_trained_is_the_first_training_that_counts(system: Acting, trained: None) -> None:
    assert first_trained(system) == {"1001": TRAINED}


def test_each_case_belongs_to_its_officer_by_the_last_word(system: Acting, trained: None, tmp_path: Path) -> None:
    with time_machine.travel(NOW, tick=False):
        crimes(
            system, tmp_path,
            reported("1001", "2026-05-31"),
            reported("1001", "2026-06-01"),
            reported("1002", "2026-06-02"),
            reported("", "2026-06-03"),
            reported("1001", "2026-06-04", home_office_class="8L", flags=""),
            reported("1001", "2024-06-04"),
            reported("1001", "2026-11-23"),
            reported("1003", "2026-06-05", home_office_class="8L", flags=""),
        )  # fmt: skip
        # The last was recorded as something else, and goes to an officer who was never trained.
        later = reported("1002", "2026-06-05", flags="stalking", updated_at="2026-06-06 10:00:00")
        folder = tmp_path / "later"
        write(folder, "crimes.csv", [row("rms", "crimes", 57, **UNGRADED | later)])
        assert take_in(by=system, kind="rms", paths=[folder]).run.rejected == 0
        found = practised(system, NOW)
    assert (found.first, found.last) == (date(2024, 11, 22), date(2026, 11, 22))
    assert found.without_officer == 1
    assert {group: list(several) for group, several in found.groups.items()} == {
        Group.BEFORE: [Handled("1001", None, recorded_otherwise=False)],
        Group.AFTER: [Handled("1001", None, recorded_otherwise=False)],
        Group.NEVER: [Handled("1002", None, recorded_otherwise=False), Handled("1002", None, recorded_otherwise=True)],
    }


def test_how_long_it_took_to_decide_about_an_order(
    system: Acting, trained: None, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    opened = datetime(2026, 11, 17, 10, tzinfo=UTC)
    with time_machine.travel(opened + 3 * HOUR, tick=False):
        send_victim(
            system, tmp_path, 1, reported_at="2026-11-17 10:00:00", updated_at="2026-11-17 10:30:00", officer="1001"
        )
        case = Case.objects.for_user(system).get().reference
        decide(acting_as("investigator"), case, decision("PHA_INJ", Outcome.SUPPORT_OWN_APPLICATION))
    with time_machine.travel(opened + 5 * HOUR, tick=False):
        decide(acting_as("investigator", username="second"), case, decision("SPO", Outcome.APPLY))
    found = practised(system, NOW)
    assert found.groups == {Group.AFTER: [Handled("1001", 5 * HOUR, recorded_otherwise=False)]}

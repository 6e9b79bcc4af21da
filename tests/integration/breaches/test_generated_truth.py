"""On generated forces: how many of the breaches that a source told of are found, how many raised are breaches (BRC-06).

What is measured is told at the end of the run, with the seed: a force that nobody has seen is drawn for the deep run each time.
"""

import secrets
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.config.generate.force import Wanted, generate
from tests.factories.breach_force import BreachForce, Measured, measure

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep]

# Of what the stated rule can find, of all that any source reported, and of all that is raised.
OF_DETECTABLE, OF_REPORTED, RIGHT = 0.95, 0.75, 0.6


def measured(wanted: Wanted, system: Acting, team: Acting, clock: Any, folder: Path) -> Measured:
    generate(folder, wanted)
    force = BreachForce(folder, system, team, clock)
    force.take_in(wanted.until)
    found = measure(force)
    print(f"\nseed {wanted.seed}, {wanted.people} people, {len(force.orders)} orders: {found}")
    return found


def reached(found: Measured) -> bool:
    return (
        found.found_of_detectable >= OF_DETECTABLE * found.detectable
        and found.found >= OF_REPORTED * found.reported
        and found.right >= RIGHT * found.raised
    )


def test_BRC_06_what_was_reported_is_found_and_what_is_raised_is_mostly_right(
    system: Acting, team: Acting, clock: Any, tmp_path: Path
) -> None:
    found = measured(Wanted(people=700, years=4, seed=31), system, team, clock, tmp_path / "force")

    assert found.reported > 5
    assert reached(found), found


@pytest.mark.deep
@pytest.mark.parametrize("people", [6000, 12_000])
def test_BRC_06_of_forces_that_nobody_has_seen(
    system: Acting, team: Acting, clock: Any, tmp_path: Path, people: int
) -> None:
    seed = 1000 + secrets.randbelow(1_000_000)
    found = measured(Wanted(people=people, years=8, seed=seed), system, team, clock, tmp_path / "force")

    assert found.reported > 50
    assert reached(found), found

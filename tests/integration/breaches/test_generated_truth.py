"""On generated forces: how many breaches are found, how complete histories are, which patterns come up (BRC-06, BRC-07, BRC-09).

What is measured is told at the end of the run, with the seed: a force that nobody has seen is drawn for the deep run each time.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.clocks.london import end_of
from craffu.config.generate.force import Wanted, generate
from craffu.daily.ticking import tick
from tests.factories.breach_force import BreachForce, Measured, measure
from tests.factories.history_force import Complete, Deciders, complete, decide_pairs_of, decide_what_waits
from tests.factories.pattern_force import Patterns, measure_patterns, records_of_victims

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep, pytest.mark.long]

# Of what the stated rule can find, of all that any source reported, and of all that is raised.
OF_DETECTABLE, OF_REPORTED, RIGHT = 0.95, 0.75, 0.6
# Of all breaches that a source told of, and of all patterns: by the model alone, and once people have decided.
IN_HISTORY, OF_PATTERNS, PATTERNS_DECIDED, FALSE_PATTERNS = 0.98, 0.9, 0.98, 0.1


@dataclass(frozen=True)
class Force:
    """All that is measured of one force: by the machine alone, and once people have decided what waits for them."""

    found: Measured
    alone: Complete
    decided: Complete
    patterns: Patterns
    patterns_decided: Patterns

    @property
    def reached(self) -> bool:
        one = self.found
        return (
            one.found_of_detectable >= OF_DETECTABLE * one.detectable
            and one.found >= OF_REPORTED * one.reported
            and one.right >= RIGHT * one.raised
        )

    @property
    def is_complete(self) -> bool:
        """Each breach stands in the history of whoever did it, with its source and the condition that it broke."""
        one = self.decided
        return min(one.held, one.named) >= IN_HISTORY * one.told

    @property
    def sees_patterns(self) -> bool:
        return all(
            one.missed <= may_be_missed(share, one.true) and one.false <= FALSE_PATTERNS * one.raised
            for one, share in ((self.patterns, OF_PATTERNS), (self.patterns_decided, PATTERNS_DECIDED))
        )


def may_be_missed(share: float, of: int) -> float:
    """How many a force that is drawn may miss where this share of all is found: one standard error more than the mean of so few,
    and one at least. Without it one force in five would be said to miss 0.98 where 0.99 are found.
    """
    return max(1, (1 - share) * of + sqrt(of * share * (1 - share)))


def test_how_many_of_a_drawn_force_may_be_missed() -> None:
    assert [int(may_be_missed(PATTERNS_DECIDED, of)) for of in (10, 85, 167, 1000)] == [1, 2, 5, 24]


@pytest.fixture
def deciders(acting_as: Callable[..., Acting]) -> Deciders:
    return Deciders(
        acting_as("link_clerk", username="ann"), acting_as("link_clerk", username="ben"), acting_as("investigator")
    )


def measured(
    wanted: Wanted, system: Acting, team: Acting, deciders: Deciders, clock: Any, folder: Path
) -> Force:  # fmt: skip
    generate(folder, wanted)
    force, at = BreachForce(folder, system, team, clock), end_of(wanted.until)
    force.take_in(wanted.until)
    found, alone, patterns = measure(force), complete(force), measure_patterns(force, at)
    pairs = decide_what_waits(force, deciders)
    tick(force=system.force, at=at)
    decided = complete(force)
    of_victims = decide_pairs_of(force, deciders, lambda: records_of_victims(force))
    all_of_it = Force(found, alone, decided, patterns, measure_patterns(force, at))
    print(f"\nseed {wanted.seed}, {wanted.people} people, {len(force.orders)} orders: {found}")
    print(f"histories by the machine alone: {alone}")
    print(f"histories after {pairs} pairs and the conditions were decided: {all_of_it.decided}")
    print(f"patterns by the machine alone: {patterns}")
    print(f"patterns after {of_victims} pairs of victims were decided: {all_of_it.patterns_decided}")
    return all_of_it


@pytest.mark.deep
def test_BRC_06_BRC_07_BRC_09_of_a_force_that_is_always_the_same(
    system: Acting, team: Acting, deciders: Deciders, clock: Any, tmp_path: Path
) -> None:
    found = measured(Wanted(people=700, years=4, seed=31), system, team, deciders, clock, tmp_path / "force")

    assert found.found.reported > 5
    assert found.alone.told > 5
    assert found.patterns.true > 3
    assert found.reached, found
    assert found.is_complete, found
    assert found.sees_patterns, found


@pytest.mark.deep
@pytest.mark.parametrize("people", [6000, 12_000])
def test_BRC_06_BRC_07_BRC_09_of_forces_that_nobody_has_seen(
    system: Acting, team: Acting, deciders: Deciders, clock: Any, tmp_path: Path, people: int
) -> None:
    seed = 1000 + secrets.randbelow(1_000_000)
    found = measured(Wanted(people=people, years=8, seed=seed), system, team, deciders, clock, tmp_path / "force")

    assert found.found.reported > 50
    assert found.reached, found
    assert found.is_complete, found
    assert found.sees_patterns, found

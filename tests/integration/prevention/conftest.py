"""A small invented force of which everybody was scored once, and who decides there."""

from datetime import date, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, end_of
from craffu.config.generate.force import Wanted, generate
from craffu.engines.choice import Engine, Kind
from craffu.intake.running import take_in
from craffu.people.models import Person
from craffu.prevention.cohort.actions import enter_cohort
from craffu.prevention.cohort.queries import stays_of
from craffu.prevention.models import ScoreRun, ScoreStands
from craffu.prevention.running.actions import score_today
from craffu.prevention.scoring.actions import define_population
from craffu.prevention.scoring.rules import Tier
from tests.factories.meetings import WHY
from tests.worlds import World, force, kept, world

__all__ = ["force", "world"]

SMALL: Final = Wanted(people=300, years=3, seed=23)
NOW: Final = end_of(SMALL.until)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
TODAY: Final = day_of(NOW)
NOON: Final = NOW + 12 * HOUR
LATER: Final = NOW + HOUR
DUCKDB: Final = Engine(Kind.DUCKDB)


@kept(at=NOW)
def scored(world: World) -> ScoreRun:
    """A force whose crimes and results were taken in, and whose stated population was scored once."""
    folder = world.folder
    generate(folder, SMALL)
    for kind, name in (("rms", "police"), ("court-results", "court-results")):
        assert take_in(by=world.system, kind=kind, paths=[folder / name]).reconciled
    supervisor = world.acting_as("supervisor", username="states")
    define_population(
        by=supervisor, name="Stalking", begins=date(2026, 1, 1), necessity_ref="DPIA-7", necessity_on=date(2025, 12, 1),
        now=NOW,
    )  # fmt: skip
    run = score_today(by=world.system, engine=DUCKDB, now=NOW)
    assert run is not None
    return run


@kept(at=NOW)
def manager(world: World) -> Acting:
    return world.acting_as("offender_manager", username="manager")


@kept(at=NOW)
def supervisor(world: World) -> Acting:
    return world.acting_as("supervisor", username="supervisor")


def of_tier(by: Acting, tier: Tier) -> Person:
    row = ScoreStands.objects.for_user(by).filter(tier=tier.value).order_by("id").select_related("person").first()
    assert row is not None
    person: Person = row.person
    return person


def enters(by: Acting, person: Person) -> None:
    enter_cohort(by=by, person=person, reason=WHY, seen=stays_of(by, person).version, now=NOW)

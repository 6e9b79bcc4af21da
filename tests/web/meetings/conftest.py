"""An order in force, everybody scored, and a chair. The clock stands at noon on a Tuesday in winter."""

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.orders.models import Order
from craffu.people.models import Person
from craffu.people.queries import people_of_records
from craffu.prevention.models import ScoreRun
from tests.factories.breaches import reported, send_incident
from tests.factories.priorities import scored_by
from tests.factories.reviews import in_force
from tests.web.orders.conftest import NOW, at_noon, team
from tests.worlds import World, force, kept, world

__all__ = ["at_noon", "force", "team", "world"]


@kept(at=NOW)
def order(world: World, team: Acting) -> Order:
    return in_force(world.system, team, world.folder)


@kept(at=NOW)
def scored(world: World, order: Order) -> ScoreRun:
    """Whom the order is against may have broken it, and is suspected of stalking whoever it protects: by that they are scored."""
    send_incident(world.system, world.folder, 7, home_office_class="8Q")
    officer = world.acting_as("response_officer", username="officer")
    person = people_of_records(officer, [order.respondent_id])[order.respondent_id]
    reported(officer, person.reference, NOW, order=order.reference, words="He waited at the gate")
    return scored_by(world.acting_as("supervisor", username="states"), NOW)


@kept(at=NOW)
def chair(world: World) -> Acting:
    return world.acting_as("supervisor", username="chair")


@pytest.fixture
def person(scored: ScoreRun, order: Order, system: Acting) -> Person:
    """Whom the order is against."""
    return people_of_records(system, [order.respondent_id])[order.respondent_id]


def by_of(client: Client) -> Acting:
    return acting_user(client.user)  # type: ignore[attr-defined]

"""Somebody against whom orders stand, and those who meet them at a door. The clock stands at noon on a Tuesday in winter."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order
from craffu.people.models import Membership
from tests.factories.orders import MADE, considered, notified, received, scanned
from tests.worlds import World, force, kept, world

__all__ = ["force", "world"]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SERVED_AT = MADE + timedelta(hours=1)
SERVICE = Given(served_at=SERVED_AT, place="court", method="personal", server="PC Rees", proof="Statement")


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@kept(at=NOW)
def team(world: World) -> Acting:
    return acting_user(world.make_user("orders_team"))


@kept(at=NOW)
def made(world: World, team: Acting) -> Order:
    """A stalking protection order of 20 November with two conditions, not served; its pack may go."""
    return scanned(team, received(team, considered(world.system, world.folder).reference, MADE))


@kept(at=NOW)
def served(made: Order, team: Acting) -> Order:
    return notified(team, move_order(by=team, order=made.reference, move="serve", given=SERVICE))


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("response_officer")


def person_of(order: Order) -> str:
    rows = Membership.objects.for_system("a test").filter(record=order.respondent_id).order_by("-id")
    return str(rows.select_related("person")[0].person.reference)

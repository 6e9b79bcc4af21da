"""Noon on a Tuesday in winter; an order that was made four days before and served, and those who have to do with a breach."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order
from tests.factories.orders import MADE, considered, notified, received, scanned
from tests.integration.orders.conftest import NOW
from tests.worlds import World, force, kept, world

__all__ = ["force", "world"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SERVED_AT: Final = MADE + HOUR
SERVED: Final = Given(served_at=SERVED_AT, place="court", method="personal", server="PC Rees", proof="Statement")


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def investigator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("investigator", username="investigator")


@pytest.fixture
def supervisor(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("supervisor", username="supervisor")


@pytest.fixture
def officer(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("response_officer", username="officer")


@kept(at=NOW)
def team(world: World) -> Acting:
    return world.acting_as("orders_team", username="team")


@kept(at=NOW)
def served(world: World, team: Acting) -> Order:
    """Made on 20 November 2026 at eleven and served an hour later: two conditions, one victim whom it protects."""
    order = scanned(team, received(team, considered(world.system, world.folder).reference, MADE))
    return notified(team, move_order(by=team, order=order.reference, move="serve", given=SERVED))

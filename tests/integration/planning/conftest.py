"""Noon on a Tuesday in winter, an order in force, and those who plan for whoever it is against."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.orders.models import Order
from tests.factories.plans import respondent_of
from tests.factories.reviews import in_force
from tests.worlds import World, force, kept, world

__all__ = ["force", "world"]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@kept(at=NOW)
def team(world: World) -> Acting:
    return world.acting_as("orders_team", username="team")


@kept(at=NOW)
def order(world: World, team: Acting) -> Order:
    return in_force(world.system, team, world.folder)


@pytest.fixture
def manager(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("offender_manager", username="manager")


@pytest.fixture
def supervisor(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("supervisor", username="supervisor")


@pytest.fixture
def person(order: Order, manager: Acting) -> str:
    return respondent_of(manager, order)

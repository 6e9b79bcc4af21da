"""Orders at points of their lives, and those who open their pages. The clock stands at noon on a Tuesday in winter."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.orders.models import Order
from tests.factories.orders import MADE, considered, received, scanned
from tests.worlds import World, force, kept, world

__all__ = ["force", "world"]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def as_role(signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]) -> Callable[[str], Client]:
    """Somebody of a role who has just proved a second factor."""
    return lambda role: confirmed(signed_in_client(role), at=NOW)


@kept(at=NOW)
def team(world: World) -> Acting:
    return acting_user(world.make_user("orders_team"))


@kept(at=NOW)
def being_considered(world: World) -> Order:
    return considered(world.system, world.folder)


@kept(at=NOW)
def made(being_considered: Order, team: Acting) -> Order:
    """A stalking protection order that a court made on 20 November with two conditions, not served; its pack may go."""
    return scanned(team, received(team, being_considered.reference, MADE))

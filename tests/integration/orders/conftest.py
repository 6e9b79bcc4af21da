"""Noon on a Tuesday in winter, and those who have to do with an order."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.actions import say_rank
from tests.worlds import World, force, kept, world

__all__ = ["force", "world"]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def investigator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("investigator", username="investigator")


@kept(at=NOW)
def team(world: World) -> Acting:
    return world.acting_as("orders_team", username="team")


@pytest.fixture
def authoriser(acting_as: Callable[..., Acting], system: Acting) -> Acting:
    by = acting_as("authoriser", username="super")
    say_rank(by=system, user=by.user, rank="superintendent", reason="Promoted in May")
    return by

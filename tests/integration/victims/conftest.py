"""A victim of stalking whose case is open, at noon on a Tuesday in winter, and the officers who look after her."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from tests.factories.victims import send_victim
from tests.worlds import World, force, kept, world

__all__ = ["force", "world"]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@kept(at=NOW)
def victim(world: World) -> str:
    """Her reference. Her case is C-10001."""
    return send_victim(world.system, world.folder)


@kept(at=NOW)
def officer(world: World) -> Acting:
    return world.acting_as("victim_officer", username="officer")

"""A small force taken in and linked once, as large as each file of tests wants it."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.clocks.london import end_of
from craffu.config.generate.force import Wanted, generate
from craffu.engines.choice import Engine, Kind
from craffu.intake.linking.running import link_register
from craffu.intake.running import take_in
from tests import worlds


def linked_once(wanted: Wanted) -> Callable[..., Any]:
    """The fixture `linked` of a file, whose clock stands at the end of the last day."""

    @worlds.kept(at=end_of(wanted.until))
    def linked(world: worlds.World) -> Acting:
        folder = world.folder
        generate(folder, wanted)
        assert take_in(by=world.system, kind="rms", paths=[folder / "police"]).reconciled
        link_register(world.system, Engine(Kind.DUCKDB))
        return world.system

    return linked


@pytest.fixture
def register(
    linked: Acting, system: Acting, frozen_clock: time_machine.Traveller, request: pytest.FixtureRequest
) -> Acting:
    frozen_clock.move_to(end_of(request.module.WANTED.until))
    return system

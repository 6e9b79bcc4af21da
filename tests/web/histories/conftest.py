"""Somebody with a breach history: one charged and proved, one rejected, one that nobody has decided."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.models import Breach
from craffu.breaches.standpoints.actions import decide, record_standpoint
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order
from tests.factories.breaches import breaches, send_incident
from tests.factories.orders import MADE, considered, notified, received, scanned
from tests.integration.breaches.conftest import DAY, HOUR, NOW, SERVED
from tests.integration.breaches.test_detecting import run, sent
from tests.worlds import World, force, kept, world

__all__ = ["force", "world"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@kept(at=NOW)
def supervisor(world: World) -> Acting:
    return world.acting_as("supervisor", username="decides")


@kept(at=NOW)
def served(world: World) -> Order:
    team = world.acting_as("orders_team", username="keeps")
    order = scanned(team, received(team, considered(world.system, world.folder).reference, MADE))
    return notified(team, move_order(by=team, order=order.reference, move="serve", given=SERVED))


@kept(at=NOW)
def decided(world: World, served: Order, supervisor: Acting) -> list[Breach]:
    system, folder = world.system, world.folder
    send_incident(system, folder, 2, **sent(NOW - 3 * DAY, offence_code="ST19001"))
    send_incident(system, folder, 3, **sent(NOW - 2 * DAY))
    send_incident(system, folder, 4, **sent(NOW - DAY))
    with time_machine.travel(NOW + HOUR, tick=False) as clock:
        run(system, NOW + HOUR)
        first, second, _third = breaches()
        for standpoint, decision in ((Standpoint.PROSECUTION, "charged"), (Standpoint.COURT, "proved")):
            record_standpoint(by=supervisor, breach=first.reference, standpoint=standpoint, decision=decision, at=NOW)
        decide(by=supervisor, breach=second.reference, decision=Decision.REJECT, reason="She asked him to come", seen=0)
        clock.shift(HOUR)
        run(system, NOW + 2 * HOUR)
    return breaches()


@pytest.fixture
def three(decided: list[Breach], clock: Any) -> list[Breach]:
    """Those of whom everything was decided two hours later."""
    clock.move_to(NOW + 2 * HOUR)
    return decided

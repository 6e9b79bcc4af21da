"""Somebody with a breach history: one charged and proved, one rejected, one that nobody has decided."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.models import Breach
from craffu.breaches.standpoints.actions import decide, record_standpoint
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order
from tests.factories.breaches import breaches, send_incident
from tests.factories.orders import MADE, considered, received, scanned
from tests.integration.breaches.conftest import DAY, HOUR, NOW, SERVED
from tests.integration.breaches.test_detecting import run, sent


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def supervisor(make_user: Callable[..., Any]) -> Acting:
    return acting_user(make_user("supervisor", username="decides"))


@pytest.fixture
def served(system: Acting, make_user: Callable[..., Any], tmp_path: Path) -> Order:
    team = acting_user(make_user("orders_team", username="keeps"))
    order = scanned(team, received(team, considered(system, tmp_path).reference, MADE))
    return move_order(by=team, order=order.reference, move="serve", given=SERVED)


@pytest.fixture
def three(served: Order, system: Acting, supervisor: Acting, tmp_path: Path, clock: Any) -> list[Breach]:
    send_incident(system, tmp_path, 2, **sent(NOW - 3 * DAY, offence_code="ST19001"))
    send_incident(system, tmp_path, 3, **sent(NOW - 2 * DAY))
    send_incident(system, tmp_path, 4, **sent(NOW - DAY))
    clock.shift(HOUR)
    run(system, NOW + HOUR)
    first, second, _third = breaches()
    for standpoint, decision in ((Standpoint.PROSECUTION, "charged"), (Standpoint.COURT, "proved")):
        record_standpoint(by=supervisor, breach=first.reference, standpoint=standpoint, decision=decision, at=NOW)
    decide(by=supervisor, breach=second.reference, decision=Decision.REJECT, reason="She asked him to come", seen=0)
    clock.shift(HOUR)
    run(system, NOW + 2 * HOUR)
    return breaches()

"""T33: the computer's clock is set back an hour between two steps; their order, in the order's life and in the log, stays."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.audit.naming import naming
from craffu.audit.queries import verify
from craffu.audit.sealing.actions import seal
from craffu.common.refusals import NotNow
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import OrderMove
from tests.factories.orders import MADE, considered, received, scanned
from tests.integration.orders.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("CLK-01")]
AN_HOUR = timedelta(hours=1)


def test_T33_steps_stay_in_the_order_in_which_they_were_taken_when_the_clock_is_set_back(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    order = scanned(team, received(team, considered(system, tmp_path).reference, MADE))
    served = Given(
        served_at=NOW - 2 * AN_HOUR, place="home", method="personal", server="PC 1", proof="Statement of service"
    )
    move_order(by=team, order=order.reference, move="serve", given=served)
    with time_machine.travel(NOW - AN_HOUR, tick=False):
        quashed = Given(quashed_on=NOW.date(), court="Swansea", appeal_case_no="A1")
        order = move_order(by=team, order=order.reference, move="quash", given=quashed, seen=3)
        seal()
    moves = list(OrderMove.objects.for_user(team).filter(order=order).order_by("number"))
    assert [one.move for one in moves] == ["open_consideration", "receive", "serve", "quash"]
    assert moves[3].known_from == moves[2].known_from - AN_HOUR
    assert order.status == "quashed"
    logged = Event.objects.filter(pk__in=naming([f"order/{order.reference}"])).order_by("id")
    assert list(logged.values_list("kind", flat=True)) == [
        "order_considered",
        "order_granted",
        "order_pack_scanned",
        "order_in_force",
        "order_quashed",
    ]
    assert verify().ok


def test_T33_what_lies_ahead_of_a_clock_set_back_is_refused_and_nothing_is_kept(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    order = scanned(team, received(team, considered(system, tmp_path).reference, MADE))
    served = Given(served_at=NOW, place="home", method="personal", server="PC 1", proof="Statement of service")
    with time_machine.travel(NOW - AN_HOUR, tick=False), pytest.raises(NotNow) as refused:
        move_order(by=team, order=order.reference, move="serve", given=served)
    assert refused.value.code == "ahead"
    assert OrderMove.objects.for_user(team).filter(order=order).count() == 2

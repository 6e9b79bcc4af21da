"""What changes or ends an order happened after it was made (ORD-13, ORD-15, ORD-17)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.common.refusals import NotNow
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order
from craffu.orders.queries import find_order
from tests.factories.orders import MADE, REASON, TERMS, considered, received
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

MADE_ON = MADE.date()
LAST_DAY = date(2028, 11, 19)
VARIED = Given(varied_on=MADE_ON, applicant="police", reason_text=REASON, terms=TERMS)
DISCHARGED = Given(
    discharged_on=MADE_ON, applicant="police", reason_text=REASON, consents=("respondent", "chief_officer")
)


@kept(at=NOW)
def known(world: World, team: Acting) -> Order:
    """Made on 20 November, and known to the respondent since."""
    made = received(team, considered(world.system, world.folder).reference, MADE, last_day=LAST_DAY)
    aware = Given(aware_at=MADE + timedelta(hours=1), proof="Was in court")
    return move_order(by=team, order=made.reference, move="record_awareness", given=aware)


def moved(by: Acting, order: Order, move: str, given: Given) -> Order:
    return move_order(by=by, order=order.reference, move=move, given=given)


def refused(by: Acting, order: Order, move: str, given: Given) -> str:
    with pytest.raises(NotNow) as refusal:
        moved(by, order, move, given)
    return refusal.value.code


@pytest.mark.rule("ORD-13")
@pytest.mark.rule("ORD-17")
@pytest.mark.parametrize(
    ("move", "name", "given"),
    [
        ("vary", "varied_on", VARIED),
        ("renew", "lodged_on", Given(new_last_day=date(2029, 11, 19), reason_text=REASON)),
        ("discharge", "discharged_on", DISCHARGED),
        ("quash", "quashed_on", Given(court="Swansea", appeal_case_no="A1")),
    ],
)
def test_nothing_changes_or_ends_an_order_on_a_day_before_it_was_made(
    move: str, name: str, given: Given, known: Order, team: Acting
) -> None:
    """A year mistyped would say that it never was in force, and a court's end is not taken back."""
    for on in (MADE_ON - timedelta(days=1), MADE_ON.replace(year=2025)):
        said: dict[str, Any] = {name: on}
        assert refused(team, known, move, replace(given, **said)) == "before_it_was_made"
    stands = find_order(team, known.reference)
    assert stands is not None
    assert (stands.status, stands.moves_made, stands.ended_at) == ("in_force", known.moves_made, None)
    on_the_day: dict[str, Any] = {name: MADE_ON}
    assert moved(team, known, move, replace(given, **on_the_day)).moves_made == known.moves_made + 1

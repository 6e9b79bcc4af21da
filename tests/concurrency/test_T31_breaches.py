"""T31 on breaches: of several who decide one possible breach at one instant one does; the others are shown what was decided."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.models import Breach, BreachMove, StandpointTaken
from craffu.breaches.standpoints.actions import decide
from craffu.common.refusals import Conflict
from craffu.orders.models import Order
from tests.concurrency.test_T30_lost_update import all_at_once
from tests.factories.breaches import reported_of
from tests.factories.reviews import in_force

pytestmark = [
    pytest.mark.slow,
    pytest.mark.rule("BRC-06"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables"),
]
WHY = "The neighbour saw him at the gate"


@pytest.fixture
def order(system: Acting, acting_as: Callable[..., Acting], tmp_path: Path) -> Order:
    return in_force(system, acting_as("orders_team"), tmp_path)


@pytest.fixture
def deciders(acting_as: Callable[..., Acting]) -> list[Acting]:
    return [acting_as(role) for role in ("investigator", "supervisor")]


def deciding(by: Acting, breach: Breach, decision: Decision) -> Callable[[], Breach]:
    return lambda: decide(by=by, breach=breach.reference, decision=decision, reason=WHY, seen=0)


@pytest.mark.parametrize("times", [5, pytest.param(100, marks=pytest.mark.deep)])
def test_T31_of_two_who_decide_otherwise_at_one_instant_one_does(
    times: int, order: Order, deciders: list[Acting], acting_as: Callable[..., Acting]
) -> None:
    officer = acting_as("response_officer")
    for number in range(times):
        breach = reported_of(officer, order, key=str(number))
        both = [Decision.ACCEPT, Decision.REJECT]
        acts = [deciding(by, breach, one) for by, one in zip(deciders, both, strict=True)]
        became = all_at_once(acts)

        assert Counter(type(one) for one in became) == {Breach: 1, Conflict: 1}, became
        [move] = BreachMove.objects.for_system("a test").filter(breach=breach)
        [word] = StandpointTaken.objects.for_system("a test").filter(breach=breach, standpoint="police")
        stands = Breach.objects.for_system("a test").get(pk=breach.pk)
        assert (move.to_status, word.by_id, stands.moves_made) == (stands.status, move.by_id, 1)
        assert word.decision == {"accepted": "breach", "rejected": "no_breach"}[stands.status]
    assert Event.objects.filter(kind="breach_decided").count() == times

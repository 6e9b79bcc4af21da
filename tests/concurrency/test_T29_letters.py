"""T29 on letters: however often and by how many it is recorded that somebody has a letter, they were told once (VIC-06)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.orders.letters.actions import give_letter
from craffu.orders.models import LetterWritten, Order, OrderNoted, PaperGiven
from craffu.victims.letters.facts import Given, Way
from craffu.victims.models import Contact
from craffu.victims.stories import story_of
from tests.concurrency.test_T30_lost_update import all_at_once
from tests.factories.letters import BY_LETTER, written
from tests.factories.reviews import in_force, victim_of
from tests.factories.victims import agreed
from tests.factories.victims import victim_of as find

pytestmark = [
    pytest.mark.slow,
    pytest.mark.rule("VIC-06"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables"),
]
OFFICERS = 8
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def officers(acting_as: Callable[..., Acting]) -> list[Acting]:
    return [acting_as("victim_officer") for _ in range(OFFICERS)]


@pytest.fixture
def order(system: Acting, acting_as: Callable[..., Acting], officers: list[Acting], tmp_path: Path) -> Order:
    with time_machine.travel(NOW, tick=False):
        found = in_force(system, acting_as("orders_team"), tmp_path)
        agreed(officers[0], victim_of(officers[0], found), BY_LETTER)
    return found


def giving(by: Acting, order: Order, letter: LetterWritten) -> Callable[[], PaperGiven]:
    given = Given(at=LATER, way=Way.HANDED)
    return lambda: give_letter(by=by, order=order.reference, number=letter.printed_id, given=given, now=LATER)


def test_T29_a_letter_that_eight_record_as_given_was_given_and_tells_once(order: Order, officers: list[Acting]) -> None:
    first = officers[0]
    with time_machine.travel(NOW, tick=False):
        letter = written(replace(first, factor_at=NOW), order)
    one, *others = all_at_once([giving(by, order, letter) for by in officers])
    assert isinstance(one, PaperGiven)
    assert all(other == one for other in others), others
    # Again, as after a time-out, by somebody to whom no answer came.
    assert giving(officers[-1], order, letter)() == one
    assert PaperGiven.objects.for_system("a test").count() == 1
    assert Contact.objects.for_system("a test").count() == 1
    assert OrderNoted.objects.for_system("a test").filter(what="terms-given").count() == 1
    assert Event.objects.filter(kind="order_paper_given").count() == 1
    told = [
        one for one in story_of(first, find(first, victim_of(first, order)), LATER).happened if one.told_at is not None
    ]
    assert {each.kind.value for each in told} >= {"order_served"}
    assert {each.told_at for each in told} == {LATER}

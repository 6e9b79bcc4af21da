"""Pairs that wait are due work: sooner where protection hangs on them, done by a word, and asked once (IDN-02, IDN-03)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.clocks.london import day_of, end_of
from craffu.common import clock
from craffu.daily.ticking import tick
from craffu.intake.linking.actions import agree_pair, decide_pair
from craffu.intake.linking.due import AGREE, DECIDE, QUEUE
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.linkage.queries import pairs_to_decide
from craffu.linkage.rules import Harm
from craffu.work.models import WorkItem, WorkStep
from craffu.work.rules import Consequence
from tests.factories.identities import WHY, record_of, score
from tests.factories.orders import MADE, considered, received
from tests.factories.reviews import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.rule("MON-04")]
UNSURE = 0.9


@pytest.fixture
def clerk(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("link_clerk")


@pytest.fixture
def at(force: Force, frozen_clock: time_machine.Traveller) -> Callable[[timedelta], datetime]:
    """The clock runs again after so long."""
    frozen_clock.move_to(MADE + timedelta(days=2))

    def run(later: timedelta = timedelta(minutes=5)) -> datetime:
        frozen_clock.shift(later)
        now = clock.now()
        tick(force=force, at=now)
        return now

    return run


def say(by: Acting, word: Word, pair: str = "L-10001") -> None:
    decide_pair(by=by, pair=pair, given=NewWord(word, WHY))


def items(kind: str = DECIDE) -> list[WorkItem]:
    return list(WorkItem.objects.for_system("a test").filter(queue=QUEUE, kind=kind).order_by("id"))


def states(kind: str = DECIDE) -> list[str]:
    return [one.state for one in items(kind)]


def two(system: Acting, name: str = "r", probability: float = UNSURE) -> tuple[int, int]:
    left, right = (record_of(system, f"{name}{place}").pk for place in range(2))
    score(system, left, right, probability)
    return left, right


@pytest.mark.rule("IDN-02")
def test_a_pair_that_waits_is_raised_once_and_done_by_somebodys_word(
    system: Acting, clerk: Acting, at: Callable[..., datetime]
) -> None:
    began = clock.now()
    two(system)
    at()
    (item,) = items()
    assert (item.about_kind, item.about, item.raised_at, item.state) == ("pair", "L-10001", began, "open")
    assert item.overdue_from == end_of(day_of(began) + timedelta(days=28)), "it is in no case"
    assert item.what_if_not == Consequence.HISTORY_SPLIT
    say(clerk, Word.NOT_SAME)
    decided = clock.now()
    at()
    (item,) = items()
    assert (item.state, item.over_at) == ("done", decided)
    say(clerk, Word.TAKEN_BACK)
    at()
    assert states() == ["done", "open"], "it waits anew"
    at()
    assert WorkStep.objects.for_system("a test").filter(step="raised").count() == 2


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("after", "state"),
    [
        (lambda system, clerk, ends: score(system, *ends, 0.999), "withdrawn"),
        (lambda system, clerk, ends: score(system, *ends, 0.1), "withdrawn"),
        (lambda system, clerk, ends: say(clerk, Word.SAME), "done"),
        (lambda system, clerk, ends: say(clerk, Word.CANNOT_TELL), "done"),
    ],
    ids=["linked by the model", "improbable since", "decided", "cannot tell"],
)
def test_what_ends_the_waiting(
    after: Callable[..., None], state: str, system: Acting, clerk: Acting, at: Callable[..., datetime]
) -> None:
    ends = two(system)
    at()
    after(system, clerk, ends)
    at()
    assert states() == [state]


def test_what_never_waited_asks_nothing(system: Acting, at: Callable[..., datetime]) -> None:
    two(system, probability=0.999)
    at()
    assert items() == []


@pytest.mark.rule("IDN-03")
def test_an_order_that_is_made_brings_it_forward_and_asks_for_a_second_opinion(
    system: Acting, clerk: Acting, acting_as: Callable[..., Acting], at: Callable[..., datetime], tmp_path: Path
) -> None:
    order = considered(system, tmp_path)
    score(system, order.respondent_id, record_of(system, "other").pk, UNSURE)
    apart = two(system, "apart")
    at()
    by_pair = {one.about: one for one in items()}
    began = by_pair["L-10001"].raised_at
    assert by_pair["L-10001"].overdue_from == end_of(day_of(began) + timedelta(days=7)), "it is in a case"
    received(acting_as("orders_team"), order.reference, MADE)
    at()
    item = items()[0]
    assert (item.about, item.what_if_not) == ("L-10001", Consequence.PROTECTION_LAPSES)
    assert item.overdue_from == end_of(day_of(began) + timedelta(days=1))
    waiting = list(pairs_to_decide(clerk))
    assert [one.harm for one in waiting] == [Harm.PROTECTED, Harm.NO_CASE]
    assert (waiting[1].left_id, waiting[1].right_id) == apart
    say(clerk, Word.SAME)
    at()
    assert (states(), states(AGREE)) == (["done", "open"], ["open"])
    assert "L-10001" in {one.reference for one in pairs_to_decide(clerk)}, "a second opinion is waited for"
    agree_pair(by=acting_as("link_clerk"), pair="L-10001", agrees=False, words="Another birthday in custody")
    at()
    assert (states(), states(AGREE)) == (["open", "open"], ["done"]), "it is to be decided again"
    assert [one.step for one in WorkStep.objects.for_system("a test").filter(item=items()[0])][-1] == "returned"


@pytest.mark.rule("IDN-03")
def test_a_link_that_somebody_would_undo_is_in_the_queue_until_another_agrees(
    system: Acting, clerk: Acting, acting_as: Callable[..., Acting], at: Callable[..., datetime], tmp_path: Path
) -> None:
    order = in_force(system, acting_as("orders_team"), tmp_path)
    score(system, order.respondent_id, record_of(system, "other").pk, 0.999)
    at()
    assert (items(), list(pairs_to_decide(clerk))) == ([], [])
    say(clerk, Word.NOT_SAME)
    at()
    assert (states(), states(AGREE)) == ([], ["open"])
    assert [one.reference for one in pairs_to_decide(clerk)] == ["L-10001"]
    agree_pair(by=acting_as("link_clerk"), pair="L-10001", agrees=True)
    at()
    assert (states(), states(AGREE)) == ([], ["done"])
    assert list(pairs_to_decide(clerk)) == []

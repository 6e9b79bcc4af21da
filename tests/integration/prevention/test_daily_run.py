"""Everybody is worked out with nothing locked, which takes longer than a page waits; what changes meanwhile is kept (PRI-10)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.common.door import WriteOutsideAction, pass_the_door
from craffu.prevention.models import ScoreRun, ScoreStands
from craffu.prevention.running import actions
from craffu.prevention.running.actions import score_everybody, score_today
from craffu.prevention.scoring.actions import renew_scores
from craffu.prevention.scoring.rules import Tier
from craffu.prevention.scoring.schemes import default
from craffu.prevention.scoring.weights import own
from tests.integration.prevention.conftest import DUCKDB, HOUR, NOW, of_tier
from tests.integration.prevention.test_deciding import case_of, says_of_her_fear, stands_of
from tests.worlds import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.rule("PRI-10")]
TOMORROW = NOW + timedelta(days=1)


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> None:
    """Something happens once, when everybody was worked out and nothing is kept yet."""
    everybody = actions.everybody

    def worked_out(*given: Any) -> Any:
        found = everybody(*given)
        monkeypatch.setattr(actions, "everybody", everybody)
        happens()
        return found

    monkeypatch.setattr(actions, "everybody", worked_out)


def test_while_it_is_worked_out_nothing_is_locked(
    scored: ScoreRun, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[ScoreRun | None] = []

    def nobody_writes() -> None:
        with pytest.raises(WriteOutsideAction):
            pass_the_door(ScoreRun)
        asked.append(ScoreRun.objects.for_user(world.system).last())

    meanwhile(monkeypatch, nobody_writes)
    run = score_today(by=world.system, engine=DUCKDB, now=TOMORROW)
    assert asked == [scored]
    assert run is not None
    assert run.number == scored.number + 1


@pytest.mark.rule("PRI-04")
def test_whoever_is_scored_anew_meanwhile_stands_as_scored_last(
    scored: ScoreRun, world: World, supervisor: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = of_tier(world.system, Tier.STANDARD)
    case, later = case_of(supervisor, person), TOMORROW + HOUR

    def she_is_afraid() -> None:
        says_of_her_fear(supervisor, case, "10 of 10", at=later)
        assert renew_scores(by=world.system, people={person.pk}, now=later) == 1

    meanwhile(monkeypatch, she_is_afraid)
    with time_machine.travel(later + HOUR, tick=False):
        run = score_today(by=world.system, engine=DUCKDB, now=TOMORROW)
    stands = stands_of(world.system, person)
    assert (stands.run, stands.tier, stands.floors) == (run, Tier.URGENT, ["victim_fear_top"])
    others = ScoreStands.objects.for_user(world.system).exclude(person=person)
    assert {(one.run, one.scored_at) for one in others} == {(run, None)}


def test_a_run_that_was_overtaken_leaves_the_later_one(
    scored: ScoreRun, world: World, supervisor: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[ScoreRun] = []

    def somebody_asks() -> None:
        made.append(score_everybody(by=supervisor, scheme=default(), table=own(), engine=DUCKDB, now=TOMORROW + HOUR))

    meanwhile(monkeypatch, somebody_asks)
    assert [score_today(by=world.system, engine=DUCKDB, now=TOMORROW)] == made
    assert ScoreRun.objects.for_user(world.system).count() == 2
    assert set(ScoreStands.objects.for_user(world.system).values_list("run", flat=True)) == {made[0].pk}

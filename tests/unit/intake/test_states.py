"""A run of intake waits, runs and ends once; what has ended stays as it ended (INT-06)."""

import pytest

from craffu.intake.states import ALIVE, MOVES, TERMINAL, RunState

ENDS = {RunState.FINISHED, RunState.REFUSED, RunState.INTERRUPTED, RunState.FAILED}


def test_a_run_is_alive_or_has_ended() -> None:
    assert TERMINAL == ENDS
    assert set(RunState) - ENDS == ALIVE


@pytest.mark.parametrize("ended", sorted(ENDS))
def test_what_has_ended_stays_so(ended: RunState) -> None:
    assert MOVES[ended] == frozenset()


def test_a_run_at_work_ends_in_any_way_and_does_not_wait_again() -> None:
    assert MOVES[RunState.RUNNING] == ENDS


def test_a_run_that_waits_is_never_finished_or_refused_unread() -> None:
    assert MOVES[RunState.WAITING] == {RunState.RUNNING, RunState.INTERRUPTED, RunState.FAILED}

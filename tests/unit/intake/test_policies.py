"""When a run may start or move and a held row may be decided (INT-04, INT-06)."""

import pytest

from craffu.common.refusals import NotNow
from craffu.intake.models import HeldDecision, HeldRow, Run
from craffu.intake.policies import check_may_move, check_no_other_run, check_undecided
from craffu.intake.states import RunState


def test_one_run_of_a_kind_at_a_time() -> None:
    check_no_other_run(None)
    with pytest.raises(NotNow, match="R-10001") as refused:
        check_no_other_run(Run(reference="R-10001"))
    assert refused.value.code == "run_alive"


def test_a_run_that_has_ended_moves_no_more() -> None:
    check_may_move(Run(state=RunState.RUNNING), RunState.FINISHED)
    with pytest.raises(NotNow) as refused:
        check_may_move(Run(state=RunState.FINISHED), RunState.RUNNING)
    assert refused.value.code == "run_ended"


def test_a_held_row_is_decided_once() -> None:
    row = HeldRow()
    check_undecided(row)
    HeldDecision(held=row)
    with pytest.raises(NotNow) as refused:
        check_undecided(row)
    assert refused.value.code == "held_decided"

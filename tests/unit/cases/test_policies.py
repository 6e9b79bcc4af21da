"""A case does not leave its life cycle, and says so."""

import pytest

from craffu.cases.policies import check_may_enter
from craffu.cases.states import Stage
from craffu.common.refusals import NotNow


def test_a_case_that_is_charged_may_come_to_court_and_not_go_back_to_being_reported() -> None:
    check_may_enter(Stage.CHARGED, Stage.AT_COURT)
    with pytest.raises(NotNow) as refused:
        check_may_enter(Stage.CHARGED, Stage.REPORTED)
    assert refused.value.code == "stage_not_next"

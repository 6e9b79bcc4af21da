"""A case goes forward through an investigation, may leave stages out, and goes back only from concluded to court."""

import pytest

from craffu.cases.states import Stage, may_follow

IN_ORDER = [Stage.REPORTED, Stage.INVESTIGATED, Stage.CHARGED, Stage.AT_COURT, Stage.CONCLUDED]


@pytest.mark.parametrize("present", IN_ORDER)
@pytest.mark.parametrize("wanted", IN_ORDER)
def test_a_stage_is_followed_by_later_ones_and_a_concluded_case_goes_back_to_court(
    present: Stage, wanted: Stage
) -> None:
    goes_forward = IN_ORDER.index(wanted) > IN_ORDER.index(present)
    goes_back_to_court = (present, wanted) == (Stage.CONCLUDED, Stage.AT_COURT)
    assert may_follow(present, wanted) is (goes_forward or goes_back_to_court)


@pytest.mark.parametrize("wanted", Stage)
def test_a_case_may_become_known_at_any_stage(wanted: Stage) -> None:
    assert may_follow(None, wanted)

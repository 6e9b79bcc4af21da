"""A case goes forward through an investigation, may leave stages out, and goes back only from concluded to court."""

import pytest

from craffu.cases.states import STAGE_SAID, Stage, may_follow

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


def test_what_a_force_calls_its_stages_is_read_as_one_of_ours() -> None:
    assert STAGE_SAID == {
        "reported": Stage.REPORTED,
        "screened": Stage.REPORTED,
        "investigation": Stage.INVESTIGATED,
        "charged": Stage.CHARGED,
        "court": Stage.AT_COURT,
        "closed": Stage.CLOSED,
    }


@pytest.mark.parametrize("stage", Stage)
def test_what_the_police_close_a_court_may_reopen_and_what_a_court_has_the_police_do_not_close(stage: Stage) -> None:
    at_court = stage in {Stage.AT_COURT, Stage.CONCLUDED}
    assert may_follow(stage, Stage.CLOSED) is (stage is not Stage.CLOSED and not at_court)
    assert may_follow(Stage.CLOSED, stage) is (stage not in {Stage.CLOSED, Stage.REPORTED})

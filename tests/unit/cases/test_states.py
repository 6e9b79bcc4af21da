"""A case goes forward through an investigation, may leave stages out, and goes back only from concluded to court."""

from datetime import date

import pytest

from craffu.cases.states import STAGE_SAID, Stage, may_follow, over_from

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


@pytest.mark.parametrize(
    ("stages", "day"),
    [
        pytest.param([], None, id="at-no-stage"),
        pytest.param([(Stage.INVESTIGATED, 1)], None, id="not-over"),
        pytest.param([(Stage.INVESTIGATED, 1), (Stage.CLOSED, 2)], 2, id="closed"),
        pytest.param([(Stage.CLOSED, 2), (Stage.CONCLUDED, 4)], 2, id="closed-and-concluded-later"),
        pytest.param([(Stage.CLOSED, 2), (Stage.INVESTIGATED, 3)], None, id="opened-again"),
        pytest.param([(Stage.CONCLUDED, 2), (Stage.AT_COURT, 3), (Stage.CONCLUDED, 5)], 5, id="and-over-again"),
    ],
)
def test_a_case_is_over_from_the_first_stage_after_which_nothing_more_was_done(
    stages: list[tuple[Stage, int]], day: int | None
) -> None:
    came_to = [(stage.value, date(2026, 11, one)) for stage, one in stages]
    assert over_from(came_to) == (date(2026, 11, day) if day else None)

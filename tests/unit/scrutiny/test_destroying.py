"""Keys that are kept with words that are destroyed, and who may and when (SEC-09)."""

import pytest

from craffu.common.refusals import Conflict, NotNow
from craffu.scrutiny.destroying.due import WITHIN
from craffu.scrutiny.destroying.kinds import Decision, Of
from craffu.scrutiny.destroying.permissions import DECIDE
from craffu.scrutiny.destroying.policies import check_not_decided, check_something_is_left

pytestmark = pytest.mark.rule("SEC-09")


def test_the_keys_stay() -> None:
    assert [one.value for one in Of] == ["interview", "survey"]
    assert [one.value for one in Decision] == ["destroy", "keep_held", "keep_in_error"]
    assert (DECIDE, WITHIN) == ("auditor", 5)


def test_only_what_is_left_is_destroyed_and_only_once() -> None:
    check_something_is_left(1)
    check_not_decided(is_decided=False)
    with pytest.raises(NotNow) as refused:
        check_something_is_left(0)
    assert refused.value.code == "nothing_to_destroy"
    with pytest.raises(Conflict) as too_late:
        check_not_decided(is_decided=True)
    assert too_late.value.code == "destruction_decided"

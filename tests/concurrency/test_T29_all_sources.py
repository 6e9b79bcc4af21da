"""T29: all that the clock knows of, settled by several at once over a register of everything, is settled once (MON-04)."""

from collections.abc import Callable

import pytest

from tests.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.deep, pytest.mark.rule("MON-04")]

# Every case, order and contact of the register has something overdue by then, and some are past being kept.
LATE = "2033-02-01T09:00"


def test_T29_four_ticks_of_all_that_is_due_leave_what_one_leaves(
    demo_installations: Callable[[], Installation],
) -> None:
    alone, together = demo_installations(), demo_installations()
    settled = alone.json("tick", "--at", LATE)
    assert settled["raised"] > 20
    ticks = [together.start("tick", "--at", LATE) for _ in range(4)]
    assert [one.wait(300) for one in ticks] == [0] * 4
    assert together.digest() == alone.digest()
    assert together.json("tick", "--at", LATE)["raised"] == 0
    assert together.json("audit", "verify")["ok"]

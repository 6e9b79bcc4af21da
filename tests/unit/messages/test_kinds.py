"""The life of a message: every status leads somewhere or is an end, and what is over is over for good."""

import pytest

from craffu.messages.kinds import MOVES, OVER, Status

pytestmark = pytest.mark.rule("VIC-02")


def test_a_message_that_left_or_failed_waits_never_again() -> None:
    assert set(MOVES) == set(Status)
    assert MOVES[Status.WAITING] == {Status.SENDING, Status.HELD_BACK}
    assert MOVES[Status.SENDING] == {Status.SENT, Status.WAITING, Status.FAILED}
    assert MOVES[Status.SENT] == {Status.DELIVERED, Status.FAILED}
    assert {one for one in Status if not MOVES[one]} == {Status.DELIVERED, Status.FAILED, Status.HELD_BACK}
    assert {Status.SENT, Status.DELIVERED, Status.FAILED, Status.HELD_BACK} == OVER
    for one in OVER:
        assert not MOVES[one] & {Status.WAITING, Status.SENDING}

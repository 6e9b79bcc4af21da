"""The life of due work: what is over may be open again, and the source alone moves it (MON-04)."""

import pytest

from craffu.work.states import MOVES, OWNERS, ItemState

pytestmark = pytest.mark.rule("MON-04")


def test_anything_may_become_anything_else_and_staying_is_no_move() -> None:
    assert MOVES[None] == set(ItemState)
    for state in ItemState:
        assert MOVES[state] == set(ItemState) - {state}


def test_the_clock_moves_it_and_nobody_by_hand() -> None:
    assert set(OWNERS.items()) == {(state, "system") for state in ItemState}
    assert [state.value for state in ItemState] == ["open", "done", "excused", "withdrawn"]

"""A draw made alone is the draw made among many, so that what is made one by one is as fixed as the rest."""

import numpy as np
import pytest

from craffu.config.generate.chance import Chance, Lots

AT = np.asarray([0, 1, 2, 99, 12_345_678, 2**40])


@pytest.mark.parametrize("lane", [0, 1, 7])
def test_one_draw_is_that_of_many(lane: int) -> None:
    chance = Chance("seed", 3)
    lots, many = Lots(chance), chance.about("purpose")
    assert [lots.below("purpose", at, 1_000, lane) for at in AT.tolist()] == many.below(AT, 1_000, lane).tolist()
    assert [lots.between("purpose", at, 5, 9, lane) for at in AT.tolist()] == many.between(AT, 5, 9, lane).tolist()
    assert [lots.hit("purpose", at, 0.3, lane) for at in AT.tolist()] == many.hit(AT, 0.3, lane).tolist()
    picked = many.pick(AT, (3, 0, 7), lane).tolist()
    assert [lots.pick("purpose", at, {0: 3, 1: 0, 2: 7}, lane) for at in AT.tolist()] == picked


def test_a_choice_without_weight_is_never_made_and_without_any_is_refused() -> None:
    lots = Lots(Chance("seed"))
    assert {lots.pick("a", at, {"never": 0, "always": 1}) for at in range(50)} == {"always"}
    with pytest.raises(ValueError, match="no choice"):
        lots.pick("a", 1, {})

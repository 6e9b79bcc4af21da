"""The draws: evenly spread, the same on every machine, in pieces of any size, and none of them moved by another."""

import numpy as np
import pytest

from craffu.config.generate.chance import Chance

MANY = np.arange(200_000)


def test_the_draws_of_a_seed_never_change() -> None:
    """Whoever changes these numbers changes every force ever generated."""
    chance = Chance(7, "golden")
    assert chance.bits(np.arange(3)).tolist() == [6980862880421083919, 13046226947898396543, 8736594956373445082]
    assert chance.below(np.arange(8), 100).tolist() == [37, 70, 47, 94, 45, 76, 89, 31]


def test_a_draw_is_the_same_alone_and_among_others() -> None:
    chance = Chance(7, "pieces")
    whole = chance.below(MANY, 1_000)
    assert (chance.below(MANY[500:600], 1_000) == whole[500:600]).all()


@pytest.mark.parametrize("other", [Chance(8, "x"), Chance(7, "y"), Chance(7, "x", "more")])
def test_another_seed_or_purpose_gives_other_draws(other: Chance) -> None:
    agree = (Chance(7, "x").below(MANY, 10) == other.below(MANY, 10)).mean()
    assert 0.09 < agree < 0.11


def test_two_lanes_about_the_same_are_apart() -> None:
    chance = Chance(7, "x")
    agree = (chance.below(MANY, 10) == chance.below(MANY, 10, lane=1)).mean()
    assert 0.09 < agree < 0.11


@pytest.mark.parametrize("limit", [2, 7, 10, 365])
def test_every_number_comes_as_often_as_the_others(limit: int) -> None:
    counts = np.bincount(Chance(1, limit).below(MANY, limit), minlength=limit)
    expected = len(MANY) / limit
    # Chi-square with limit - 1 degrees of freedom, five standard deviations above its mean.
    assert ((counts - expected) ** 2 / expected).sum() < limit - 1 + 5 * (2 * (limit - 1)) ** 0.5


@pytest.mark.parametrize("rate", [0.0, 0.001, 0.03, 0.5, 1.0])
def test_a_hit_comes_at_its_rate(rate: float) -> None:
    hits = Chance(2, rate).hit(MANY, rate).sum()
    assert abs(hits - rate * len(MANY)) <= 5 * (len(MANY) * rate * (1 - rate)) ** 0.5


def test_weights_are_kept_and_nought_is_never_drawn() -> None:
    places = np.bincount(Chance(3).pick(MANY, [60, 0, 30, 10]), minlength=4) / len(MANY)
    assert places[1] == 0
    assert abs(places - [0.6, 0, 0.3, 0.1]).max() < 0.006


def test_a_shuffle_keeps_everybody() -> None:
    assert sorted(Chance(4).shuffled(1_000)) == list(range(1_000))

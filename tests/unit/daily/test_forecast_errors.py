"""How far forecasts were from what fell due, with an interval over orders drawn anew; held against a plain twin."""

import random
from datetime import date
from fractions import Fraction

import pytest

from craffu.daily.forecasting.errors import error
from craffu.daily.forecasting.rules import Falls, Held
from craffu.resourcing.timing.kinds import Timed

ON = date(2026, 12, 1)


def falls(task: Timed, **numbers: int) -> list[Falls]:
    return [Falls(task, order, ON) for order, number in numbers.items() for _ in range(number)]


def test_the_error_is_of_what_fell_due() -> None:
    held = Held(falls(Timed.CHECK, a=4, b=2), falls(Timed.CHECK, a=3, c=1))
    found = error([held], {Timed.CHECK: 1})
    assert (found.foreseen, found.fell, found.share, found.orders) == (6, 4, 0.5, 3)
    assert found.low is not None
    assert found.high is not None
    assert -1 <= found.low < 0.5 < found.high


def test_only_what_is_weighed_counts_and_hours_weigh_each_task() -> None:
    held = Held(
        falls(Timed.CHECK, a=3) + falls(Timed.HEARING, a=1), falls(Timed.CHECK, a=3) + falls(Timed.HEARING, b=2)
    )
    assert error([held], {Timed.CHECK: 1}).share == 0
    assert error([held], {Timed.CHECK: 1}).orders == 1
    both = error([held], {Timed.CHECK: 0.5, Timed.HEARING: 4})
    assert (both.foreseen, both.fell, both.share) == (5.5, 9.5, pytest.approx(-4 / 9.5))


def test_there_is_no_error_of_nothing_and_no_interval_of_one_order() -> None:
    assert error([], {Timed.CHECK: 1}) == error([Held([], [])], {Timed.CHECK: 1})
    assert error([Held(falls(Timed.CHECK, a=1), [])], {Timed.CHECK: 1}).share is None
    one = error([Held(falls(Timed.CHECK, a=2), falls(Timed.CHECK, a=1))], {Timed.CHECK: 1})
    assert (one.share, one.low, one.high) == (1.0, None, None)
    none_fell = error([Held(falls(Timed.CHECK, a=1, b=1), [])], {Timed.CHECK: 1})
    assert (none_fell.foreseen, none_fell.share, none_fell.low, none_fell.high) == (2, None, None, None)


def test_cut_offs_count_together_and_the_same_order_is_drawn_once() -> None:
    """An order at two cut-offs is one unit: two orders that always agree leave no room for chance."""
    held = Held(falls(Timed.CHECK, a=2, b=2), falls(Timed.CHECK, a=1, b=1))
    found = error([held, held], {Timed.CHECK: 1})
    assert (found.foreseen, found.fell, found.orders) == (8, 4, 2)
    assert (found.low, found.share, found.high) == (1.0, 1.0, 1.0)


def twin(mine: list[int], theirs: list[int], draws: int) -> tuple[float, float]:
    """The same interval drawn by another generator, in whole numbers."""
    dice, found = random.Random(5), []  # noqa: S311  # no secret
    for _ in range(draws):
        places = [dice.randrange(len(mine)) for _ in mine]
        fell = sum(theirs[place] for place in places)
        if fell:
            found.append(Fraction(sum(mine[place] for place in places) - fell, fell))
    found.sort()
    return float(found[int(0.025 * len(found))]), float(found[int(0.975 * len(found))])


def test_the_interval_is_the_twins() -> None:
    dice = random.Random(11)  # noqa: S311  # no secret
    numbers = {f"o{place:02}": (dice.randint(0, 12), dice.randint(0, 12)) for place in range(60)}
    held = Held(
        falls(Timed.REVIEW, **{order: one for order, (one, _) in numbers.items()}),
        falls(Timed.REVIEW, **{order: other for order, (_, other) in numbers.items()}),
    )
    found = error([held], {Timed.REVIEW: 1}, resamples=4_000)
    low, high = twin([one for one, _ in numbers.values()], [other for _, other in numbers.values()], 4_000)
    assert found.low == pytest.approx(low, abs=0.03)
    assert found.high == pytest.approx(high, abs=0.03)
    assert error([held], {Timed.REVIEW: 1}, resamples=4_000) == found, "the same every time"

"""How far reviewers agree, to the printed digits, and what must hold of any table (SCR-08)."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.common.distributions import student_quantile
from craffu.published.intervals import wilson
from craffu.scrutiny.agreeing.rules import FLOOR, NotATable, agreement, alpha, table_of, weighted_kappa
from tests.method_case_file import needs_methods, printed

pytestmark = pytest.mark.rule("SCR-08")
tables = st.integers(2, 4).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, 40), min_size=size, max_size=size), min_size=size, max_size=size)
).filter(lambda table: sum(map(sum, table)) > 1)  # fmt: skip


@needs_methods
def test_the_printed_tables() -> None:
    for case in printed("agreement_2_raters")["cases"]:
        made = agreement(case["table"])
        places = 3 if len(str(case["pa"])) < 6 else 4
        assert made.raw == pytest.approx(case["pa"], abs=0.5001 * 10**-places), case
        assert made.kappa == pytest.approx(case["kappa"], abs=6e-4), case
        assert made.ac1 == pytest.approx(case["ac1"], abs=6e-4), case
        if "ac1_ci" in case:
            assert made.ac1_interval == pytest.approx(case["ac1_ci"], abs=6e-4), case
        if "pa_wilson" in case:
            assert made.raw_interval == pytest.approx(case["pa_wilson"], abs=5e-5), case


def test_a_student_quantile_is_the_printed_one() -> None:
    printed_ones = {1: 12.706, 2: 4.303, 10: 2.228, 24: 2.064, 29: 2.045, 99: 1.984, 100_000: 1.960}
    for freedom, value in printed_ones.items():
        assert student_quantile(0.975, freedom) == pytest.approx(value, abs=5e-4)
        assert student_quantile(0.025, freedom) == pytest.approx(-value, abs=5e-4)
    assert student_quantile(0.9, 1) == pytest.approx(3.0776835, abs=1e-6)
    assert student_quantile(0.5, 7) == 0
    for wrong in ((0, 5), (1, 5), (0.5, 0)):
        with pytest.raises(ValueError, match="a quantile"):
            student_quantile(*wrong)


@given(tables)
def test_what_holds_of_any_table(table: list[list[int]]) -> None:
    made = agreement(table)
    number = sum(map(sum, table))
    right = sum(table[at][at] for at in range(len(table)))
    assert (made.number, made.raw) == (number, right / number)
    assert made.raw_interval == pytest.approx(wilson(right, number))
    assert made.ac1 <= 1 + 1e-9
    assert made.ac1_interval is not None
    low, high = made.ac1_interval
    assert -1 <= low <= made.ac1 + 1e-9
    assert made.ac1 - 1e-9 <= high <= 1
    assert made.may_be_quoted == (low >= FLOOR and (right < number or number >= 8))
    assert sum(made.prevalence) == pytest.approx(1)
    turned = agreement([list(row) for row in zip(*table, strict=True)])
    assert (turned.raw, turned.ac1) == pytest.approx((made.raw, made.ac1))
    assert turned.kappa == pytest.approx(made.kappa)


@given(tables)
def test_two_answers_in_an_order_are_two_answers(table: list[list[int]]) -> None:
    two = [row[:2] for row in table[:2]]
    if sum(map(sum, two)) > 0:
        weighted, plain = weighted_kappa(two), agreement(two).kappa
        assert weighted == pytest.approx(plain)


def test_a_slip_of_one_step_is_held_against_nobody_as_much_as_one_of_two() -> None:
    near = weighted_kappa([[20, 5, 0], [5, 20, 5], [0, 5, 20]])
    far = weighted_kappa([[20, 0, 5], [5, 20, 5], [5, 0, 20]])
    assert near is not None
    assert far is not None
    assert near > far
    assert weighted_kappa([[9, 0], [0, 0]]) is None


def test_one_case_has_no_interval_and_is_not_quoted() -> None:
    one = agreement([[1, 0], [0, 0]])
    assert (one.ac1, one.kappa, one.ac1_interval, one.may_be_quoted) == (1.0, None, None, False)
    two = agreement([[2, 0], [0, 0]])
    assert (two.ac1_interval, two.may_be_quoted) == ((1.0, 1.0), False)


@pytest.mark.rule("SCR-08")
@pytest.mark.parametrize("table", [[[7, 0], [0, 0]], [[3, 0, 0], [0, 2, 0], [0, 0, 2]]], ids=str)
def test_reviewers_who_never_differed_are_quoted_from_eight_cases_on(table: list[list[int]]) -> None:
    """Of seven agreements in seven the exact interval begins at 0.59, of eight at 0.63."""
    assert not agreement(table).may_be_quoted
    more = [row[:] for row in table]
    more[0][0] += 1
    assert agreement(more).may_be_quoted


@pytest.mark.parametrize("wrong", [[], [[3]], [[1, 2]], [[1, 2], [3]], [[0, 0], [0, 0]], [[2, -1], [0, 3]]], ids=str)
def test_what_is_no_table_is_refused(wrong: list[list[int]]) -> None:
    for asked in (agreement, weighted_kappa):
        with pytest.raises(NotATable, match="a table of agreement"):
            asked(wrong)


def by_every_pair(cases: list[list[int | None]]) -> float | None:
    """Alpha by going through every two answers to one case, and every two answers there are."""
    held = [[answer for answer in case if answer is not None] for case in cases]
    held = [case for case in held if len(case) > 1]
    every = [answer for case in held for answer in case]
    if not every:
        return None
    seen = sum(
        sum(one != other for one, other in itertools.permutations(case, 2)) / (len(case) - 1) for case in held
    ) / len(every)
    expected = sum(one != other for one, other in itertools.permutations(every, 2)) / (len(every) * (len(every) - 1))
    return None if not expected else 1 - seen / expected


def test_alpha_is_what_every_pair_says() -> None:
    chance = random.Random(8)  # noqa: S311
    for _ in range(300):
        cases = [
            [chance.choice([None, 1, 2, 3]) for _ in range(chance.randrange(1, 5))] for _ in range(chance.randrange(8))
        ]
        expected = by_every_pair(cases)
        assert alpha(cases) == (None if expected is None else pytest.approx(expected)), cases
    assert alpha([["a", "a"], ["a", None], [None]]) is None
    assert alpha([["a", "a"], ["b", "b"]]) == 1
    assert alpha([]) is None


def test_answers_become_a_table_in_the_order_of_the_answers() -> None:
    pairs = [("yes", "yes"), ("yes", "no"), ("no", "no"), ("yes", "yes")]
    assert table_of(pairs, ["no", "yes", "partly"]) == [[1, 0, 0], [1, 2, 0], [0, 0, 0]]

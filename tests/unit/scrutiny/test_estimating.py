"""What a sample says of its frame (SCR-05, SCR-06), held against the printed figures and against a truth that was planted."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.measures.statistics.proportions import exact
from craffu.published.intervals import wilson
from craffu.scrutiny.sampling.estimating import Assessed, Counted, Method, SaysNothing, estimate
from craffu.scrutiny.sampling.rules import Allocation, Stratum, allocate, draw_strata
from tests.method_case_file import needs_methods, printed


@needs_methods
@pytest.mark.rule("SCR-06")
def test_the_printed_estimate() -> None:
    found = printed("stratified")
    made = estimate([Counted(one["name"], one["N"], one["n"], one["x"]) for one in found["strata"]])
    assert made.share == pytest.approx(found["estimate"], abs=5e-5)
    assert made.error == pytest.approx(found["se"], abs=5e-7)
    assert made.effective == pytest.approx(found["n_eff"], abs=5e-4)
    assert made.interval == pytest.approx(found["wilson_on_n_eff"], abs=5e-7)
    assert made.unweighted == pytest.approx(found["unweighted"])
    assert made.method is Method.WILSON


@pytest.mark.rule("SCR-06")
@given(st.integers(2, 300), st.integers(0, 1000))
def test_one_stratum_of_a_very_large_frame_is_a_proportion(number: int, of: int) -> None:
    yes = of % (number + 1)
    made = estimate([Counted("all", 10**12, number, yes)])
    assert made.share == yes / number
    if yes in {0, number}:
        assert (made.method, made.error, made.effective) == (Method.EXACT, None, None)
        assert made.interval == exact(yes, number)
    else:
        # One less, as the spread of a sample is worked out from one case fewer than it has.
        assert made.effective == pytest.approx(number - 1, rel=1e-6)
        assert made.interval == pytest.approx(wilson(yes / number * (number - 1), number - 1), rel=1e-6)


@pytest.mark.rule("SCR-06")
def test_what_was_assessed_whole_leaves_nothing_open_in_its_stratum() -> None:
    part = estimate([Counted("whole", 20, 20, 7), Counted("part", 100, 25, 10)])
    assert part.error == pytest.approx(100 / 120 * math.sqrt(0.75 * 0.4 * 0.6 / 24))
    assert part.share == pytest.approx((7 + 40) / 120)
    # Two strata that do not vary, though they differ.
    still = estimate([Counted("all", 40, 10, 10), Counted("none", 60, 10, 0)])
    assert (still.share, still.method) == (0.4, Method.EXACT)
    assert still.interval == exact(8, 20)


@pytest.mark.rule("SCR-06")
def test_a_stratum_with_nobody_in_it_says_nothing_and_changes_nothing() -> None:
    one = Counted("one", 30, 12, 6)
    assert estimate([one, Counted("empty", 0, 0, 0)]) == estimate([one])


@pytest.mark.rule("SCR-06")
@pytest.mark.parametrize(
    "strata",
    [
        [Counted("unseen", 40, 0, 0), Counted("other", 40, 20, 2)],
        [Counted("single", 40, 1, 1)],
        [Counted("empty", 0, 0, 0)],
        [],
    ],
)
def test_too_few_say_nothing(strata: list[Counted]) -> None:
    with pytest.raises(SaysNothing, match=r"too few to say anything|nothing to say"):
        estimate(strata)
    assert estimate([Counted("the only one", 1, 1, 1), Counted("other", 40, 20, 2)]).unweighted == 3 / 21


@pytest.mark.rule("SCR-06")
@pytest.mark.parametrize("wrong", [(10, 11, 3), (10, 5, 6), (10, 5, -1)])
def test_no_more_is_so_than_was_assessed(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no more"):
        estimate([Counted("wrong", *wrong)])


@pytest.mark.rule("SCR-06")
@pytest.mark.parametrize("how", Allocation)
def test_the_truth_lies_in_the_interval_as_often_as_it_should(how: Allocation) -> None:
    """Drawn a thousand times from a frame of which everything is known."""
    chance = random.Random(14)  # noqa: S311
    shares = {"stalking": (420, 0.75), "harassment": (700, 0.6), "breach": (180, 0.35), "few": (12, 0.5)}
    frame = {name: [f"{name}-{at}" for at in range(size)] for name, (size, _) in shares.items()}
    is_so = {ref: chance.random() < shares[name][1] for name, refs in frame.items() for ref in refs}
    truth = sum(is_so.values()) / len(is_so)
    sizes = allocate([Stratum(name, size) for name, (size, _) in shares.items()], 120, how).sizes
    held = 0
    for seed in range(1000):
        drawn = draw_strata(frame, sizes, f"seed {seed}")
        made = estimate(
            [
                Counted(one.name, one.population, len(one.draw.drawn), sum(is_so[ref] for ref in one.draw.drawn))
                for one in drawn
            ]
        )
        held += made.interval[0] <= truth <= made.interval[1]
    assert held >= 930, held


@pytest.mark.rule("SCR-05")
def test_what_could_not_be_assessed_stays_in_the_denominator() -> None:
    one = Assessed(30, 12, 8)
    assert (one.drawn, one.of_assessed, one.if_all_were_no, one.if_all_were_yes) == (50, 30 / 42, 0.6, 0.76)
    none = Assessed(0, 0, 4)
    assert (none.of_assessed, none.if_all_were_no, none.if_all_were_yes) == (None, 0.0, 1.0)
    nothing = Assessed(0, 0, 0)
    assert (nothing.if_all_were_no, nothing.if_all_were_yes) == (None, None)

"""Which points of a chart are more than ordinary variation, and what they mean (MSR-08)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.measures.statistics.control import Limits
from craffu.measures.statistics.signals import (
    Assurance,
    Better,
    Kind,
    Meaning,
    Rebase,
    Signal,
    assurance,
    chart,
    meaning,
    one_side_ends,
    part_of_run,
    signals,
    stretches,
    trend_ends,
    two_of_three,
)
from tests.method_case_file import needs_methods, printed

pytestmark = pytest.mark.rule("MSR-08")
# Between 0 and 6 around 3: near from 1 down and from 5 up.
LIMITS = Limits(3.0, 0.0, 6.0, is_trial=False)


def kinds(values: list[float], limits: Limits = LIMITS) -> list[str | None]:
    return [one.kind.value if one else None for one in signals(values, limits)]


@needs_methods
def test_the_nhs_rules_as_their_own_tests_have_them() -> None:
    case = printed("spc_rules_nhs")
    for one in case["seven_point_trend_end_flag"]:
        assert trend_ends(one["y"]) == one["flag"]
    for one in case["seven_one_side_end_flag"]:
        assert one_side_ends(one["side"]) == list(map(bool, one["flag"]))
    for one in case["part_of_seven"]:
        assert part_of_run(list(map(bool, one["end_flag"]))) == list(map(bool, one["member"]))
    for one in case["two_in_three_window"]:
        assert two_of_three(list(map(bool, one["close"])), one["side"]) == list(map(bool, one["flag"]))
    opposite = case["opposite_side_case"]
    assert chart(opposite["y"]).signals[-2:] == (None, None)
    assert opposite["last_two"] == "common_cause"


def test_beyond_a_limit_is_outside_it_and_not_on_it() -> None:
    assert kinds([6.0, 3.0, 0.0, 3.0, 6.1, 3.0, -0.1]) == [
        None, None, None, None, "beyond_limit", None, "beyond_limit",
    ]  # fmt: skip
    assert signals([6.1, -0.1], LIMITS) == (Signal(Kind.BEYOND_LIMIT, True), Signal(Kind.BEYOND_LIMIT, False))


def test_seven_that_rise_or_fall_are_all_marked() -> None:
    rising = [1.5, 2.0, 2.5, 3.2, 3.5, 4.0, 4.5]
    assert signals([2.0, *rising, 3.0], LIMITS) == (None, *[Signal(Kind.TREND, True)] * 7, None)
    assert signals([5.0, *rising[::-1], 3.0], LIMITS)[1:8] == (Signal(Kind.TREND, False),) * 7
    assert kinds([*rising[:6], 3.9]) == [None] * 7
    # A value that repeats neither rises nor falls.
    repeated = [1.5, 2.0, 2.5, 3.2, 3.2, 4.0, 4.5]
    assert kinds(repeated) == kinds(repeated[::-1]) == [None] * 7
    assert trend_ends(repeated[::-1]) == [0] * 7


def test_two_of_three_near_one_limit() -> None:
    assert signals([5.1, 3.5, 5.1, 3.0], LIMITS) == (*[Signal(Kind.TWO_OF_THREE, True)] * 3, None)
    assert signals([3.0, 2.9, 0.9, 0.5], LIMITS) == (None, *[Signal(Kind.TWO_OF_THREE, False)] * 3)
    # On two thirds of the way, on the mean, on the other side, and beyond the limit, which is a signal by itself.
    assert kinds([5.0, 3.5, 5.1]) == [None] * 3
    assert kinds([5.1, 3.0, 5.1]) == [None] * 3
    assert kinds([5.1, 2.9, 5.1]) == [None] * 3
    assert kinds([5.1, 3.5, 6.1]) == [None, None, "beyond_limit"]


def test_seven_on_one_side() -> None:
    assert signals([3.1, 3.3] * 3 + [3.1], LIMITS) == (Signal(Kind.ONE_SIDE, True),) * 7
    assert signals([2.9, 2.3] * 3 + [2.9, 3.1], LIMITS) == (*[Signal(Kind.ONE_SIDE, False)] * 7, None)
    assert kinds([3.1, 3.3, 3.1, 3.0, 3.1, 3.3, 3.1]) == [None] * 7


def test_the_first_that_applies_is_told() -> None:
    # All of one side; the last six and one of them rise; its last two are near, and the last beyond.
    values = [3.5, 3.1, 3.2, 3.3, 3.4, 5.1, 5.2, 6.5]
    assert kinds(values) == ["seven_one_side", *["trend_7"] * 6, "beyond_limit"]
    near = [3.5, 3.1, 3.5, 3.1, 5.5, 3.5, 5.5]
    assert kinds(near) == [*["seven_one_side"] * 4, *["two_of_three"] * 3]


@given(st.lists(st.integers(-9, 9), max_size=30))
def test_a_chart_turned_over_has_the_same_signals_the_other_way(values: list[int]) -> None:
    found = chart([float(one) for one in values])
    turned = chart([-float(one) for one in values])
    assert len(found.signals) == len(values)
    for one, other in zip(found.signals, turned.signals, strict=True):
        assert (one and one.kind) == (other and other.kind)
        assert one is None or other is None or one.is_up != other.is_up


@pytest.mark.parametrize("values", [[], [4.0]])
def test_of_fewer_than_two_points_there_is_no_chart(values: list[float]) -> None:
    found = chart(values)
    assert (found.limits, found.signals) == (None, (None,) * len(values))
    alike = chart([4.0, 4.0])
    assert alike.limits is not None
    assert alike.signals == (None, None)


def test_counts_and_screening_are_passed_on() -> None:
    counted = chart([2, 0, 3, 1, 2, 0], counts=True)
    assert counted.limits is not None
    assert counted.limits.lower == 0
    wild = [0.0, 1.0] * 8 + [30.0]
    screened, every = chart(wild), chart(wild, screen=False)
    assert screened.limits is not None
    assert every.limits is not None
    assert screened.limits.upper < every.limits.upper


@pytest.mark.parametrize(
    ("better", "up", "down"),
    [
        (Better.HIGHER, Meaning.IMPROVEMENT, Meaning.CONCERN),
        (Better.LOWER, Meaning.CONCERN, Meaning.IMPROVEMENT),
        (Better.NEITHER, Meaning.NEITHER, Meaning.NEITHER),
    ],
)
def test_what_a_signal_means(better: Better, up: Meaning, down: Meaning) -> None:
    assert [meaning(Signal(Kind.TREND, is_up), better) for is_up in (True, False)] == [up, down]


def test_keys_that_stay() -> None:
    kept = {
        Kind: "beyond_limit trend_7 two_of_three seven_one_side",
        Meaning: "improvement concern neither",
        Assurance: "consistently_passes consistently_fails inconsistent",
        Better: "higher lower neither",
    }
    assert {kind: " ".join(kind) for kind in kept} == kept


@pytest.mark.parametrize(
    ("target", "higher", "lower"),
    [
        (-0.1, Assurance.PASSES, Assurance.FAILS),
        (0.0, Assurance.INCONSISTENT, Assurance.INCONSISTENT),
        (6.0, Assurance.INCONSISTENT, Assurance.INCONSISTENT),
        (6.1, Assurance.FAILS, Assurance.PASSES),
    ],
)
def test_what_may_be_expected_of_a_target(target: float, higher: Assurance, lower: Assurance) -> None:
    assert assurance(LIMITS, target, Better.HIGHER) is higher
    assert assurance(LIMITS, target, Better.LOWER) is lower
    assert assurance(LIMITS, target, Better.NEITHER) is None


def test_each_stretch_is_judged_by_itself() -> None:
    values = [1.0, 2.0] * 4 + [11.0, 12.0] * 4
    rebase = Rebase(8, "A. Example", "A second team began in April")
    first, second = stretches(values, [rebase])
    assert first == chart(values[:8])
    assert second == chart(values[8:])
    assert stretches(values, []) == [chart(values)]
    later = Rebase(12, "A. Example", "And a third one in August")
    assert [len(one.signals) for one in stretches(values, [later, rebase])] == [8, 4, 4]
    counted = stretches(values, [rebase], counts=True, screen=False)
    assert [one.limits.lower if one.limits else None for one in counted] == [0.0, pytest.approx(8.84)]


@pytest.mark.parametrize("at", [0, -1, 16, 17])
def test_a_stretch_has_points(at: int) -> None:
    with pytest.raises(ValueError, match="after its first"):
        stretches([1.0, 2.0] * 8, [Rebase(at, "A. Example", "A second team began")])


def test_a_point_is_rebased_once_and_the_first_and_last_may_be() -> None:
    one = Rebase(1, "A. Example", "A second team began")
    with pytest.raises(ValueError, match="each but once"):
        stretches([1.0, 2.0, 3.0], [one, one])
    assert [len(part.signals) for part in stretches([1.0, 2.0, 3.0], [one])] == [1, 2]
    last = Rebase(2, "A. Example", "A second team began")
    assert [len(part.signals) for part in stretches([1.0, 2.0, 3.0], [last])] == [2, 1]


@pytest.mark.parametrize(
    ("by", "reason", "say"),
    [
        ("", "A second team began", "who"),
        ("  ", "A second team began", "who"),
        ("system", "A second team began", "who"),
        ("A. Example", "ok", "why"),
    ],
)
def test_a_chart_is_rebased_by_a_named_person_with_a_reason(by: str, reason: str, say: str) -> None:
    with pytest.raises(ValueError, match=f"say {say}"):
        Rebase(3, by, reason)

"""How long until something happens, with competing ends (MSR-06)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.measures.statistics.survival import (
    Repeats,
    Spell,
    cumulative_incidence,
    curtailed,
    kaplan_meier,
    log_rank,
    mean_count,
    median,
    moments,
)
from tests.method_case_file import needs_methods, number, printed

pytestmark = pytest.mark.rule("MSR-06")
lives = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from([0, 1, 2]), st.none() | st.integers(0, 11)).map(
        lambda one: Spell(one[0], one[1], one[2] if one[2] is not None and one[2] < one[0] else None)
    ),
    max_size=25,
)


def spells(times: list[float], causes: list[int]) -> list[Spell]:
    return [Spell(time, cause) for time, cause in zip(times, causes, strict=True)]


@needs_methods
def test_kaplan_and_meiers_curves_to_the_printed_digits() -> None:
    cases = {case["name"]: case for case in printed("kaplan_meier")["cases"]}
    assert len(cases) == 3
    for name, case in cases.items():
        curve = kaplan_meier(spells(case["time"], case["event"]))
        assert [one.time for one in curve] == case["t"], name
        least = 5e-4 if "Miller" in name else 5e-5
        assert [one.share for one in curve] == pytest.approx(case["S"], abs=least), name
        for one, error in zip(curve, case["se_greenwood"], strict=True):
            assert one.error == (None if error is None else pytest.approx(error, abs=5e-5)), name
        assert median(curve) == case["median"]
        if "at_risk" in case:
            assert [one.at_risk for one in curve] == case["at_risk"]
    held, other = cases["AML maintained (Miller)"], cases["AML non-maintained"]
    one, two = (spells(case["time"], case["event"]) for case in (held, other))
    assert log_rank(one, two) == pytest.approx(other["logrank_chi2_vs_maintained"], abs=5e-4)
    drug = cases["Freireich 6-MP"]
    placebo = spells(drug["placebo"], [1] * len(drug["placebo"]))
    found = log_rank(spells(drug["time"], drug["event"]), placebo)
    assert found == pytest.approx(drug["logrank_chi2"], abs=5e-4)
    assert log_rank(placebo, spells(drug["time"], drug["event"])) == pytest.approx(found)


@needs_methods
def test_competing_ends_to_the_printed_fractions() -> None:
    case = printed("cumulative_incidence_competing")
    held = spells(case["time"], case["cause"])
    curve = cumulative_incidence(held)
    assert [one.time for one in curve] == case["t"]
    assert [one.at_risk for one in curve] == case["at_risk"]
    assert [one.free for one in curve] == pytest.approx(list(map(number, case["event_free"])), abs=1e-12)
    for cause in (1, 2):
        expected = list(map(number, case[f"cif_{cause}"]))
        assert [one.ended[cause] for one in curve] == pytest.approx(expected, abs=1e-12)
    assert curve[1].errors[1] == pytest.approx(case["se_cif1_at_2"], abs=5e-6)
    assert curve[2].errors[2] == pytest.approx(case["se_cif2_at_3"], abs=5e-5)
    alone = {one.time: 1 - one.share for one in kaplan_meier(held, (2,))}
    assert alone[3] == pytest.approx(case["one_minus_km_cause2_at_3"])


@given(lives)
def test_what_must_hold_of_competing_ends(held: list[Spell]) -> None:
    curve = cumulative_incidence(held)
    assert [one.time for one in curve] == sorted({one.time for one in held})
    for cause in (1, 2):
        alone = {one.time: 1 - one.share for one in kaplan_meier(held, (cause,))}
        for one in curve:
            if one.time in alone:
                assert alone[one.time] >= one.ended[cause] - 1e-12
        shares = [one.ended.get(cause, 0.0) for one in curve]
        assert shares == sorted(shares)
        assert all(0 <= one.errors.get(cause, 0.0) <= 0.75 for one in curve)
    for one in curve:
        assert one.free + sum(one.ended.values()) == pytest.approx(1)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=20))
def test_where_everybody_is_watched_to_the_end_shares_are_simple(times: list[int]) -> None:
    """Without anybody leaving, the share is a plain proportion and its error the binomial one."""
    held = [Spell(time, 1 + time % 2) for time in times]
    count = len(held)
    for one in cumulative_incidence(held):
        for cause, share in one.ended.items():
            plain = sum(spell.time <= one.time and spell.cause == cause for spell in held) / count
            assert share == pytest.approx(plain)
            assert one.errors[cause] == pytest.approx(math.sqrt(plain * (1 - plain) / count), abs=1e-7)


@given(lives, st.integers(0, 12))
def test_who_is_at_risk_is_whoever_is_watched_then(held: list[Spell], time: int) -> None:
    for moment in moments(held):
        watched = [one for one in held if (one.entry is None or one.entry < moment.time) and moment.time <= one.time]
        assert moment.at_risk == len(watched) >= sum(moment.ended.values()) > 0
        assert moment.by_any == moment.by((1, 2)) == sum(one.time == moment.time and one.cause > 0 for one in held)


def test_an_interval_holds_its_share_and_widens_with_its_level() -> None:
    held = spells([1, 2, 3, 4, 5, 6], [1, 0, 1, 1, 0, 1])
    for one, wide in zip(kaplan_meier(held), kaplan_meier(held, level=0.998), strict=True):
        if one.interval is None or wide.interval is None:
            assert one.share == 0
            continue
        assert 0 < wide.interval[0] < one.interval[0] < one.share < one.interval[1] < wide.interval[1] < 1
    # By hand at 1: 5/6, Greenwood 1/(6*5), log-log.
    first = kaplan_meier(held)[0]
    half = 1.959964 * math.sqrt(1 / 30) / abs(math.log(5 / 6))
    assert first.interval == pytest.approx(((5 / 6) ** math.exp(half), (5 / 6) ** math.exp(-half)), abs=1e-7)


def test_one_that_comes_late_is_at_risk_from_then_on() -> None:
    held = [Spell(2, 1), Spell(5, 1, entry=2), Spell(5, 0, entry=3), Spell(4, 1, entry=0)]
    assert [(one.time, one.at_risk) for one in kaplan_meier(held)] == [(2, 2), (4, 3), (5, 2)]
    assert [one.share for one in kaplan_meier(held)] == pytest.approx([1 / 2, 1 / 3, 1 / 6])
    assert log_rank(held[:2], held[2:]) is not None


def test_the_day_of_the_origin_counts() -> None:
    assert [(one.time, one.at_risk, one.share) for one in kaplan_meier([Spell(0, 1), Spell(0, 0), Spell(3)])] == [
        (0, 3, pytest.approx(2 / 3))
    ]


def test_none_one_and_all() -> None:
    assert kaplan_meier([]) == []
    assert kaplan_meier([Spell(3), Spell(4)]) == []
    assert cumulative_incidence([]) == []
    assert median([]) is None
    assert median(kaplan_meier([Spell(1, 1), Spell(2), Spell(3)])) is None
    assert median(kaplan_meier([Spell(1, 1), Spell(2)])) == 1
    (only,) = kaplan_meier([Spell(4, 1)])
    assert (only.share, only.error, only.interval) == (0.0, None, None)
    (ended,) = cumulative_incidence([Spell(4, 7)])
    assert (ended.free, ended.ended, ended.errors) == (0.0, {7: 1.0}, {7: 0.0})
    assert log_rank([], []) is None
    assert log_rank([Spell(1, 1)], []) is None
    assert log_rank([Spell(1)], [Spell(2)]) is None
    # After nobody was left one comes late: the share stays at nought.
    curve = kaplan_meier([Spell(1, 1), Spell(3, 1, entry=2), Spell(3, 0, entry=2)])
    assert [(one.share, one.error) for one in curve] == [(0.0, None), (0.0, None)]


def test_a_curve_stops_where_fewer_than_ten_are_left_even_if_more_come_later() -> None:
    held = [*(Spell(time, 1) for time in range(1, 13)), *(Spell(20, 0, entry=13) for _ in range(30)), Spell(15, 1, 13)]
    curve = kaplan_meier(held)
    assert [one.at_risk for one in curve] == [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 31]
    assert [one.at_risk for one in curtailed(curve)] == [12, 11, 10]
    assert [one.at_risk for one in curtailed(cumulative_incidence(held), 12)] == [12]
    assert curtailed(curve[:2]) == curve[:2]
    assert curtailed(kaplan_meier(held[:9])) == []


@pytest.mark.parametrize(("time", "entry"), [(-1, None), (3, 3), (3, 4), (3, -1)])
def test_a_spell_runs_forward(time: float, entry: float | None) -> None:
    with pytest.raises(ValueError, match="nobody"):
        Spell(time, 1, entry)


def test_how_many_events_one_has_on_average() -> None:
    # Three orders: two breaches and watched to 10; one breach and over at 6; none and watched to 4.
    held = [Repeats(10, (2, 8)), Repeats(6, (5,), is_over=True), Repeats(4)]
    assert mean_count(held) == [
        (2, 3, pytest.approx(1 / 3)),
        (5, 2, pytest.approx(1 / 3 + 1 / 2)),
        # One of the two at risk at 6 is over for good: half of those left have no more events.
        (8, 1, pytest.approx(1 / 3 + 1 / 2 + 1 / 2)),
    ]
    assert mean_count([]) == []
    assert mean_count([Repeats(5)]) == []
    # Two on one day, on the day of the origin and on the last one.
    assert mean_count([Repeats(3, (0, 3, 3)), Repeats(3)]) == [(0, 2, 0.5), (3, 2, 1.5)]


@given(st.lists(st.tuples(st.integers(1, 6), st.lists(st.integers(1, 6), max_size=3)), min_size=1, max_size=9))
def test_without_anybody_leaving_it_is_the_plain_mean(given: list[tuple[int, list[int]]]) -> None:
    held = [Repeats(end, tuple(one for one in events if one <= end), is_over=True) for end, events in given]
    whole = sum(len(one.events) for one in held)
    found = mean_count(held)
    assert (found[-1][2] if found else 0.0) == pytest.approx(whole / len(held))


@pytest.mark.parametrize("event", [-1, 5])
def test_an_event_lies_in_its_life(event: int) -> None:
    with pytest.raises(ValueError, match="event"):
        Repeats(4, (event,))

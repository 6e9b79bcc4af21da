"""What the measures count, and what belongs in neither part (MSR-01, MSR-05, MSR-06, RES-02)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.measures.rules import (
    InForce,
    Opened,
    Place,
    Served,
    Share,
    Step,
    applications,
    breach_incidence,
    cohort,
    considered,
    disagreeing,
    joined,
    time_to_breach,
)
from craffu.measures.statistics.survival import Spell
from craffu.published.intervals import poisson_exact, wilson
from craffu.published.rules import Why

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
days = st.dates(date(2025, 11, 1), date(2027, 2, 28))


def place(where: str, measure: str = "orders", version: int = 1, value: float | None = 6) -> Place:
    return Place(where, measure, version, value)


@pytest.mark.rule("MSR-01")
def test_a_figure_is_the_same_wherever_it_stands() -> None:
    assert disagreeing([]) == []
    assert disagreeing([place("list"), place("badge"), place("list", "breaches", 3, None)]) == []
    assert disagreeing([place("list"), place("badge", version=2)]) == ["orders"]
    assert disagreeing([place("list"), place("badge", value=7), place("report", value=8)]) == ["orders"]
    # 'No cases' and nought are two things.
    assert disagreeing([place("list", value=None), place("badge", value=0)]) == ["orders"]
    both = [place("list", name, value=value) for value in (1, 2) for name in ("b", "a")]
    assert disagreeing(both) == ["b", "a"]


@pytest.mark.rule("MSR-01")
def test_a_case_is_considered_in_its_hours_and_one_younger_is_in_neither_part() -> None:
    at = datetime(2026, 3, 28, 9, tzinfo=UTC)
    end = at + timedelta(hours=48)
    second = timedelta(seconds=1)
    assert considered([Opened(at, end)], end) == Share(1, 1)
    assert considered([Opened(at, end + second)], end + second) == Share(0, 1)
    assert considered([Opened(at, at)], end - second) == Share(0, 0)
    assert considered([Opened(at)], end) == Share(0, 1)
    assert considered([Opened(at, at + timedelta(hours=3))], end, timedelta(hours=2)) == Share(0, 1)


@pytest.mark.rule("MSR-02")
def test_a_share_has_its_interval_and_of_nothing_there_is_none() -> None:
    assert Share(0, 0).answer.why is Why.NO_CASES
    assert Share(0, 0).answer.value is None
    assert Share(1, 4).answer.value == 0.25
    assert Share(1, 4).answer.interval == wilson(1, 4)


@pytest.mark.rule("MSR-05")
def test_an_application_is_decided_by_its_full_order() -> None:
    found = applications(
        [
            ("a", Step.LODGED), ("a", Step.INTERIM_LODGED), ("a", Step.INTERIM_GRANTED),
            ("b", Step.LODGED), ("b", Step.REFUSED), ("g", Step.REFUSED), ("g", Step.LODGED),
            ("h", Step.LODGED), ("h", Step.INTERIM_LODGED), ("h", Step.REFUSED),
            ("c", Step.GRANTED), ("c", Step.REFUSED), ("c", Step.LODGED),
            # Whose application is another force's: the register holds what came of it only.
            ("d", Step.GRANTED), ("e", Step.REFUSED), ("f", Step.INTERIM_LODGED),
        ]
    )  # fmt: skip
    assert (found.lodged, found.with_interim, found.granted, found.refused) == (5, 2, 1, 3)
    assert found.grant_rate == Share(1, 4)
    assert applications([]).grant_rate == Share(0, 0)


def test_keys_that_stay() -> None:
    assert " ".join(Step) == "full_lodged interim_lodged interim_granted full_granted full_refused"


@pytest.mark.rule("MSR-05")
def test_a_cohort_holds_whoever_was_watched_for_the_whole_year_and_its_lag() -> None:
    extract = date(2026, 11, 24)
    just = extract - timedelta(days=365 + 90)
    found = cohort([Served("a", just), Served("b", just + timedelta(days=1), just + timedelta(days=2))], extract)
    assert (found.share, found.not_yet_observed) == (Share(0, 1), ("b",))
    early = date(2024, 1, 10)
    for after, breached in ((-1, 0), (0, 1), (365, 1), (366, 0)):
        order = Served("a", early, early + timedelta(days=after))
        assert cohort([order], extract).share == Share(breached, 1), after
    assert cohort([Served("a", just)], extract, lag_days=91).share == Share(0, 0)
    assert cohort([Served("a", just + timedelta(days=90))], extract, lag_days=0).share == Share(0, 1)


@pytest.mark.rule("MSR-06")
def test_days_of_service_and_of_the_end_count_and_each_day_once() -> None:
    found = breach_incidence(
        [
            InForce([(date(2026, 2, 1), date(2026, 2, 1))]),
            InForce([(date(2026, 3, 1), date(2026, 3, 10)), (date(2026, 3, 5), date(2026, 3, 6))]),
            InForce([(date(2025, 1, 1), date(2025, 12, 31)), (date(2027, 1, 1), date(2027, 2, 1))]),
            InForce([(date(2026, 12, 31), date(2027, 6, 1)), (date(2025, 6, 1), date(2026, 1, 1))]),
        ],
        FIRST,
        LAST,
    )
    assert found.order_days == 1 + 10 + 0 + 2
    assert found.incidents == 0
    assert found.rate is not None
    assert found.rate.interval == pytest.approx((0, poisson_exact(0)[1] * 365.25 / 13))


@pytest.mark.rule("MSR-06")
def test_an_incident_counts_once_and_only_while_its_order_was_in_force() -> None:
    spring = [(date(2026, 3, 1), date(2026, 5, 31))]
    found = breach_incidence(
        [
            InForce(spring, [("one", date(2026, 3, 1)), ("two", date(2026, 5, 31)), ("two", date(2026, 5, 31))]),
            InForce(spring, [("one", date(2026, 3, 1)), ("early", date(2026, 2, 28)), ("late", date(2026, 6, 1))]),
            InForce([(date(2025, 1, 1), LAST)], [("before", date(2025, 12, 31))]),
        ],
        FIRST,
        LAST,
    )
    assert found.incidents == 2
    assert found.order_days == 92 + 92 + 365
    assert found.rate is not None
    assert found.rate.value == pytest.approx(2 * 365.25 / 549)


@pytest.mark.rule("MSR-06")
def test_no_order_in_force_has_no_rate() -> None:
    for orders in ([], [InForce([])], [InForce([(date(2025, 1, 1), date(2025, 2, 1))], [("x", date(2025, 1, 5))])]):
        found = breach_incidence(orders, FIRST, LAST)
        assert (found.incidents, found.order_days, found.rate) == (0, 0, None)


@given(st.lists(st.tuples(days, days), max_size=6))
def test_joined_spans_hold_each_day_of_the_period_once(spans: list[tuple[date, date]]) -> None:
    found = joined(spans, FIRST, LAST)
    told = [start + timedelta(days=more) for start, end in found for more in range((end - start).days + 1)]
    wanted = {
        start + timedelta(days=more)
        for start, end in spans
        for more in range((end - start).days + 1)
        if FIRST <= start + timedelta(days=more) <= LAST
    }
    assert told == sorted(wanted)


@pytest.mark.rule("MSR-06")
def test_time_to_breach_stands_with_competing_ends_and_who_is_left() -> None:
    found = time_to_breach([Spell(1), Spell(2, 2), Spell(3, 1), Spell(3, 3), Spell(4, 1), Spell(5)])
    assert found.at_risk == ((2, 5), (3, 4), (4, 2))
    assert [time for time, _ in found.cumulative_incidence] == [2, 3, 4]
    # 4/5 free before 3, a quarter of them breached; then 2/5 free, half of them breached.
    assert [share for _, share in found.cumulative_incidence] == pytest.approx([0, 0.2, 0.4])
    assert [time for time, _ in found.one_minus_kaplan_meier] == [3, 4]
    assert [share for _, share in found.one_minus_kaplan_meier] == pytest.approx([0.25, 0.625])
    assert time_to_breach([]).at_risk == ()
    nobody = time_to_breach([Spell(3, 2)])
    assert nobody.cumulative_incidence == ((3, 0.0),)
    assert nobody.one_minus_kaplan_meier == ()

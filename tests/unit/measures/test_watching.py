"""When a month of a measure is a signal, of what, and of which records (MSR-08)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from craffu.engines.choice import Engine, Kind
from craffu.measures.statistics.signals import Better
from craffu.measures.statistics.signals import Kind as Rule
from craffu.measures.watching.rules import LEAST_MONTHS, Month, alert
from craffu.measures.watching.working import MONTHS, alerts_of, whole_months
from tests.factories.kept_over_rows import snapshot_over

pytestmark = pytest.mark.rule("MSR-08")
FIRST = date(2024, 6, 1)


def months(*numerators: int, of: int = 10) -> list[Month]:
    return [Month(FIRST + timedelta(days=31 * place), one, of) for place, one in enumerate(numerators)]


STEADY = (8, 7, 8, 9, 8, 7, 8, 9, 8, 7, 8)


@pytest.mark.parametrize(
    ("newest", "better", "rule"),
    [
        (2, Better.HIGHER, Rule.BEYOND_LIMIT),
        (2, Better.NEITHER, Rule.BEYOND_LIMIT),
        (2, Better.LOWER, None),
        (8, Better.HIGHER, None),
    ],
)
def test_the_newest_month_is_told_of_where_it_is_no_ordinary_variation_and_no_improvement(
    newest: int, better: Better, rule: Rule | None
) -> None:
    found = alert(months(*STEADY, newest), better)
    assert (found.rule if found else None) is rule
    if found:
        assert (found.month.numerator, found.is_up, found.limits.is_trial) == (newest, False, True)


def test_seven_months_below_the_mean_are_a_signal() -> None:
    found = alert(months(9, 7, 9, 8, 10, 8, 9, 7, 6, 7, 7, 6, 7, 7), Better.HIGHER)
    assert found is not None
    assert (found.rule, found.is_up, found.limits.is_trial) == (Rule.ONE_SIDE, False, False)


def test_of_a_handful_nothing_is_judged() -> None:
    assert alert(months(*STEADY[: LEAST_MONTHS - 2], 2), Better.HIGHER) is None, "too few months"
    assert alert(months(*(1,) * 11, 0, of=1), Better.HIGHER) is None, "too few cases"
    assert alert([*months(*STEADY, 2), Month(date(2026, 1, 1), 0, 0)], Better.HIGHER) is None, "the newest says nothing"


def test_months_are_whole_ones() -> None:
    assert whole_months(date(2026, 5, 31))[-1] == date(2026, 5, 1)
    assert whole_months(date(2026, 5, 30))[-1] == date(2026, 4, 1)
    assert len(whole_months(date(2026, 5, 30))) == MONTHS


def test_a_signal_over_a_snapshot_names_its_orders(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = []
    for place, month in enumerate(whole_months(date(2026, 5, 31))):
        for number in range(10):
            ends = datetime(month.year, month.month, 10, tzinfo=UTC)
            is_late = number >= (2 if place == MONTHS - 1 else 8 + place % 2)
            rows.append(
                {
                    "order": f"order-{place}-{number}", "kind": "SPO", "clock": 0, "ends_at": ends, "last_day": ends.date(),
                    "over_at": ends - timedelta(days=1), "is_given": True, "known_from": ends - timedelta(days=3),
                    "notified_at": ends + timedelta(days=1 if is_late else -1), "known_until": None,
                }
            )  # fmt: skip
    [(code, part, found, orders)] = alerts_of(snapshot_over(tmp_path, {"notifications": rows}), Engine(Kind.DUCKDB))
    assert (code, part, found.rule, found.month.first) == ("MET13", "on_time", Rule.BEYOND_LIMIT, date(2026, 5, 1))
    assert (found.month.numerator, found.month.denominator) == (2, 10)
    assert orders == [f"order-{MONTHS - 1}-{number}" for number in range(10)]

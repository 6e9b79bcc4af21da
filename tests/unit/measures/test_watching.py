"""When a month of a measure is a signal, of what, and of which records (MSR-08)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from craffu.clocks.london import day_of
from craffu.engines.choice import Engine, Kind
from craffu.measures.engine.asking import Asked
from craffu.measures.engine.catalogue import WORKED
from craffu.measures.engine.running import Wanted, asked_of
from craffu.measures.statistics.signals import Better
from craffu.measures.statistics.signals import Kind as Rule
from craffu.measures.watching.rules import LEAST_MONTHS, Month, alert, alert_of_counts
from craffu.measures.watching.working import MONTHS, WATCHED, alerts_of, asking, monthly, whole_months
from tests.factories import snapshot_rows
from tests.factories.kept_over_rows import snapshot_over
from tests.oracles import measures, measures_of_rows
from tests.oracles.measures import Question

pytestmark = pytest.mark.rule("MSR-08")
FIRST = date(2024, 6, 1)
ORACLES = measures.ORACLES | measures_of_rows.ORACLES


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


def test_a_count_is_charted_by_itself_from_the_month_in_which_it_began() -> None:
    counts = [0] * 9 + [9, 11, 8, 10, 9, 12, 10, 8, 11, 9, 10]
    found = alert_of_counts(months(*counts, 30, of=0), Better.NEITHER)
    assert found is not None
    assert (found.rule, found.is_up, found.month.numerator, found.limits.is_trial) == (
        Rule.BEYOND_LIMIT,
        True,
        30,
        True,
    )
    assert found.limits.lower >= 0
    assert alert_of_counts(months(*counts, 10, of=0), Better.NEITHER) is None
    assert alert_of_counts(months(*counts, 0, of=0), Better.LOWER) is None, "fewer is better"
    assert alert_of_counts(months(*counts[10:], 30, of=0), Better.NEITHER) is None, "too few months"
    assert alert_of_counts(months(*[1] * 14, 9, of=0), Better.NEITHER) is None, "too few cases"


def test_a_month_of_few_is_held_against_wider_limits() -> None:
    """Three of six would stand out among months of ten; of six it is what chance does."""
    steady = months(*STEADY, *STEADY)
    assert alert([*steady, Month(date(2026, 5, 1), 2, 10)], Better.HIGHER) is not None
    assert alert([*steady, Month(date(2026, 5, 1), 1, 2)], Better.HIGHER) is None
    assert alert(months(*[10] * 14), Better.HIGHER) is None, "where none varies nothing is marked"


def test_of_a_handful_nothing_is_judged() -> None:
    assert alert(months(*STEADY[: LEAST_MONTHS - 2], 2), Better.HIGHER) is None, "too few months"
    assert alert(months(*(1,) * 11, 0, of=1), Better.HIGHER) is None, "too few cases"
    assert alert([*months(*STEADY, 2), Month(date(2026, 1, 1), 0, 0)], Better.HIGHER) is None, "the newest says nothing"


def test_months_are_whole_ones() -> None:
    assert whole_months(date(2026, 5, 31))[-1] == date(2026, 5, 1)
    assert whole_months(date(2026, 5, 30))[-1] == date(2026, 4, 1)
    assert len(whole_months(date(2026, 5, 30))) == MONTHS


@pytest.mark.parametrize(
    ("at", "code", "newest"),
    [
        # By day what is done on the last day of a month has not been recorded yet, nor at night what is to come of it.
        (datetime(2026, 11, 30, 3, tzinfo=UTC), "MET05", date(2026, 10, 1)),
        (datetime(2026, 11, 30, 23, 59, tzinfo=UTC), "MET05", date(2026, 10, 1)),
        (datetime(2026, 12, 1, tzinfo=UTC), "MET05", date(2026, 11, 1)),
        (datetime(2026, 12, 2, 3, tzinfo=UTC), "MET02", date(2026, 10, 1)),
        (datetime(2026, 12, 3, 3, tzinfo=UTC), "MET02", date(2026, 11, 1)),
    ],
)
def test_a_month_is_judged_once_it_is_over_and_what_it_waits_for_too(at: datetime, code: str, newest: date) -> None:
    asked = Asked(date(2025, 12, 1), day_of(at - datetime.resolution), at)
    for several in monthly(code, asked, lambda _asked, _by: []).values():
        assert several[-1].first == newest


def test_what_is_counted_in_a_month_is_what_its_slow_twin_counts(tmp_path: Path) -> None:
    """Of every measure of a period; what stands at an instant, days and answers to one question are not watched."""
    assert WATCHED.keys() == WORKED.keys() - {
        "MET08", "MET10", "MET11", "MET12", "MET18", "MET19", "MET30", "MET31",
    }  # fmt: skip
    rows = snapshot_rows.tables(11, 60)
    snapshot = snapshot_over(tmp_path, rows)
    now = asked_of(Wanted(), snapshot)
    tables = snapshot.tables(snapshot.numbers)
    seen = 0
    for code, watched in WATCHED.items():
        ask = asking(code, tables, Engine(Kind.DUCKDB))
        for part, several in monthly(code, now, ask).items():
            for month in several[-12:]:
                last = (month.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
                twin = ORACLES[code](rows, Question(month.first, last, now.at, now.today), None)[None]
                assert (month.numerator, month.denominator) == (
                    twin[part],
                    twin[WORKED[code].of] if month.denominator or WORKED[code].of == "of" else 0,
                ), (code, part, month)
                seen += month.numerator
        assert not watched.names or ask(now, watched.names)
    assert seen > 80


def test_a_signal_over_a_snapshot_names_its_orders(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = []
    for place, month in enumerate(whole_months(date(2026, 4, 30))):
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
    assert (code, part, found.rule, found.month.first) == ("MET13", "on_time", Rule.BEYOND_LIMIT, date(2026, 4, 1))
    assert (found.month.numerator, found.month.denominator) == (2, 10)
    assert orders == [f"order-{MONTHS - 1}-{number}" for number in range(10)]

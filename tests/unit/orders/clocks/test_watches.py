"""Watches before an order runs out: which, on which days, and what is past already."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.orders.clocks.watches import expiry_watches

pytestmark = pytest.mark.rule("CLK-12")


@pytest.mark.parametrize(
    ("made", "last", "known", "expected"),
    [
        ("2026-11-10", "2028-11-09", None, "08-11 90_days, 09-10 60_days, 10-10 30_days"),
        # 91 and 90 days: the first watch is the first day; the day before it is past at once
        ("2026-01-01", "2026-04-01", None, "01-01 90_days, 01-31 60_days, 03-02 30_days"),
        ("2026-01-01", "2026-03-31", None, "01-01 90_days_already_past, 01-30 60_days, 03-01 30_days"),
        # 89 days: one at half term
        ("2026-01-01", "2026-03-30", None, "02-14 half_term"),
        ("2026-11-16", "2026-12-13", None, "11-30 half_term"),
        ("2026-11-16", "2026-11-29", None, "11-23 half_term"),
        ("2026-11-16", "2026-11-16", None, "11-16 half_term"),
        ("2026-11-16", "2026-12-13", "2026-11-30", "11-30 half_term"),
        ("2026-11-16", "2026-12-13", "2026-12-01", "12-01 half_term_already_past"),
        # learnt of later
        ("2025-01-10", "2027-01-09", "2026-11-24", "11-24 60_days_already_past, 12-10 30_days"),
        ("2025-01-10", "2027-01-09", "2026-10-11", "10-11 90_days, 11-10 60_days, 12-10 30_days"),
        ("2025-01-10", "2027-01-09", "2026-10-12", "10-12 90_days_already_past, 11-10 60_days, 12-10 30_days"),
        ("2025-01-10", "2027-01-09", "2027-01-09", "01-09 30_days_already_past"),
        ("2025-01-10", "2027-01-09", "2027-01-10", ""),
        ("2025-01-10", "2027-01-09", "2024-12-01", "10-11 90_days, 11-10 60_days, 12-10 30_days"),
    ],
)
def test_an_order_with_an_end_is_watched_before_it(made: str, last: str, known: str | None, expected: str) -> None:
    found = expiry_watches(
        date.fromisoformat(made), date.fromisoformat(last), None if known is None else date.fromisoformat(known)
    )
    assert ", ".join(f"{watch.on:%m-%d} {watch.kind}" for watch in found.watches) == expected
    assert found.indefinite_review_on is None


@pytest.mark.parametrize(
    ("made", "known", "review"),
    [
        ("2026-11-10", None, "2027-11-10"),
        ("2024-02-29", None, "2025-02-28"),
        ("2026-11-10", "2027-11-10", "2027-11-10"),
        ("2020-11-10", "2026-11-24", "2026-11-24"),
        ("2026-11-10", "2027-01-01", "2027-11-10"),
    ],
)
def test_an_order_without_end_is_reviewed_after_twelve_months(made: str, known: str | None, review: str) -> None:
    found = expiry_watches(date.fromisoformat(made), None, None if known is None else date.fromisoformat(known))
    assert (found.watches, str(found.indefinite_review_on)) == ((), review)


def test_no_order_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        expiry_watches(date(2026, 11, 10), date(2026, 11, 9))


@given(st.dates(date(2012, 1, 1), date(2035, 12, 31)), st.integers(0, 2000), st.none() | st.integers(-10, 2000))
def test_every_order_is_watched_while_it_runs(made: date, days: int, known: int | None) -> None:
    last = made + timedelta(days=days)
    known_on = None if known is None else made + timedelta(days=known)
    found = expiry_watches(made, last, known_on).watches
    since = max(made, known_on or made)
    assert bool(found) == (since <= last)
    assert all(since <= watch.on <= last for watch in found)
    assert [watch.on for watch in found] == sorted(watch.on for watch in found)
    assert sum(watch.kind.endswith("already_past") for watch in found) <= 1

"""What counts come to and what is hidden from whom: of nothing there is no value, and what is small is not told (MSR-03)."""

from typing import Any

import pytest

from craffu.measures.engine.values import NO_CASES, NOT_REACHED, READ_WITH_CARE, Told, Value
from craffu.measures.releasing import not_shown
from craffu.published.disclosure import To
from craffu.published.intervals import wilson


def told(to: To = To.ROWS, parts: tuple[str, ...] = ("kept",), beside: tuple[str, ...] = ()) -> Told:
    return Told("MET27", to, parts, "of", beside)


def line(by: str | None, kept: int, of: int, **beside: int) -> dict[str, Any]:
    return {"by": by, "kept": kept, "of": of, **beside}


@pytest.mark.rule("MSR-02", "MSR-04")
def test_a_share_has_its_counts_and_wilsons_interval_and_of_nothing_it_has_none() -> None:
    [one] = told(beside=("late",)).shares([line(None, 30, 40, late=2)])
    assert (one.measure, one.part, one.of, one.numerator, one.denominator, one.note) == (
        "MET27",
        "kept",
        None,
        30,
        40,
        "",
    )
    assert one.value == 0.75
    assert one.interval == pytest.approx(wilson(30, 40))
    assert one.beside == {"late": 2}
    [none] = told().shares([line(None, 0, 0)])
    assert (none.numerator, none.denominator, none.value, none.interval, none.note) == (0, 0, None, None, NO_CASES)
    assert not none.suppressed
    [few] = told().shares([line(None, 1, 1)])
    assert (few.value, few.note) == (1.0, READ_WITH_CARE)


@pytest.mark.rule("MSR-03")
@pytest.mark.parametrize(
    ("kept", "of", "is_hidden"),
    [
        (4, 40, True),
        (5, 40, False),
        (36, 40, True),
        (35, 40, False),
        (0, 40, False),
        (40, 40, False),
        (0, 4, True),
        (0, 0, False),
    ],
)
def test_inside_the_force_one_to_four_are_hidden_on_either_side(kept: int, of: int, is_hidden: bool) -> None:
    [one] = told(To.INTERNAL, beside=("late",)).shares([line(None, kept, of, late=3)])
    assert one.suppressed is is_hidden
    if is_hidden:
        assert (one.numerator, one.denominator, one.value, one.interval, one.note) == (
            None,
            None,
            None,
            None,
            not_shown(5),
        )
    else:
        assert (one.numerator, one.denominator) == (kept, of)
    assert one.beside == {"late": None}
    [open_] = told(To.ROWS).shares([line(None, kept, of)])
    assert (open_.numerator, open_.denominator, open_.suppressed) == (kept, of, False)


@pytest.mark.rule("MSR-03")
def test_a_line_that_is_hidden_takes_another_with_it() -> None:
    rows = [line("SPO", 3, 20), line("ISPO", 10, 21), line("SHPO", 50, 90)]
    values = list(told(To.INTERNAL).shares(rows))
    assert [(one.of, one.suppressed) for one in values] == [("SPO", True), ("ISPO", True), ("SHPO", False)]


@pytest.mark.rule("MSR-03")
def test_of_a_line_with_a_small_part_no_part_is_told() -> None:
    rows = [{"by": None, "kept": 2, "late": 30, "of": 100}]
    values = list(told(To.INTERNAL, ("kept", "late")).shares(rows))
    assert [one.suppressed for one in values] == [True, True]


@pytest.mark.rule("MSR-03")
def test_the_public_reads_shares_of_rounded_counts() -> None:
    [one] = told(To.PUBLIC).shares([line(None, 33, 58)])
    assert (one.numerator, one.denominator, one.value) == (35, 60, 35 / 60)
    [none] = told(To.PUBLIC).shares([line(None, 9, 58)])
    assert (none.suppressed, none.note) == (True, not_shown(10))
    [all_but_few] = told(To.PUBLIC).shares([line(None, 58, 58)])
    assert all_but_few.suppressed, "that nobody was left over is small as well"


@pytest.mark.rule("MSR-03")
def test_counts_are_told_or_hidden_one_with_another() -> None:
    parts = ("orders", "interim", "unserved")
    [row] = [{"by": None, "orders": 30, "interim": 8, "unserved": 2}]
    values = list(told(To.INTERNAL, parts).counts([row]))
    assert [(one.part, one.numerator, one.suppressed) for one in values] == [
        ("orders", 30, False), ("interim", None, True), ("unserved", None, True),
    ]  # fmt: skip
    assert [(one.numerator, one.value) for one in told(To.ROWS, parts).counts([row])] == [
        (30, 30.0),
        (8, 8.0),
        (2, 2.0),
    ]


@pytest.mark.rule("MSR-03")
def test_what_is_hidden_to_protect_another_is_not_said_to_be_small() -> None:
    """Forty orders of a kind, beside three of another that could be worked back from them."""
    rows = [{"by": kind, "kept": number, "of": 0} for kind, number in (("SPO", 120), ("ISPO", 3), ("SHPO", 40))]
    shown, few, beside = told(To.PUBLIC).counts(rows)
    assert (shown.suppressed, few.note, beside.note) == (False, not_shown(10), few.note)


@pytest.mark.rule("MSR-06")
def test_a_rate_is_for_each_year_of_an_order_with_the_exact_interval() -> None:
    rows = [{"by": "SPO", "kept": 6, "of": 1461}]
    [one] = told().rates(rows)
    assert (one.numerator, one.denominator, one.value) == (6, 1461, 1.5)
    assert one.interval is not None
    assert one.interval == pytest.approx((6 / 4 * 0.36698, 6 / 4 * 2.17658), abs=1e-4)
    [none] = told().rates([{"by": None, "kept": 0, "of": 0}])
    assert (none.value, none.note) == (None, NO_CASES)
    [few] = told(To.INTERNAL).rates([{"by": None, "kept": 3, "of": 900}])
    assert (few.suppressed, few.numerator) == (True, None)


@pytest.mark.rule("MSR-03")
def test_a_rate_that_is_hidden_takes_another_with_it() -> None:
    rows = [{"by": name, "kept": count, "of": 3650} for name, count in (("SPO", 3), ("ISPO", 6), ("SHPO", 20))]
    assert [one.suppressed for one in told(To.INTERNAL).rates(rows)] == [True, True, False]


@pytest.mark.rule("MSR-03")
@pytest.mark.parametrize(
    ("to", "days", "period", "shown"),
    [
        # In 28 days four orders, and at least five; a year of one order, and none of any.
        (To.INTERNAL, 4 * 28, 28, None), (To.INTERNAL, 4 * 28 + 1, 28, 113), (To.INTERNAL, 365, 365, None),
        (To.INTERNAL, 0, 365, 0),
        (To.PUBLIC, 2 * 365, 365, None), (To.PUBLIC, 9 * 365, 365, None), (To.PUBLIC, 12 * 365 + 7, 365, 10 * 365),
        (To.PUBLIC, 13 * 365, 365, 15 * 365), (To.ROWS, 365, 365, 365),
    ],
)  # fmt: skip
def test_days_of_orders_do_not_tell_how_few_orders_there_are(to: To, days: int, period: int, shown: int | None) -> None:
    """Beside kinds of which there are many: MET11 hides the one order whose 365 days would stand here."""
    rows = [
        {"by": "SPO", "kept": 40, "of": 24 * period}, {"by": "ISPO", "kept": 20, "of": 20 * period},
        {"by": "SHPO", "kept": 0 if to is not To.PUBLIC else 30, "of": days},
    ]  # fmt: skip
    one = list(Told("MET17", to, ("kept",), "of", (), days=period).rates(rows))[-1]
    assert one.denominator == shown
    assert one.suppressed is (shown is None)
    if shown:
        assert one.beside["years"] == shown / 365.25


def stage(days: int, cause: int, number: int, by: str | None = None) -> dict[str, Any]:
    return {"by": by, "stage": "kept", "days": days, "cause": cause, "number": number}


def half(*rows: dict[str, Any], to: To = To.ROWS) -> Value:
    [one] = told(to).durations(list(rows))
    return one


@pytest.mark.rule("MSR-06")
def test_times_wait_for_those_that_are_pending_and_lose_those_that_ended_otherwise() -> None:
    done = half(stage(2, 1, 5), stage(4, 1, 4), stage(9, 1, 1))
    assert (done.value, done.beside["p90"], done.numerator, done.denominator) == (2.0, 4.0, 10, 10)
    waits = half(stage(2, 1, 4), stage(4, 1, 1), stage(3, 0, 5))
    assert (waits.value, waits.note, waits.beside) == (4.0, "", {"p90": 4.0, "pending": 5, "competing": 0})
    lost = half(stage(2, 1, 4), stage(1, 2, 6))
    assert (lost.value, lost.note, lost.numerator, lost.denominator) == (None, NOT_REACHED, 4, 10)
    assert (half().value, half().note) == (None, NO_CASES)


@pytest.mark.rule("MSR-03")
def test_times_of_a_few_are_hidden() -> None:
    assert half(stage(2, 1, 4), to=To.INTERNAL).suppressed
    assert half(stage(2, 1, 9), stage(3, 0, 2), to=To.INTERNAL).suppressed
    assert not half(stage(2, 1, 9), to=To.INTERNAL).suppressed
    kinds = [stage(2, 1, number, of) for of, number in (("SPO", 3), ("ISPO", 6), ("SHPO", 20))]
    assert [one.suppressed for one in told(To.INTERNAL).durations(kinds)] == [True, True, False]
    several = list(told().durations([stage(2, 1, 1, "SPO"), stage(3, 1, 1, "ISPO")]))
    assert [(one.of, one.value) for one in several] == [("SPO", 2.0), ("ISPO", 3.0)]

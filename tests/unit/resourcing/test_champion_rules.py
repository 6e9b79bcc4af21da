"""Who is a champion on a day, which shifts have one, and whose cover is nearest (RES-01, RES-02; MET32)."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from craffu.clocks.lengths import calendar_length
from craffu.orders.clocks.catalogue import catalogue
from craffu.resourcing.champions import plain
from craffu.resourcing.champions.rules import (
    CPD_PERIOD,
    NO_CASES,
    Accepted,
    Champion,
    Coverage,
    Place,
    Slot,
    Training,
    Why,
    champion,
    coverage,
    is_lapsing,
    kilometres,
    nearest_first,
    slot_of,
    standing,
)

ON = date(2026, 11, 24)
YEAR_AGO = date(2025, 11, 24)
A_DAY = timedelta(days=1)
TWO = Accepted("Stalking champions", "2", date(2025, 1, 1))


def trained(
    on: date, version: str = "2", *, continuing: bool = False, programme: str = "Stalking champions"
) -> Training:
    return Training(programme, version, continuing, on)


@pytest.mark.rule("RES-01")
@pytest.mark.parametrize(
    ("first", "continued", "on", "expected"),
    [
        (YEAR_AGO, [], ON - A_DAY, Champion(True, None, ON - A_DAY)),
        (YEAR_AGO, [], ON, Champion(False, Why.LAPSED, ON - A_DAY)),
        (YEAR_AGO, [], YEAR_AGO, Champion(True, None, ON - A_DAY)),
        (date(2024, 2, 29), [], date(2025, 2, 28), Champion(True, None, date(2025, 2, 28))),
        (date(2024, 2, 29), [], date(2025, 3, 1), Champion(False, Why.LAPSED, date(2025, 2, 28))),
        (date(2023, 3, 1), [date(2026, 5, 1)], ON, Champion(True, None, date(2027, 4, 30))),
        # What is booked for later keeps nobody current, and what came before the training adds nothing.
        (YEAR_AGO, [ON + A_DAY], ON, Champion(False, Why.LAPSED, ON - A_DAY)),
        (YEAR_AGO, [date(2025, 1, 1)], ON - A_DAY, Champion(True, None, ON - A_DAY)),
        (None, [ON], ON, Champion(False, Why.NOT_TRAINED, None)),
        (ON + A_DAY, [], ON, Champion(False, Why.NOT_TRAINED, None)),
    ],
)
def test_twelve_months_from_training_or_the_latest_continuing_training(
    first: date | None, continued: list[date], on: date, expected: Champion
) -> None:
    assert champion(first, continued, on) == expected


@pytest.mark.rule("RES-01")
def test_the_period_is_that_of_the_table_of_clocks() -> None:
    (limit,) = catalogue().clock("champion-currency").limits
    assert calendar_length(limit.length) == CPD_PERIOD


@pytest.mark.rule("RES-01")
@pytest.mark.parametrize(
    ("done", "accepted", "expected"),
    [
        ([trained(YEAR_AGO + A_DAY)], [TWO], Champion(True, None, ON)),
        ([], [TWO], Champion(False, Why.NOT_TRAINED, None)),
        ([trained(ON + A_DAY)], [TWO], Champion(False, Why.NOT_TRAINED, None)),
        ([trained(ON, continuing=True)], [TWO], Champion(False, Why.NOT_TRAINED, None)),
        ([trained(ON, programme="Civil orders")], [TWO], Champion(False, Why.NOT_TRAINED, None)),
        ([trained(ON)], [], Champion(False, Why.NOT_TRAINED, None)),
        ([trained(ON, "1")], [TWO], Champion(False, Why.NOT_ACCEPTED, None)),
        # A version counts from its first day to its last, both included.
        ([trained(ON)], [Accepted("Stalking champions", "2", ON, ON)], Champion(True, None, date(2027, 11, 23))),
        ([trained(ON)], [Accepted("Stalking champions", "2", ON + A_DAY)], Champion(False, Why.NOT_ACCEPTED, None)),
        (
            [trained(ON)],
            [Accepted("Stalking champions", "2", YEAR_AGO, ON - A_DAY)],
            Champion(False, Why.NOT_ACCEPTED, None),
        ),
        # Trained in an old version and brought up to the new one.
        (
            [trained(date(2020, 1, 1), "1"), trained(date(2026, 5, 1), continuing=True)],
            [TWO],
            Champion(True, None, date(2027, 4, 30)),
        ),
        # Continuing training in an old version adds nothing to training in the new.
        (
            [trained(YEAR_AGO), trained(ON, "1", continuing=True)],
            [TWO],
            Champion(False, Why.LAPSED, ON - A_DAY),
        ),
    ],
)
def test_training_counts_whose_version_is_accepted_that_day(
    done: list[Training], accepted: list[Accepted], expected: Champion
) -> None:
    assert standing(done, accepted, ON) == expected


@pytest.mark.rule("RES-01")
def test_within_thirty_days_a_champion_is_lapsing() -> None:
    until = ON + timedelta(days=30)
    assert is_lapsing(Champion(True, None, until), ON)
    assert is_lapsing(Champion(True, None, ON), ON)
    assert not is_lapsing(Champion(True, None, until + A_DAY), ON)
    assert not is_lapsing(Champion(False, Why.LAPSED, ON - A_DAY), ON)
    assert not is_lapsing(Champion(True, None, None), ON)


@pytest.mark.rule("RES-02")
def test_coverage_is_shifts_with_a_champion_over_shifts_scheduled() -> None:
    assert coverage([1, 0, 2, 0]) == Coverage(2, 4)
    assert (coverage([1, 0, 2, 0]).share, coverage([1, 0, 2, 0]).note) == (Fraction(1, 2), None)
    assert (coverage([]).share, coverage([]).note) == (None, NO_CASES)
    assert NO_CASES == "no cases"
    assert plain.coverage([]) == {"numerator": 0, "denominator": 0, "value": None, "note": "no cases"}


NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
EARLY, LATE = Slot(NINE, NINE + 9 * HOUR), Slot(NINE + 7 * HOUR, NINE + 16 * HOUR)


@pytest.mark.rule("RES-02")
@pytest.mark.parametrize(
    ("begins", "slot"),
    [
        (NINE, 0),
        (NINE + HOUR, 0),
        (NINE + 7 * HOUR - timedelta(minutes=1), 0),
        # From the change of shifts on it is the later one, although the earlier is not over.
        (NINE + 7 * HOUR, 1),
        (NINE + 10 * HOUR, 1),
        (NINE - timedelta(minutes=1), None),
        (NINE + 16 * HOUR, None),
    ],
)
def test_a_turn_belongs_to_the_last_shift_begun(begins: datetime, slot: int | None) -> None:
    assert slot_of([EARLY, LATE], begins) == slot
    assert slot_of([LATE, EARLY], begins) == (None if slot is None else 1 - slot)


@pytest.mark.rule("RES-02")
def test_the_nearest_comes_first_and_what_nobody_placed_last() -> None:
    here = Place(241_200, 220_100)
    assert kilometres(here, here) == 0
    assert kilometres(here, Place(244_200, 224_100)) == 5
    for nowhere in (Place(None, 1), Place(1, None)):
        assert kilometres(here, nowhere) is None
        assert kilometres(nowhere, here) is None
    places = [("B", Place(None, None)), ("A", Place(None, None)), ("Far", Place(0, 0)), ("Near", Place(241_200, 221_100)),
              ("Also near", Place(241_200, 219_100))]  # fmt: skip
    assert [name for name, _ in nearest_first(here, places)] == ["Also near", "Near", "Far", "A", "B"]


def test_keys_that_stay() -> None:
    assert [one.value for one in Why] == ["not_trained", "version_not_accepted", "cpd_lapsed"]

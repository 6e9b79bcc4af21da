"""How something stood from one instant to the next, as a snapshot holds it (X10)."""

from datetime import UTC, datetime, timedelta

import pytest

from craffu.common.extracted import KNOWN_FROM, KNOWN_UNTIL, spans

pytestmark = pytest.mark.rule("MSR-01")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return FIRST + timedelta(days=number)


def spans_of(stood: dict[int, str | None]) -> list[tuple[str, datetime, datetime | None]]:
    by_instant = {day(number): how for number, how in stood.items()}

    def how(at: datetime) -> dict[str, str] | None:
        found = by_instant[at]
        return None if found is None else {"how": found}

    return [(row["how"], row[KNOWN_FROM], row[KNOWN_UNTIL]) for row in spans([*by_instant, *by_instant], how)]


def test_one_row_stands_for_as_long_as_it_was_the_same() -> None:
    assert spans_of({3: "b", 1: "a", 2: "a", 5: "b"}) == [("a", day(1), day(3)), ("b", day(3), None)]


def test_what_was_not_there_has_no_row() -> None:
    assert spans_of({1: None, 2: "a", 4: None, 6: "a"}) == [("a", day(2), day(4)), ("a", day(6), None)]
    assert spans_of({1: None}) == []
    assert spans_of({}) == []

"""On which London days an order was served and in force, by which breaches are divided (MSR-06)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from craffu.clocks.london import end_of
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.effect.rules import Happened, served_days

pytestmark = pytest.mark.rule("MSR-06")
MADE = datetime(2026, 6, 1, 10, tzinfo=UTC)
# Half past midnight of the fourth in London, and still the third in UTC.
SERVED = datetime(2026, 6, 3, 23, 30, tzinfo=UTC)
LAST = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("happened", "days"),
    [
        ({}, None),
        ({"aware_at": SERVED}, None),
        ({"served_at": SERVED}, (date(2026, 6, 4), None)),
        ({"served_at": SERVED, "last_day": LAST}, (date(2026, 6, 4), LAST)),
        (
            {"served_at": SERVED, "last_day": LAST, "ended_at": datetime(2026, 6, 8, 9, tzinfo=UTC)},
            (date(2026, 6, 4), date(2026, 6, 8)),
        ),
        ({"served_at": SERVED, "last_day": LAST, "ended_at": end_of(LAST)}, (date(2026, 6, 4), LAST)),
        ({"served_at": SERVED, "takes_effect_at": datetime(2026, 6, 6, tzinfo=UTC)}, (date(2026, 6, 6), None)),
        ({"served_at": SERVED, "ended_at": SERVED}, None),
        ({"served_at": SERVED, "last_day": date(2026, 6, 3)}, None),
        ({"served_at": SERVED, "made_at": None}, None),
    ],
)
def test_from_service_or_a_later_effect_until_it_ends(
    happened: dict[str, Any], days: tuple[date, date | None] | None
) -> None:
    assert served_days(kind_of("SPO"), Happened(**({"made_at": MADE} | happened))) == days

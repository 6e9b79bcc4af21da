"""Due work of the coming weeks, and how far earlier forecasts of it would have been from what came (R1a; ADR 80)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of, start_of
from craffu.daily.forecasting.fallen import fell_due
from craffu.daily.forecasting.gathering import known_to_come
from craffu.daily.forecasting.rules import WEEKS, Falls, Forecast, Held, by_week, last_day
from craffu.orders.models import OrderMove

# Cut-offs lie so far apart, and no more than so many are asked about.
APART: Final = timedelta(weeks=4)
MOST_CUT_OFFS: Final = 6


def forecast(by: Acting, now: datetime, weeks: int = WEEKS) -> Forecast:
    """The weeks that begin today, of the orders open to the reader."""
    first = day_of(now)
    return by_week(known_to_come(by, now, first, last_day(first, weeks)), first, weeks)


def cut_offs(by: Acting, now: datetime, weeks: int = WEEKS) -> list[date]:
    """The first days of weeks that are all over, the latest first, every four weeks back to when orders were first known."""
    oldest = OrderMove.objects.for_user(by).order_by("known_from").values_list("known_from", flat=True).first()
    first = day_of(now) - timedelta(weeks=weeks)
    days = [first - place * APART for place in range(MOST_CUT_OFFS)]
    return [day for day in days if oldest is not None and day_of(oldest) < day]


@dataclass(frozen=True, slots=True)
class Compared:
    """What was foreseen on the first day of some weeks, and all that then fell due in them."""

    first: date
    foreseen: Sequence[Falls]
    fell: Sequence[Falls]

    def held(self, weeks: int, *, only_known: bool = False) -> Held:
        """As far as so many weeks. `only_known` leaves out what fell due of orders of which nothing was foreseen."""
        last = last_day(self.first, weeks)
        known = {one.order for one in self.foreseen}
        return Held(
            [one for one in self.foreseen if self.first <= one.on <= last],
            [one for one in self.fell if self.first <= one.on <= last and (one.order in known or not only_known)],
        )


def compared(by: Acting, first: date, now: datetime, weeks: int = WEEKS) -> Compared:
    """A forecast as it would have been made as a day began, by what was known then, beside what fell due by what is known now."""
    until = last_day(first, weeks)
    foreseen = known_to_come(by, start_of(first), first, until)
    return Compared(first, foreseen, fell_due(by, first, until, now))

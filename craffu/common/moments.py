"""What is recorded as having happened has come, by the clock of whoever is asked, and a day is one that can be meant (CLK-01)."""

from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow

# The days between which everything lies that is recorded of anybody, both included.
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)


def check_has_come(moment: datetime, now: datetime, *, code: str) -> None:
    """`code` is what the refusal is called where it is raised."""
    _check(lies_ahead=moment > now, code=code)


def check_day_has_come(day: date, today: date, *, code: str) -> None:
    _check(lies_ahead=day > today, code=code)


def check_can_be_meant(*days: date | datetime | None) -> None:
    """A clock counts on from every day that is kept: one of another age, or the last there is, would be a slip of the pen."""
    if any(day is not None and not FIRST_DAY <= _day(day) <= LAST_DAY for day in days):
        raise NotNow("no_such_year", _("Enter a day between 1 January 1900 and 31 December 2199"))


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _check(*, lies_ahead: bool, code: str) -> None:
    if lies_ahead:
        raise NotNow(code, _("This lies in the future. Record it once it has happened."))

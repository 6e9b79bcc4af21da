"""What is recorded as having happened has come, by the clock of whoever is asked: one check, one sentence (CLK-01)."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow


def check_has_come(moment: datetime, now: datetime, *, code: str) -> None:
    """`code` is what the refusal is called where it is raised."""
    _check(lies_ahead=moment > now, code=code)


def check_day_has_come(day: date, today: date, *, code: str) -> None:
    _check(lies_ahead=day > today, code=code)


def _check(*, lies_ahead: bool, code: str) -> None:
    if lies_ahead:
        raise NotNow(code, _("This lies in the future. Record it once it has happened."))

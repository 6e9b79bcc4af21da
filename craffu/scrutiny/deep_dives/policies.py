"""When a deep dive may be opened, added to and taken a step further (SCR-12)."""

from datetime import date

from django.utils.translation import gettext as _

from craffu.common.reasons import is_too_short
from craffu.common.refusals import NotNow
from craffu.scrutiny.deep_dives.states import OPEN, DiveStatus, may_follow


def check_both_languages(*said: tuple[str, str]) -> None:
    if not all(english.strip() and welsh.strip() for english, welsh in said):
        raise NotNow("one_language", _("Write it in English and in Welsh: it is published in both."))


def check_days(first: date, last: date) -> None:
    if first > last:
        raise NotNow("days_backwards", _("The last day lies before the first."))


def check_is_said(words: str) -> None:
    if is_too_short(words):
        raise NotNow("words_too_short", _("Say it in ten characters or more."))


def check_interest(*, has_interest: bool, interest: str) -> None:
    if has_interest and is_too_short(interest):
        raise NotNow("interest_unsaid", _("Say which interest it is, in ten characters or more."))


def check_is_open(status: DiveStatus) -> None:
    """What is with the force, published or stopped is not written in."""
    if status not in OPEN:
        raise NotNow(
            "dive_not_open",
            _("It is with the force, published or stopped, and is not written in. Take the draft back first."),
        )


def check_step(status: DiveStatus, wanted: DiveStatus) -> None:
    if not may_follow(status, wanted):
        raise NotNow("dive_other_step", _("It does not stand so that this could follow. Nothing was changed."))

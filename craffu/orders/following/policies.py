"""When heightened follow-up is raised by hand, and when something counts as done about it (MON-03)."""

from datetime import datetime

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.orders.following.rules import DATED, Trigger
from craffu.orders.life.states import LIVE


def check_is_followed(status: str) -> None:
    """Only an order that stands is followed up."""
    if status not in LIVE:
        raise NotNow("not_standing_now", _("This order does not stand. Only an order that stands is followed up."))


def check_is_by_hand(trigger: Trigger) -> None:
    """A day that draws near is raised by the clock, from the hearing or the feared date that is recorded."""
    if trigger in DATED:
        raise NotNow("raised_by_a_day", _("Record the hearing or the day that is feared: it is raised by itself."))


def check_has_words(words: str) -> None:
    if not words.strip():
        raise NotNow("no_words", _("Say in a few words what it is about."))


def check_is_after(done_at: datetime, at: datetime) -> None:
    """What was done before it happened was not done about it."""
    if done_at < at:
        raise NotNow("before_trigger", _("That was before it happened. Check the time."))

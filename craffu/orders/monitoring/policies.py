"""When it may be said how a condition is monitored, what came of a check, and that a respondent is away.

MON-01, MON-02, MON-06.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from craffu.common.moments import check_can_be_meant
from craffu.common.refusals import NotNow
from craffu.orders.library.rules import Check
from craffu.orders.monitoring.kinds import Outcome
from craffu.orders.monitoring.rules import Part


def check_is_watched(*, is_live: bool) -> None:
    """A draft has no conditions to check, and an order that is over has none any more."""
    if not is_live:
        raise NotNow("not_watched", _("This order is not made yet, or it is over. Its conditions are not checked."))


def check_is_in_force(began: datetime | None, at: datetime) -> None:
    if began is None:
        raise NotNow("not_in_force", _("This order is not in force yet. Checks begin with its service."))
    if at < began:
        raise NotNow("before_in_force", _("That was before the order was in force. Check the time."))


def check_plan_is_whole(lacking: Collection[Part], *, interval: int | None, longest: int) -> None:
    """MON-02: every part is said; an interval of its own may only be shorter than the longest that goes by the grade."""
    if lacking:
        words = {
            Part.METHOD: _("Choose at least one way of checking, or say why it cannot be checked."),
            Part.EVIDENCE: _("Choose what proves a breach."),
            Part.TOLERANCE: _("Say what is tolerated, such as: nothing."),
            Part.INTERVAL: _("Choose how often it is checked."),
        }
        first = next(iter(lacking))
        raise NotNow(f"no_{first.value}", words[first])
    if interval is not None and not 1 <= interval <= longest:
        raise NotNow("interval_range", _("Enter a number of days from 1 to %(days)s.") % {"days": longest})


def check_can_be_confirmed(waiting: Collection[object]) -> None:
    if not waiting:
        raise NotNow("nothing_proposed", _("Nothing is proposed that waits to be confirmed."))


def check_is_of_the_order(wanted: Collection[int], standing: Iterable[int]) -> None:
    """A check is of conditions that stand, and of at least one."""
    if not wanted or not set(wanted) <= set(standing):
        raise NotNow("no_condition", _("Choose at least one condition of the order as it stands."))


def check_is_a_method(method: str) -> None:
    if method not in set(Check):
        raise NotNow("no_method", _("Choose how it was checked."))


def check_says_what(outcome: Outcome, words: str) -> None:
    """Whoever was not checked, or caused concern, is told of in words."""
    if outcome is not Outcome.DONE and not words.strip():
        raise NotNow("outcome_not_said", _("Say what happened in a few words."))


def check_days_of_absence(first: date, last: date) -> None:
    if last < first:
        raise NotNow("ends_before", _("The last day must be the first day or later."))
    check_can_be_meant(first, last)

"""When something may be recorded as having happened: what lies ahead only where its time is known now."""

from datetime import datetime

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow


def check_learnt_by_now(learnt_at: datetime, now: datetime) -> None:
    if learnt_at > now:
        raise NotNow("learnt_to_come", _("That has not come yet. Enter when we learnt of it."))


def check_is_of_her_case(case: int | None) -> None:
    if case is None:
        raise NotNow("not_her_case", _("Choose a case in which this person is the victim."))


def check_is_not_there(*, is_there: bool) -> None:
    """What stands there otherwise is taken back first, so that nobody is told of one thing twice."""
    if is_there:
        raise NotNow("happening_there", _("This is recorded already, with other details. Take that back first, below."))

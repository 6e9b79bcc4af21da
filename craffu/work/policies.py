"""When work may be taken, given to somebody, and when an absence may be recorded."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from craffu.access.models import User
from craffu.common.moments import check_can_be_meant
from craffu.common.refusals import Conflict, NotNow


def check_still_there(*, wanted: int, found: int) -> None:
    """All that was chosen is open still, and of those the reader reaches."""
    if wanted != found:
        raise Conflict("work_changed", _("Some of this work was done or changed meanwhile. Nothing was changed."))


def check_is_something(chosen: Collection[int]) -> None:
    if not chosen:
        raise NotNow("nothing_chosen", _("Choose at least one."))


def check_can_have(user: User, shut: Collection[str], *, works_on_it: bool) -> None:
    """Work goes to somebody whose account is in use, who may open the queue and every record it is about."""
    if not user.is_active:
        raise NotNow("account_closed", _("This account is closed. Choose somebody else."))
    if not works_on_it:
        raise NotNow("not_their_queue", _("They do not work on this queue. Choose somebody else."))
    if shut:
        raise NotNow("beyond_them", _("Some of these records are not open to them. Choose somebody else."))


def check_absence(first: date, last: date, today: date, who: User, cover: User | None) -> None:
    if last < first:
        raise NotNow("ends_before", _("The last day must be the first day or later."))
    check_can_be_meant(first, last)
    if last < today:
        raise NotNow("absence_over", _("The last day must be today or later."))
    if cover is not None and cover == who:
        raise NotNow("covers_themself", _("Somebody else covers for them."))
    if cover is not None and not cover.is_active:
        raise NotNow("account_closed", _("This account is closed. Choose somebody else."))

"""When a calendar may be ended."""

from datetime import datetime

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow


def check_has_calendar(*, since: datetime | None) -> None:
    if since is None:
        raise NotNow("no_calendar", _("You have no calendar address."))

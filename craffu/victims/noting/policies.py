"""When an entry in her log may be made: of what has happened."""

from datetime import datetime

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow


def check_has_happened(at: datetime, now: datetime) -> None:
    if at > now:
        raise NotNow("log_to_come", _("That has not come yet. Enter when it happened."))

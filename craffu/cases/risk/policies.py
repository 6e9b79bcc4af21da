"""When something may be said of risk: once it has happened, whole, and a second look only where one is asked for."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from craffu.common.moments import check_has_come
from craffu.common.refusals import Conflict, NotNow


def check_moment_is_past(moment: datetime, now: datetime) -> None:
    check_has_come(moment, now, code="moment_to_come")


def check_day_is_not_past(day: date | None, today: date) -> None:
    """The day of the next assessment: it is planned, so it lies ahead."""
    if day is not None and day < today:
        raise NotNow("next_due_past", _("The next assessment must be today or later."))


def check_is_whole(lacking: Collection[str]) -> None:
    """RSK-01: with what, by whom, when, the grade and the document."""
    if lacking:
        raise NotNow(
            "assessment_incomplete", _("Enter the tool, its version, the licence, the document and the grade.")
        )


def check_look_is_asked_for(*, needed: bool, was_taken: bool) -> None:
    if was_taken:
        raise Conflict("look_taken", _("Somebody else has looked at this grade meanwhile. Nothing was changed."))
    if not needed:
        raise NotNow("no_look_needed", _("Nothing asks for a second look at this grade."))

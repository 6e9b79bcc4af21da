"""When anybody is scored at all, and when another scheme is adopted: never without a reason (PRI-01, PRI-09)."""

from datetime import date

from django.utils.translation import gettext as _

from craffu.common.reasons import is_too_short
from craffu.common.refusals import NotNow
from craffu.prevention.models import PopulationDefined


def check_is_stated(row: PopulationDefined | None) -> PopulationDefined:
    if row is None:
        raise NotNow(
            "no_population",
            _(
                "Nobody is scored until somebody has stated whom the force scores, and the assessment that it is necessary."
            ),
        )
    return row


def check_is_whole(name: str, necessity_ref: str, necessity_on: date, today: date) -> None:
    if not (name.strip() and necessity_ref.strip()):
        raise NotNow("population_not_whole", _("Give the population a name, and the reference of its assessment."))
    if necessity_on > today:
        raise NotNow("assessed_to_come", _("The day of the assessment lies ahead. Give the day on which it was made."))


def check_is_another(*, is_same: bool) -> None:
    if is_same:
        raise NotNow("scheme_in_use", _("People are put in order by this scheme and these weights already."))


def check_says_why_adopted(reason: str) -> None:
    if is_too_short(reason):
        raise NotNow("no_reason_for_scheme", _("Say in a sentence why the force adopts this scheme."))

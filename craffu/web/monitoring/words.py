"""Visits and checks in words: what came of each, why one is due on its day, and why none is (MON-01, MON-04, MON-06)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.orders.monitoring.due import Why
from craffu.orders.monitoring.kinds import Absent, Outcome
from craffu.orders.monitoring.schedule import Ended
from craffu.web.presenters import Text
from craffu.web.statuses import Status

OUTCOMES: Final[Mapping[str, Status]] = {
    Outcome.DONE: Status(pgettext_lazy("check", "Done"), "green"),
    Outcome.ATTEMPTED: Status(_("Tried, nobody seen"), "grey"),
    Outcome.REFUSED: Status(_("Refused"), "yellow"),
    Outcome.CONCERN: Status(_("Done, and there is concern"), "red"),
}
# The same as whoever logs it chooses from.
CHOICES: Final[Mapping[str, Text]] = {
    Outcome.DONE: _("Done: the condition was checked"),
    Outcome.ATTEMPTED: _("Tried: nobody was seen or reached"),
    Outcome.REFUSED: _("Refused: they would not be checked"),
    Outcome.CONCERN: _("Done, and something gives concern"),
}
WHY_CHECKED: Final[Mapping[str, Text]] = {
    Why.FIRST: _("The first check, or the first after an absence: within 7 days"),
    Why.HEIGHTENED: _("Heightened follow-up: every 3 days"),
    Why.OWN: _("The plan of this condition asks for it more often than the grade"),
    Why.HIGH: _("High risk: every 7 days"),
    Why.MEDIUM: _("Medium risk: every 14 days"),
    Why.STANDARD: _("Standard risk: every 28 days"),
    Why.UNASSESSED: _("Nobody has assessed the risk: every 7 days, as at high risk"),
}
AWAY: Final[Mapping[str, Text]] = {
    Absent.CUSTODY: _("In custody"),
    Absent.HOSPITAL: _("In hospital"),
    Absent.ABROAD: _("Abroad"),
}
ENDED: Final[Mapping[str, Text]] = {
    **AWAY,
    Ended.ORDER_OVER: _("The order is over"),
    Ended.CONDITION_OVER: _("The condition is over"),
    Ended.CANNOT_BE_CHECKED: _("It cannot be checked"),
}
MISSED: Final = Status(pgettext_lazy("check", "Missed"), "red")
TODAY: Final = Status(_("Due today"), "yellow")
AHEAD: Final = Status(pgettext_lazy("check", "To come"), "grey")
PLANNED: Final = Status(pgettext_lazy("check plan", "Confirmed"), "green")
PROPOSED: Final = Status(pgettext_lazy("check plan", "Proposed"), "yellow")
NO_PLAN: Final = Status(_("No plan"), "red")
UNCHECKED: Final = Status(_("Cannot be checked"), "grey")
NOTHING_TOLERATED: Final = _("Nothing is tolerated")

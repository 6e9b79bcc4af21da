"""How an initiative stands and what can be said of it, in words (C4)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.scrutiny.initiatives.kinds import Course
from craffu.scrutiny.initiatives.rules import Standing
from craffu.web.presenters import Text
from craffu.web.statuses import Status

STANDING: Final[Mapping[Standing, Status]] = {
    Standing.AHEAD: Status(_("Ahead"), "blue"),
    Standing.UNDER_WAY: Status(_("Under way"), "green"),
    Standing.ENDED: Status(_("Ended"), "grey"),
    Standing.NOT_BEGUN: Status(_("Never began"), "grey"),
}
COURSE: Final[Mapping[str, Text]] = {
    Course.WORD: _("A word on how it goes"),
    Course.ENDED: _("It ended on that day"),
    Course.NOT_BEGUN: _("It never began"),
}
NOT_MEASURED: Final = Status(_("Not measured"), "red")
MEASURED: Final = Status(_("Measured before and after"), "green")
BASELINE_ALONE: Final = Status(_("Baseline alone"), "yellow")

"""Notifications by a respondent in words (MON-05)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craffu.orders.notifying.rules import About, Asked, Found, NotValid
from craffu.web.presenters import Text
from craffu.web.statuses import Status

ABOUT: Mapping[About, Text] = {
    About.INITIAL: _("First notification"),
    About.HOME_ADDRESS: _("Change of home address"),
    About.FIRST_USE_OF_NAME: _("First use of a new name"),
    About.NO_HOME_ADDRESS: _("No home any more"),
    About.ANNUAL: _("Notification of the year"),
}
ASKED: Mapping[Asked, Text] = {
    Asked.NOT_ASKED: _("Not asked for"),
    Asked.TAKEN: _("Taken"),
    Asked.REFUSED: _("Refused"),
}
FOUND: Mapping[Found, Status] = {
    Found.VERIFIED: Status(_("Verified"), "green"),
    Found.FALSE: Status(_("Found false"), "red"),
    Found.NOT_YET: Status(_("Not verified yet"), "yellow"),
}
FOUND_SAID: Mapping[Found, Text] = {
    Found.VERIFIED: _("It is true"),
    Found.FALSE: _("It is false"),
    Found.NOT_YET: _("It could not be found out yet"),
}
NOT_VALID: Mapping[NotValid, Text] = {
    NotValid.NOT_IN_PERSON: _("It was not given in person."),
    NotValid.NOT_IN_AREA: _("It was not given at a police station in the area."),
}
COUNTS = Status(_("Counts"), "green")
COUNTS_NOT = Status(_("Does not count"), "red")
NOT_ACKNOWLEDGED = Status(_("Not acknowledged yet"), "yellow")

"""The court's list and the register in words: how they differ, how a difference was closed, how an order stands for a court."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.orders.reconciling.actions import AGREES, DECIDED, ENTERED
from craffu.orders.reconciling.rules import Finding
from craffu.web.presenters import Text
from craffu.web.statuses import Status

FINDINGS: Final[Mapping[str, Text]] = {
    Finding.NOT_ON_REGISTER: _("The court lists it, and the register lacks it"),
    Finding.NOT_IN_COURT_LIST: _("The register has it, and the court does not list it as in force"),
    Finding.TYPE: _("The kinds differ"),
    Finding.MADE: _("The days on which it was made differ"),
    Finding.END: _("The ends differ"),
}
OPEN: Final = Status(pgettext_lazy("difference", "Open"), "yellow")
CLOSED: Final[Mapping[str, Status]] = {
    AGREES: Status(_("Both agree now"), "green"),
    DECIDED: Status(_("May stand, with a reason"), "grey"),
    ENTERED: Status(_("Entered in the register"), "green"),
}
COURT_STATUS: Final[Mapping[str, Text]] = {
    "in_force": _("In force"),
    "ended": pgettext_lazy("court list", "Ended"),
    "discharged": pgettext_lazy("court list", "Discharged"),
    "superseded": pgettext_lazy("court list", "Superseded"),
    "quashed": pgettext_lazy("court list", "Quashed"),
}

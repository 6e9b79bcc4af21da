"""Recommendations in words: what they are about, whose report, and how they stand (SCR-10)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.scrutiny.recommending.kinds import Matter
from craffu.scrutiny.recommending.rules import ReportBy
from craffu.scrutiny.recommending.rules import Status as Stands
from craffu.web.presenters import Text
from craffu.web.statuses import Status

MATTERS: Mapping[str, Text] = {
    Matter.RESOURCING: _("Vital roles and specialist advice"),
    Matter.TRAINING: pgettext_lazy("recommendation", "Training"),
    Matter.DATA: _("Figures and the history of breaches"),
    Matter.INTERVENTIONS: _("Who comes first, and interventions"),
    Matter.MONITORING: _("Managing civil orders"),
    Matter.VICTIMS: _("Contact with victims"),
    Matter.INVESTIGATION: _("Recording and investigating"),
}
REPORT_BY: Mapping[str, Text] = {
    ReportBy.COMMISSIONER: pgettext_lazy("report", "The Police and Crime Commissioner"),
    ReportBy.INSPECTORATE: _("The inspectorate (HMICFRS)"),
    ReportBy.SUPER_COMPLAINT: _("A super-complaint"),
}
STATUS: Mapping[str, Status] = {
    Stands.AWAITING_RESPONSE: Status(pgettext_lazy("recommendation", "No answer yet"), "grey"),
    Stands.ACCEPTED: Status(pgettext_lazy("recommendation", "Accepted")),
    Stands.ACCEPTED_IN_PART: Status(pgettext_lazy("recommendation", "Accepted in part"), "yellow"),
    Stands.REJECTED: Status(pgettext_lazy("recommendation", "Rejected"), "red"),
    Stands.CLOSED: Status(pgettext_lazy("recommendation", "Closed"), "green"),
    Stands.REOPENED: Status(pgettext_lazy("recommendation", "Opened again"), "orange"),
}
OVERDUE = Status(pgettext_lazy("recommendation", "Overdue"), "red")
ANSWER_OVERDUE = Status(_("Answer overdue"), "red")
MOVED: Mapping[str, Text] = {
    "yes": _("Yes, it has moved to where it was to be"),
    "no": _("No"),
    "none": _("No measure is named"),
}

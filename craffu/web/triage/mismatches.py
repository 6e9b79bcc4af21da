"""What does not agree between the standpoints on a breach, in words, by its code (BRC-03; page map, P06 and P09)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craffu.breaches.standpoints.rules import Mismatch
from craffu.web.presenters import Text

MISMATCHES: Mapping[Mismatch, Text] = {
    Mismatch.NO_POLICE_DECISION: _("Reported, and police have not decided within their hours"),
    Mismatch.NO_COURT_RECORD: _("Charged, and no court record after 182 days"),
    Mismatch.NO_POLICE_RECORD: _("A court has a result, and police have no record"),
    Mismatch.PROBATION_ALONE: _("Probation recorded a breach that police do not know of"),
    Mismatch.DATES_DIFFER: _("The dates differ by more than a day"),
    Mismatch.CONDITIONS_DIFFER: _("The conditions differ"),
    Mismatch.RESULT_NOT_TOLD: _("The court’s result was not told to the victim within 14 days"),
    Mismatch.ORDER_NOT_REVIEWED: _("Proved, and the order was not reviewed within five working days"),
    Mismatch.NO_COURSE_OF_CONDUCT: _(
        "A breach, and no answer within 48 hours whether it is part of a course of conduct"
    ),
    Mismatch.REPORTED_AND_NOT_ACCEPTED: _("Reported, and police decided that it is not a breach"),
    Mismatch.ACCEPTED_AND_NO_ACTION: _("Police decided that it is a breach, and the prosecution took no action"),
    Mismatch.NOT_ACCEPTED_AND_PROVED: _("Police decided that it is not a breach, and a court found it proved"),
    Mismatch.CHARGED_AND_NOT_PROVED: _("Charged, and a court found it not proved"),
    Mismatch.TOLD_OTHERWISE: _("The victim was told another result than the court’s"),
}

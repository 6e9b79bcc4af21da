"""The coded reasons for emergency access and the verdicts of its review, in words (SEC-03)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from craffu.access.emergency.rules import Reason, Verdict

REASONS: Mapping[str, Promise] = {
    Reason.THREAT_TO_LIFE: _("There is a threat to somebody’s life"),
    Reason.AT_RISK_NOW: _("A victim, a child or somebody vulnerable is at risk now"),
    Reason.AT_THE_SCENE: _("Officers are with the person, or on their way"),
    Reason.IN_CUSTODY: _("A decision about somebody in custody cannot wait"),
    Reason.COURT_NOW: _("A court is asking now"),
}

VERDICTS: Mapping[str, Promise] = {
    Verdict.PROPER: _("Proper"),
    Verdict.NOT_PROPER: _("Not proper"),
    Verdict.PASSED_ON: _("Passed to professional standards"),
}

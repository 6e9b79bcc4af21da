"""What each status is called and the colour of its tag: one table for every page (page map, section 5).

The words carry the meaning; the colour only helps. Life cycles themselves are in each package's `states.py`.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.access.tokens.rules import Standing as TokenStanding
from craffu.access.unattended.rules import Standing
from craffu.access.webhooks.rules import Delivery
from craffu.access.webhooks.rules import Standing as WebhookStanding
from craffu.cases.models import CaseRole, Outcome
from craffu.cases.states import Stage
from craffu.intake.models import HeldDecision
from craffu.intake.states import RunState
from craffu.people.models import RecordedIdentifier
from craffu.web.presenters import Params, Text


@dataclass(frozen=True, slots=True)
class Status:
    """A status in words. `colour` is a tag's: empty is the plain blue."""

    words: Text
    colour: str = ""

    @property
    def tag(self) -> Params:
        return {"text": self.words, "classes": f"govuk-tag--{self.colour}" if self.colour else ""}


RUN_STATUS: dict[str, Status] = {
    RunState.WAITING: Status(_("Waiting"), "grey"),
    RunState.RUNNING: Status(_("Being taken in")),
    RunState.FINISHED: Status(_("Complete"), "green"),
    RunState.REFUSED: Status(_("Refused"), "red"),
    RunState.INTERRUPTED: Status(_("Broke off"), "orange"),
    RunState.FAILED: Status(_("Failed"), "red"),
}

SERVICE_STATUS: dict[str, Status] = {
    Standing.WORKS: Status(_("Works"), "green"),
    Standing.ENDS_SOON: Status(_("Approve again soon"), "yellow"),
    Standing.WAITS: Status(_("Waits for approval"), "grey"),
    Standing.EXPIRED: Status(_("Approval over"), "red"),
    Standing.UNOWNED: Status(_("Nobody answers for it"), "red"),
    Standing.ENDED: Status(pgettext_lazy("service account", "Ended"), "grey"),
}

TOKEN_STATUS: dict[str, Status] = {
    TokenStanding.WORKS: Status(_("Works"), "green"),
    TokenStanding.WAITS: Status(_("Waits for approval"), "grey"),
    TokenStanding.EXPIRED: Status(_("Approval over"), "red"),
    TokenStanding.ENDED: Status(pgettext_lazy("service account", "Ended"), "grey"),
}

WEBHOOK_STATUS: dict[str, Status] = {
    WebhookStanding.WORKS: Status(_("Works"), "green"),
    WebhookStanding.WAITS: Status(_("Waits for approval"), "grey"),
    WebhookStanding.STOPPED: Status(_("Stopped: it did not answer"), "red"),
    WebhookStanding.NO_TOKEN: Status(_("Its token does not work"), "red"),
    WebhookStanding.ENDED: Status(pgettext_lazy("service account", "Ended"), "grey"),
}

DELIVERY_STATUS: dict[str, Status] = {
    Delivery.WAITS: Status(_("Waits"), "grey"),
    Delivery.UNDER_WAY: Status(_("Under way")),
    Delivery.ARRIVED: Status(_("Arrived"), "green"),
    Delivery.FAILED: Status(_("Given up"), "red"),
    Delivery.DROPPED: Status(_("Not sent any more"), "grey"),
}

STAGE_STATUS: dict[str, Status] = {
    Stage.REPORTED: Status(_("Reported")),
    Stage.INVESTIGATED: Status(_("Being investigated")),
    Stage.CHARGED: Status(_("Charged")),
    Stage.AT_COURT: Status(_("At court")),
    Stage.CONCLUDED: Status(_("Concluded at court"), "grey"),
    Stage.CLOSED: Status(_("Closed by the police"), "grey"),
}

OUTCOME_STATUS: dict[str, Status] = {
    Outcome.Kind.CONVICTED: Status(_("Convicted")),
    Outcome.Kind.NOT_GUILTY: Status(_("Found not guilty"), "grey"),
    Outcome.Kind.NO_CONVICTION: Status(_("No conviction"), "grey"),
    Outcome.Kind.ENDED: Status(_("Ended without a finding"), "grey"),
}
NO_OUTCOME = Status(_("Not finished"), "yellow")

ROLE_WORDS: dict[str, Text] = {
    CaseRole.Role.SUSPECT: _("Suspect"),
    CaseRole.Role.DEFENDANT: _("Defendant"),
    CaseRole.Role.VICTIM: _("Victim"),
    CaseRole.Role.WITNESS: _("Witness"),
}

IDENTIFIER_WORDS: dict[str, Text] = {
    RecordedIdentifier.Kind.PNC: _("PNC ID"),
    RecordedIdentifier.Kind.CRO: _("CRO number"),
    RecordedIdentifier.Kind.ASN: _("Arrest summons number"),
}

DECISION_STATUS: dict[str, Status] = {
    HeldDecision.Decision.CORRECTED: Status(_("Corrected and taken in"), "green"),
    HeldDecision.Decision.SAME_PERSON: Status(_("Released: the same person"), "green"),
    HeldDecision.Decision.OTHER_PERSON: Status(_("Released: another person"), "green"),
    HeldDecision.Decision.SET_ASIDE: Status(_("Set aside"), "grey"),
}
UNDECIDED = Status(_("Not decided"), "yellow")

# As police and courts code it (M, F), and by number.
SEX_WORDS: dict[str, Text] = {"1": _("Male"), "M": _("Male"), "2": _("Female"), "F": _("Female")}
# What the kinds of data are called, and what their rows are.
SOURCE_WORDS: dict[str, Text] = {
    "court-results": _("Court results"),
    "code-tables": _("Official code lists"),
    "rms": _("Police records"),
    "court-orders": _("Court order lists"),
    "order-inbox": _("Orders that came as documents"),
    "probation": _("Probation"),
    "custody": _("Custody and releases"),
    "surveys": _("Victim surveys"),
    "staff": _("Posts and training"),
    "witness-care": _("Witness care"),
    "order-watch": _("Watching of orders"),
    "recorded-crime": _("Recorded crime by quarter"),
    "recorded-crime-rolling": _("Recorded crime, rolling years"),
    "stalking-outcomes": _("Stalking outcomes"),
    "spo-statistics": _("Stalking protection order figures"),
    "prosecutions": _("Stalking prosecutions"),
    "street-crime": _("Street-level crime"),
    "population": _("Population"),
    "area-lookup": _("Areas and forces"),
    "places": _("Place names"),
}

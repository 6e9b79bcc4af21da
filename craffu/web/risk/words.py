"""Risk in words: grades, what asks for an assessment, what is observed, and why a second person looks."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craffu.cases.risk.rules import Asks, Grade, Observed, Reply, SecondLook
from craffu.cases.risk.told.rules import Source
from craffu.web.presenters import Text
from craffu.web.statuses import Status

GRADES: Mapping[str, Status] = {
    Grade.HIGH: Status(_("High risk"), "red"),
    Grade.MEDIUM: Status(_("Medium risk"), "orange"),
    Grade.STANDARD: Status(_("Standard risk")),
}
NOT_ASSESSED = Status(_("Not assessed"), "red")
OUT_OF_DATE = Status(_("Out of date"), "red")

ASKS: Mapping[str, Text] = {
    Asks.CASE_OPENED: _("The case was opened"),
    Asks.NEW_REPORT: _("A new report"),
    Asks.POSSIBLE_BREACH_RAISED: _("A possible breach was raised"),
    Asks.ARRESTED: _("An arrest"),
    Asks.RELEASED: _("A release"),
    Asks.BAIL_CONDITIONS_CHANGED_OR_ENDED: _("Bail conditions changed or ended"),
    Asks.ORDER_ENDED_OR_RELAXED: _("An order ended or was relaxed"),
    Asks.EXPLICIT_THREAT: _("An explicit threat"),
    Asks.WEAPON_OR_TRACKING_FOUND: _("A weapon or a tracking device was found"),
    Asks.VICTIM_MORE_AFRAID: _("The victim is more afraid"),
    Asks.RELATIONSHIP_OR_ADDRESS_CHANGED: _("A relationship or an address changed"),
}

TOLD_BY: Mapping[str, Text] = {
    Source.CUSTODY: _("The custody records"),
    Source.COURT: _("A court’s message"),
}
# What stands recorded elsewhere, and nobody recorded here.
TOLD_BY_RECORDS: Mapping[str, Text] = {
    Asks.POSSIBLE_BREACH_RAISED: _("The ledger of breaches"),
    Asks.RELEASED: _("The list of releases from prison"),
}

OBSERVED: Mapping[str, Text] = {
    Observed.PRIOR_RELATIONSHIP: _("An earlier relationship with the victim"),
    Observed.EXPLICIT_THREAT: _("An explicit threat"),
    Observed.PROPERTY_DAMAGE: _("Damage to property"),
    Observed.APPROACH_HOME_OR_WORK: _("Approach at home or at work"),
    Observed.THIRD_PARTIES_CONTACTED: _("Others contacted about the victim"),
    Observed.BREACH_AFTER_ORDER: _("An order broken"),
    Observed.WEAPON_ACCESS: _("Access to a weapon"),
    Observed.SUICIDAL_STATEMENTS: _("Talk of suicide"),
    Observed.ESCALATION: _("It is getting worse"),
    Observed.VICTIM_FEAR_RATING: _("How afraid the victim says they are"),
    Observed.TRACKING_OR_ACCOUNT_ACCESS: _("Tracking, or access to the victim’s accounts"),
    Observed.DURATION_AND_FREQUENCY: _("How long and how often"),
}

REPLIES: Mapping[str, Text] = {
    Reply.YES: _("Yes"),
    Reply.NO: _("No"),
    Reply.NOT_ASKED: _("Not asked"),
    Reply.UNKNOWN: _("Not known"),
}

SECOND_LOOK: Mapping[str, Text] = {
    SecondLook.BREACH_OF_ORDER: _("An order was broken"),
    SecondLook.EXPLICIT_THREAT: _("An explicit threat"),
    SecondLook.TRACKING_OR_BREAK_IN: _("Tracking or a break-in"),
    SecondLook.PREVIOUS_VICTIM: _("There was an earlier victim"),
}

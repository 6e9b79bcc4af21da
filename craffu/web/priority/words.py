"""The words for priorities, floors, what was not known, kinds of offence and what was decided. A tier is always a priority."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from craffu.prevention.deciding.rules import Whose
from craffu.prevention.population.rules import WhyOut
from craffu.prevention.scoring.facts import Evidence
from craffu.prevention.scoring.rules import Flag, Floor, Tier
from craffu.prevention.scoring.schemes import Params
from craffu.web.presenters import Text
from craffu.web.statuses import Status

ORDERS_ATTENTION: Final = _(
    "This orders our attention. It does not predict risk. People with no history here can still be dangerous."
)
# Published of lists like this one (methods A3): Suffolk, 36,000 records.
CANNOT_SEE: Final = _(
    "In one English county under 2% of pairs of victim and offender suffered or did 80% of the harm, and more than half of those "
    "were in no record before (Bland and Ariel 2015). No list of this kind can see them."
)

TIERS: Mapping[str, Status] = {
    Tier.URGENT: Status(_("Urgent priority"), "red"),
    Tier.HIGH: Status(_("High priority"), "orange"),
    Tier.MEDIUM: Status(_("Medium priority"), "yellow"),
    Tier.STANDARD: Status(_("Standard priority"), "grey"),
    Tier.NO_HISTORY: Status(_("No scoreable history"), "grey"),
    Tier.NOT_SCORED: Status(_("Not scored"), "grey"),
}

FLOORS: Mapping[str, Text] = {
    Floor.HARM_WEIGHT: _("An offence that weighs 365 days or more, in the last 365 days"),
    Floor.SERIOUS_OFFENCE: _(
        "Attempted murder, wounding with intent, strangulation, rape or a threat to kill, in the last 365 days"
    ),
    Floor.WEAPON: _("A weapon, in the last 365 days"),
    Floor.ORDER_BREACH: _("A stalking protection order or restraining order broken in the last 28 days"),
    Floor.VICTIM_FEAR: _("A victim says they are as afraid as they can be"),
}

FLAGS: Mapping[str, Text] = {
    Flag.UNDATED: _("Nobody says when an event happened: the day it was recorded stands for it"),
    Flag.UNKNOWN_WEIGHT: _(
        "An offence is not in the table of weights: the middle of stalking and harassment stands for it"
    ),
    Flag.VICTIM_UNKNOWN: _("An event names no victim: it may be somebody else than all others"),
}

PARTS: Mapping[str, Text] = {
    "R": _("Recency"),
    "F": _("Frequency"),
    "G": _("Gravity"),
    "V": _("Victims"),
    "B": _("Breaches"),
}


def part_measures(part: str, params: Params) -> Text:
    """What a part measures, by the constants of the scheme."""
    measures: Mapping[str, Text] = {
        "R": _("How long ago the last event was"),
        "F": gettext("Incidents in the last %(days)s days") % {"days": params.frequency_window},
        "G": _("What the offences weigh; older ones count for less")
        if params.harm_half_life
        else _("What the offences weigh"),
        "V": _("How many people it was done to"),
        "B": gettext("Orders or bail broken in the last %(days)s days") % {"days": params.breach_window},
    }
    return measures[part]


EVIDENCE: Mapping[str, Text] = {
    Evidence.CONVICTED: _("Convicted"),
    Evidence.CHARGED: _("Charged"),
    Evidence.SUSPECTED: _("Suspected"),
    Evidence.NON_CRIME: _("An incident, not a crime"),
}

OUT: Mapping[str, Text] = {
    WhyOut.INCOMPLETE: _("nobody has stated whole whom the force scores"),
    WhyOut.NOT_YET: _("the statement of whom the force scores is not in force yet"),
    WhyOut.NO_SUCH_OFFENCE: _(
        "nothing recorded of them is stalking, harassment, coercive control or breach of an order"
    ),
    WhyOut.OTHER_PART: _("they are suspected of none of it"),
    WhyOut.ELIMINATED: _("they were eliminated, or it was no crime"),
    WhyOut.TOO_OLD: _("it is longer ago than 1,095 days"),
}

# What is done of somebody's place in the cohort, as addresses name it: the title, the question, and what is said once it is done.
STEPS: Mapping[str, tuple[Text, Text, Text]] = {
    "enter": (
        _("Bring %(reference)s into the cohort"),
        _("Why do you bring them in?"),
        _("It is recorded: they are in the cohort, and are looked at again within 28 days."),
    ),
    "review": (
        _("Look at %(reference)s again"),
        _("What did you find, and why do they stay?"),
        _("It is recorded. They are looked at again within 28 days."),
    ),
    "leave": (
        _("Let %(reference)s leave the cohort"),
        _("Why do they leave?"),
        _("It is recorded. They stand in no list of members any more."),
    ),
}

WHOSE: Mapping[str, Text] = {
    Whose.THEIRS: _("The person who is scored, or somebody for them"),
    Whose.OFFICER: _("An officer"),
}

OFFENCES: Mapping[str, Text] = {
    "homicide": _("Homicide"),
    "attempted_murder": _("Attempted murder"),
    "rape": _("Rape"),
    "kidnapping": _("Kidnapping or false imprisonment"),
    "wounding_with_intent": _("Wounding with intent"),
    "strangulation": _("Strangulation"),
    "grievous_harm": _("Grievous bodily harm"),
    "threat_to_kill": _("Threat to kill"),
    "coercive_control": _("Coercive control"),
    "stalking_with_fear": _("Stalking with fear of violence, or serious alarm or distress"),
    "stalking": _("Stalking"),
    "harassment_with_fear": _("Harassment with fear of violence"),
    "harassment": _("Harassment"),
    "order_breach": _("Breach of an order"),
    "actual_harm": _("Actual bodily harm"),
    "assault": _("Assault"),
    "fear_of_violence": _("Fear of violence"),
    "messages": _("Communications"),
    "burglary": _("Burglary"),
    "arson": _("Arson"),
    "damage": _("Criminal damage"),
    "incident": _("An incident, not a crime"),
    "": _("An offence that the table of weights does not know"),
}

"""Plans in words: the menu, how somebody was asked, where a plan stands, why it is reviewed, and why nobody is scored."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.prevention.planning.kinds import Because, Consulted, Forum, Intervention, NotScored, Outcome, Stage
from craffu.prevention.planning.rules import Choice, Option
from craffu.prevention.population.rules import WhyOut
from craffu.web.presenters import Text
from craffu.web.statuses import Status

OPTIONS: Final[Mapping[str, Text]] = {
    Option.ORDER: _("A civil order"),
    Option.BAIL_CONDITION: _("Bail conditions"),
    Option.ARREST: _("Arrest"),
    Option.BEHAVIOUR_PROGRAMME: _("A behaviour programme"),
    Option.HEALTH_OR_SUBSTANCE: _("Help with health or substance use"),
    Option.MULTI_AGENCY_REFERRAL: _("Referral to several agencies: MAPPA, IOM, MATAC"),
    Option.DISRUPTION: _("Disruption"),
}

CHOICES: Final[Mapping[str, Text]] = {
    Choice.USE: pgettext_lazy("plan", "Used"),
    Choice.NOT_USED: pgettext_lazy("plan", "Not used"),
}

FORUMS: Final[Mapping[str, Text]] = {
    Forum.MAPPA: _("MAPPA: multi-agency public protection arrangements"),
    Forum.IOM: _("IOM: integrated offender management"),
    Forum.MATAC: _("MATAC: multi-agency tasking and coordination"),
    Forum.MARAC: _("MARAC: multi-agency risk assessment conference"),
}

CONSULTED: Final[Mapping[str, Text]] = {
    Consulted.IN_PERSON: _("In person"),
    Consulted.BY_PHONE: _("By telephone"),
    Consulted.IN_WRITING: _("In writing"),
    Consulted.THROUGH_ADVOCATE: _("Through their advocate"),
    Consulted.NOT_ASKED: _("They were not asked"),
}

STAGES: Final[Mapping[str, Status]] = {
    Stage.BEGUN: Status(_("Being made"), "yellow"),
    Stage.WAITS: Status(_("Waits for a supervisor"), "yellow"),
    Stage.SENT_BACK: Status(_("Sent back"), "orange"),
    Stage.LIVE: Status(pgettext_lazy("plan", "Approved"), "green"),
    Stage.ENDED: Status(pgettext_lazy("plan", "Ended"), "grey"),
}

BECAUSE: Final[Mapping[str, Text]] = {
    Because.EVERY_28_DAYS: _("A plan is reviewed every 28 days"),
    Because.FOLLOW_UP: _("Heightened follow-up was raised: a review within five working days"),
    Because.BREACH: _("A possible breach was raised: a review within five working days"),
}

OUTCOMES: Final[Mapping[str, Text]] = {
    Outcome.STANDS: _("It stands as it is"),
    Outcome.TO_CHANGE: _("It is to change: another version within seven days"),
}

INTERVENTIONS: Final[Mapping[str, Text]] = {
    Intervention.PLAN: _("Plan approved"),
    Intervention.CUSTODY: _("In custody"),
}

WHY_NOT_SCORED: Final[Mapping[str, Text]] = {
    NotScored.NOBODY_STATED: _("Nobody has stated whom the force scores."),
    NotScored.NOTHING_KNOWN: _("Nothing is recorded that could be scored."),
    NotScored.NEXT_RUN: _("They are among those whom the force scores, and are scored with the next run."),
    WhyOut.INCOMPLETE: _("What the force has stated of whom it scores is not complete."),
    WhyOut.NOT_YET: _("What the force has stated of whom it scores is not in force yet."),
    WhyOut.NO_SUCH_OFFENCE: _("They are not among those whom the force scores: nothing put to them is of the kind."),
    WhyOut.OTHER_PART: _("They are not among those whom the force scores: they are not a suspect or an offender."),
    WhyOut.ELIMINATED: _("They are not among those whom the force scores: what was put to them was taken back."),
    WhyOut.TOO_OLD: _(
        "They are not among those whom the force scores: nothing of the last three years is of the kind."
    ),
}

# PLN-03: what stands beside every comparison of before and after.
REGRESSION: Final = _(
    "Whoever is chosen when things are at their worst would on average do better afterwards, whatever is done: this is called"
    " regression to the mean."
)
NO_CAUSE: Final = _("So these rates say what was recorded before, during and after, and not that anything caused it.")

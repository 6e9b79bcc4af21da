"""Deep dives in words: methods, evidence, claims and what must be said beside them, steps, verdicts (P31, P32, P34)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.scrutiny.claiming.kinds import ClaimKind, Evidence, Of
from craffu.scrutiny.claiming.rules import Doubt, Stands, Why
from craffu.scrutiny.deep_dives.kinds import Method
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.standing.rules import Better, Verdict
from craffu.web.presenters import Text
from craffu.web.statuses import Status

METHODS: Final[Mapping[str, Text]] = {
    Method.PROFILES: _("National and local offence profiles"),
    Method.EARLIER: _("Earlier reports, recommendations and training"),
    Method.INTERVIEWS: _("Interviews with officers, staff and specialists"),
    Method.SAMPLES: _("Dip samples of cases"),
    Method.VICTIMS: _("What victims say, and how satisfied they are"),
    Method.ORDERS: _("Every order in force"),
}
EVIDENCE: Final[Mapping[str, Text]] = {
    Evidence.MEASURE: _("A measure"),
    Evidence.PUBLISHED: _("A published figure"),
    Evidence.SAMPLE: _("A question of a dip sample"),
    Evidence.QUOTE: _("Words of an interview"),
    Evidence.SURVEY: _("Words of a survey"),
    Evidence.DOCUMENT: _("A document"),
    Evidence.RECOMMENDATION: _("An earlier recommendation"),
}
# What some evidence was asked of is kept as one word with a reference, and shown in the reader's language.
_ASKED_OF: Final[Mapping[str, Text]] = {"frame": _("Frame %(reference)s"), "invitation": _("Invitation %(reference)s")}
CLAIMS: Final[Mapping[str, Text]] = {
    ClaimKind.COUNT: _("A count"),
    ClaimKind.RATE: _("A share or a rate"),
    ClaimKind.QUOTE: _("Somebody’s words"),
    ClaimKind.JUDGEMENT: _("What the commissioner makes of it"),
}
YEARS: Final[Mapping[str, Text]] = {
    Of.NOW: _("The year to the snapshot"),
    Of.BEFORE: _("The year before that"),
}
STANDS: Final[Mapping[str, Status]] = {
    Stands.HOLDS: Status(pgettext_lazy("claim", "Holds"), "green"),
    Stands.NOT_CHECKED: Status(_("Not checked"), "grey"),
    Stands.STALE: Status(pgettext_lazy("claim", "Stale"), "orange"),
    Stands.CONTRADICTED: Status(_("Contradicted"), "red"),
    Stands.UNSUPPORTED: Status(_("Unsupported"), "red"),
    Stands.NOT_REPRODUCED: Status(_("Does not come out again"), "red"),
}
DOUBTS: Final[Mapping[str, Text]] = {
    Doubt.FEW: _("Fewer than 30 cases: read with care."),
    Doubt.STALE: _("Worked out more than 38 days ago: attach the figure anew."),
    Doubt.CAUSE_AFTER: _("What is given as the cause began after the days that it is to explain"),
    Doubt.DIFFERENT_DEFINITIONS: _("The two figures count different things."),
    Doubt.SERIES_BREAK: _("What is counted changed between the two"),
    Doubt.METHODS_CONTRADICT: _("Other evidence speaks against it"),
    Doubt.MOST_NOT_CERTAIN: _("Its interval includes half: that it is so of most is not certain."),
}
WHYS: Final[Mapping[str, Text]] = {
    Why.MISSING: _("Something is missing"),
    Why.NO_EVIDENCE_ROWS: _("Nothing backs it."),
    Why.DOES_NOT_REPRODUCE: _("Worked out again it comes to something else."),
    Why.JUDGEMENT_SAMPLE: _("Cases that were chosen by judgement give counts, and no share."),
    Why.TELLS_HIDDEN: _(
        "It tells a count that the public is not told: say few, most or nearly all, or round it to five"
    ),
    Why.NOT_TO_BE_QUOTED: _("Not to be quoted: two reviewers do not agree on it, or consent was taken back"),
}
STEPS: Final[Mapping[str, Status]] = {
    DiveStatus.DRAFTING: Status(_("Being drafted")),
    DiveStatus.WITH_FORCE: Status(_("With the force"), "yellow"),
    DiveStatus.REPLIED: Status(_("The force has replied"), "yellow"),
    DiveStatus.PUBLISHED: Status(pgettext_lazy("deep dive", "Published"), "green"),
    DiveStatus.STOPPED: Status(pgettext_lazy("deep dive", "Stopped"), "grey"),
}
VERDICTS: Final[Mapping[str, Status]] = {
    Verdict.MET: Status(pgettext_lazy("test", "Met"), "green"),
    Verdict.NOT_MET: Status(pgettext_lazy("test", "Not met"), "red"),
    Verdict.TOO_FEW: Status(_("Too few cases"), "grey"),
}
TARGETS: Final[Mapping[str, Text]] = {
    Better.HIGH: _("%(share)s or more"),
    Better.LOW: _("%(share)s or less"),
}
YES_NO: Final[Mapping[str, Text]] = {"no": pgettext_lazy("interest", "No"), "yes": pgettext_lazy("interest", "Yes")}
DONE: Final[Mapping[str, Text]] = {"no": _("Not yet"), "yes": pgettext_lazy("plan", "Done")}
TAKEN: Final[Mapping[str, Text]] = {"yes": _("It is corrected"), "no": _("It is declined")}


def asked_of(kept: str) -> str:
    """What evidence was asked of: a frame or an invitation in the reader's words, anything else by its own name."""
    word, _space, reference = kept.partition(" ")
    said = _ASKED_OF.get(word)
    return str(said) % {"reference": reference} if said and reference else kept

"""What measures, and what is counted beside them, are called on their pages."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.measures.ahead.queries import Coming
from craffu.measures.definitions import Basis, Kind, Slice, Unit
from craffu.web.orders.words import CARD
from craffu.web.presenters import Text

KINDS: Final[Mapping[Kind, Text]] = {
    Kind.PERIOD: _("Of a period: what happened in it"),
    Kind.STATE: _("Of an instant: how things stood then"),
    Kind.COHORT: _("Of a cohort: what began in the period, followed"),
}
UNITS: Final[Mapping[Unit, Text]] = {
    Unit.APPLICATION: _("Applications"),
    Unit.CASE: _("Cases"),
    Unit.CHECK: _("Checks"),
    Unit.CRIME: _("Crimes"),
    Unit.DECISION: _("Decisions"),
    Unit.DEFENDANT_CASE: _("Defendants in a case"),
    Unit.EPISODE: _("Orders, an interim and the full one that follows being one"),
    Unit.EVENT_VICTIM: _("Events of which a victim is to be told"),
    Unit.INCIDENT: _("Breach incidents"),
    Unit.ORDER: _("Orders"),
    Unit.PERSON: _("Persons"),
    Unit.PROMISED_CONTACT: _("Promised contacts"),
    Unit.REQUEST: _("Requests"),
    Unit.RESPONSE: _("Answers"),
    Unit.REVIEW: _("Reviews"),
    Unit.STAGE_INTERVAL: _("Stretches of an order’s way"),
    Unit.STATION_SHIFT: _("Shifts of a station"),
}
BASES: Final[Mapping[Basis, Text]] = {
    Basis.NONE: _("None"),
    Basis.LAW: _("Set by law"),
    Basis.CODE: _("Set by the Victims’ Code"),
    Basis.PROPOSAL: _("A proposal: the force sets it"),
}
SPLITS: Final[Mapping[str, Text]] = {
    Slice.ORDER_TYPE: _("By kind of order"),
    Slice.AREA: _("By area"),
    Slice.TEAM: _("By team"),
    Slice.AGE_BAND: _("By age of whoever the order is against, when it was made"),
    Slice.SEX: _("By sex of whoever the order is against"),
    Slice.ETHNICITY_SELF: _("By ethnicity of whoever the order is against, as they define it"),
    Slice.RELATIONSHIP: _("By what whoever the order is against is to the victim"),
    Slice.RISK: _("By grade of risk"),
    Slice.OFFENCE_CLASS: _("By class of offence"),
    Slice.QUESTION: _("By survey and question"),
}
RISKS: Final[Mapping[str, Text]] = {
    "high": _("High"), "medium": _("Medium"), "standard": _("Standard"), "": _("Not assessed"),
}  # fmt: skip
QUESTIONS: Final[Mapping[str, Text]] = {
    "felt_safe": _("Feels safer"),
    "kept_informed": _("Was kept informed"),
    "taken_seriously": _("Was taken seriously"),
    "felt_supported": _("Felt supported"),
    "not_asked": _("Not asked"),
}
# What is counted beside a figure and belongs to neither of its parts.
BESIDE: Final[Mapping[str, Text]] = {
    "not_ours": _("Made otherwise than on this force’s applications"),
    "late": _("Late"),
    "never": _("Never"),
    "missed": _("Missed"),
    "undecided": _("Not decided"),
    "not_yet_due": _("Not yet due"),
    "reversed": _("Reversed before anything was lodged"),
    "withdrawn_at_hearing": _("Withdrawn at the hearing"),
    "still_open": _("Still before the court"),
    "in_court": _("Served in court"),
    "cancelled": _("Cancelled before they were due"),
    "neither": _("With neither a view, a reason nor a wish"),
    "arrested_before_report": _("Arrested before it was reported"),
    "no_arrest_with_reason": _("No arrest, with a reason"),
    "charged_otherwise": _("Charged with another offence alone"),
    "reported": _("Incidents reported"),
    "by_variation": _("Renewals by variation"),
    "granted_vary": _("Variations granted"),
    "granted_renew": _("Renewals granted"),
    "granted_discharge": _("Discharges granted"),
    "asked_by_police": _("Asked for by the police"),
    "asked_by_respondent": _("Asked for by the respondent"),
    "asked_by_victim": _("Asked for by the victim"),
    "asked_by_prosecution": _("Asked for by the prosecution"),
    "asked_by_court": _("By the court itself"),
    "asked_by_not_said": _("By whom is not said"),
    "excused": _("Excused"),
    "not_wanted": _("Not wanted by the victim"),
    "safety_in_time": _("News of safety: warned before, or told within the hour"),
    "safety_of": _("News of safety in all"),
    "arrived": _("Invitations that arrived"),
    "unsafe_to_ask": _("Not asked because it was unsafe"),
    "planned": _("With a plan that goes on, live or not"),
    "urgent": _("With urgent priority"),
    "on_call_alone": _("With somebody on call alone"),
    "pending": _("Still waiting"),
    "competing": _("Ended otherwise"),
    "p90": _("Days in which nine in ten were complete"),
    "years": _("Years of orders"),
    "within_a_year": _("Breached within a year, other ends competing"),
}


def beside_words(name: str) -> str:
    """What is counted beside a figure: a code of a mismatch, what a card lacks, or one of the names above."""
    if name.startswith("lacks_"):
        return str(_("Lacks: %(what)s") % {"what": CARD[name.removeprefix("lacks_")]})
    if name[:1] == "m" and name[1:].isdigit():
        return str(_("Mismatch %(code)s") % {"code": name.upper()})
    return str(BESIDE[name])


COMING: Final[Mapping[Coming, Text]] = {
    Coming.SERVE: _("To be served"),
    Coming.HEARINGS: _("Hearings and their notices"),
    Coming.NOTIFICATIONS: _("First notifications"),
    Coming.REVIEWS: _("Reviews"),
    Coming.APPLICATIONS: _("To be authorised, lodged or applied for"),
}

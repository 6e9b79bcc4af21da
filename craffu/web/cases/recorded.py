"""What a force's own system recorded of a crime, as a page shows it: the crime, its marks, its grade and its outcomes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.cases.crime_queries import CrimeSaid
from craffu.cases.models import CaseOutcome, CaseVersion
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Params, Text

# A page has at most 1,500 elements (page map, section 8); one crime takes about forty.
MOST_CRIMES = 12

RECORDED_AS: Mapping[str, Text] = {"crime": gettext_lazy("Crime"), "incident": gettext_lazy("Incident, not a crime")}
GRADES: Mapping[str, Text] = {
    "standard": gettext_lazy("Standard"),
    "medium": gettext_lazy("Medium"),
    "high": gettext_lazy("High"),
}
FLAGS: Mapping[str, Text] = {
    "stalking": gettext_lazy("Stalking"),
    "domestic_abuse": gettext_lazy("Domestic abuse"),
    "honour_based": gettext_lazy("So-called honour-based abuse"),
    "repeat_victim": gettext_lazy("Repeat victim"),
}
# The Home Office's outcome types, as its outcomes framework names them.
OUTCOMES: Mapping[str, Text] = {
    "1": gettext_lazy("Charged or summonsed"),
    "1A": gettext_lazy("Charged or summonsed for another offence"),
    "2": gettext_lazy("Youth caution"),
    "2A": gettext_lazy("Youth caution for another offence"),
    "3": gettext_lazy("Adult caution"),
    "3A": gettext_lazy("Adult caution for another offence"),
    "4": gettext_lazy("Taken into consideration by a court"),
    "5": gettext_lazy("The suspect has died"),
    "6": gettext_lazy("Penalty notice for disorder"),
    "7": gettext_lazy("Drug warning"),
    "8": gettext_lazy("Community resolution"),
    "9": gettext_lazy("Prosecution not in the public interest, decided by the Crown Prosecution Service"),
    "10": gettext_lazy("Formal action not in the public interest, decided by the police"),
    "11": gettext_lazy("The suspect is under the age of criminal responsibility"),
    "12": gettext_lazy("The suspect is too ill to prosecute"),
    "13": gettext_lazy("The victim or a key witness is dead or too ill"),
    "14": gettext_lazy("Suspect not identified, and the victim does not support action"),
    "15": gettext_lazy("Evidential difficulties, victim supports action"),
    "16": gettext_lazy("Evidential difficulties, victim does not support action"),
    "17": gettext_lazy("The time limit for a prosecution has passed"),
    "18": gettext_lazy("No suspect identified"),
    "20": gettext_lazy("Action by another body"),
    "21": gettext_lazy("Further investigation not in the public interest, decided by the police"),
    "22": gettext_lazy("Diversionary, educational or intervention activity"),
}


def crimes_shown(crimes: Iterable[CrimeSaid]) -> list[Params]:
    """Each crime as a summary card; its offence stays in the force's own English."""
    return [_card(one) for one in crimes]


def offence_words(version: CaseVersion) -> str:
    """The offence as the force names it, with the class under which published figures count it."""
    named = version.offence_title or version.offence_code
    return f"{named} ({version.home_office_class})" if named and version.home_office_class else named


def _card(crime: CrimeSaid) -> Params:
    one = crime.version
    offence = offence_words(one)
    rows: list[tuple[Text, Params]] = [
        (_("Recorded as"), cells.words(RECORDED_AS.get(one.recorded_as, one.recorded_as))),
        (_("Offence"), cells.english(offence) if offence else cells.words(_("Not given"))),
        (_("Happened"), cells.words(_between(one.occurred_from, one.occurred_to))),
        (_("Reported"), cells.words(instant_words(one.reported_at))),
        (_("Marked"), cells.lines([FLAGS.get(flag, flag) for flag in one.flags] or [_("Nothing marked")])),
        (_("Risk grade"), cells.words(_grade(one))),
        (_("Outcomes given"), cells.lines([_outcome(given) for given in crime.outcomes] or [_("None received")])),
    ]
    return {
        "card": {"title": {"text": _("Crime %(reference)s") % {"reference": one.crime}, "headingLevel": 3}},
        "rows": [{"key": {"text": key}, "value": value} for key, value in rows],
    }


def _between(first: datetime | None, last: datetime | None) -> str:
    if first is None or last is None or first == last:
        known = first or last
        return instant_words(known) if known else _("Not given")
    return _("%(first)s to %(last)s") % {"first": instant_words(first), "last": instant_words(last)}


def _grade(one: CaseVersion) -> str:
    if not one.risk_grade:
        return _("Not graded")
    grade = str(GRADES.get(one.risk_grade, one.risk_grade))
    if one.risk_graded_at is None:
        return grade
    return _("%(grade)s, graded %(when)s") % {"grade": grade, "when": instant_words(one.risk_graded_at)}


def _outcome(given: CaseOutcome) -> str:
    named = OUTCOMES.get(given.code.upper())
    words = f"{given.code}: {named}" if named else given.code
    return _("%(outcome)s, %(day)s") % {"outcome": words, "day": day_words(given.decided_on)}

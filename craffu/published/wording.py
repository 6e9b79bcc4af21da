"""What a page and a terminal say for the codes of published figures: reasons, units, checks and notes (MSR-02)."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from craffu.published.definitions import Unit, breaks, series_of
from craffu.published.rules import Mark, Why

WHY: Final[Mapping[Why, Promise]] = {
    Why.BLANK: _("No figure: the cell was left blank"),
    Why.NOT_AVAILABLE: _("No figure: said to be not available"),
    Why.NOT_SUPPLIED: _("No figure: not supplied"),
    Why.NEVER_PUBLISHED: _("No figure: never published"),
    Why.NONE_OR_NOT_SUPPLIED: _("No figure: printed as 0, which means none or not supplied"),
    Why.NO_CASES: _("No cases"),
    Why.NO_CASES_BEFORE: _("No cases before"),
    Why.MORE_THAN_ALL: _("No share: the part is more than the whole"),
    Why.NEGATIVE: _("No rate: the count is negative"),
    Why.NO_BASE: _("No rate: the number of residents is not known"),
    Why.BASE_SAYS_NOTHING: _("No rate: residents say nothing about this area"),
    Why.FORBIDDEN: _("Not worked out: the source is not clear enough"),
    Why.SERIES_BREAK: _("Not compared: what is counted changed in between"),
    Why.OVERLAPPING_PERIODS: _("Not compared: the periods overlap"),
    Why.DIFFERENT_DEFINITIONS: _("Not compared: the definitions differ"),
    Why.DIFFERENT_UNITS: _("Not compared: they count different things"),
    Why.DIFFERENT_PERIODS: _("Not compared: the periods are of different kinds"),
}

MARK: Final[Mapping[Mark, Promise]] = {Mark.READ_WITH_CARE: _("Fewer than 30: read with care")}

UNIT: Final[Mapping[Unit, Promise]] = {
    Unit.CRIME: _("crimes"),
    Unit.OUTCOME: _("outcomes"),
    Unit.APPLICATION: _("applications"),
    Unit.ORDER: _("orders"),
    Unit.INCIDENT: _("incidents"),
    Unit.DEFENDANT: _("defendants"),
    Unit.CONVICTION: _("convictions"),
    Unit.RESIDENT: _("residents"),
}

CHECK: Final[Mapping[str, Promise]] = {
    "column_repeats": _("A column repeats another"),
    "column_repeats_negated": _("A column repeats another with the sign turned"),
    "part_exceeds_whole": _("A part is more than its whole"),
    "parts_exceed_whole": _("The parts together are more than their whole"),
    "total_does_not_add": _("A total is not the sum of its rows"),
    "heading_contradicted": _("A column is the sum of two others in every row, which its heading does not say"),
    "zero_not_supplied": _("A 0 between large numbers: probably not supplied"),
    "zero_or_not_supplied": _("A 0 that means none, or not supplied"),
    "rate_on_nothing": _("A rate printed where there is nothing to divide"),
    "rate_over_100": _("A rate over 100%"),
    "rate_contradicted": _("A printed rate that its counts contradict"),
    "worked_out_from_nothing": _("A difference printed where a figure is missing"),
    "worked_out_wrongly": _("A printed difference that its figures contradict"),
    "two_definitions": _("One name stands for two things"),
    "two_values": _("One figure is printed with two values"),
    "period_typing_error": _("A period with a typing error"),
    "period_absent": _("A period is absent"),
    "negative_count": _("A negative count, kept as published"),
}

NOTE: Final[Mapping[str, Promise]] = {
    "series_break": _("What is counted changed: %(key)s"),
    "never_published": _("%(series)s: %(period)s was never published"),
    "period_does_not_fit": _(
        "%(series)s: a figure is stored of “%(period)s”, which is none of its periods, and is shown nowhere. Take the file in"
        " again with its period corrected."
    ),
    "warning": _("%(series)s: read with its warning only"),
    "nothing_held": _("%(series)s: nothing is held"),
    "no_population": _("No rates: %(because)s"),
    "population_base": _("Rates are for each 1,000 of %(residents)s usual residents, Census 2011"),
    "two_definitions": _("Two things are called %(name)s: %(series)s"),
    "by_hand_definitions_differ": _(
        "Figures entered by hand have different definitions: each stands on a line of its own"
    ),
    "errors_found": _("Errors found in the published files: %(number)s"),
}

NO_POPULATION: Final[Mapping[str, Promise]] = {
    "districts_without_force": _("the published table knows no force for some districts of this area"),
    "no_resident_base": _("this force has passengers, not residents"),
    "few_residents": _("few live here and very many work here"),
    "not_known": _("the number of residents is not known"),
}


def note_text(code: str, detail: Mapping[str, str]) -> str:
    """A note of a profile as a sentence, in the language of the page."""
    language = "cy" if (get_language() or "").startswith("cy") else "en"
    said = dict(detail)
    if code == "series_break":
        said["key"] = breaks()[detail["key"]].name.in_language(language)
    elif code == "two_definitions":
        said["series"] = ", ".join(_title(key, language) for key in detail["series"].split(", "))
    elif "series" in detail:
        said["series"] = _title(detail["series"], language)
    elif code == "population_base":
        said["residents"] = f"{int(detail['residents']):,}"
    elif code == "no_population":
        said["because"] = str(NO_POPULATION[detail["because"]])
    return str(NOTE[code]) % said


def _title(key: str, language: str) -> str:
    # The key of figures entered by hand says nothing to anybody.
    return str(_("entered by hand")) if key.startswith("hand-") else series_of(key).title.in_language(language)

"""How published figures are written on pages in the reader's language: periods, numbers, areas, and what was noticed about them.

Reasons, units and checks are worded in `published.wording`, which the commands use too (MSR-01, MSR-02).
"""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from craffu.common.languages import Language
from craffu.published.areas import area_by_code
from craffu.published.definitions import Unit, Words
from craffu.published.periods import Period, PeriodKind, period_words
from craffu.published.rules import Why
from craffu.published.wording import UNIT, WHY
from craffu.web.presenters import Text

PERIOD_WORDS: Mapping[str, Text] = {
    PeriodKind.FINANCIAL_YEAR: _("Financial year, April to March"),
    PeriodKind.CALENDAR_YEAR: _("Calendar year, January to December"),
    PeriodKind.ROLLING_YEAR: _("Twelve months to the end of a month"),
    PeriodKind.QUARTER: _("Quarter of a calendar year"),
    PeriodKind.MONTH: _("Month"),
    PeriodKind.INSTANT: _("One day"),
}

# What the adapters noticed about a figure; the figure itself stands as it was printed.
FLAG_WORDS: Mapping[str, Text] = {
    "negative": _("below 0, as published"),
    "period_typing_error": _("the file prints this period with a typing error"),
    "suppressed": _("hidden by its publisher"),
    "zero_may_mean_not_supplied": _("none, or not supplied"),
}

# Offence groups by their printed names, which the police recorded crime tables give in English alone.
OFFENCE_WORDS: Mapping[str, Text] = {
    "All other theft offences": _("All other theft offences"),
    "Assault with injury": _("Assault with injury"),
    "Assault without injury": _("Assault without injury"),
    "Bicycle theft": _("Bicycle theft"),
    "Controlling or coercive behaviour": _("Controlling or coercive behaviour"),
    "Criminal damage and arson": _("Criminal damage and arson"),
    "Death or serious injury caused by illegal driving": _("Death or serious injury caused by illegal driving"),
    "Domestic burglary": _("Domestic burglary"),
    "Drug offences": _("Drug offences"),
    "Fraud offences": _("Fraud offences"),
    "Harassment": _("Harassment"),
    "Homicide": _("Homicide"),
    "Malicious Communications": _("Malicious Communications"),
    "Miscellaneous crimes against society": _("Miscellaneous crimes against society"),
    "Non-domestic burglary": _("Non-domestic burglary"),
    "Non-residential burglary": _("Non-residential burglary"),
    "Other criminal damage": _("Other criminal damage"),
    "Other offences against the State or public order": _("Other offences against the State or public order"),
    "Possession of weapons offences": _("Possession of weapons offences"),
    "Public fear, alarm or distress": _("Public fear, alarm or distress"),
    "Public order offences": _("Public order offences"),
    "Racially or religiously aggravated harassment": _("Racially or religiously aggravated harassment"),
    "Residential burglary": _("Residential burglary"),
    "Robbery": _("Robbery"),
    "Sexual offences": _("Sexual offences"),
    "Shoplifting": _("Shoplifting"),
    "Stalking and harassment": _("Stalking and harassment"),
    "Stalking": _("Stalking"),
    "Theft from the person": _("Theft from the person"),
    "Threats to kill": _("Threats to kill"),
    "Vehicle offences": _("Vehicle offences"),
    "Violence with injury": _("Violence with injury"),
    "Violence without injury": _("Violence without injury"),
}


# What a licence asks to be said; that of the Open Government Licence has a Welsh form of its own.
ATTRIBUTIONS: Mapping[str, Text] = {
    "Contains National Statistics data, Crown copyright and database right. Licensed under the Open Government Licence v3.0.": _(
        "Contains National Statistics data, Crown copyright and database right. Licensed under the Open Government Licence v3.0."
    ),
    "Contains public sector information licensed under the Open Government Licence v3.0.": _(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    "Figures: BBC Shared Data Unit, from freedom-of-information answers by police forces, November 2022.": _(
        "Figures: BBC Shared Data Unit, from freedom-of-information answers by police forces, November 2022."
    ),
}


def language() -> str:
    return get_language() or Language.ENGLISH


def said(words: Words) -> str:
    """A definition's text in the reader's language."""
    return words.in_language(language())


def offence_words(printed: str) -> str:
    """An offence group in the reader's language, or as its publisher printed it."""
    return str(OFFENCE_WORDS.get(printed, printed))


def attribution_words(stated: str) -> str:
    """What is said of whose figures these are, in the reader's language."""
    return str(ATTRIBUTIONS.get(stated, stated))


def full_period(period: Period) -> str:
    """`year ending March 2018`, in the reader's language."""
    return period_words(period, language())


def short_period(period: Period) -> str:
    """A period as it stands along an axis: `2021/22`, `Mar 2018`."""
    if period.kind in (PeriodKind.ROLLING_YEAR, PeriodKind.MONTH):
        return month_and_year(period.end)
    if period.kind is PeriodKind.QUARTER:
        return period.text.replace("-", " ")
    return full_period(period)


def month_and_year(day: date) -> str:
    return format_date(day, "MMM y", locale=language())


def area_words(kind: str, code: str, printed: str) -> str:
    """An area in the reader's language, or as its publisher printed it."""
    area = area_by_code(kind, code)
    return area.name(language()) if area else printed


def why_words(why: Why | None) -> str:
    """Why there is no figure."""
    return str(WHY[why]) if why else ""


def unit_words(unit: str) -> str:
    """What is counted, as a heading."""
    return capfirst(str(UNIT[Unit(unit)]))


def number_words(value: float) -> str:
    return format_decimal(value, locale=language())


def rate_words(value: float) -> str:
    """A rate with two decimals: 4.32."""
    return format_decimal(value, format="#,##0.00", locale=language())


def percent_words(value: float) -> str:
    """A share as 4.6%."""
    return format_percent(value, format="#,##0.0%", locale=language())

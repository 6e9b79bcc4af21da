"""What the courts' short codes mean, in English and Welsh: pleas, findings, bail, presence, lengths.

The words follow the official lists (published as the message codes of HMCTS); an offence or result has thousands of
codes, so its title comes from the stored list and stays in the court's English.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from craffu.clocks.london import local_time
from craffu.common.languages import Language
from craffu.common.languages import date_in_words as in_words
from craffu.web.presenters import Text

PLEAS: Mapping[str, Text] = {
    "1": _("Guilty"),
    "2": _("Not guilty"),
    "3": _("No plea"),
    "4": _("Consents"),
    "5": _("Opposed"),
    "6": _("Guilty"),
    "7": _("Admits"),
    "8": _("Denies"),
}

FINDINGS: Mapping[str, Text] = {
    "A": _("Guilty of another offence instead"),
    "C": _("Caution"),
    "G": _("Guilty"),
    "N": _("Not guilty"),
    "O": _("No conviction"),
}

BAIL: Mapping[str, Text] = {
    "A": _("Not applicable"),
    "B": _("Conditional bail"),
    "C": _("In custody"),
    "L": _("In care"),
    "P": _("In custody"),
    "S": _("In secure care"),
    "U": _("Unconditional bail"),
}

PRESENCE: Mapping[str, Text] = {
    "A": _("Not present; a lawyer appeared for the defendant"),
    "N": _("Not present"),
    "Y": _("Present"),
}

_UNITS: Mapping[str, Callable[[int], str]] = {
    "H": lambda n: ngettext("%(number)s hour", "%(number)s hours", n) % {"number": n},
    "D": lambda n: ngettext("%(number)s day", "%(number)s days", n) % {"number": n},
    "W": lambda n: ngettext("%(number)s week", "%(number)s weeks", n) % {"number": n},
    "M": lambda n: ngettext("%(number)s month", "%(number)s months", n) % {"number": n},
    "Y": lambda n: ngettext("%(number)s year", "%(number)s years", n) % {"number": n},
    "S": lambda n: ngettext("%(number)s session", "%(number)s sessions", n) % {"number": n},
}
_LIFE = "L"


def day_words(day: date | None) -> str:
    """`24 November 2026` in the reader's language; nothing for no day."""
    return in_words(day, get_language() or Language.ENGLISH) if day else ""


def instant_words(instant: datetime) -> str:
    """`24 November 2026, 14:32`, in London."""
    local = local_time(instant)
    return f"{day_words(local.date())}, {local:%H:%M}"


def day_and_time(day: date | None, at: time | None) -> str:
    """A day, with the court's own time of day where it gave one."""
    return f"{day_words(day)}, {at:%H:%M}" if day and at and at != time.min else day_words(day)


def length_words(duration: Mapping[str, Any]) -> str:
    """How long a result lasts: amounts, dates, or both, as far as the message gave them."""
    parts = [
        _amount_of_time(duration.get("value"), duration.get("unit") or ""),
        _amount_of_time(duration.get("secondary_value"), duration.get("secondary_unit") or ""),
        *(gettext("from %(day)s") % {"day": _iso_words(day)} for day in duration.get("starts") or ()),
        *(gettext("until %(day)s") % {"day": _iso_words(day)} for day in duration.get("ends") or ()),
    ]
    return ", ".join(part for part in parts if part)


def _amount_of_time(value: int | None, unit: str) -> str:
    if unit == _LIFE:
        return gettext("life")
    if value is None:
        return ""
    return _UNITS[unit](value) if unit in _UNITS else f"{value} {unit}".strip()


def _iso_words(day: str) -> str:
    return day_words(date.fromisoformat(day))


def pounds(amount: str) -> str:
    """An amount of money as people write it: £1,250 or £12.50."""
    try:
        value = Decimal(amount)
    except InvalidOperation:
        return amount
    return f"£{value:,.2f}".removesuffix(".00")


def partial_date_words(born_on: str) -> str:
    """A date of birth, whole or partial, in words: the day, the month and year, or the year alone."""
    parts = born_on.split("-") if born_on else []
    if len(parts) == 3:
        return day_words(date.fromisoformat(born_on))
    if len(parts) == 2:
        return day_words(date(int(parts[0]), int(parts[1]), 1)).split(" ", 1)[1]
    return born_on

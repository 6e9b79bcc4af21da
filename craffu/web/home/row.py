"""One row of what needs doing today, and the sections in which rows stand (page map, P01)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from craffu.web.court.words import day_words
from craffu.web.presenters import Params

SOON: Final = timedelta(days=7)
# Of what is due this many rows are read at most.
MOST_OF_WORK: Final = 200


class Section(StrEnum):
    """Where a row stands; the value is part of an address."""

    NOW = "now"
    TODAY = "due-today"
    WEEK = "next-7-days"
    OTHERS = "waiting"
    NEW = "new-results"


@dataclass(frozen=True, slots=True)
class Row:
    """One task. `refs` are the records it names, for the log; `english` ends its hint, whatever the page's language."""

    section: Section
    text: str
    href: str
    hint: str = ""
    tag: Params | None = None
    refs: tuple[str, ...] = ()
    english: str = ""


def by_when(day: date, today: date) -> Params:
    """Relative and absolute together: Due tomorrow, 25 November 2026."""
    tomorrow = today + timedelta(days=1)
    if day == today:
        return {"text": _("Due today"), "classes": "govuk-tag--orange"}
    words = _("Due tomorrow, %(day)s") if day == tomorrow else _("Due %(day)s")
    return {"text": words % {"day": day_words(day)}, "classes": "govuk-tag--yellow"}

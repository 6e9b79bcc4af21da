"""The landing page's sections, each in exactly one state: its rows, or in words why there are none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.common.refusals import allows
from craffu.daily.sources import SOURCES
from craffu.web.home.row import MOST_OF_WORK, Row, Section
from craffu.web.presenters import Link, Params, Text
from craffu.web.references import unbroken
from craffu.web.work.presenters import queue_href
from craffu.web.work.words import QUEUES as QUEUE_WORDS
from craffu.work.permissions import check_can_open
from craffu.work.queues import QUEUES

MOST_SHOWN = 10

TITLES: dict[Section, Text] = {
    Section.NOW: gettext_lazy("Do now"),
    Section.TODAY: gettext_lazy("Due today"),
    Section.WEEK: gettext_lazy("Next 7 days"),
    Section.OTHERS: gettext_lazy("Waiting on others"),
    Section.NEW: gettext_lazy("New court results"),
}

EMPTY: dict[Section, Text] = {
    Section.NOW: gettext_lazy("Nothing to do now."),
    Section.TODAY: gettext_lazy("Nothing is due today."),
    Section.WEEK: gettext_lazy("Nothing is due in the next 7 days."),
    Section.OTHERS: gettext_lazy("You are waiting for nobody."),
    Section.NEW: gettext_lazy("No court result has been received yet."),
}


@dataclass(frozen=True, slots=True)
class SectionShown:
    key: str
    title: str
    tasks: Params | None
    empty: Text
    view_all: Link | None


def sections(rows: Iterable[Row], *, has_results: bool) -> list[SectionShown]:
    """The four sections in order, then new court results for those who read them."""
    every = list(rows)
    wanted = [section for section in Section if section is not Section.NEW or has_results]
    return [_section(section, _of(section, every)) for section in wanted]


def rows_shown(rows: Iterable[Row]) -> list[Row]:
    """Those that the landing page has room for, which are the ones somebody has looked at."""
    every = list(rows)
    return [row for section in Section for row in _of(section, every)[:MOST_SHOWN]]


def _of(section: Section, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.section is section]


def how_many(rows: Sequence[Row]) -> str:
    """How many there are, as far as they were read."""
    number = f"{len(rows):,}"
    return _("%(number)s or more") % {"number": number} if len(rows) >= MOST_OF_WORK else number


def _section(section: Section, rows: list[Row]) -> SectionShown:
    title = _("%(section)s (%(number)s)") % {"section": TITLES[section], "number": how_many(rows)}
    more = len(rows) > MOST_SHOWN
    return SectionShown(
        key=section.value,
        title=title if rows and section is not Section.NEW else str(TITLES[section]),
        tasks=task_list(section, rows[:MOST_SHOWN]) if rows else None,
        empty=EMPTY[section],
        view_all=Link(
            _("View all (%(number)s)") % {"number": how_many(rows)},
            reverse("home_section", kwargs={"section": section.value}),
        )
        if more
        else None,
    )


def _hint(row: Row) -> Params | None:
    if row.english:
        return {"html": format_html('{} <span lang="en">{}</span>', f"{row.hint}.", row.english)}
    return {"text": row.hint} if row.hint else None


def task_list(section: Section, rows: Iterable[Row]) -> Params:
    """Rows as a task list's parameters."""
    return {
        "idPrefix": section.value,
        "items": [
            {
                "title": {"html": unbroken(row.text)},
                "href": row.href,
                "hint": _hint(row),
                "status": {"tag": row.tag} if row.tag else {"text": ""},
            }
            for row in rows
        ],
    }


def queue_links(by: Acting) -> list[Link]:
    """The queues that hold work of the reader's roles, now or some day soon."""
    held = sorted({queue for source in SOURCES for queue in source.queues}, key=list(QUEUES).index)
    return [Link(QUEUE_WORDS[queue], queue_href(queue)) for queue in held if allows(check_can_open, by, queue)]

"""What the pages of queues and of cover show: each item with why, by when and whose, and how a queue fares (page map, P03)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.clocks.london import day_of, end_of
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Link, Params, Text
from craffu.web.references import address_of
from craffu.web.victims.presenters import outer_words
from craffu.web.victims.words import MARKS
from craffu.web.work.words import AWAY, CONSEQUENCES, KINDS, LIMITS, TABS, WHYS
from craffu.work.models import Absence, WorkItem
from craffu.work.queries import QueueSeen, Tab
from craffu.work.rules import Why, covers

# These two queues had pages of their own first, which stay where they are.
OWN_PAGES = frozenset({"assessments", "second-looks"})


def queue_href(queue: str, **asked: str) -> str:
    """Where a queue's work lies, with the tab and whatever else is asked for."""
    page = "queue_tasks" if queue in OWN_PAGES else "queue"
    address = reverse(page, kwargs={"queue": queue})
    return f"{address}?{urlencode(asked)}" if asked else address


def task_words(item: WorkItem) -> str:
    kind, condition = KINDS[item.kind], item.facts.get("condition", "")
    task = kind.of_condition if condition and kind.of_condition else kind.task
    return str(task) % {"reference": item.about, "condition": condition}


def task_href(item: WorkItem) -> str:
    kind = KINDS[item.kind]
    address = address_of(kind.page, kind.part, item.about)
    condition = item.facts.get("condition") if kind.of_condition else None
    return f"{address}?{urlencode({'condition': condition})}" if condition else address


def by_when_words(item: WorkItem) -> str:
    """The day, where it is due all day; else the instant."""
    is_all_day = item.overdue_from == end_of(item.last_day)
    return day_words(item.last_day) if is_all_day else instant_words(item.due_at)


def due_tag(item: WorkItem, now: datetime) -> Params | None:
    """Overdue, or soon to be."""
    if item.overdue_from <= now:
        return {"text": _("Overdue"), "classes": "govuk-tag--red"}
    if item.foreseen_at <= now:
        return {"text": _("Due soon"), "classes": "govuk-tag--orange"}
    return None


def why_lines(item: WorkItem) -> list[Text]:
    """Why it is due, what if it is not done, and what staff must know of its limit: the outer one, and one not confirmed."""
    why = _("%(why)s (rule %(rule)s)") % {"why": WHYS[item.why], "rule": item.rule} if item.rule else WHYS[item.why]
    lines: list[Text] = [why, _("If not: %(what)s") % {"what": CONSEQUENCES[item.what_if_not]}]
    if days := item.facts.get("days"):
        number = int(days)
        lines.append(
            ngettext("%(number)s whole day unprotected", "%(number)s whole days unprotected", number)
            % {"number": number}
        )
    if last_day := item.facts.get("last_day"):
        lines.append(_("Last day: %(day)s, to midnight") % {"day": day_words(date.fromisoformat(last_day))})
    if limit := item.facts.get("limit"):
        lines.append(LIMITS[limit])
    if breach := item.facts.get("breach"):
        lines.append(_("Breach %(reference)s") % {"reference": breach})
    if outer := item.facts.get("outer_day"):
        said = {"day": day_words(date.fromisoformat(outer)), "source": outer_words(item.facts["outer_from"])}
        lines.append(_("At the outside by %(day)s (%(source)s)") % said)
    if mark := item.facts.get("mark"):
        lines.append(_("%(mark)s: get legal advice") % {"mark": MARKS[mark].words})
    return lines


def waiting_words(raised_at: datetime, now: datetime) -> str:
    days = (day_of(now) - day_of(raised_at)).days
    if not days:
        return _("since today")
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": f"{days:,}"}


def tabs(queue: str, chosen: Tab, seen: QueueSeen, asked: Mapping[str, str]) -> Params:
    return {
        "label": _("Whose work"),
        "items": [
            {
                "text": str(TABS[tab]) % {"number": f"{seen.counts[tab]:,}"},
                "href": queue_href(queue, tab=tab.value, **asked),
                "active": tab is chosen,
            }
            for tab in Tab
        ],
    }


def queue_table(
    caption: Text,
    items: Iterable[WorkItem],
    away: Mapping[int, int | None],
    now: datetime,
    *,
    chooses: bool,
    takes: bool,
) -> Params | None:
    """The items in their order. `chooses`: with a box to choose each; `takes`: with a button to take on what nobody has."""
    head: list[cells.Heading] = [_("Task"), _("Why"), _("Due"), _("Waiting"), _("Owner")]
    head += [_("Action")] if takes else []
    head += [_("Choose")] if chooses else []
    rows = []
    for place, item in enumerate(items):
        tag = due_tag(item, now)
        row = [
            cells.link(Link(task_words(item), task_href(item))),
            cells.lines(why_lines(item)),
            cells.tag(tag, by_when_words(item)) if tag else cells.words(by_when_words(item)),
            cells.words(waiting_words(item.raised_at, now)),
            cells.lines(_owner(item, away)),
        ]
        if takes:
            row.append(_take(item) if item.owner is None or not item.owner.is_active else cells.words(""))
        if chooses:
            row.append(_choose(item, place))
        rows.append(row)
    return cells.table(caption, head, rows, is_hidden=True) if rows else None


def _owner(item: WorkItem, away: Mapping[int, int | None]) -> list[Text]:
    if item.owner is None:
        return [_("Nobody yet")]
    if not item.owner.is_active:
        return [item.owner.name, _("Account closed: whoever works here can take it on")]
    if item.owner.pk not in away:
        return [item.owner.name]
    is_covered = covers(away, item.owner.pk) is not None
    return [item.owner.name, _("Away today, covered") if is_covered else _("Away today, nobody covers")]


def _take(item: WorkItem) -> Params:
    hidden = format_html('<span class="govuk-visually-hidden">{}</span>', task_words(item))
    return {
        "html": format_html(
            '<button class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" name="take" value="{}">{} {}</button>',
            item.pk,
            _("Take it on"),
            hidden,
        )
    }


def _choose(item: WorkItem, place: int) -> Params:
    """A box of the design system, small; the first one has the field's own number, to which its error leads."""
    return {
        "html": format_html(
            '<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item">'
            '<input class="govuk-checkboxes__input" type="checkbox" id="{0}" name="items" value="{1}">'
            '<label class="govuk-label govuk-checkboxes__label" for="{0}">'
            '<span class="govuk-visually-hidden">{2}</span></label></div></div>',
            "id_items" if place == 0 else f"id_items_{place}",
            item.pk,
            _("Choose: %(task)s") % {"task": task_words(item)},
        )
    }


def fares(seen: QueueSeen, now: datetime) -> Params:
    """The foot of a queue: the longest wait, and what came and went this week."""
    longest = waiting_words(seen.waiting_since, now) if seen.waiting_since else _("Nothing waits")
    rows: list[tuple[Text, str]] = [
        (_("Longest wait"), longest),
        (_("Received this week"), f"{seen.received:,}"),
        (_("Closed this week"), f"{seen.closed:,}"),
    ]
    return {"rows": [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]}


def absences_table(absences: Iterable[Absence]) -> Params | None:
    head: list[cells.Heading] = [_("Who"), _("From"), _("To"), _("Why"), _("Covered by")]
    rows = [
        [
            cells.words(one.who.name),
            cells.words(day_words(one.first)),
            cells.words(day_words(one.last)),
            cells.words(AWAY[Why(one.why)]),
            cells.words(one.cover.name if one.cover else _("Nobody")),
        ]
        for one in absences
    ]
    return cells.table(_("Who is away"), head, rows) if rows else None

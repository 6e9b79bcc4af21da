"""Heightened follow-up in words: until when, what raised it, and how soon it was acted on (MON-03; page map, P11 and P16)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.clocks.london import day_of
from craffu.orders.following.queries import FollowUp
from craffu.orders.following.rules import DATED, Period, latest_period
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.following.words import TRIGGERS
from craffu.web.orders.opening import order_link
from craffu.web.presenters import Link, Params
from craffu.web.statuses import Status

_HOUR = timedelta(hours=1)
_LAST = timedelta(seconds=1)


def heightened_words(period: Period | None, today: date) -> str:
    """Until when an order is followed up more closely; empty where it is not now."""
    if period is None or not period.holds(today):
        return ""
    return _("Heightened follow-up until %(day)s: its conditions are checked every three days.") % {
        "day": day_words(period.last_day)
    }


def period_of(follow_ups: Iterable[FollowUp]) -> Period | None:
    return latest_period(day_of(one.row.raised_at) for one in follow_ups)


def trigger_words(one: FollowUp) -> str:
    return str(TRIGGERS[one.trigger])


def due_words(one: FollowUp) -> str:
    """By when the first action is due: an instant, or a day to its end."""
    if one.trigger in DATED:
        return _("by the end of %(day)s") % {"day": day_words(day_of(one.row.due_at - _LAST))}
    return _("by %(when)s") % {"when": instant_words(one.row.due_at)}


def acted_words(one: FollowUp) -> str:
    """How many hours after it was raised it was acted on."""
    if one.first is None:
        return ""
    hours = max(int((one.first.done_at - one.row.raised_at) / _HOUR), 0)
    if not hours:
        return _("within the hour")
    return ngettext("%(number)s hour after it was raised", "%(number)s hours after it was raised", hours) % {
        "number": f"{hours:,}"
    }


def standing_cell(one: FollowUp, now: datetime) -> Params:
    """Acted on, or late, or when it is due."""
    if one.first is not None:
        is_late = one.first.done_at >= one.overdue_from
        status = Status(_("Acted on late"), "orange") if is_late else Status(_("Acted on"), "green")
        return cells.tag(status.tag, acted_words(one))
    if now >= one.overdue_from:
        return cells.tag(Status(_("Late"), "red").tag, due_words(one))
    return cells.tag(Status(_("To be acted on"), "yellow").tag, due_words(one))


def follow_up_table(order: str, raised: Sequence[FollowUp], now: datetime) -> Params | None:
    """Every trigger of one order, the newest first."""
    return _table([_row(order, one, now) for one in reversed(raised)], [])


def follow_ups_table(orders: Iterable[tuple[str, Sequence[FollowUp]]], now: datetime) -> Params | None:
    """Every trigger of several orders, the newest first, each with its order."""
    found = [(order, one) for order, raised in orders for one in raised]
    found.sort(key=lambda each: (each[1].row.raised_at, each[1].row.pk), reverse=True)
    return _table([[cells.link(order_link(order)), *_row(order, one, now)] for order, one in found], [_("Order")])


def _row(order: str, one: FollowUp, now: datetime) -> list[Params]:
    to = reverse("order_trigger", kwargs={"order": order, "number": one.row.pk})
    return [
        cells.link(Link(trigger_words(one), to)),
        cells.words(instant_words(one.row.raised_at)),
        standing_cell(one, now),
    ]


def _table(rows: list[list[Params]], first: list[cells.Heading]) -> Params | None:
    head = [*first, _("What raised it"), _("Raised"), _("First action")]
    return cells.table(_("Heightened follow-up"), head, rows, is_hidden=True) if rows else None


def trigger_list(one: FollowUp, now: datetime) -> Params:
    """One trigger: what it was, when it happened and was raised, by when it is acted on, and by whom it was raised."""
    rows = [
        (_("What raised it"), cells.words(trigger_words(one))),
        (_("The day") if one.trigger in DATED else _("Happened"), cells.words(_when(one))),
        (_("Raised"), cells.words(instant_words(one.row.raised_at))),
        (_("Raised by"), cells.words(one.row.by.name if one.row.by else _("The records, by themselves"))),
        (_("First action"), standing_cell(one, now)),
    ]
    if one.row.words:
        rows.append((_("What was said"), cells.words(one.row.words)))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def _when(one: FollowUp) -> str:
    return day_words(day_of(one.row.at)) if one.trigger in DATED else instant_words(one.row.at)


def actions_table(one: FollowUp) -> Params | None:
    """What was done about it, the newest first."""
    head: list[cells.Heading] = [_("When"), _("What was done"), _("By")]
    rows = [
        [cells.words(instant_words(each.done_at)), cells.words(each.words), cells.words(each.by.name)]
        for each in reversed(one.actions)
    ]
    return cells.table(_("What was done"), head, rows, is_hidden=True) if rows else None

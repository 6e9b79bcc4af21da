"""What the pages of reconciliation show: the last comparisons, each difference with its age, and both sides beside each other."""

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.clocks.london import day_of
from craffu.orders.models import CourtListed, ListDifference, ListsCompared, Order
from craffu.orders.reconciling.queries import closed_of, owner_of
from craffu.people.queries import Identity
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.orders.opening import order_link
from craffu.web.orders.words import ORDER_STATUS, kind_words
from craffu.web.people.presenters import born_words, name_shown
from craffu.web.presenters import Link, Params, Text
from craffu.web.reconciling import words
from craffu.web.references import address_of
from craffu.web.statuses import Status
from craffu.web.work.words import BANDS
from craffu.work.rules import Band


def difference_link(reference: str) -> Link:
    return Link(reference, address_of("order_difference", "difference", reference))


def status_of(one: ListDifference) -> Status:
    closed = closed_of(one)
    return words.CLOSED[closed.how] if closed else words.OPEN


def _age(one: ListDifference, now: datetime) -> str:
    closed = closed_of(one)
    days = (day_of(closed.at if closed else now) - day_of(one.at)).days
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": f"{days:,}"}


def _owner(one: ListDifference) -> str:
    owned = owner_of(one)
    return owned.owner.name if owned else _("Nobody yet")


def _kind_listed(listed: CourtListed) -> str:
    return kind_words(listed.kind, is_interim=listed.is_interim) if listed.kind else listed.order_kind


def _kind(one: ListDifference) -> str:
    if one.order is not None:
        return kind_words(one.order.kind, is_interim=one.order.is_interim)
    return _kind_listed(one.listed) if one.listed else ""


def differences_table(rows: Iterable[ListDifference], now: datetime) -> Params | None:
    head: list[cells.Heading] = [
        _("Difference"), _("What differs"), _("Court case number"), _("Kind"), _("Order"), _("Age"), _("Owner"),
        _("How it stands"),
    ]  # fmt: skip
    found = [
        [
            cells.link(difference_link(one.reference)),
            cells.words(words.FINDINGS[one.finding]),
            cells.words(one.court_case_no or _("None")),
            cells.words(_kind(one)),
            cells.link(order_link(one.order.reference)) if one.order else cells.words(_("None")),
            cells.words(_age(one, now)),
            cells.words(_owner(one)),
            cells.tag(status_of(one).tag),
        ]
        for one in rows
    ]
    return cells.table(_("Differences from the court’s list"), head, found, is_hidden=True) if found else None


def bands(chosen: Band | None) -> Params:
    """The age bands as links: all, or those first seen so many days ago."""
    address = reverse("order_reconciliation")
    items = [{"text": _("Any age"), "href": address, "active": chosen is None}]
    items += [
        {"text": BANDS[band], "href": f"{address}?{urlencode({'age': band.value})}", "active": band is chosen}
        for band in Band
    ]
    return {"label": _("How long it has waited"), "items": items}


def comparison_list(one: ListsCompared) -> Params:
    """One comparison in numbers."""
    rows: list[tuple[Text, Params]] = [
        (_("Compared on"), cells.words(instant_words(one.at))),
        (_("By"), cells.words(one.by.name if one.by else _("Craffu"))),
        (_("Orders compared"), cells.words(f"{one.compared:,}")),
        (_("Agree"), cells.words(f"{one.agreed:,}")),
        (_("Differences"), cells.words(f"{one.differences:,}")),
    ]
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def summary(one: ListDifference, now: datetime) -> Params:
    """What differs, since when we know, whose it is, and how it was closed."""
    closed = closed_of(one)
    rows: list[tuple[Text, Params]] = [
        (_("What differs"), cells.words(words.FINDINGS[one.finding])),
        (_("Court case number"), cells.words(one.court_case_no or _("None"))),
        (_("First seen"), cells.words(instant_words(one.at))),
        (_("Age"), cells.words(_age(one, now))),
        (_("Owner"), cells.words(_owner(one))),
        (_("How it stands"), cells.tag(status_of(one).tag)),
    ]
    if closed is not None:
        rows.append(
            (_("Closed"), cells.lines([instant_words(closed.at), closed.by.name if closed.by else _("Craffu")]))
        )
    if closed is not None and closed.order is not None:
        rows.append((_("Order"), cells.link(order_link(closed.order.reference))))
    if closed is not None and closed.words:
        rows.append((_("Why it may stand"), cells.words(closed.words)))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def sides_table(order: Order | None, listed: CourtListed | None, respondent: Identity | None) -> Params:
    """The register and the court's list beside each other, each as it is now; neither is put right here."""
    head: list[cells.Heading] = [_("What"), _("The register"), _("The court’s list")]
    here, there = _register_side(order), _court_side(listed, respondent)
    names = (_("Reference"), _("Kind"), _("Status"), _("Made"), _("Ends"), _("Court"), _("Respondent"))
    rows = [[cells.words(name), ours, theirs] for name, ours, theirs in zip(names, here, there, strict=True)]
    return cells.table(_("Both sides"), head, rows, is_hidden=True)


def _register_side(order: Order | None) -> list[Params]:
    if order is None:
        return [cells.words(_("Not on the register")), *[cells.words("")] * 6]
    return [
        cells.link(order_link(order.reference)),
        cells.words(kind_words(order.kind, is_interim=order.is_interim)),
        cells.tag(ORDER_STATUS[order.status].tag),
        cells.words(day_words(day_of(order.made_at)) if order.made_at else _("Not made")),
        cells.words(_end(order.last_day, is_indefinite=bool(order.is_indefinite))),
        cells.words(order.court),
        cells.words(_("On the order’s page")),
    ]


def _court_side(listed: CourtListed | None, respondent: Identity | None) -> list[Params]:
    if listed is None:
        return [cells.words(_("Not in the list")), *[cells.words("")] * 6]
    said = (
        [f"{name_shown(respondent)} ({respondent.reference})", born_words(respondent)]
        if respondent
        else [_("Not given")]
    )
    return [
        cells.words(listed.order_ref),
        cells.words(_kind_listed(listed)),
        cells.lines([words.COURT_STATUS.get(listed.status, listed.status), _varied(listed.varied_on)]),
        cells.words(day_words(listed.made_on)),
        cells.words(_end(listed.last_day, is_indefinite=listed.is_indefinite)),
        cells.words(listed.court),
        cells.lines(said),
    ]


def _varied(day: date | None) -> str:
    return _("Varied %(day)s") % {"day": day_words(day)} if day else ""


def _end(last_day: date | None, *, is_indefinite: bool) -> str:
    if last_day is not None:
        return day_words(last_day)
    return _("Further order") if is_indefinite else _("Not recorded")

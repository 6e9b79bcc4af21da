"""What the pages of the inbox show: what waits and for how long, one document, what was typed of it, and who is meant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.orders.inbox.queries import InInbox
from craffu.orders.inbox.rules import InboxState
from craffu.orders.models import DocumentRead, Order
from craffu.people.queries import Identity
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.inbox import words
from craffu.web.orders.opening import order_link
from craffu.web.orders.presenters import until_words
from craffu.web.orders.words import ORDER_STATUS, kind_words
from craffu.web.people.presenters import born_words, name_shown
from craffu.web.presenters import Link, Params, Text
from craffu.web.references import address_of
from craffu.web.statuses import Status
from craffu.web.work.words import BANDS
from craffu.work.rules import Band


def document_link(reference: str) -> Link:
    return Link(reference, address_of("order_document", "document", reference))


def status_of(one: InInbox) -> Status:
    return words.CHASED if one.waiting.chase else words.STATE[one.waiting.state]


def age_words(one: InInbox) -> str:
    days = one.waiting.age_days
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": f"{days:,}"}


def kind_of_document(one: InInbox) -> str:
    reading = one.reading
    code = reading.kind if reading and reading.kind else one.document.kind
    return kind_words(code, is_interim=bool(reading and reading.is_interim)) if code else _("Not known yet")


def _respondent(reading: DocumentRead | None) -> str:
    return f"{reading.given_names} {reading.family_name}".strip() if reading else ""


def _owner_words(one: InInbox) -> str:
    return one.owned.owner.name if one.owned else _("Nobody yet")


def documents_table(rows: Iterable[InInbox]) -> Params | None:
    """Documents with their age, whose each is, and how it stands; None where there are none."""
    head: list[cells.Heading] = [
        _("Document"), _("Came"), _("From"), _("Kind"), _("Respondent"), _("Age"), _("Owner"), _("How it stands")
    ]  # fmt: skip
    found = [
        [
            cells.link(document_link(one.document.reference)),
            cells.words(instant_words(one.document.received_at)),
            cells.words(words.CAME_FROM[one.document.came_from]),
            cells.words(kind_of_document(one)),
            cells.words(_respondent(one.reading) or _("Not typed yet")),
            cells.words(age_words(one)),
            cells.words(_owner_words(one)),
            cells.tag(status_of(one).tag),
        ]
        for one in rows
    ]
    return cells.table(_("Orders that came as documents"), head, found, is_hidden=True) if found else None


def bands(chosen: Band | None) -> Params:
    """The age bands as links: all, or those that came so many days ago."""
    address = reverse("order_inbox")
    items = [{"text": _("Any age"), "href": address, "active": chosen is None}]
    items += [
        {"text": BANDS[band], "href": f"{address}?{urlencode({'age': band.value})}", "active": band is chosen}
        for band in Band
    ]
    return {"label": _("How long it has waited"), "items": items}


def summary(one: InInbox) -> Params:
    """The document as it came, whose it is, and what became of it."""
    document, left = one.document, one.left
    rows: list[tuple[Text, Params]] = [
        (_("Came"), cells.words(instant_words(document.received_at))),
        (_("From"), cells.lines([words.CAME_FROM[document.came_from], document.sender])),
        (_("How it stands"), cells.tag(status_of(one).tag, _match_by(one))),
        (_("Age"), cells.words(age_words(one))),
        (_("Owner"), cells.words(_owner_words(one))),
    ]
    if left is not None and left.order is not None:
        rows.append((_("Order"), cells.link(order_link(left.order.reference))))
    if left is not None:
        rows.append((_("By"), cells.lines([left.by.name, instant_words(left.at)])))
    if left is not None and left.reason_code:
        rows.append((_("Why it was returned"), cells.lines([words.RETURNED[left.reason_code], left.words])))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def _match_by(one: InInbox) -> str:
    if one.waiting.state != InboxState.WAITING:
        return ""
    return _("To be matched or returned by the end of %(day)s") % {"day": day_words(one.waiting.match_by)}


def typed(reading: DocumentRead | None, conditions: Sequence[str]) -> Params | None:
    """What was typed last, by whom and when."""
    if reading is None:
        return None
    kind = kind_words(reading.kind, is_interim=reading.is_interim) if reading.kind else _("Not known yet")
    rows: list[tuple[Text, Params]] = [
        (_("Kind"), cells.words(kind)),
        (_("Court"), cells.words(reading.court or _("Not given"))),
        (_("Court case number"), cells.words(reading.court_case_no or _("Not given"))),
        (_("Made"), cells.words(_day_or_none(reading.made_on))),
        (_("Ends"), cells.words(_end_words(reading))),
        (_("Respondent"), cells.words(_respondent(reading) or _("Not given"))),
        (_("Born"), cells.words(_day_or_none(date.fromisoformat(reading.born_on) if reading.born_on else None))),
        (_("Conditions"), cells.lines(conditions) if conditions else cells.words(_("None typed"))),
        (_("Typed by"), cells.lines([reading.by.name, instant_words(reading.known_from)])),
    ]
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def _day_or_none(day: date | None) -> str:
    return day_words(day) if day else _("Not given")


def _end_words(reading: DocumentRead) -> str:
    if reading.last_day:
        return day_words(reading.last_day)
    return _("Further order") if reading.is_indefinite else _("Not given")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the document may be about: who they are, and where they are chosen."""

    name: str
    reference: str
    born: str
    href: str


def candidates(document: str, people: Iterable[Identity]) -> list[Candidate]:
    return [
        Candidate(
            name_shown(one),
            one.reference,
            born_words(one),
            reverse("order_document_match", kwargs={"document": document, "person": one.reference}),
        )
        for one in people
    ]


def order_choices(orders: Iterable[Order]) -> list[tuple[str, str]]:
    """Orders to choose from, each in a line that tells it from the others."""
    return [(one.reference, _order_line(one)) for one in orders]


def _order_line(order: Order) -> str:
    said: Mapping[str, Text] = {
        "reference": order.reference,
        "kind": kind_words(order.kind, is_interim=order.is_interim),
        "status": ORDER_STATUS[order.status].words,
    }
    line = _("%(reference)s: %(kind)s. %(status)s") % said
    beside = [order.court_case_no, until_words(order)]
    return ". ".join([line, *(one for one in beside if one)])

"""Documents of the inbox as their readers may see them: listed by age, found by reference, and what each may be matched to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from craffu.access.acting import Acting
from craffu.access.reach.queries import shut_to
from craffu.clocks.london import day_of, end_of, start_of
from craffu.orders.inbox.rules import Received, Waiting, inbox
from craffu.orders.life.rules import court_number
from craffu.orders.life.states import LIVE
from craffu.orders.models import DocumentLeft, DocumentOwned, DocumentRead, Order, OrderDocument
from craffu.orders.models.lives import COURT_NUMBER
from craffu.orders.reconciling.listing import type_of
from craffu.people.models import Person
from craffu.people.queries import people_of_records
from craffu.people.search.answers import Found
from craffu.people.search.asking import taken_apart
from craffu.people.search.queries import find_people
from craffu.work.rules import Band, days_of

MOST_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class InInbox:
    """A document with the last that was typed from it, whose it is, how it left, and how long it waits."""

    document: OrderDocument
    reading: DocumentRead | None
    owned: DocumentOwned | None
    left: DocumentLeft | None
    waiting: Waiting


def _whole(by: Acting, rows: QuerySet[OrderDocument]) -> QuerySet[OrderDocument]:
    """With what was typed and whose it is; the content is read by whoever opens it."""
    return rows.defer("content").select_related("by").prefetch_related(
        Prefetch("readings", DocumentRead.objects.for_user(by).select_related("by").order_by("number")),
        Prefetch("owned", DocumentOwned.objects.for_user(by).select_related("owner").order_by("id")),
        Prefetch("left", DocumentLeft.objects.for_user(by).select_related("order", "by")),
    )  # fmt: skip


def in_inbox(document: OrderDocument, now: datetime) -> InInbox:
    """How a document stands at an instant (ORD-21). No query: it was read with everything."""
    readings, owners = list(document.readings.all()), list(document.owned.all())
    owned = owners[-1] if owners else None
    left: DocumentLeft | None = getattr(document, "left", None)
    is_matched = left is not None and left.order_id is not None
    received = Received(
        at=document.received_at,
        owner=owned.owner.username if owned else None,
        matched_at=left.at if left and is_matched else None,
        returned_at=left.at if left and not is_matched else None,
        return_reason=left.words if left else "",
    )
    return InInbox(document, readings[-1] if readings else None, owned, left, inbox(received, now))


def documents_page(by: Acting, now: datetime, *, has_left: bool, band: Band | None = None) -> QuerySet[OrderDocument]:
    """What waits, the longest first, or what has left, the newest first; of those that came so many days ago."""
    rows: QuerySet[OrderDocument] = _whole(by, OrderDocument.objects.for_user(by)).filter(left__isnull=not has_left)
    if band is not None:
        first, last = days_of(band, day_of(now))
        rows = rows.filter(received_at__lt=end_of(last))
        rows = rows.filter(received_at__gte=start_of(first)) if first else rows
    return rows.order_by("-id") if has_left else rows.order_by("received_at", "id")


def find_document(by: Acting, reference: str) -> OrderDocument | None:
    """The document with this reference; None where there is none for this reader. Four queries."""
    return _whole(by, OrderDocument.objects.for_user(by).filter(reference=reference)).first()


def documents_numbered(by: Acting, numbers: Collection[int], known_at: datetime) -> list[OrderDocument]:
    """These documents, by row number, with everything; what came later than an instant is left out. Four queries."""
    rows = OrderDocument.objects.for_user(by).filter(pk__in=sorted(numbers), known_from__lte=known_at)
    return list(_whole(by, rows).order_by("id"))


def content_of(by: Acting, document: OrderDocument) -> str:
    """The image as it is kept."""
    return str(OrderDocument.objects.for_user(by).filter(pk=document.pk).values_list("content", flat=True)[0])


def orders_with_number(by: Acting, court_case_no: str) -> list[Order]:
    """The orders of a court's case number, however it is written, in the order in which they were begun. One query."""
    return list(_with_number(by, court_case_no).order_by("id")) if court_number(court_case_no) else []


def _with_number(by: Acting, court_case_no: str) -> QuerySet[Order]:
    number = court_number(court_case_no)
    rows: QuerySet[Order] = Order.objects.for_user(by).annotate(number=COURT_NUMBER).filter(number=number)
    return rows


class MadeUnder(NamedTuple):
    """An order that was made under a number: against whose record, whether it stands; without a reference where it is shut."""

    respondent: int
    is_live: bool
    reference: str


def made_under(by: Acting, court_case_no: str, kind: str, *, is_interim: bool) -> list[MadeUnder]:
    """The orders of a kind and form that were made under a court's case number, those too that are shut to the reader: one order
    has one record. Of one whose case is covert there is no trace. Three queries at most.
    """
    if not court_number(court_case_no):
        return []
    rows = _with_number(by.joining(), court_case_no).filter(made_at__isnull=False).select_related("case").order_by("id")
    wanted = type_of(kind, is_interim=is_interim)
    found = [one for one in rows if type_of(one.kind, is_interim=one.is_interim) == wanted]
    cases = {one.pk: one.case.reference if one.case else "" for one in found}
    shut = shut_to(by, "case", {case for case in cases.values() if case})
    return [
        MadeUnder(one.respondent_id, one.status in LIVE, "" if cases[one.pk] in shut else one.reference)
        for one in found
        if not by.is_hidden("case", cases[one.pk])
    ]


def people_like(by: Acting, reading: DocumentRead) -> Found:
    """Whoever is recorded by a name or day of birth like the respondent's. It shows; a person decides (IDN-02)."""
    asked = f"{reading.given_names} {reading.family_name} {reading.born_on}".strip()
    return find_people(by, taken_apart(asked)) if asked else Found(())


def people_with_number(by: Acting, court_case_no: str) -> list[Person]:
    """Whoever has an order of this case number on the register. Two queries at most."""
    orders = orders_with_number(by, court_case_no)
    found = people_of_records(by, [one.respondent_id for one in orders]) if orders else {}
    return list(dict.fromkeys(found.values()))

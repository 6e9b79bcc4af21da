"""Breach histories and single breaches for programs: each standpoint, and what does not agree (P06, BRC-03, BRC-07)."""

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from craffu.access.acting import Acting
from craffu.access.tokens.rules import Scope
from craffu.api.matching import check_is_as_read, decided_on, is_decided_on_something
from craffu.api.opening import acting, looked_at, open_breach, open_person
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.schemas import BreachAnswer, BreachHistory, Instant, NewReport, Problem, Reported
from craffu.breaches.detecting.facts import Reported as NewlyReported
from craffu.breaches.events import BREACH_VIEWED, BREACHES_VIEWED
from craffu.breaches.history.answering import breach_answer, counts_answer, instant, orders_answer
from craffu.breaches.history.facts import ASKED, Row
from craffu.breaches.history.queries import awaiting, counted, incidents, row_of, rows_of, seen
from craffu.breaches.ledger.reporting import report_breach
from craffu.breaches.permissions import check_can_view_breaches
from craffu.common import clock
from craffu.intake.queries import last_heard
from craffu.people.permissions import check_can_view_person
from craffu.people.queries import find_person

REFUSED = {401: Problem, 403: Problem, 404: Problem}

router = Router(tags=["breaches"])


@router.get(
    "/people/{person}/breaches",
    response={200: BreachHistory, **REFUSED, 409: Problem, 422: Problem},
    url_name="person_breaches",
    operation_id="person_breaches",
)
def person_breaches(
    request: HttpRequest,
    person: str,
    page: Page = 1,
    as_known: Instant | None = None,
) -> Any:
    """The complete history over the links as they stand, now or as it was known at an instant; fifty incidents a page. Now, a
    reference whose records were joined to another's answers with that person's; where they are several it is refused.
    """
    by = _reader(request)
    told, refs = _told(by, person, page, _utc(as_known))
    looked_at(by, BREACHES_VIEWED, refs)
    return told


def _told(by: Acting, person: str, page: int = 1, known_at: datetime | None = None) -> tuple[BreachHistory, set[str]]:
    """A page of a history as it is told to whoever asks, and the records that are named in it."""
    found = open_person(by, person) if known_at is None else find_person(by, person)
    if found is None:
        raise Http404
    of, now = seen(by, found, known_at), clock.now()
    waiting = awaiting(by, of)
    counts, per_order = counted(by, of, waiting)
    rows = rows_of(by, of, rows_on(incidents(by, of).values_list("pk", flat=True), page), now)
    heard = last_heard(by, ASKED, of.known_at)
    refs = {f"order/{one.order.reference}" for one in per_order if one.order}
    told = {
        "person": found.reference,
        "as_known": instant(of.known_at),
        "records_awaiting": len(waiting),
        "asked": {one: instant(heard.get(one)) for one in ASKED},
        "counts": counts_answer(counts),
        "orders": orders_answer(per_order),
        "breaches": [breach_answer(row) for row in rows],
        "page": page,
        "pages": pages_of(counts.of_all),
        "total": counts.of_all,
    }
    refs |= {f"person/{person}", f"person/{found.reference}"}
    return BreachHistory.model_validate(told), {*refs, *(ref for row in rows for ref in _refs(row))}


@router.post(
    "/people/{person}/breaches",
    response={200: Reported, **REFUSED, 409: Problem, 412: Problem, 422: Problem},
    url_name="breach_report",
    operation_id="breach_report",
    openapi_extra=decided_on(
        "Not asked for: a report makes something new. Where the ETag of the history is sent, it is held to that.",
        is_asked_for=False,
    ),
)
def breach_report(request: HttpRequest, person: str, given: NewReport) -> Any:
    """Report what a person may have done against an order. It is held against the orders that bound them then (BRC-01)."""
    by = acting(request, Scope.REPORT_BREACHES)
    if is_decided_on_something(request):
        check_is_as_read(request, _told(_reader(request), person)[0])
    said = given.model_dump() | {
        "order": given.order or "",
        "first_at": _utc(given.first_at),
        "last_at": _utc(given.last_at),
    }
    return {"breach": report_breach(by=by, person=person, given=NewlyReported(**said)).reference}


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


@router.get(
    "/breaches/{breach}",
    response={200: BreachAnswer, **REFUSED},
    url_name="breach_detail",
    operation_id="breach_detail",
)
def breach_detail(request: HttpRequest, breach: str) -> Any:
    """One incident with every word from each standpoint, its sources, and what does not agree."""
    by = _reader(request)
    row = row_of(by, open_breach(by, breach), clock.now())
    looked_at(by, BREACH_VIEWED, _refs(row))
    return breach_answer(row)


def _reader(request: HttpRequest) -> Acting:
    by = acting(request, Scope.READ_BREACHES)
    check_can_view_person(by)
    check_can_view_breaches(by)
    return by


def _refs(row: Row) -> set[str]:
    return {f"breach/{row.breach.reference}", *(f"order/{one.order.reference}" for one in row.ties)}

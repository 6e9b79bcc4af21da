"""One question asked of people, cases and orders at once, for a reader: who and what answers, and what may not be shown."""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import DatabaseError

from craffu.access.acting import Acting
from craffu.breaches.permissions import check_can_view_terms_now
from craffu.cases.permissions import check_can_view_case
from craffu.cases.search import CaseHit, cases_heard_on, cases_in_town, cases_numbered
from craffu.common.refusals import allows
from craffu.orders.permissions import check_can_view_part
from craffu.orders.search import OrderHit, OrdersFound, orders_numbered
from craffu.people.models import Person
from craffu.people.queries import Identity, identities, people_of_records
from craffu.people.search.answers import Found
from craffu.people.search.asking import Asked, taken_apart
from craffu.people.search.by_number import Numbered, people_numbered
from craffu.people.search.queries import find_people, find_without_index, is_whole
from craffu.web.errors import is_database_busy
from craffu.web.restricted.stubs import Stub, stubs

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Everything:
    """What answers: people by number, people by name and date, cases, orders, and stubs of what is shut to the reader.

    `order_stubs` are of orders that are shut with their cases, each by the order's reference.
    """

    asked: Asked
    numbered: tuple[Numbered, ...]
    found: Found
    identities: dict[int, Identity]
    cases: tuple[CaseHit, ...]
    stubs: tuple[Stub, ...]
    searches_cases: bool
    orders: tuple[OrderHit, ...] = ()
    order_stubs: tuple[tuple[str, Stub], ...] = ()
    # Whom each order found binds, by the order's reference: where an officer reads at once what stands against them.
    bound: Mapping[str, str] = field(default_factory=dict)
    searches_orders: bool = False
    # The index of names is gone or not whole: only names as they were typed were looked for, in the records themselves.
    is_without_index: bool = False

    @property
    def refs(self) -> list[str]:
        """The records shown, as the log writes them."""
        people = [*(one.reference for one in self.numbered), *(hit.reference for hit in self.found.hits)]
        cases = [*(hit.reference for hit in self.cases), *(stub.reference for stub in self.stubs)]
        people += [self.bound[hit.reference] for hit in self.orders if hit.reference in self.bound]
        orders = [*(hit.reference for hit in self.orders), *(reference for reference, _stub in self.order_stubs)]
        return [
            *(f"person/{one}" for one in dict.fromkeys(people)),
            *(f"case/{one}" for one in dict.fromkeys(cases)),
            *(f"order/{one}" for one in orders),
        ]


def everything(by: Acting, words: str, most: int | None = None) -> Everything:
    """Whoever and whatever answers; `most` people and cases each, where so many are enough."""
    asked = taken_apart(words)
    numbered = people_numbered(by, asked.numbers)[:most]
    found, is_without_index = _found(by, asked)
    met = {one.person for one in numbered}
    hits = tuple(hit for hit in found.hits if hit.person not in met)[:most]
    found = Found(hits, found.are_closest, found.is_cut)
    whose = {**{one.person: one.reference for one in numbered}, **{hit.person: hit.reference for hit in hits}}
    people = [Person(pk=person, reference=reference) for person, reference in whose.items()]
    searches_cases = allows(check_can_view_case, by)
    cases: list[CaseHit] = []
    closed: tuple[str, ...] = ()
    if searches_cases:
        by_number = cases_numbered(by, asked.numbers)
        cases, closed = [*by_number.hits, *_by_place_or_day(by, asked)][:most], by_number.closed
    searches_orders = allows(check_can_view_part, by)
    orders = orders_numbered(by, asked.numbers) if searches_orders else OrdersFound()
    return Everything(
        asked, tuple(numbered), found, identities(by, people) if people else {}, tuple(cases),
        tuple(stubs(by, "case", closed)), searches_cases, orders.hits[:most], _order_stubs(by, orders.closed),
        _bound(by, orders.hits[:most]), searches_orders, is_without_index,
    )  # fmt: skip


def _found(by: Acting, asked: Asked) -> tuple[Found, bool]:
    """People by the index; where that is gone or not whole, by the records themselves, and that it was so (T44)."""
    if not (asked.words or asked.born):
        return Found(()), False
    try:
        found = find_people(by, asked)
        if found.hits or is_whole(by.force.pk):
            return found, False
    except DatabaseError as fault:
        if is_database_busy(fault):
            raise
        log.error("the index of the search cannot be read (%s): run `craffu search rebuild`", type(fault).__name__)
    return find_without_index(by, asked), True


def _order_stubs(by: Acting, closed: Iterable[tuple[str, str]]) -> tuple[tuple[str, Stub], ...]:
    """A stub of each order that is shut with its case: it speaks of the order and not of the case, as the order's page does."""
    of_case = {stub.reference: stub for stub in stubs(by, "case", [case for _order, case in closed])}
    return tuple(
        (order, replace(of_case[case], words=of_case[case].words.replace(case, order, 1)))
        for order, case in closed
        if case in of_case
    )


def _bound(by: Acting, hits: Collection[OrderHit]) -> dict[str, str]:
    """Whom these orders bind, for whoever reads terms at a door. One query at most."""
    records = {hit.respondent for hit in hits} if allows(check_can_view_terms_now, by) else set()
    people = people_of_records(by, records) if records else {}
    return {hit.reference: people[hit.respondent].reference for hit in hits if hit.respondent in people}


def _by_place_or_day(by: Acting, asked: Asked) -> list[CaseHit]:
    found = cases_in_town(by, " ".join(asked.words)) if asked.words and not asked.born else []
    born = asked.born
    if born and born.year and born.day and not asked.words:
        found += cases_heard_on(by, date(born.year, born.month, born.day))
    return found

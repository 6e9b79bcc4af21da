"""Cases for programs: the crimes of each as the force's own system has them, who is in it, and its orders."""

from typing import Any, Final

from django.http import Http404, HttpRequest
from ninja import Router

from craffu.access.tokens.rules import Scope
from craffu.api.lines import order_line
from craffu.api.opening import acting, check_is_open, looked_at
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.schemas import CaseAnswer, CaseLine, CasesPage, CrimeAnswer, InCase, OrderLine, Problem
from craffu.cases import events
from craffu.cases.crime_queries import CrimeSaid, newest_crimes
from craffu.cases.permissions import check_can_open_case, check_can_view_case
from craffu.cases.queries import cases_number, cases_page, find_case, roles_in
from craffu.common.refusals import allows
from craffu.orders.permissions import check_can_view_order
from craffu.orders.queries import orders_of_case
from craffu.people.queries import people_of_records

MOST_CRIMES: Final = 100
router = Router(tags=["cases"])


@router.get(
    "/cases",
    response={200: CasesPage, 401: Problem, 403: Problem, 422: Problem},
    url_name="case_list",
    operation_id="case_list",
)
def case_list(request: HttpRequest, page: Page = 1) -> Any:
    """Every case open to the reader, the newest first, fifty a page."""
    by = acting(request, Scope.READ_CASES)
    check_can_view_case(by)
    rows, total = rows_on(cases_page(by), page), cases_number(by)
    looked_at(by, events.CASES_LISTED, [f"case/{one.reference}" for one in rows])
    lines = [CaseLine(reference=one.reference, known_from=one.known_from) for one in rows]
    return CasesPage(cases=lines, page=page, pages=pages_of(total), total=total)


@router.get(
    "/cases/{case}",
    response={200: CaseAnswer, 401: Problem, 403: Problem, 404: Problem},
    url_name="case_detail",
    operation_id="case_detail",
)
def case_detail(request: HttpRequest, case: str) -> Any:
    """One case: what was recorded last of each of its crimes."""
    by = acting(request, Scope.READ_CASES)
    check_can_open_case(by, case)
    check_is_open(by, case)
    found = find_case(by, case)
    if found is None:
        raise Http404
    roles = roles_in(by, found.pk)
    people = people_of_records(by, [one.record_id for one in roles])
    crimes, number = newest_crimes(by, found.pk, MOST_CRIMES).answer
    orders = orders_of_case(by, found.pk) if allows(check_can_view_order, by) else []
    parts = sorted({(people[one.record_id].reference, one.role) for one in roles if one.record_id in people})
    refs = {f"person/{person}" for person, _role in parts} | {f"order/{one.reference}" for one in orders}
    looked_at(by, events.CASE_VIEWED, {f"case/{case}", *refs})
    return CaseAnswer(
        reference=found.reference, known_from=found.known_from, crimes=[_crime(one) for one in crimes], crimes_number=number,
        people=[InCase(person=person, role=role) for person, role in parts],
        orders=[OrderLine(**order_line(one)) for one in orders],
    )  # fmt: skip


def _crime(one: CrimeSaid) -> CrimeAnswer:
    said = one.version
    return CrimeAnswer(
        source=said.source, crime=said.crime, recorded_as=said.recorded_as, home_office_class=said.home_office_class,
        offence_code=said.offence_code, reported_at=said.reported_at, stage=said.stage, flags=list(said.flags),
    )  # fmt: skip

"""People for programs: who somebody is by their records, and the orders against them. Never where anybody lives (SEC-06)."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from craffu.access.tokens.rules import Scope
from craffu.api.lines import order_line
from craffu.api.opening import acting, looked_at, open_person
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.schemas import OrderLine, PeoplePage, PersonAnswer, PersonLine, Problem
from craffu.common.refusals import allows
from craffu.orders.permissions import check_can_view_part
from craffu.orders.queries import orders_of_records
from craffu.people import events
from craffu.people.permissions import check_can_view_person
from craffu.people.queries import Identity, identities, people_number, people_page, records_of
from craffu.people.use_restricted import use_restricted

router = Router(tags=["people"])


@router.get(
    "/people",
    response={200: PeoplePage, 401: Problem, 403: Problem, 422: Problem},
    url_name="person_list",
    operation_id="person_list",
)
def person_list(request: HttpRequest, page: Page = 1) -> Any:
    """Everybody open to the reader, fifty a page."""
    by = acting(request, Scope.READ_PEOPLE)
    check_can_view_person(by)
    rows, total = rows_on(people_page(by), page), people_number(by)
    known = identities(by, rows)
    looked_at(by, events.PEOPLE_LISTED, [f"person/{one.reference}" for one in rows])
    lines = [PersonLine(**_line(known[one.pk])) for one in rows]
    return PeoplePage(people=lines, page=page, pages=pages_of(total), total=total)


@router.get(
    "/people/{person}",
    response={200: PersonAnswer, 401: Problem, 403: Problem, 404: Problem, 409: Problem},
    url_name="person_detail",
    operation_id="person_detail",
)
def person_detail(request: HttpRequest, person: str) -> Any:
    """One person, with the orders against them for whoever may see orders. A reference whose records were joined to another's
    answers with that person, under their own reference; where they are several it is refused.
    """
    by = acting(request, Scope.READ_PEOPLE)
    check_can_view_person(by)
    found = open_person(by, person)
    known = identities(by, [found])[found.pk]
    records = records_of(by, found)
    restricted = use_restricted(by, records)
    orders = orders_of_records(by, records) if allows(check_can_view_part, by) else []
    refs = [f"person/{person}", f"person/{found.reference}", *(f"order/{one.reference}" for one in orders)]
    looked_at(by, events.PERSON_VIEWED, refs)
    return PersonAnswer(
        **_line(known), sex=known.sex, other_names=list(known.other_names), records=known.records,
        use_restricted_since=restricted[0].since if restricted else None,
        orders=[OrderLine(**order_line(one, has_case=False)) for one in orders],
    )  # fmt: skip


def _line(one: Identity) -> dict[str, Any]:
    return {
        "reference": one.reference, "given_names": one.given_names, "family_name": one.family_name, "born_on": one.born_on,
    }  # fmt: skip

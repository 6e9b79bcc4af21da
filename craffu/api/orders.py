"""Orders and their conditions for programs: how each stands, the three answers of ORD-12, and every version of its words."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from craffu.api.opening import acting, looked_at, open_order
from craffu.api.schemas import (
    BreachIs,
    ConditionAnswer,
    ConditionsAnswer,
    Enforceable,
    InForce,
    OrderAnswer,
    OrderLine,
    OrdersPage,
    Problem,
    TermsChecked,
    TermsVersion,
)
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.orders import events
from craffu.orders.effect.rules import enforceable
from craffu.orders.models import Order, OrderTerms
from craffu.orders.permissions import check_can_view_order
from craffu.orders.queries import as_happened, checked_terms, orders_number, orders_page, story_of_order
from craffu.people.queries import people_of_records

PAGE_SIZE = 50
REFUSED = {401: Problem, 403: Problem, 404: Problem}

router = Router(tags=["orders"])


@router.get(
    "/orders",
    response={200: OrdersPage, 401: Problem, 403: Problem, 422: Problem},
    url_name="order_list",
    operation_id="order_list",
)
def order_list(request: HttpRequest, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Any:
    """Every order open to the reader, the newest first, fifty a page."""
    by = acting(request)
    check_can_view_order(by)
    first = (page - 1) * PAGE_SIZE
    rows, total = list(orders_page(by)[first : first + PAGE_SIZE]), orders_number(by)
    refs = [f"order/{one.reference}" for one in rows]
    looked_at(by, events.ORDERS_LISTED, [*refs, *(f"case/{one.case.reference}" for one in rows if one.case)])
    lines = [OrderLine(**_line(one)) for one in rows]
    return OrdersPage(orders=lines, page=page, pages=max(1, -(-total // PAGE_SIZE)), total=total)


@router.get(
    "/orders/{order}", response={200: OrderAnswer, **REFUSED}, url_name="order_detail", operation_id="order_detail"
)
def order_detail(request: HttpRequest, order: str) -> Any:
    """One order as it stands: in force, from when a breach can be blamed, what a breach is; and whether its words are checked."""
    by = acting(request)
    found = open_order(by, order)
    is_part = not allows(check_can_view_order, by)
    story, now = story_of_order(by, found), clock.now()
    person = people_of_records(by, [found.respondent_id]).get(found.respondent_id)
    case = None if is_part or found.case is None else found.case.reference
    refs = [f"order/{order}", *([f"person/{person.reference}"] if person else []), *([f"case/{case}"] if case else [])]
    looked_at(by, events.ORDER_VIEWED, refs)
    stands = enforceable(story.kind, as_happened(found), now)
    effect, standing = story.kind.effect, story.standing_for(is_part=is_part)
    return OrderAnswer(
        **_line(found) | {"case": case},
        version=found.moves_made,
        respondent=person.reference if person else None,
        takes_effect_at=found.takes_effect_at,
        served_at=found.served_at,
        aware_at=found.aware_at,
        in_force=InForce(now=stands.in_force, because=stands.in_force_because),
        enforceable=Enforceable(
            now=stands.enforceable,
            because=stands.enforceable_because,
            since=stands.liability_from,
            awareness_required_by=stands.awareness_required_by,
        ),
        breach=BreachIs(kind=stands.breach_is, law=effect.breach_statute or "", arrest=effect.arrest or ""),
        terms=_checked(standing) if standing else None,
    )


@router.get(
    "/orders/{order}/conditions",
    response={200: ConditionsAnswer, **REFUSED},
    url_name="order_conditions",
    operation_id="order_conditions",
)
def order_conditions(request: HttpRequest, order: str) -> Any:
    """Every version of an order's words. What was only drafted is for whoever sees the order whole."""
    by = acting(request)
    story = story_of_order(by, open_order(by, order))
    is_part = not allows(check_can_view_order, by)
    standing = story.standing_for(is_part=is_part)
    looked_at(by, events.ORDER_VIEWED, [f"order/{order}"])
    return ConditionsAnswer(
        reference=order,
        standing=standing.number if standing else None,
        versions=[_version(one) for one in (story.made if is_part else story.terms)],
    )


def _line(order: Order) -> dict[str, Any]:
    return {
        "reference": order.reference, "kind": order.kind, "is_interim": order.is_interim, "status": order.status,
        "case": order.case.reference if order.case else None, "made_at": order.made_at, "last_day": order.last_day,
        "is_indefinite": order.is_indefinite, "ended_at": order.ended_at,
    }  # fmt: skip


def _checked(terms: OrderTerms) -> TermsChecked:
    found = checked_terms(terms)
    assert found is not None  # noqa: S101 - there are terms
    return TermsChecked(version=terms.number, label=found.label, why_not=list(found.why))


def _version(terms: OrderTerms) -> TermsVersion:
    return TermsVersion(
        number=terms.number,
        why=terms.why,
        applies_from=terms.applies_from,
        language=terms.language,
        locality=terms.locality,
        has_no_locality=terms.has_no_locality,
        checked=_checked(terms),
        conditions=[
            ConditionAnswer(
                number=one.number, type=one.type, is_requirement=one.is_requirement, words=one.words,
                words_cy=one.words_cy, first_day=one.first_day, last_day=one.last_day,
            )
            for one in terms.conditions.all()
        ],
    )  # fmt: skip

"""Orders and their conditions for programs: how each stands, the three answers of ORD-12, and every version of its words."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked
from craffu.access.tokens.rules import Scope
from craffu.api.lines import order_line
from craffu.api.matching import check_is_as_read, decided_on
from craffu.api.opening import acting, looked_at, open_order
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.schemas import (
    BreachIs,
    ConditionAnswer,
    ConditionsAnswer,
    Enforceable,
    GivenOut,
    GiveOut,
    InForce,
    NewMove,
    NewTermsSaid,
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
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.life.actions import move_order
from craffu.orders.models import OrderTerms
from craffu.orders.permissions import check_can_view_order
from craffu.orders.profiles.actions import give_profile
from craffu.orders.profiles.rules import Profile
from craffu.orders.queries import as_happened, checked_terms, orders_number, orders_page, story_of_order
from craffu.people.queries import people_of_records

REFUSED = {401: Problem, 403: Problem, 404: Problem}

router = Router(tags=["orders"])


@router.get(
    "/orders",
    response={200: OrdersPage, 401: Problem, 403: Problem, 422: Problem},
    url_name="order_list",
    operation_id="order_list",
)
def order_list(request: HttpRequest, page: Page = 1) -> Any:
    """Every order open to the reader, the newest first, fifty a page."""
    by = acting(request, Scope.READ_ORDERS)
    check_can_view_order(by)
    rows, total = rows_on(orders_page(by), page), orders_number(by)
    refs = [f"order/{one.reference}" for one in rows]
    looked_at(by, events.ORDERS_LISTED, [*refs, *(f"case/{one.case.reference}" for one in rows if one.case)])
    lines = [OrderLine(**order_line(one)) for one in rows]
    return OrdersPage(orders=lines, page=page, pages=pages_of(total), total=total)


@router.get(
    "/orders/{order}", response={200: OrderAnswer, **REFUSED}, url_name="order_detail", operation_id="order_detail"
)
def order_detail(request: HttpRequest, order: str) -> Any:
    """One order as it stands: in force, from when a breach can be blamed, what a breach is; and whether its words are checked."""
    by = acting(request, Scope.READ_ORDERS)
    found, refs = _told(by, order)
    looked_at(by, events.ORDER_VIEWED, refs)
    return found


def _told(by: Acting, order: str) -> tuple[OrderAnswer, list[str]]:
    """An order as it is told to whoever asks, and the records that are named in it."""
    found = open_order(by, order)
    is_part = not allows(check_can_view_order, by)
    story, now = story_of_order(by, found), clock.now()
    person = people_of_records(by, [found.respondent_id]).get(found.respondent_id)
    case = None if is_part or found.case is None else found.case.reference
    refs = [f"order/{order}", *([f"person/{person.reference}"] if person else []), *([f"case/{case}"] if case else [])]
    stands = enforceable(story.kind, as_happened(found), now)
    effect, standing = story.kind.effect, story.standing_for(is_part=is_part)
    told = OrderAnswer(
        **order_line(found) | {"case": case},
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
    return told, refs


@router.post(
    "/orders/{order}/moves",
    response={200: OrderAnswer, **REFUSED, 409: Problem, 412: Problem, 422: Problem, 428: Problem},
    url_name="order_move",
    operation_id="order_move",
    openapi_extra=decided_on("The ETag of the order as it was read."),
)
def order_move(request: HttpRequest, order: str, given: NewMove) -> Any:
    """One step in an order's life, by whoever may take it, from the order as it was read: If-Match is asked for (ORD-07, T30)."""
    by = acting(request, Scope.MOVE_ORDERS)
    found, _refs = _told(by, order)
    check_is_as_read(request, found)
    move_order(by=by, order=order, move=given.move, given=_given(given), seen=found.version)
    told, _refs = _told(by, order)
    return told


def _given(said: NewMove) -> Given:
    fields = {name: value for name, value in said.model_dump(exclude={"move", "terms"}).items() if value is not None}
    instants = {name: value.astimezone(UTC) for name, value in fields.items() if isinstance(value, datetime)}
    return Given(
        **fields | instants | {"consents": tuple(said.consents), "terms": _terms(said.terms) if said.terms else None}
    )


def _terms(said: NewTermsSaid) -> NewTerms:
    conditions = tuple(NewCondition(one.type, one.words, is_requirement=one.is_requirement) for one in said.conditions)
    return NewTerms(conditions, said.language, said.locality, said.has_no_locality)


@router.post(
    "/orders/{order}/profiles",
    response={200: GivenOut, **REFUSED, 409: Problem, 412: Problem, 422: Problem, 428: Problem},
    url_name="order_profile",
    operation_id="order_profile",
    openapi_extra=decided_on("The ETag of the order as it was read: who gives it out decided so upon that."),
)
def order_profile(request: HttpRequest, order: str, given: GiveOut) -> Any:
    """An order that was made, as it was read, for another system: NIEM 6.0 `j:ProtectionOrder`, or person, object, location,
    event (ADR 95). If-Match is asked for: what is given out cannot be taken back (ADR 100).
    """
    by = acting(request, Scope.GIVE_ORDERS_OUT)
    check_can_view_order(by)
    found, _refs = _told(by, order)
    check_is_as_read(request, found)
    asked = Asked(given.purpose, given.words, given.recipient, given.organisation)
    is_token = request.opened is not None  # type: ignore[attr-defined]
    told = give_profile(
        by=by, order=order, profile=Profile(given.profile), asked=asked, seen=found.version, by_token=is_token
    )
    return GivenOut(profile=given.profile, content=told)


@router.get(
    "/orders/{order}/conditions",
    response={200: ConditionsAnswer, **REFUSED},
    url_name="order_conditions",
    operation_id="order_conditions",
)
def order_conditions(request: HttpRequest, order: str) -> Any:
    """Every version of an order's words. What was only drafted is for whoever sees the order whole."""
    by = acting(request, Scope.READ_ORDERS)
    story = story_of_order(by, open_order(by, order))
    is_part = not allows(check_can_view_order, by)
    standing = story.standing_for(is_part=is_part)
    looked_at(by, events.ORDER_VIEWED, [f"order/{order}"])
    return ConditionsAnswer(
        reference=order,
        standing=standing.number if standing else None,
        versions=[_version(one) for one in (story.made if is_part else story.terms)],
    )


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

"""The one door of an order's life: each move is locked, judged by the rules, kept, logged and told of (ORD-09, T31).

Of two who move one order at once one is first and the other sees what they did. Nothing is overwritten: the order's own row
says how it stands, its moves say how it came there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.access.queries import rank_of
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.cases.models import Case
from craffu.cases.risk.queries import case_risk
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.common.moments import check_can_be_meant
from craffu.orders import events
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.catalogue.policies import check_is_offered
from craffu.orders.catalogue.queries import kinds_now
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.drafting.checking import as_given, lacks_of_answers, lacks_of_terms
from craffu.orders.facts import Given, NewTerms, days_of
from craffu.orders.life.events import ORDER_EVENTS
from craffu.orders.life.policies import check_days, check_happened_by_now, check_is_as_seen, check_moved
from craffu.orders.life.rules import Actor, Around, court_number, is_extended_by_variation, moved, wrong_day, wrong_end
from craffu.orders.life.standing import as_rules_have_it, happened_at, leaves
from craffu.orders.life.states import CORRECT_END, NONE, OrderStatus
from craffu.orders.models import Order, OrderMove, OrderProtects, OrderTerms, ServiceAttempt
from craffu.orders.papers.rules import pack_lacks
from craffu.orders.permissions import check_is_named, right_for
from craffu.orders.queries import (
    as_pack,
    find_order,
    is_known,
    is_locked,
    protected_by,
    story_of_order,
    words_apply_from,
)
from craffu.orders.scanning.policies import check_pack_may_go, check_protects_by_now
from craffu.orders.scanning.queries import pack_stands
from craffu.orders.serving.policies import check_way_of_serving
from craffu.orders.telling.actions import tell_protected
from craffu.orders.terms.actions import keep_terms
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell
from craffu.people.models import SourceRecord

# What is logged of a move after which the status is what it was.
_STAYS: Final[dict[str, EventKind]] = {
    "attempt_service": events.ORDER_SERVICE_ATTEMPTED,
    "serve": events.ORDER_SERVED_LATER,
    "vary": events.ORDER_VARIED,
    "renew": events.ORDER_RENEWED,
    "defer": events.ORDER_DEFERRED,
    CORRECT_END: events.ORDER_END_CORRECTED,
}
# What somebody here opens or applies for: only where the law of the kind is in force. What a court made is always recorded.
OPENED_HERE: Final = frozenset({"open_consideration", "lodge_interim"})
# Why a version of the terms was kept, by the move that brought it.
_TERMS: Final[dict[str, str]] = {"vary": "varied", "renew": "renewed", "ask_prosecutor": "drafted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What an order is that has no record yet: of which kind, against whom, in which case, and after which main application."""

    kind: str
    respondent: SourceRecord
    case: Case | None = None
    main: Order | None = None
    is_interim: bool = False
    protects: Sequence[SourceRecord] = ()


def lock_orders(by: Acting, reference: str) -> None:
    lock_until_commit("order", by.force.code, reference)


def lock_court_number(by: Acting, court_case_no: str) -> None:
    """Whoever enters an order of a court's number waits for whoever enters another of it: one order has one record (ORD-19)."""
    lock_until_commit("orders of number", by.force.code, court_number(court_case_no))


@action
def begin_order(
    *,
    by: Acting,
    beginning: Beginning,
    move: str,
    given: Given,
    seen: int | None = None,
    source: str = "",
    source_key: str = "",
    now: datetime | None = None,
) -> Order:
    """An order's first record: considered, received, imposed, or an interim one lodged after its main application.

    The same word of the same source begins one order, however often it comes. `seen` is the number of moves of the main
    application that whoever lodges after it had before them. Raises as `move_order` does.
    """
    at = now or clock.now()
    check_is_named(by)
    if beginning.main is not None:
        beginning = replace(beginning, main=_main_as_seen(by, beginning.main.reference, seen))
    if source_key:
        lock_until_commit("orders of", by.force.code, source)
        rows = OrderMove.objects.for_user(by).filter(source=source, source_key=source_key, move=move)
        if (known := rows.select_related("order").first()) is not None:
            held: Order = known.order
            return held
    stands = kinds_now(by, [beginning.kind])[beginning.kind]
    kind = stands.kind
    if move in OPENED_HERE:
        check_is_offered(stands.available(by.force.name_en, day_of(at)))
    order = Order(
        force=by.force, reference="", kind=kind.code, kind_version=stands.number, is_interim=beginning.is_interim,
        case=beginning.case, respondent=beginning.respondent, main=beginning.main, status=NONE, moves_made=0, known_from=at,
    )  # fmt: skip
    to, right = _judged(by, order, kind, move, given, at)
    order.reference = next_reference(kind="order", prefix="O")
    order.status, order.moves_made = to, 1
    for name, value in leaves(move, given, happened_at(move, given, at), ended_at=None).items():
        setattr(order, name, value)
    kept: Order = Order.objects.create(**{
        field.attname: getattr(order, field.attname) for field in Order._meta.concrete_fields if field.name != "id"
    })  # fmt: skip
    _keep(by, kept, "", move, right, given, source, source_key, at)
    for record in beginning.protects:
        OrderProtects.objects.create(force=by.force, order=kept, record=record, by=by.user, known_from=at)
    tell_protected(by, [kept.pk], at)
    return kept


def _main_as_seen(by: Acting, reference: str, seen: int | None) -> Order:
    """Whoever decides on the main application and whoever lodges after it wait for one another."""
    lock_orders(by, reference)
    main = check_is_there(find_order(by, reference))
    check_is_as_seen(seen, main.moves_made)
    return main


@action
def move_order(
    *,
    by: Acting,
    order: str,
    move: str,
    given: Given,
    seen: int | None = None,
    seen_terms: int | None = None,
    source: str = "",
    source_key: str = "",
    now: datetime | None = None,
) -> Order:
    """One move of one order. `seen` is the number of moves that whoever moves it had before them, `seen_terms` the number of
    versions of its words, where the move brings others.

    Raises NotPermitted where there is no such order for them or the move is somebody else's, Conflict where it was moved
    meanwhile, and NotNow with the reason of Annex B where the move cannot be made; nothing is changed then.
    """
    at = now or clock.now()
    check_is_named(by)
    lock_orders(by, order)
    found = check_is_there(find_order(by, order))
    check_is_as_seen(seen, found.moves_made)
    if seen_terms is not None:
        check_is_as_seen(seen_terms, OrderTerms.objects.for_user(by).filter(order=found).count())
    kind = kind_of(found.kind)
    to, right = _judged(by, found, kind, move, given, at)
    before = found.status
    changed: dict[str, Any] = leaves(move, given, happened_at(move, given, at), ended_at=found.ended_at)
    rows = Order.objects.for_user(by).filter(pk=found.pk, moves_made=found.moves_made, status=before)
    if rows.update(status=to, moves_made=found.moves_made + 1, **changed) != 1:
        check_is_as_seen(found.moves_made, found.moves_made + 1)
    moved_order = check_is_there(find_order(by, order))
    _keep(by, moved_order, before, move, right, given, source, source_key, at)
    tell_protected(by, [moved_order.pk], at)
    return moved_order


def _judged(by: Acting, order: Order, kind: Kind, move: str, given: Given, at: datetime) -> tuple[str, str]:
    """The status that a move leads to, and by which right it is made. Raises where the rules refuse it."""
    right = right_for(by, move)
    check_can_be_meant(*days_of(given))
    rank = rank_of(by.user) if by.user else None
    has_pack = move == "request_authorisation" and not lacks_of_pack(by, order, kind)
    rules_given = as_rules_have_it(given, has_whole_pack=has_pack, has_main=order.main is not None)
    around = _around(by, order, kind, move, given, at)
    judged = moved(kind, order.status, move, Actor(by.actor.name, right, rank), rules_given, around)
    check_moved(judged)
    if move == "serve":
        check_way_of_serving(given.method, is_court_directed=given.court_directed_method)
        check_protects_by_now(protects_somebody=bool(protected_by(by, order)))
        check_pack_may_go(pack_stands(by, order))
    happened = happened_at(move, given, at)
    check_happened_by_now(happened, at)
    check_days(_wrong_day(by, order, move, given, happened) or _wrong_end(order, move, given, happened))
    return judged.to, right


def _wrong_day(by: Acting, order: Order, move: str, given: Given, happened: datetime) -> str | None:
    worded_from = words_apply_from(by, order) if move == "vary" else None
    days = (None if one is None else day_of(one) for one in (order.made_at, worded_from, given.takes_effect_at))
    return wrong_day(move, day_of(happened), *days)


def _wrong_end(order: Order, move: str, given: Given, happened: datetime) -> str | None:
    if move == CORRECT_END:
        begins = day_of(max(one for one in (order.made_at, order.takes_effect_at) if one is not None))
    else:
        begins = day_of(max(happened, given.takes_effect_at or happened))
    last_day = given.new_last_day if move == "renew" else given.last_day
    return wrong_end(
        move, begins, last_day, order.last_day, is_indefinite=given.is_indefinite, had_no_end=bool(order.is_indefinite)
    )


def lacks_of_pack(by: Acting, order: Order, kind: Kind) -> list[str]:
    """What the application pack lacks before authorisation can be asked for (ORD-06, ORD-14)."""
    risk = case_risk(by, order.case).last if order.case else None
    story = story_of_order(by, order)
    pack = as_pack(story, kind.applying.limbs, risk.grade if risk and risk.grade else "")
    answered = [one.about for one in story.pack if one.words.strip()]
    return [*pack_lacks(kind, pack), *lacks_of_terms(kind, story), *lacks_of_answers(kind, answered)]


def _around(by: Acting, order: Order, kind: Kind, move: str, given: Given, at: datetime) -> Around:
    asked = _made_by(by, order, "request_authorisation")
    decided = _made_by(by, order, "decide_apply")
    section = given.reason_code.removeprefix("section_") if kind.code == "OCC" else ""
    return Around(
        risk=_risk(by, order, at) if move.startswith("decide") or move == "defer" else None,
        requested_by=asked,
        decided_by=decided,
        main_status=order.main.status if order.main else None,
        made_at=order.made_at,
        served_at=given.served_at,
        lodged_on=given.lodged_on,
        last_day=order.last_day,
        now=at,
        is_discharge_locked=move == "discharge" and is_locked(order, happened_at(move, given, at), given.consents),
        is_extended_by_variation=is_extended_by_variation(kind, section),
        is_known_only=is_known(order),
        ran_out_from=_ran_out_from(by, order) if order.status == OrderStatus.EXPIRED else None,
    )


def _risk(by: Acting, order: Order, at: datetime) -> str | None:
    if order.case is None:
        return None
    standing = case_risk(by, order.case).standing(at)
    return standing.grade.value if standing.grade else None


def _made_by(by: Acting, order: Order, move: str) -> str | None:
    """Who made a move of this order last, by username."""
    if order.pk is None:
        return None
    rows = OrderMove.objects.for_user(by).filter(order=order, move=move).select_related("by").order_by("-number")
    last = rows.first()
    maker: User | None = last.by if last else None
    return maker.username if maker else None


def _ran_out_from(by: Acting, order: Order) -> str | None:
    """How an order stood when the clock ended it last."""
    rows = OrderMove.objects.for_user(by).filter(order=order, to_status=OrderStatus.EXPIRED).order_by("-number")
    stood: str | None = rows.values_list("from_status", flat=True).first()
    return stood


def _keep(
    by: Acting,
    order: Order,
    before: str,
    move: str,
    right: str,
    given: Given,
    source: str,
    source_key: str,
    at: datetime,
) -> None:
    """The move itself, what came with it, the log and the news, all in the transaction of the move."""
    happened = happened_at(move, given, at)
    OrderMove.objects.create(
        force=by.force, order=order, number=order.moves_made, move=move, from_status=before, to_status=order.status,
        happened_at=happened, known_from=at, by=by.user, by_right=right, reason_code=given.reason_code,
        words=given.reason_text.strip(), said=given.said(), source=source, source_key=source_key,
    )  # fmt: skip
    if move == "renew" and not (given.terms and given.terms.conditions):
        given = replace(given, terms=_as_they_stand(by, order))
    if given.terms is not None and given.terms.conditions:
        why = _TERMS.get(move, "made")
        keep_terms(
            by=by,
            order=order,
            given=given.terms,
            why=why,
            applies_from=None if why == "drafted" else _applies_from(by, order, why, happened),
            entered_by=given.terms.entered_by,
            now=at,
        )
    if move in {"attempt_service", "serve"}:
        ServiceAttempt.objects.create(
            force=by.force, order=order, attempted_at=happened, result="served" if move == "serve" else given.result,
            place=given.place, method=given.method, server=given.server.strip(), proof=given.proof.strip(), by=by.user,
            known_from=at,
        )  # fmt: skip
    stays = move in _STAYS and (order.status == before or move == CORRECT_END)
    kind = _STAYS[move] if stays else ORDER_EVENTS[OrderStatus(order.status)]
    tell(force=by.force.code, topic=ORDERS, subjects=[order.pk], at=at)
    audit.record(kind=kind, actor=by.actor, refs=refs_of(order), request=by.request, now=at)


def _applies_from(by: Acting, order: Order, why: str, happened: datetime) -> datetime:
    """From when a version applies: words that follow others never before them, whatever its day began with (ORD-15)."""
    before = words_apply_from(by, order) if why != "made" else None
    return happened if before is None else max(happened, before)


def _as_they_stand(by: Acting, order: Order) -> NewTerms | None:
    """The words that a renewal goes on with, as a version of their own: it is compared and entered elsewhere anew (ORD-15)."""
    was = story_of_order(by, order).standing
    if was is None:
        return None
    conditions = tuple(as_given(one) for one in was.conditions.all())
    return NewTerms(conditions, was.language, was.locality, was.has_no_locality)


def refs_of(order: Order) -> list[str]:
    """What the log names of an order: itself, and its case where it has one."""
    return [f"order/{order.reference}", *([f"case/{order.case.reference}"] if order.case else [])]

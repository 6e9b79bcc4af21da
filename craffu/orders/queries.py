"""Orders as their readers may see them: found by reference, listed, and each with its moves, words, papers and service."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max, Model, Prefetch, QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.later import Later, together
from craffu.access.reach.queries import shut_to
from craffu.clocks.counted_days import Away
from craffu.clocks.london import day_of
from craffu.common.ahead import give
from craffu.common.once import once
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.clocks.hearings import HEARD_AFTER
from craffu.orders.clocks.locks import discharge_lock
from craffu.orders.effect.rules import Happened
from craffu.orders.entering.rules import Entry, standing_entry
from craffu.orders.life.rules import is_known_only
from craffu.orders.life.states import LIVE
from craffu.orders.models import (
    ChecksSuspended,
    Condition,
    NationalEntry,
    Order,
    OrderMove,
    OrderNoted,
    OrderOwned,
    OrderPaper,
    OrderProtects,
    OrderTerms,
    PackSaid,
    ServiceAttempt,
    TermsCompared,
)
from craffu.orders.models.terms import DRAFTED
from craffu.orders.papers.rules import Pack, PackTerm
from craffu.orders.protecting.queries import records_protected
from craffu.orders.terms.rules import Checked, Comparison, check_terms
from craffu.people.queries import find_person, members, records_of


def find_order(by: Acting, reference: str) -> Order | None:
    """The order with this reference; None where there is none for this reader. One query."""
    return next(iter(_called(by, reference)), None)


@prepared
def _called(by: Acting, reference: str) -> QuerySet[Order]:
    rows: QuerySet[Order] = Order.objects.for_user(by).filter(reference=reference).select_related("case", "main")
    return rows


def case_it_is_shut_with(by: Acting, reference: str) -> str:
    """The case with which an order is shut to the reader, its reference alone; empty where there is none they may know of.

    No query for whoever sees everything, two at most.
    """
    if by.sees_all:
        return ""
    rows = Order.objects.for_user(by.joining()).filter(reference=reference, case__isnull=False)
    case = rows.values_list("case__reference", flat=True).first()
    named = {case} if case else set()
    return next(iter(shut_to(by, "case", named) - by.hidden.get("case", frozenset())), "")


def orders_page(by: Acting) -> QuerySet[Order]:
    """Every order open to the reader, the newest first."""
    rows: QuerySet[Order] = Order.objects.for_user(by).select_related("case").order_by("-id")
    return rows


def orders_number(by: Acting) -> int:
    return Order.objects.number_for(by)


def orders_of_records(by: Acting, records: Collection[int]) -> list[Order]:
    """The orders against whoever these source records are, the newest first. One query."""
    return _orders_of(by, tuple(sorted(records)))


@prepared
def _orders_of(by: Acting, records: tuple[int, ...]) -> QuerySet[Order]:
    rows: QuerySet[Order] = Order.objects.for_user(by).filter(respondent__in=records)
    return rows.select_related("case").order_by("-id")


def live_orders_binding(by: Acting, records: Collection[int]) -> dict[int, int]:
    """How many orders that stand bind each of these source records. One query."""
    live = Order.objects.for_user(by).filter(status__in=LIVE, respondent__one_of=frozenset(records)).order_by()
    return dict(Counter(live.values_list("respondent_id", flat=True)))


def live_orders_of(by: Acting, people: Collection[int]) -> dict[int, list[Order]]:
    """The orders that stand against each of these people, by the person's row number, the newest first. Two queries."""
    whose = dict(members(by).filter(person__one_of=frozenset(people)).order_by().values_list("record_id", "person_id"))
    rows = Order.objects.for_user(by).filter(status__in=LIVE, respondent__one_of=frozenset(whose)).order_by("-id")
    found: dict[int, list[Order]] = {}
    for one in rows if whose else ():
        found.setdefault(whose[one.respondent_id], []).append(one)
    return found


def live_orders_on(by: Acting, records: Collection[int]) -> dict[int, int]:
    """How many orders that stand bind or protect each of these source records; none is left out of the answer. Two queries."""
    among = frozenset(records)
    live = Order.objects.for_user(by).filter(status__in=LIVE, respondent__one_of=among).order_by()
    found = Counter(live.values_list("respondent_id", flat=True))
    rows = OrderProtects.objects.for_user(by).filter(order__status__in=LIVE, record__one_of=among).order_by("id")
    last = {
        (order, record): protects for order, record, protects in rows.values_list("order_id", "record_id", "protects")
    }
    found.update(record for (_, record), protects in last.items() if protects)
    return dict(found)


def records_of_orders(by: Acting, orders: Collection[int]) -> set[int]:
    """The source records whom these orders bind, or were ever said to protect, by row number. Two queries."""
    among = frozenset(orders)
    bound = Order.objects.for_user(by).filter(pk__one_of=among).order_by().values_list("respondent_id", flat=True)
    named = (
        OrderProtects.objects.for_user(by).filter(order__one_of=among).order_by().values_list("record_id", flat=True)
    )
    return {*bound, *named}


@prepared
def orders_of_case(by: Acting, case: int) -> QuerySet[Order]:
    """The orders of a case, in the order in which they were begun. One query."""
    rows: QuerySet[Order] = Order.objects.for_user(by).filter(case=case)
    return rows.order_by("id")


def versions_number(by: Acting, order: Order) -> int:
    """How many versions there are of an order's words: a draft is made from the last of so many (T30). One query."""
    number: int = OrderTerms.objects.for_user(by).filter(order=order).count()
    return number


def words_apply_from(by: Acting, order: Order) -> datetime | None:
    """From when the words apply that a court made last; None before the first. One query."""
    versions = OrderTerms.objects.for_user(by).filter(order=order).exclude(why=DRAFTED)
    last: datetime | None = versions.aggregate(last=Max("applies_from"))["last"]
    return last


def interims_of(by: Acting, order: Order) -> list[Order]:
    """The interim orders of an application, in the order in which they were lodged. One query."""
    return list(Order.objects.for_user(by).filter(main=order).order_by("id"))


def applications_after(by: Acting, notices: Collection[Order]) -> dict[int, list[Order]]:
    """What may have followed each of these notices, by its row number: of its case, against its respondent. One query at most."""
    given = [one for one in notices if one.kind in HEARD_AFTER]
    cases = sorted({one.case_id for one in given if one.case_id is not None})
    if not cases:
        return {}
    after = Order.objects.for_user(by).filter(case__in=cases, kind__in=sorted(HEARD_AFTER.values()))
    rows = after.select_related("case").order_by("id")
    found: dict[tuple[int | None, int, str], list[Order]] = {}
    for row in rows:
        found.setdefault((row.case_id, row.respondent_id, row.kind), []).append(row)
    asked = {one.pk: (one.case_id, one.respondent_id, HEARD_AFTER[one.kind]) for one in given}
    return {number: found[whose] for number, whose in asked.items() if whose in found}


class Followed(NamedTuple):
    """An order that may have followed a notice, and its moves, as far as they are known."""

    order: Order
    moves: Sequence[OrderMove]


def followed_after(by: Acting, notice: Order) -> list[Followed]:
    """What may have followed a notice, with its moves. Two queries at most."""
    orders = applications_after(by, [notice]).get(notice.pk, [])
    if not orders:
        return []
    moves = _of_each(OrderMove.objects.for_user(by).filter(order__in=[one.pk for one in orders]).order_by("number"))
    return [Followed(one, moves.get(one.pk, ())) for one in orders]


def notices_before(by: Acting, orders: Collection[int]) -> set[int]:
    """The notices that any of these orders, by row number, may have followed. Two queries at most."""
    rows = Order.objects.for_user(by).order_by()
    after = rows.filter(pk__in=sorted(orders), kind__in=sorted(HEARD_AFTER.values()), case__isnull=False)
    followed = set(after.values_list("case_id", "respondent_id", "kind"))
    if not followed:
        return set()
    notices = rows.filter(
        case__in=sorted({case for case, _respondent, _kind in followed}), kind__in=sorted(HEARD_AFTER)
    )
    return {
        number
        for number, case, respondent, kind in notices.values_list("pk", "case_id", "respondent_id", "kind")
        if (case, respondent, HEARD_AFTER[kind]) in followed
    }


@dataclass(frozen=True, slots=True)
class OrderStory:
    """Everything recorded of one order, each in the order in which it was recorded."""

    order: Order
    moves: tuple[OrderMove, ...]
    terms: tuple[OrderTerms, ...]
    papers: tuple[OrderPaper, ...]
    attempts: tuple[ServiceAttempt, ...]
    protects: tuple[OrderProtects, ...]
    owned: tuple[OrderOwned, ...]
    pack: tuple[PackSaid, ...]
    noted: tuple[OrderNoted, ...] = ()
    entries: tuple[NationalEntry, ...] = ()
    suspended: tuple[ChecksSuspended, ...] = ()

    @property
    def protected(self) -> list[int]:
        """The records of those whom it protects, in the order in which they were said."""
        return records_protected(self.protects)

    @property
    def kind(self) -> Kind:
        return kind_of(self.order.kind)

    @property
    def made(self) -> tuple[OrderTerms, ...]:
        """The versions that a court made, drafts left out."""
        return tuple(one for one in self.terms if one.why != DRAFTED)

    @property
    def standing(self) -> OrderTerms | None:
        """The version that stands: the last made, before there is one the last draft."""
        versions = self.made or self.terms
        return versions[-1] if versions else None

    def standing_for(self, *, is_part: bool) -> OrderTerms | None:
        """The same for whoever sees a part of the order alone: to them a draft is none of its words."""
        return self.standing if self.made or not is_part else None

    @property
    def owner(self) -> OrderOwned | None:
        return self.owned[-1] if self.owned else None

    @property
    def away(self) -> tuple[Away, ...]:
        """The days on which the respondent is not there: of several words on an absence that began on one day the last one."""
        last = {one.first_day: one.last_day for one in self.suspended}
        return tuple(Away(first, until) for first, until in last.items())


def story_of_order(by: Acting, order: Order, known_at: datetime | None = None) -> OrderStory:
    """All of one order as known at an instant. Twelve queries, however much there is; no paper's content is read."""
    return stories_of_orders(by, [order], known_at)[order.pk]


def _of_each[R: Model](rows: Iterable[R]) -> dict[int, tuple[R, ...]]:
    """Rows about orders by the order's row number, in their order."""
    found: dict[int, list[R]] = {}
    for row in rows:
        found.setdefault(row.order_id, []).append(row)  # type: ignore[attr-defined]
    return {number: tuple(several) for number, several in found.items()}


@once
def stories_of_orders(by: Acting, orders: Collection[Order], known_at: datetime | None) -> dict[int, OrderStory]:
    """All of these orders as known at an instant, or as known now, by row number. Twelve queries, however many they are; on
    PostgreSQL asked for in two messages.
    """
    if not orders:
        return {}
    numbers = frozenset(one.pk for one in orders)

    def known(
        model: type[Model], *along: str, ordered: tuple[str, ...] = ("id",), without: tuple[str, ...] = ()
    ) -> Later[list[Any]]:
        return _told_of.later(by, numbers, known_at, model=model, along=along, ordered=ordered, without=without)

    asked = (
        known(OrderMove, "by", ordered=("number",)),
        known(OrderTerms, "entered_by", ordered=("number",)),
        known(OrderPaper, "by", without=("content",)),
        known(ServiceAttempt, "by", ordered=("attempted_at", "id")),
        known(OrderProtects),
        known(OrderOwned, "owner"),
        known(PackSaid, "by"),
        known(OrderNoted, "by"),
        known(NationalEntry, "by"),
        known(ChecksSuspended, "by"),
    )
    together(*asked)
    told = [one.answer for one in asked]
    if versions := told[1]:
        worded = frozenset(one.pk for one in versions)
        conditions, compared = _conditions_of.later(by, worded), _compared_with.later(by, worded, known_at)
        together(conditions, compared)
        give(versions, "conditions", conditions.answer)
        give(versions, "compared", compared.answer)
    of_each = [_of_each(rows) for rows in told]
    return {one.pk: OrderStory(one, *(rows.get(one.pk, ()) for rows in of_each)) for one in orders}


@prepared
def _told_of(
    by: Acting,
    among: frozenset[int],
    known_at: datetime | None,
    *,
    model: type[Any],
    along: tuple[str, ...],
    ordered: tuple[str, ...],
    without: tuple[str, ...],
) -> QuerySet[Any]:
    """What one kind of rows tells of these orders."""
    rows: QuerySet[Any] = model.objects.for_user(by).filter(order__one_of=among)
    rows = rows.select_related(*along) if along else rows
    rows = rows.filter(known_from__lte=known_at) if known_at else rows
    return rows.defer(*without).order_by(*ordered)


@prepared
def _conditions_of(by: Acting, terms: frozenset[int]) -> QuerySet[Condition]:
    rows: QuerySet[Condition] = Condition.objects.for_user(by).filter(terms__one_of=terms)
    return rows.select_related("approved_by").order_by("number")


@prepared
def _compared_with(by: Acting, terms: frozenset[int], known_at: datetime | None) -> QuerySet[TermsCompared]:
    rows: QuerySet[TermsCompared] = TermsCompared.objects.for_user(by).filter(terms__one_of=terms)
    rows = rows.filter(at__lte=known_at) if known_at else rows
    return rows.select_related("by").order_by("id")


def orders_at_a_door(by: Acting, orders: Collection[Order]) -> dict[int, OrderStory]:
    """What somebody reads of these orders who meets the respondent: words, service and whom they protect. Five queries."""
    numbers = frozenset(one.pk for one in orders)
    if not numbers:
        return {}
    conditions = Condition.objects.for_user(by).order_by("number")
    compared = TermsCompared.objects.for_user(by).select_related("by").order_by("id")
    versions = OrderTerms.objects.for_user(by).filter(order__one_of=numbers).exclude(why=DRAFTED)
    versions = versions.select_related("entered_by").order_by("number")
    terms = _of_each(versions.prefetch_related(Prefetch("conditions", conditions), Prefetch("compared", compared)))
    served = ServiceAttempt.objects.for_user(by).filter(order__one_of=numbers).select_related("by")
    attempts = _of_each(served.order_by("attempted_at", "id"))
    protects = _of_each(OrderProtects.objects.for_user(by).filter(order__one_of=numbers).order_by("id"))
    return {
        one.pk: OrderStory(
            one, (), terms.get(one.pk, ()), (), attempts.get(one.pk, ()), protects.get(one.pk, ()), (), ()
        )
        for one in orders
    }


def protected_by(by: Acting, order: Order) -> list[int]:
    """The records of those whom an order protects. One query."""
    return records_protected(OrderProtects.objects.for_user(by).filter(order=order).order_by("id"))


def find_paper(by: Acting, order: Order, number: int) -> OrderPaper | None:
    """One paper of an order, with its content."""
    paper: OrderPaper | None = OrderPaper.objects.for_user(by).filter(order=order, pk=number).first()
    return paper


def as_happened(order: Order) -> Happened:
    """What the rules of effect ask of an order."""
    return Happened(
        made_at=order.made_at,
        takes_effect_at=order.takes_effect_at,
        served_at=order.served_at,
        aware_at=order.aware_at,
        last_day=order.last_day,
        ended_at=order.ended_at,
        made_without_notice=order.is_without_notice,
    )


def is_known(order: Order) -> bool:
    """Whether it is in force because the respondent is proven to know of it, and not served."""
    return is_known_only(order.status, is_served=order.served_at is not None, is_aware=order.aware_at is not None)


def entry_standing(story: OrderStory, system: str) -> NationalEntry | None:
    """The entry in another system that was made from the words that stand; None where there is none (ORD-18)."""
    number = story.made[-1].number if story.made else None
    last = [one for one in story.entries if one.system == system][-1:]
    entry = standing_entry([Entry(one.system, one.entered_on, one.terms_number) for one in last], system, number)
    return last[0] if entry else None


def checked(story: OrderStory) -> Checked | None:
    """Whether somebody else has held the standing terms against the sealed order; None while nothing was typed (ORD-20)."""
    return checked_terms(story.standing)


def found_same(terms: OrderTerms, at: datetime | None = None) -> list[TermsCompared]:
    """Who found the words the same since anybody last found that they differ, as known at an instant (ORD-20).

    Words that differ are not those of the order, whoever found them the same before.
    """
    rows = sorted((one for one in terms.compared.all() if at is None or one.at <= at), key=lambda one: (one.at, one.pk))
    differed = max((place for place, one in enumerate(rows) if not one.is_same), default=-1)
    return rows[differed + 1 :]


def found_to_differ(terms: OrderTerms | None, at: datetime | None = None) -> list[TermsCompared]:
    """Where the words were found to differ since anybody last found them the same, as known at an instant (ORD-20).

    That a later image came says only that they are held against it anew: nobody has found a difference.
    """
    rows = terms.compared.all() if terms is not None else ()
    known = sorted((one for one in rows if at is None or one.at <= at), key=lambda one: (one.at, one.pk))
    same = max((place for place, one in enumerate(known) if one.is_same), default=-1)
    return [one for one in known[same + 1 :] if one.differs]


def checked_terms(terms: OrderTerms | None) -> Checked | None:
    if terms is None:
        return None
    held = [Comparison(terms.number, one.by.username, str(one.paper_id)) for one in found_same(terms)]
    return check_terms(terms.number, terms.entered_by.username if terms.entered_by else None, held)


def as_pack(story: OrderStory, limbs: Iterable[str], risk_assessment: str) -> Pack:
    """The application pack as far as it has come."""
    said = {one.about: one.words for one in story.pack}
    standing = story.standing
    drafted = list(standing.conditions.all()) if standing else []
    return Pack(
        limbs_with_evidence=[limb for limb in limbs if said.get(limb, "").strip()],
        terms=[PackTerm(one.necessity, [one.behaviour]) for one in drafted],
        victim_view=said.get("victim_view", ""),
        victim_view_absent_reason=said.get("victim_view_absent", ""),
        risk_assessment=risk_assessment,
    )


def is_locked(order: Order, on: datetime, consents: Collection[str]) -> bool:
    """Whether the lock of ORD-16 stands in the way of a discharge at an instant."""
    if order.made_at is None or order.is_interim:
        return False
    lock = discharge_lock(order.kind, day_of(order.made_at), day_of(on), concerned=["chief_officer"], consents=consents)
    return not lock.allowed


def live_orders_against(by: Acting, person: str) -> list[Order]:
    """The orders made and not ended against the person of this reference, the newest first. Three queries."""
    found = find_person(by, person)
    orders = orders_of_records(by, records_of(by, found)) if found else []
    return [order for order in orders if order.status in LIVE]

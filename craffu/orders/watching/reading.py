"""How orders stood from one instant to the next, worked out anew from everything recorded of each: never from its row alone.

A question about a past instant is answered as it was then, whatever came later (X10).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.clocks.london import day_of, start_of
from craffu.common.once import once
from craffu.orders.clocks.hearings import HEARD_AFTER, Came, Heard
from craffu.orders.clocks.notifications import WITH_DUTY, Bound, Interim, OtherDuty, initial_notification
from craffu.orders.clocks.of_order import Answered
from craffu.orders.entering.rules import NATIONAL
from craffu.orders.life.states import LIVE, OrderStatus
from craffu.orders.life.then import as_moved
from craffu.orders.models import Order, OrderMove
from craffu.orders.noting.facts import Noted
from craffu.orders.papers.card import Respondent, lacks_of_card
from craffu.orders.queries import (
    Followed,
    OrderStory,
    applications_after,
    entry_standing,
    found_same,
    found_to_differ,
    stories_of_orders,
)
from craffu.orders.reviewing.queries import Reviewed, decisions_of, reviews_in
from craffu.orders.reviewing.timing import end_decided_on
from craffu.orders.watching.stood import AT_COURT, DECIDED, Stood

# What the sources say of a respondent is no work of whoever looks after the order; who manages it, when it is next reviewed
# (which follows from its service), whom it protects, whether national systems hold it, and its service are asked for apart.
_NOT_OF_THE_CARD: Final = frozenset(
    {
        "respondent_name", "respondent_dob", "respondent_identifier", "owner", "next_review_on", "national_system_recorded",
        "protected_person_ref", "served_at", "service_method", "service_proof",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Watch:
    """An order with everything recorded of it, its reviews, and how it stood from each instant on."""

    story: OrderStory
    history: list[Stood]
    reviews: Sequence[Reviewed] = ()


@once
def watched_with_stories(by: Acting, orders: Collection[int], now: datetime) -> dict[int, Watch]:
    """Each of these orders with how it stood from each instant on, as known now. Eighteen queries at most, however many."""
    rows = _known_orders(by, frozenset(orders), now)
    mains = {one.main_id for one in rows if one.main_id is not None}
    beside = _known_beside(by, frozenset(one.pk for one in rows) | mains, now) if rows else []
    known = {one.pk: one for one in rows}
    known |= {one.pk: one for one in beside}
    applications = applications_after(by, rows)
    known |= {one.pk: one for several in applications.values() for one in several if one.known_from <= now}
    if further := mains - known.keys():
        known |= {one.pk: one for one in Order.objects.for_user(by).filter(pk__in=sorted(further))}
    stories = stories_of_orders(by, list(known.values()), now)
    reviews = reviews_in(by, [one.pk for one in rows], now) if rows else {}
    interims: dict[int, list[OrderStory]] = {}
    for story in stories.values():
        if story.order.main_id is not None:
            interims.setdefault(story.order.main_id, []).append(story)
    return {
        one.pk: Watch(
            stories[one.pk],
            history(
                stories[one.pk],
                stories.get(one.main_id or 0),
                interims.get(one.pk, ()),
                [each for each in interims.get(one.main_id or 0, ()) if each.order.pk > one.pk and each.moves],
                reviews.get(one.pk, ()),
                [stories[each.pk] for each in applications.get(one.pk, ()) if each.pk in stories],
            ),
            reviews.get(one.pk, ()),
        )
        for one in rows
    }


@prepared
def _known_orders(by: Acting, orders: frozenset[int], now: datetime) -> QuerySet[Order]:
    rows: QuerySet[Order] = Order.objects.for_user(by).filter(pk__one_of=orders, known_from__lte=now)
    return rows.select_related("case")


@prepared
def _known_beside(by: Acting, mains: frozenset[int], now: datetime) -> QuerySet[Order]:
    """The interim orders of these."""
    rows: QuerySet[Order] = Order.objects.for_user(by).filter(main__few_of=mains, known_from__lte=now)
    return rows


def history(
    story: OrderStory,
    main: OrderStory | None,
    interims: Iterable[OrderStory],
    following: Sequence[OrderStory] = (),
    reviews: Sequence[Reviewed] = (),
    applications: Sequence[OrderStory] = (),
) -> list[Stood]:
    """How an order stood from each instant on at which something became known of it, or of what it hangs together with.

    `following` are the later interim orders of the application that it follows itself; `applications` what may have followed it,
    where it is a notice.
    """
    beside = list(interims)
    instants = {
        at
        for one in (story, main, *beside, *following, *applications)
        if one is not None
        for at in (_instants(one) if one is story else _moved(one))
    }
    instants |= {one.completed_at for one in reviews if one.completed_at is not None}
    first = story.moves[0].known_from if story.moves else None
    return [
        _stood(story, main, beside, following, reviews, applications, at)
        for at in sorted(instants)
        if first is not None and at >= first
    ]


def _moved(story: OrderStory) -> set[datetime]:
    return {one.known_from for one in story.moves}


def _instants(story: OrderStory) -> set[datetime]:
    rows: Iterable[Any] = (
        *story.moves, *story.terms, *story.owned, *story.protects, *story.attempts, *story.noted, *story.entries,
        *story.suspended,
    )  # fmt: skip
    return {one.known_from for one in rows} | {one.at for terms in story.terms for one in terms.compared.all()}


def as_known(story: OrderStory, at: datetime) -> OrderStory:
    """The same order as it was known at an instant, its own row too."""

    def known[R](rows: Sequence[R]) -> tuple[R, ...]:
        return tuple(one for one in rows if one.known_from <= at)  # type: ignore[attr-defined]

    moves = known(story.moves)
    return OrderStory(
        as_moved(story.order, moves), moves, known(story.terms), known(story.papers), known(story.attempts),
        known(story.protects), known(story.owned), known(story.pack), known(story.noted),
        known(story.entries), known(story.suspended),
    )  # fmt: skip


def row_before(story: OrderStory, number: int) -> Order:
    """The order's own row as it stood before the move of that number."""
    return as_moved(story.order, [one for one in story.moves if one.number < number])


MAKES: Final = frozenset({"grant", "grant_on_appeal", "receive", "issue", "impose"})


def _stood(
    story: OrderStory,
    main: OrderStory | None,
    interims: Iterable[OrderStory],
    following: Iterable[OrderStory],
    reviews: Iterable[Reviewed],
    applications: Iterable[OrderStory],
    at: datetime,
) -> Stood:
    known = as_known(story, at)
    order = known.order
    came = [Followed(each.order, each.moves) for each in (as_known(one, at) for one in applications)]
    last: Mapping[str, OrderMove] = {one.move: one for one in known.moves}
    made = [one.number for one in known.moves if one.move in MAKES]
    decided = last.get("decide_apply")
    terms = known.standing if known.made else None
    reviewed = [one for one in reviews if one.completed_at is not None and one.completed_at <= at]
    return Stood(
        since=at,
        status=order.status,
        moves=order.moves_made,
        decided=decided.number if decided else 0,
        decided_on=day_of(decided.happened_at) if decided else None,
        asked=last["request_authorisation"].number if "request_authorisation" in last else 0,
        made=made[-1] if made else 0,
        made_at=order.made_at,
        served_at=order.served_at,
        aware_at=order.aware_at,
        last_day=order.last_day,
        is_indefinite=bool(order.is_indefinite),
        is_interim=order.is_interim,
        applied_on=order.applied_on,
        next_hearing_on=order.next_hearing_on,
        adjourned_on=order.adjourned_on,
        main_hearing_on=_hearing_of(main, at) if main else None,
        is_main_decided=_is_main_decided(main, at) or _is_determined(order, came),
        is_heard=_heard(order, came) is not None,
        is_followed=any(one.moves[0].known_from <= at and as_known(one, at).order.status in LIVE for one in following),
        replaced=_replaced(order, interims, at),
        made_way=main is not None and _made_way(as_known(main, at).order, order),
        owner=known.owner.owner_id if known.owner else None,
        terms=terms.number if terms else 0,
        is_compared=terms is not None and any(one.by_id != terms.entered_by_id for one in found_same(terms, at)),
        differs=bool(found_to_differ(terms, at)),
        is_entered=entry_standing(known, NATIONAL) is not None,
        card_lacks=len([one for one in lacks_of_card(known, Respondent()) if one not in _NOT_OF_THE_CARD]),
        notified_at=_notified_at(known),
        soa_part_2=_soa_part_2(known),
        under_spa_9=_is_under_spa_9(known),
        away=known.away,
        protects=len(known.protected),
        has_terms=_has_terms(known),
        reviewed=len(reviewed),
        is_end_decided=end_decided_on(order.last_day, decisions_of(order, reviewed, known.noted)) is not None,
    )


def answered(story: OrderStory, interims: Iterable[Order], followed: Iterable[Followed] = ()) -> Answered:
    """What the clocks of an order that was made ask for, as its records have it; no query. `interims` are those of the order.

    `followed` is what may have followed a notice.
    """
    order, protected = story.order, set(story.protected)
    replaced = Interim() if any(_made_way(order, one) for one in interims) else None
    asks = order.kind in WITH_DUTY and order.made_at is not None
    bound = Bound(
        order.kind, order.made_at, order.served_at, replaced, _soa_part_2(story), under_spa_9=_is_under_spa_9(story),
        away=story.away,
    )  # fmt: skip
    given = _terms_given(story)
    has_all = bool(protected) and protected <= given.keys()
    return Answered(
        notification=initial_notification(bound) if asks else None,
        notified_at=_notified_at(story),
        has_terms_at=max(given[one] for one in protected) if has_all else None,
        protects_nobody=not protected,
        heard=_heard(order, followed),
        away=story.away,
    )


_CAME: Final = {"adjourn": Came.ADJOURNED, "refuse": Came.REFUSED}


# The moves that come of a hearing.
_HEARS: Final = frozenset({"adjourn", "grant", "receive", "refuse"})


def _given_on(notice: Order) -> date | None:
    """The day from which the hours of a notice count (CLK-07)."""
    at = notice.served_at if notice.kind == "DVPN" else notice.made_at
    return day_of(at) if at is not None and notice.kind in HEARD_AFTER else None


def _hearings(notice: Order, followed: Iterable[Followed]) -> Iterator[OrderMove]:
    """The moves by which courts heard what followed a notice, since it was given.

    What may also be made without a notice did follow it only where it was applied for.
    """
    given_on = _given_on(notice)
    if given_on is None:
        return
    for order, moves in followed:
        for one in moves:
            on = day_of(one.happened_at)
            applied_on = order.applied_on or (on if order.kind == "DVPO" else date.min)
            if one.move in _HEARS and min(on, applied_on) >= given_on:
                yield one


def _heard(notice: Order, followed: Iterable[Followed]) -> Heard | None:
    """The first hearing recorded since a notice was given, of an application that followed it (CLK-07)."""
    found = sorted(_hearings(notice, followed), key=lambda move: (move.happened_at, move.pk))
    if not found:
        return None
    first, on = found[0], day_of(found[0].happened_at)
    # A day alone stands as its first instant.
    at = None if first.happened_at == start_of(on) else first.happened_at
    return Heard(on, _CAME.get(first.move, Came.MADE), at)


def _is_determined(notice: Order, followed: Sequence[Followed]) -> bool:
    """Whether everything that followed a notice is decided, or withdrawn; an adjournment leaves it in force (CLK-07)."""
    given_on = _given_on(notice)
    if given_on is None:
        return False
    heard = {one.order_id for one in _hearings(notice, followed)}
    since = [one for one in followed if one.order.pk in heard or (one.order.applied_on or date.min) >= given_on]
    return bool(since) and all(_is_decided(one.moves) for one in since)


def _notified_at(known: OrderStory) -> datetime | None:
    return next((one.at for one in known.noted if one.what == Noted.NOTIFIED), None)


def _is_under_spa_9(known: OrderStory) -> bool:
    return _last_noted(known, Noted.SPA_9, Noted.SPA_9_ENDED) == Noted.SPA_9


def _last_noted(known: OrderStory, *what: Noted) -> str:
    """Which of these was noted last, by when it was so."""
    found = sorted((one for one in known.noted if one.what in what), key=lambda one: (one.at, one.pk))
    return found[-1].what if found else ""


def _soa_part_2(known: OrderStory) -> OtherDuty | None:
    last = _last_noted(known, Noted.SOA_PART_2, Noted.SOA_PART_2_ENDED)
    if not last:
        return None
    ended = [day_of(one.at) for one in known.noted if one.what == Noted.SOA_PART_2_ENDED]
    return OtherDuty(max(ended) if last == Noted.SOA_PART_2_ENDED else None)


def _has_terms(known: OrderStory) -> int:
    return len(_terms_given(known).keys() & set(known.protected))


def _terms_given(known: OrderStory) -> dict[int, datetime]:
    """When each first had them since it bound the respondent first: by service, or by what they are proven to know."""
    bound = min((at for at in (known.order.served_at, known.order.aware_at) if at is not None), default=None)
    given: dict[int, datetime] = {}
    for one in known.noted:
        if one.what == Noted.TERMS_GIVEN and one.record_id is not None and bound and one.at >= bound:
            given[one.record_id] = min(one.at, given.get(one.record_id, one.at))
    return given


def _hearing_of(main: OrderStory, at: datetime) -> Any:
    order = as_known(main, at).order
    return order.next_hearing_on if order.status in AT_COURT else None


def _is_main_decided(main: OrderStory | None, at: datetime) -> bool:
    return main is not None and _is_decided(one for one in main.moves if one.known_from <= at)


def _is_decided(moves: Iterable[OrderMove]) -> bool:
    """Whether it was decided since it last came before a court: what is thought about again was decided all the same."""
    reached = [one.to_status for one in moves if one.to_status in AT_COURT | DECIDED]
    return bool(reached) and reached[-1] in DECIDED


def _replaced(full: Order, interims: Iterable[OrderStory], at: datetime) -> Interim | None:
    """Whether an interim order of this one was served by then, so that its clock of notification is not begun again (CLK-05)."""
    served = [known for one in interims if _made_way(full, (known := as_known(one, at)).order)]
    notified = any(one.what == Noted.NOTIFIED for known in served for one in known.noted)
    return Interim(served=True, notified=notified) if served else None


def _made_way(full: Order, interim: Order) -> bool:
    """Whether the full order takes the place of an interim one that was served: not of one that had ended before it was made."""
    if interim.served_at is None or full.made_at is None:
        return False
    if interim.status in LIVE | {OrderStatus.SUPERSEDED}:
        return True
    # It runs out by the clock where nobody recorded that the full order took its place.
    return interim.status == OrderStatus.EXPIRED and interim.ended_at is not None and interim.ended_at > full.made_at

"""An order tells those whom it protects what becomes of it, within the move that does so (VIC-05, VIC-06)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from craffu.access.acting import Acting, acting_system
from craffu.clocks.london import day_or_none
from craffu.common.locks import lock_until_commit
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.facts import given_again
from craffu.orders.life.states import CORRECT_END, LIVE
from craffu.orders.models import OrderMove, OrderTerms
from craffu.orders.noting.facts import TELLS, Noted
from craffu.orders.queries import OrderStory
from craffu.orders.telling.rules import OF_HEARINGS, TOLD_OF_COURTS, AtCourt, MoveMade, Watched, relaxes, tells
from craffu.orders.telling.untold import Event, Said, named_times, untold
from craffu.orders.terms.differing import Worded
from craffu.orders.watching.ending import warns_from, watches
from craffu.orders.watching.reading import Watch, row_before, watched_with_stories
from craffu.orders.watching.stood import Asked
from craffu.victims.happenings.rules import RAISES
from craffu.victims.of_orders.actions import keep_of_orders, orders_untold
from craffu.victims.of_orders.facts import LookedAfter, OrderTold


def tell_protected(by: Acting, orders: Collection[int], now: datetime) -> int:
    """Tell those whom these orders protect what has become of them, as known at an instant. Told again it is kept once.

    Returns how much was kept. It is called within an action: of the move, or of the clock.
    """
    system = acting_system(by.force, by.actor.name)
    told = [order_told(one, now) for one in watched_with_stories(system, orders, now).values()]
    return keep_of_orders(by=by, told=told, now=now)


def tell_what_is_untold(by: Acting, orders: Collection[int], now: datetime) -> None:
    """Tell what time alone has brought, each order under its own lock, so that nobody who moves it meanwhile is crossed."""
    system = acting_system(by.force, by.actor.name)
    found = watched_with_stories(system, orders, now)
    for number in orders_untold(by, [order_told(one, now) for one in found.values()], now):
        lock_until_commit("order", by.force.code, found[number].story.order.reference)
        tell_protected(by, [number], now)


def order_told(one: Watch, now: datetime) -> OrderTold:
    """All that one order tells."""
    order, story = one.story.order, one.story
    kind = kind_of(order.kind)
    watched = [
        Watched(each.key, each.why, each.raised_at, day_or_none(each.facts.get("last_day")))
        for each in watches(kind, one.history, now)
        if each.raised_at <= now
    ]
    last = one.history[-1] if one.history else None
    said = tells(
        kind, [_move(story, each) for each in story.moves], watched, last.last_day if last else None,
        is_live=last is not None and last.status in LIVE, warns_from=warns_from(kind, one.history, now),
        at_court=_at_court(story),
    )  # fmt: skip
    since = {each.record_id: each.known_from for each in story.protects}
    return OrderTold(order.pk, order.case_id, story.protected, since, said)


def untold_of(story: OrderStory, after: Mapping[int, LookedAfter]) -> list[Asked]:
    """What of an order nobody tells by themselves to those whom it protects, `after` how they are looked after (VIC-05)."""
    moves = [_move(story, each) for each in story.moves]
    said = tells(story.kind, moves, [], None, is_live=False, at_court=_at_court(story))
    events = [
        Event(one.key, one.at, one.learnt_at, RAISES[one.kind].safety is not None)
        for one in sorted(said, key=lambda one: one.learnt_at)
        if one.kind not in OF_HEARINGS
    ]
    found = []
    for record in dict.fromkeys(each.record_id for each in story.protects):
        named = named_times((each.known_from, each.protects) for each in story.protects if each.record_id == record)
        noted = [
            Said(each.at, each.known_from) for each in story.noted if each.record_id == record and each.what in TELLS
        ]
        found += untold(record, named, events, after.get(record, LookedAfter()), noted)
    return found


def _at_court(story: OrderStory) -> list[AtCourt]:
    return [
        AtCourt(one.pk, Noted(one.what), one.at, one.known_from) for one in story.noted if one.what in TOLD_OF_COURTS
    ]


def _move(story: OrderStory, one: OrderMove) -> MoveMade:
    given = given_again(one.said)
    return MoveMade(
        number=one.number, move=one.move, happened_at=one.happened_at, known_from=one.known_from, source=one.source,
        next_hearing_on=given.next_hearing_on, last_day=given.last_day, outcome=given.main_outcome,
        relaxes=_relaxes(story, one, given.last_day) if one.move == "vary" else _ends_sooner(story, one, given.last_day),
    )  # fmt: skip


def _ends_sooner(story: OrderStory, one: OrderMove, ends_on: date | None) -> bool:
    return one.move == CORRECT_END and relaxes([], [], row_before(story, one.number).last_day, ends_on)


def _relaxes(story: OrderStory, one: OrderMove, ends_on: date | None) -> bool:
    """By the version that this variation brought, each of which brings one, and the one that stood before."""
    varied = [each.number for each in story.moves if each.move == "vary"]
    brought = [each for each in story.made if each.why == "varied"]
    later = brought[varied.index(one.number)]
    earlier = next((each for each in reversed(story.made) if each.number < later.number), None)
    return relaxes(_worded(earlier), _worded(later), row_before(story, one.number).last_day, ends_on)


def _worded(terms: OrderTerms | None) -> list[Worded]:
    return [
        Worded(one.number, one.type, one.words, one.words_cy, one.supervisor, one.first_day, one.last_day)
        for one in (terms.conditions.all() if terms else ())
    ]

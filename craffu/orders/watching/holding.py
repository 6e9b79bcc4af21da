"""What is due of an order that a court made: served, compared, notified under, told of, owned, and whole on its card.

ORD-06, ORD-11, ORD-18, ORD-20; CLK-03 to CLK-06; VIC-05, VIC-06.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import Final

from craffu.clocks.counted_days import Away
from craffu.clocks.london import day_of, end_of
from craffu.orders.catalogue.kinds import Family, Kind
from craffu.orders.clocks.notifications import FROM_SERVICE, WITH_DUTY, Bound, Notification, initial_notification
from craffu.orders.life.states import OrderStatus
from craffu.orders.serving.rules import ALERT_AFTER_DAYS, SERVE_WITHIN_DAYS
from craffu.orders.watching.kinds import What
from craffu.orders.watching.stood import WORKING_DAYS, Asked, Stood, in_working_days, over, spells

# `victim.order_terms_working_days`
WORKING_DAYS_TO_VICTIM: Final = 1
CARD_WORKING_DAYS: Final = 5
_S = OrderStatus


def service(kind: Kind, history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-11: served by the end of the next calendar day; an alert of its own once it is unserved for more than three.

    That the respondent is proven to know of an order binds them. Where their duty to notify begins with service all the same, it
    is chased until then (CLK-03).
    """
    if kind.family == Family.CONDITIONS:
        return
    is_chased_on = kind.code in FROM_SERVICE

    def holds(one: Stood) -> str | None:
        waits = one.status == _S.GRANTED or (is_chased_on and one.is_known_only)
        return f"made-{one.made}" if waits else None

    for spell in spells(history, holds):
        made_on = day_of(spell.began.made_at or spell.began.since)
        is_done = spell.ended is not None and spell.ended.status == _S.IN_FORCE
        yield over(
            What.SERVE, spell, spell.began.since, end_of(made_on + timedelta(days=SERVE_WITHIN_DAYS)), is_done=is_done
        )
        raised_at = max(spell.began.since, end_of(made_on + timedelta(days=ALERT_AFTER_DAYS)))
        yield over(What.UNSERVED, spell, raised_at, end_of(day_of(raised_at)), is_done=is_done)


def terms(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-20: a second person compares each version with the sealed order. Whoever finds that they differ has compared them."""

    def holds(one: Stood) -> str | None:
        return f"terms-{one.terms}" if one.is_live and one.terms and not one.is_compared and not one.differs else None

    for spell in spells(history, holds):
        is_done = spell.ended is not None and (spell.ended.is_compared or spell.ended.differs)
        due_at = in_working_days(spell.began.since, WORKING_DAYS)
        yield over(What.TERMS, spell, spell.began.since, due_at, is_done=is_done)


def terms_differ(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-20: typed words that differ from the sealed order are put right, or found to be its words after all."""
    for spell in spells(history, lambda one: f"terms-{one.terms}" if one.is_live and one.differs else None):
        is_done = spell.ended is not None and spell.ended.is_live
        due_at = in_working_days(spell.began.since, WORKING_DAYS)
        yield over(What.TERMS_DIFFER, spell, spell.began.since, due_at, is_done=is_done)


def notification(kind: Kind, history: Sequence[Stood]) -> Iterator[Asked]:
    """CLK-03 to CLK-06: the respondent notifies the police within three days. A failure under an interim order stays open.

    Where days that are left out put its end back, it is another thing to do: what was asked by the earlier end is asked no more.
    """
    if kind.code not in WITH_DUTY:
        return

    def runs(one: Stood, away: Collection[Away]) -> Notification | None:
        is_bound = one.is_live or one.status == _S.SUPERSEDED or (one.status == _S.EXPIRED and one.made_way)
        if not is_bound or one.made_at is None or one.notified_at is not None:
            return None
        found = initial_notification(
            Bound(kind.code, one.made_at, one.served_at, one.replaced, one.soa_part_2, one.under_spa_9, away)
        )
        return found if found.applies else None

    def word(one: Stood) -> str | None:
        found, without = runs(one, one.away), runs(one, ())
        if found is None or without is None:
            return None
        return "initial" if found.last_day == without.last_day else f"initial-{found.last_day}"

    for spell in spells(history, word):
        found = runs(spell.began, spell.began.away)
        if found is not None and found.ends is not None:
            is_done = spell.ended is not None and spell.ended.notified_at is not None
            yield over(What.NOTIFICATION, spell, spell.began.since, found.ends, mark=found.mark, is_done=is_done)


def terms_to_victim(history: Sequence[Stood]) -> Iterator[Asked]:
    """VIC-06: whoever it protects has the terms, and what to do if they are broken, in writing a working day after service.

    Where the respondent is proven to know of the order, that stands for its service.
    """

    def holds(one: Stood) -> str | None:
        return "served" if one.is_live and one.bound_at and one.has_terms < one.protects else None

    for spell in spells(history, holds):
        if spell.began.bound_at is not None:
            is_done = spell.ended is not None and spell.ended.has_terms >= spell.ended.protects
            due_at = in_working_days(spell.began.bound_at, WORKING_DAYS_TO_VICTIM)
            yield over(What.TERMS_TO_VICTIM, spell, spell.began.since, due_at, is_done=is_done)


def owner(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-18: a live order has an owner, who is asked when anything is due of it."""
    for spell in spells(history, lambda one: "unowned" if one.is_live and not one.is_owned else None):
        is_done = spell.ended is not None and spell.ended.is_owned
        due_at = in_working_days(spell.began.since, WORKING_DAYS)
        yield over(What.UNOWNED, spell, spell.began.since, due_at, is_done=is_done)


def protects_nobody(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-06, VIC-05: somebody is named whom a live order protects; until then nobody is told of it, nor warned."""
    for spell in spells(history, lambda one: "nobody" if one.is_live and not one.protects else None):
        is_done = spell.ended is not None and spell.ended.protects > 0
        due_at = in_working_days(spell.began.since, WORKING_DAYS)
        yield over(What.PROTECTS_NOBODY, spell, spell.began.since, due_at, is_done=is_done)


def card(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-18: the card of a live order says everything it must."""
    for spell in spells(history, lambda one: "card" if one.is_live and one.card_lacks else None):
        is_done = spell.ended is not None and not spell.ended.card_lacks
        due_at = in_working_days(spell.began.since, CARD_WORKING_DAYS)
        yield over(What.CARD, spell, spell.began.since, due_at, is_done=is_done)


def national_entry(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-18: a live order stands in the national system with the words that hold; after a variation it is entered again."""

    def holds(one: Stood) -> str | None:
        return f"terms-{one.terms}" if one.is_live and one.terms and not one.is_entered else None

    for spell in spells(history, holds):
        is_done = spell.ended is not None and spell.ended.is_entered
        due_at = in_working_days(spell.began.since, WORKING_DAYS)
        yield over(What.NATIONAL_ENTRY, spell, spell.began.since, due_at, is_done=is_done)

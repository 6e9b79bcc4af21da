"""What is due of an application until a court has decided it, and of what protects meanwhile.

ORD-03, ORD-07, ORD-10; CLK-07.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from craffu.clocks.london import day_of, end_of, start_of
from craffu.orders.catalogue.kinds import Family, Kind
from craffu.orders.clocks.hearings import HEARD_AFTER
from craffu.orders.clocks.interim import interim_end
from craffu.orders.clocks.of_order import notice_hearing
from craffu.orders.effect.rules import Happened
from craffu.orders.hearings.rules import hearing_watch, lodge_by
from craffu.orders.life.states import LIVE, OrderStatus
from craffu.orders.watching.kinds import What
from craffu.orders.watching.stood import AT_COURT, WORKING_DAYS, Asked, Stood, in_working_days, over, spells

HEARING_AHEAD: Final = timedelta(days=7)
_S = OrderStatus
_TO_LODGE: Final = frozenset({_S.DECIDED, _S.AUTHORISING, _S.AUTHORISED})
_LODGED: Final = frozenset({Family.APPLICATION, Family.CRIMINAL})


def authorise(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-03: somebody who holds the rank says yes or no."""
    for spell in spells(history, lambda one: f"asked-{one.asked}" if one.status == _S.AUTHORISING else None):
        yield over(What.AUTHORISE, spell, spell.began.since, in_working_days(spell.began.since, WORKING_DAYS))


def lodge(kind: Kind, history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-10: an application goes to court, or to the prosecutor, within 28 days of the decision."""
    if kind.family not in _LODGED:
        return
    for spell in spells(history, lambda one: f"decided-{one.decided}" if one.status in _TO_LODGE else None):
        decided_on = spell.began.decided_on or day_of(spell.began.since)
        last_day = lodge_by(decided_on, decided_on).last_day
        is_done = spell.ended is not None and spell.ended.status in AT_COURT | LIVE
        yield over(What.LODGE, spell, spell.began.since, end_of(last_day), is_done=is_done)


def hearings(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-10: every hearing ends in a recorded result. It is asked for a week before it."""

    def holds(one: Stood) -> str | None:
        return f"hearing-{one.next_hearing_on}" if one.status in AT_COURT and one.next_hearing_on else None

    for spell in spells(history, holds):
        day = spell.began.next_hearing_on
        if day is not None:
            raised_at = max(spell.began.since, start_of(day - HEARING_AHEAD))
            yield over(What.HEARING, spell, raised_at, end_of(day))


def _without_date_since(one: Stood) -> date | None:
    """The day since which an application is at court and nobody knows when it is heard; None where that is known."""
    if one.status not in AT_COURT or one.next_hearing_on is not None:
        return None
    return one.adjourned_on if one.status == _S.ADJOURNED else one.applied_on


def no_dates(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-10: adjourned with no next date, or lodged with none. From the fourteenth day it is late."""

    def holds(one: Stood) -> str | None:
        day = _without_date_since(one)
        return f"{one.status}-{day}" if day is not None else None

    for spell in spells(history, holds):
        day = _without_date_since(spell.began)
        if day is not None:
            yield over(What.NO_DATE, spell, spell.began.since, start_of(hearing_watch(day, day).alert_on))


def _gap(one: Stood) -> int | None:
    """The unprotected days between an interim order and the hearing of its application; None where there is no gap.

    That the order has run out does not close it: it is then that nobody is protected.
    """
    is_open = one.is_live or one.status == _S.EXPIRED
    if not (is_open and one.is_interim and one.main_hearing_on) or one.is_followed:
        return None
    return interim_end(one.last_day, None, one.main_hearing_on).gap_days


def gaps(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-07: the interim order ends before the next hearing. Somebody has it made longer, or the hearing brought forward.

    Until then, or until another interim order of the same application protects them, it is to be done.
    """

    def holds(one: Stood) -> str | None:
        return f"{one.last_day}-{one.main_hearing_on}" if _gap(one) is not None else None

    for spell in spells(history, holds):
        last_day = spell.began.last_day
        if last_day is not None:
            facts = {"days": str(_gap(spell.began))}
            yield over(What.GAP, spell, spell.began.since, end_of(last_day), facts=facts)


def determined(kind: Kind, history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-07, CLK-07: an interim order ends at the latest with the decision about its application, and so does a notice with that
    about what followed it. That it did is recorded at once.
    """
    is_notice = kind.code in HEARD_AFTER
    what = What.NOTICE_DETERMINED if is_notice else What.DETERMINED

    def holds(one: Stood) -> str | None:
        return "determined" if one.is_live and (one.is_interim or is_notice) and one.is_main_decided else None

    for spell in spells(history, holds):
        is_done = spell.ended is not None and spell.ended.status == _S.SUPERSEDED
        yield over(what, spell, spell.began.since, spell.began.since, is_done=is_done)


def notice_hearings(kind: Kind, history: Sequence[Stood]) -> Iterator[Asked]:
    """CLK-07: the hearing after a notice is within 48 counted hours. A missed one is never an end of the notice.

    The first hearing that is recorded settles it, an adjournment too: the notice runs on until the application is decided, and
    the next hearing is due of the application itself (ORD-10).
    """

    def holds(one: Stood) -> str | None:
        is_waited_for = one.is_live and not one.is_heard
        return f"notice-{one.made}" if is_waited_for and notice_hearing(kind, _happened(one)) else None

    for spell in spells(history, holds):
        step = notice_hearing(kind, _happened(spell.began))
        if step is not None:
            due_at = step.act_by or step.due
            yield over(What.NOTICE_HEARING, spell, spell.began.since, due_at, mark=step.mark)


def _happened(one: Stood) -> Happened:
    return Happened(one.made_at, served_at=one.served_at, aware_at=one.aware_at, last_day=one.last_day)

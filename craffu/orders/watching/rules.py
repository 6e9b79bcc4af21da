"""What is due of one order as it stood from day to day: what, from when, by when, by which rule, and until it was done.

ORD-03, ORD-07, ORD-10, ORD-11, ORD-18, ORD-20; CLK-03 to CLK-07 and CLK-12; VIC-06. A thing is due for as long as the order
stands so that it has to be done. Limits that no rule names are the project's own (ADR 41).
"""

from collections.abc import Sequence
from datetime import datetime

from craffu.orders.catalogue.kinds import Kind
from craffu.orders.watching import applying, ending, holding
from craffu.orders.watching.stood import Asked, Stood


def asked(kind: Kind, history: Sequence[Stood], now: datetime) -> list[Asked]:
    """Everything that is or was to be done of an order of a kind. What was over before it was asked is left out."""
    found = [
        *applying.authorise(history),
        *applying.lodge(kind, history),
        *applying.hearings(history),
        *applying.no_dates(history),
        *applying.gaps(history),
        *applying.determined(kind, history),
        *applying.notice_hearings(kind, history),
        *holding.service(kind, history),
        *holding.terms(history),
        *holding.terms_differ(history),
        *ending.watched(kind, history, now),
        *holding.notification(kind, history),
        *holding.terms_to_victim(history),
        *holding.owner(history),
        *holding.protects_nobody(history),
        *holding.card(history),
        *holding.national_entry(history),
    ]
    return [one for one in found if one.done_at is None or one.done_at > one.raised_at]

"""The only write of what somebody reports as a possible breach: at a door, from a call, for the victim (BRC-01, BRC-06; P08)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.breaches import events, policies
from craffu.breaches.detecting.binding import SURE, Binding, bindings
from craffu.breaches.detecting.facts import Broken, Found, Reported, SaidBy, Word
from craffu.breaches.detecting.rules import Flag, Happened, detect
from craffu.breaches.ledger.actions import raise_found
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.ledger.queries import kept_as
from craffu.breaches.models import Breach
from craffu.breaches.permissions import check_can_report
from craffu.clocks.london import day_of, start_of
from craffu.common import clock
from craffu.common.door import action
from craffu.orders.models import Condition, Order
from craffu.people.queries import find_person, records_now_of, whoever_now

HERE: Final = "craffu"


@action
def report_breach(
    *, by: Acting, person: str, given: Reported, victim: int | None = None, kind: FoundBy = FoundBy.REPORT,
    now: datetime | None = None,
) -> Breach:  # fmt: skip
    """Somebody reports what a person may have done against an order. The same report sent twice is kept once.

    Where they are not sure of the order, it is held against every order that bound the person then, also one that is shut to
    them and of which they are told nothing; where none did, it is kept as a report all the same. `victim` is the source record
    of whom it was done to, where that is known. A reference whose records are another's now reports them (IDN-03): a device may
    have held it since before. Raises NotPermitted, and NotNow for what lies ahead or names an order that is not theirs or not
    open to whoever reports, and where the reference may be of several and no order says whom.
    """
    check_can_report(by)
    at = now or clock.now()
    found = check_is_there(find_person(by, person))
    now_are, key = whoever_now(by, [found])[found.pk], f"{found.reference}/{given.key}"
    theirs = records_now_of(by, [one.pk for one in now_are])
    records = check_is_there(sorted(record for several in theirs.values() for record in several) or None)
    everything = by.joining()
    kept = kept_as(everything, [(kind, key)])
    if kept:
        return next(iter(kept.values()))
    orders = _orders(everything, records)
    open_to = _orders(by, records) if given.order or len(now_are) > 1 else []
    named = [one for one in open_to if one.reference == given.order]
    policies.check_is_theirs(is_theirs=bool(named) or not given.order)
    policies.check_says_whom([one.reference for one in now_are], is_said=bool(named) or not open_to)
    binding = bindings(everything, named or orders) if orders else []
    first = given.first_at or _earliest(named or orders, at)
    last = given.last_at or given.first_at or at
    policies.check_ends_after(first, last)
    policies.check_happened_by(last, at)
    broken = tuple(each for one in binding for each in _broken(one, given, first, last, is_named=bool(named)))
    order = next((one.order for one in binding if broken and one.order.pk == broken[0].order), None)
    raise_found(
        by=everything,
        found=[
            Found(
                kind, key, order.respondent_id if order else records[0], victim, order.case_id if order else None, first, last,
                is_day_only=given.is_day_only, channel=given.channel, in_zone=given.in_zone,
                through_others=given.through_others, at_risk_now=given.at_risk_now, at_risk=given.at_risk,
                known_how=given.known_how.value if given.known_how else "", broken=broken,
                said_by=(SaidBy(kind, HERE, key, at, None, given.words.strip()),),
                words=(
                    Word(
                        Standpoint.REPORTED, "", at, HERE, key, day_of(first) if given.first_at else None,
                        conditions=_named(everything, broken),
                    ),
                ),
            )
        ],
        now=at,
    )  # fmt: skip
    breach = kept_as(everything, [(kind, key)])[kind, key]
    audit.record(
        kind=events.BREACH_REPORTED, actor=by.actor, request=by.request, now=at,
        refs=[f"breach/{breach.reference}", *(f"person/{one.reference}" for one in dict.fromkeys([found, *now_are]))],
    )  # fmt: skip
    return breach


def _named(by: Acting, broken: Collection[Broken]) -> tuple[str, ...]:
    """The conditions that a report names, each as `order/condition`. One query at most."""
    named = [one.condition for one in broken if one.condition is not None]
    rows = Condition.objects.for_user(by).filter(pk__in=named).select_related("terms__order") if named else ()
    return tuple(sorted(f"{one.terms.order.reference}/{one.number}" for one in rows))


def _orders(by: Acting, records: Collection[int]) -> list[Order]:
    rows = Order.objects.for_user(by).filter(respondent__in=records, made_at__isnull=False)
    return list(rows.select_related("case").order_by("id"))


def _earliest(orders: Sequence[Order], at: datetime) -> datetime:
    """Since when it may have been, where nobody can say: since the first of these orders was made, else since this morning."""
    return min(
        (one.made_at for one in orders if one.made_at is not None and one.made_at < at), default=start_of(day_of(at))
    )


def _broken(one: Binding, given: Reported, first: datetime, last: datetime, *, is_named: bool) -> list[Broken]:
    """What of an order somebody says was broken; of every order that bound them then, where they do not say which.

    BRC-02: what an order is named for that did not bind them then is kept, and says so.
    """
    happened = Happened(None, SURE, given.channel, first, last, given.in_zone, is_said_to_be_one=True)
    offered = detect(happened, one.bound_at(last))
    if not offered.is_possible and not is_named:
        return []
    flags = offered.flags if offered.is_possible else (Flag.NOT_ENFORCEABLE,)
    if given.first_at is None and Flag.TIME_UNCERTAIN not in flags:
        flags = (Flag.TIME_UNCERTAIN, *flags)
    theirs = {pk for pk, _ in one.conditions_at(last)}
    named = [pk for pk in given.conditions if pk in theirs]
    return [Broken(one.order.pk, condition, offered.reasons, flags, SURE) for condition in (*named,) or (None,)]

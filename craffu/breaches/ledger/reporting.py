"""The only write of what somebody reports as a possible breach: at a door, from a call, for the victim (BRC-01, BRC-06; P08)."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.breaches import events, policies
from craffu.breaches.detecting.binding import SURE, Binding, bindings
from craffu.breaches.detecting.facts import Broken, Found, Reported, SaidBy, Word
from craffu.breaches.detecting.rules import Happened, detect
from craffu.breaches.ledger.actions import raise_found
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.ledger.queries import kept_as
from craffu.breaches.models import Breach
from craffu.breaches.permissions import check_can_report
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.orders.models import Condition, Order
from craffu.people.queries import find_person, records_of

HERE: Final = "craffu"


@action
def report_breach(
    *, by: Acting, person: str, given: Reported, victim: int | None = None, kind: FoundBy = FoundBy.REPORT,
    now: datetime | None = None,
) -> Breach:  # fmt: skip
    """Somebody reports what a person may have done against an order. The same report sent twice is kept once.

    Where they are not sure of the order, it is held against every order that bound the person then; where none did, it is kept as
    a report all the same. `victim` is the source record of whom it was done to, where that is known. Raises NotPermitted, and
    NotNow for what lies ahead or names an order of somebody else.
    """
    check_can_report(by)
    at = now or clock.now()
    last = given.last_at or given.first_at
    policies.check_ends_after(given.first_at, last)
    policies.check_happened_by(given.first_at, at)
    found = check_is_there(find_person(by, person))
    records = records_of(by, found)
    key = f"{found.reference}/{given.key}"
    kept = kept_as(by, [(kind, key)])
    if kept:
        return next(iter(kept.values()))
    orders = list(
        Order.objects.for_user(by)
        .filter(respondent__in=records, made_at__isnull=False)
        .select_related("case")
        .order_by("id")
    )
    named = [one for one in orders if one.reference == given.order]
    policies.check_is_theirs(is_theirs=bool(named) or not given.order)
    binding = bindings(by, named or orders) if orders else []
    broken = tuple(each for one in binding for each in _broken(one, given, last, is_named=bool(named)))
    order = next((one.order for one in binding if broken and one.order.pk == broken[0].order), None)
    raise_found(
        by=by,
        found=[
            Found(
                kind, key, order.respondent_id if order else records[0], victim, order.case_id if order else None,
                given.first_at, last, channel=given.channel, in_zone=given.in_zone,
                through_others=given.through_others, at_risk_now=given.at_risk_now, known_how=given.known_how, broken=broken,
                said_by=(SaidBy(kind, HERE, key, at, None, given.words.strip()),),
                words=(Word(Standpoint.REPORTED, "", at, HERE, key, day_of(given.first_at), conditions=_named(by, broken)),),
            )
        ],
        now=at,
    )  # fmt: skip
    breach = kept_as(by, [(kind, key)])[kind, key]
    audit.record(
        kind=events.BREACH_REPORTED, actor=by.actor, refs=[f"breach/{breach.reference}", f"person/{found.reference}"],
        request=by.request, now=at,
    )  # fmt: skip
    return breach


def _named(by: Acting, broken: Collection[Broken]) -> tuple[str, ...]:
    """The conditions that a report names, each as `order/condition`. One query at most."""
    named = [one.condition for one in broken if one.condition is not None]
    rows = Condition.objects.for_user(by).filter(pk__in=named).select_related("terms__order") if named else ()
    return tuple(sorted(f"{one.terms.order.reference}/{one.number}" for one in rows))


def _broken(one: Binding, given: Reported, last: datetime, *, is_named: bool) -> list[Broken]:
    """What of an order somebody says was broken; of every order that bound them then, where they do not say which."""
    happened = Happened(None, SURE, given.channel, given.first_at, last, given.in_zone, is_said_to_be_one=True)
    offered = detect(happened, one.bound_at(last))
    if not offered.is_possible and not is_named:
        return []
    theirs = {pk for pk, _ in one.conditions_at(last)}
    named = [pk for pk in given.conditions if pk in theirs]
    return [Broken(one.order.pk, condition, offered.reasons, offered.flags, SURE) for condition in (*named,) or (None,)]

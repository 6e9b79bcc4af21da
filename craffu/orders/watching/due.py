"""What is due of every order there is, for the clock that runs: with its queue, its owner, and what if it is not done."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.topics import CASES
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.clocks.watches import DAYS_BEFORE, HALF_TERM
from craffu.orders.models import Order, OrderProtects
from craffu.orders.queries import notices_before
from craffu.orders.telling.actions import tell_what_is_untold, untold_of
from craffu.orders.topics import ORDERS
from craffu.orders.watching.ending import INDEFINITE, changes_at
from craffu.orders.watching.kinds import LIMITS, RULES, What
from craffu.orders.watching.reading import watched_with_stories
from craffu.orders.watching.rules import asked
from craffu.orders.watching.stood import Asked
from craffu.people.topics import PEOPLE
from craffu.victims.due import victims_named
from craffu.victims.of_orders.queries import looked_after, records_of_people
from craffu.victims.topics import VICTIMS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

AUTHORISE, SERVICE, HEARINGS, TERMS = "authorise", "service", "hearings", "terms-to-check"
EXPIRY, NOTIFICATIONS, CARDS, TELLING = "expiry", "notifications", "order-cards", "telling"
QUEUES: Final[Mapping[What, str]] = {
    What.AUTHORISE: AUTHORISE,
    What.LODGE: HEARINGS,
    What.HEARING: HEARINGS,
    What.NO_DATE: HEARINGS,
    What.GAP: HEARINGS,
    What.DETERMINED: HEARINGS,
    What.NOTICE_HEARING: HEARINGS,
    What.NOTICE_DETERMINED: HEARINGS,
    What.SERVE: SERVICE,
    What.UNSERVED: SERVICE,
    What.TERMS: TERMS,
    What.TERMS_DIFFER: TERMS,
    What.WATCH: EXPIRY,
    What.NOTIFICATION: NOTIFICATIONS,
    What.TERMS_TO_VICTIM: TELLING,
    What.UNTOLD: TELLING,
    What.UNOWNED: CARDS,
    What.PROTECTS_NOBODY: CARDS,
    What.CARD: CARDS,
    What.NATIONAL_ENTRY: CARDS,
}
CONSEQUENCES: Final[Mapping[What, Consequence]] = {
    What.DETERMINED: Consequence.HARM_UNWARNED,
    What.NOTICE_HEARING: Consequence.LIMIT_OF_LAW,
    What.NOTICE_DETERMINED: Consequence.HARM_UNWARNED,
    What.NOTIFICATION: Consequence.LIMIT_OF_LAW,
    What.TERMS_TO_VICTIM: Consequence.PROMISE_BROKEN,
    What.UNTOLD: Consequence.HARM_UNWARNED,
    What.TERMS: Consequence.GOES_STALE,
    What.PROTECTS_NOBODY: Consequence.HARM_UNWARNED,
    What.UNOWNED: Consequence.GOES_STALE,
    What.CARD: Consequence.GOES_STALE,
}
WATCHES: Final = (*(f"{days}_days" for days in DAYS_BEFORE), HALF_TERM, INDEFINITE)


def why_of(what: What, why: str = "") -> str:
    """The key of the reason: the thing's own, and of a watch which one it is."""
    return f"{what.value}_{why}" if why else what.value


WHYS: Final = frozenset(
    {*(why_of(what) for what in What if what is not What.WATCH), *(why_of(What.WATCH, one) for one in WATCHES)}
)


def every_order(by: Acting) -> Iterable[str]:
    return map(str, Order.objects.for_user(by).order_by("id").values_list("pk", flat=True).iterator())


def orders_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News names orders by row number, whose interim orders hang on them, and they on those and one interim on another, as does
    a notice on what followed it; or the cases they are of, or in which somebody is a victim whom they protect; or those victims,
    by the person.
    """
    rows = Order.objects.for_user(by).order_by()
    if topic in {VICTIMS, PEOPLE}:
        return map(str, sorted(_protecting(by, subjects)))
    numbers = sorted(map(int, subjects))
    if topic == CASES:
        of_cases = set(rows.filter(case__in=numbers).values_list("pk", flat=True))
        return map(str, sorted(of_cases | _protecting(by, victims_named(by, topic, subjects))))
    found = set(numbers)
    for own, main in rows.filter(pk__in=numbers).values_list("pk", "main_id"):
        found |= {own} if main is None else {own, main}
    # Those named, and the applications of those.
    found |= set(rows.filter(main__in=sorted(found)).values_list("pk", flat=True))
    return map(str, sorted(found | notices_before(by, numbers)))


def _protecting(by: Acting, people: Iterable[str]) -> set[int]:
    """The orders that protect any of these people, or did. Two queries."""
    records = records_of_people(by, frozenset(map(int, people)))
    rows = OrderProtects.objects.for_user(by).filter(record__one_of=records).order_by()
    return set(rows.values_list("order_id", flat=True))


def tell_what_time_brings(by: Acting, subjects: Collection[str], now: datetime) -> None:
    """Watches come by themselves, and an end that draws near: those whom the orders protect are told (VIC-06)."""
    tell_what_is_untold(by, frozenset(map(int, subjects)), now)


def watched_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of each of these orders as things stand at an instant. Twenty queries at most, whatever their number."""
    found = {}
    watched = watched_with_stories(by, frozenset(map(int, subjects)), now)
    after = looked_after(by, {row.record_id for one in watched.values() for row in one.story.protects}, now)
    for number, one in watched.items():
        order, owner = one.story.order, one.history[-1].owner if one.history else None
        kind = kind_of(order.kind)
        to_do = [*asked(kind, one.history, now), *untold_of(one.story, after)]
        dues = tuple(_due(order, each, owner) for each in to_do)
        found[str(number)] = Answer(dues, changes_at(kind, one.history, now))
    return found


def _due(order: Order, one: Asked, owner: int | None) -> Due:
    facts = {**one.facts, "limit": LIMITS[one.what].value}
    if one.mark:
        facts["mark"] = one.mark
    case = order.case.reference if order.case else ""
    return Due(
        kind=one.what.value, key=f"{order.pk}:{one.key}", about=("order", order.reference), of_case=case,
        queue=QUEUES[one.what], why=why_of(one.what, one.why),
        what_if_not=CONSEQUENCES.get(one.what, Consequence.PROTECTION_LAPSES), raised_at=one.raised_at, due_at=one.due_at,
        overdue_from=one.due_at, owner=owner, facts=facts, done_at=one.done_at,
        how=None if one.done_at is None else (How.DONE if one.is_done else How.WITHDRAWN),
    )  # fmt: skip


SOURCE: Final = Source(
    key="order_lives",
    topics=frozenset({ORDERS, CASES, VICTIMS, PEOPLE}),
    rules={what.value: rule for what, rule in RULES.items()},
    whys=WHYS,
    queues=frozenset(QUEUES.values()),
    every=every_order,
    named=orders_named,
    due=watched_due,
    keep=tell_what_time_brings,
)

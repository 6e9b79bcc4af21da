"""What is due in heightened follow-up: the first action on each trigger, by its hours or its day (MON-03)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db.models import Q

from craffu.access.acting import Acting
from craffu.cases.models import CaseRole
from craffu.cases.topics import CASES
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.following.actions import raise_what_is_told
from craffu.orders.following.queries import FollowUp, follow_ups
from craffu.orders.following.reading import triggers_told
from craffu.orders.following.rules import Trigger
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order, OrderMove, OrderOwned, OrderProtects, OrderTrigger
from craffu.orders.topics import ORDERS, TRIGGERS
from craffu.people.queries import members
from craffu.people.topics import HOMES, PEOPLE
from craffu.victims.topics import VICTIMS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

FOLLOW_UP: Final = "order_follow_up"
QUEUE: Final = "heightened"
WHYS: Final = frozenset(f"{FOLLOW_UP}_{one.value}" for one in Trigger)


def why_of(trigger: Trigger) -> str:
    return f"{FOLLOW_UP}_{trigger.value}"


def every_order(by: Acting) -> Iterable[str]:
    """Those that stand, and those that were ever followed up."""
    rows = Order.objects.for_user(by)
    followed = OrderTrigger.objects.for_user(by).order_by().values("order_id")
    wanted = rows.filter(Q(status__in=LIVE) | Q(pk__in=followed)).order_by("id")
    return map(str, wanted.values_list("pk", flat=True).iterator())


def orders_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News names orders, and interim orders hear of their application; cases, in which a respondent or somebody whom an order
    protects plays a part; or victims, by their person.
    """
    numbers = frozenset(map(int, subjects))
    rows = Order.objects.for_user(by).order_by()
    if topic == TRIGGERS:
        return subjects
    if topic == ORDERS:
        interims = rows.filter(main__in=sorted(numbers)).values_list("pk", flat=True)
        return map(str, sorted(numbers | set(interims)))
    if topic in {VICTIMS, PEOPLE, HOMES}:
        people = members(by).filter(person__one_of=numbers)
    else:
        concerned = (
            CaseRole.objects.for_user(by).filter(case__one_of=numbers).order_by().values_list("record_id", flat=True)
        )
        whose = members(by).filter(record__one_of=frozenset(concerned)).order_by().values_list("person_id", flat=True)
        people = members(by).filter(person__one_of=frozenset(whose))
    records = frozenset(people.order_by().values_list("record_id", flat=True))
    protecting = OrderProtects.objects.for_user(by).filter(record__one_of=records).order_by()
    found = set(protecting.values_list("order_id", flat=True))
    found |= set(rows.filter(respondent__one_of=records).values_list("pk", flat=True))
    if topic == CASES:
        found |= set(rows.filter(case__one_of=numbers).values_list("pk", flat=True))
    return map(str, sorted(found))


def keep_what_is_told(by: Acting, subjects: Collection[str], now: datetime) -> None:
    """The clock raises what the records tell of, before anybody asks what is due."""
    raise_what_is_told(by, frozenset(map(int, subjects)), now)


def follow_ups_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of each of these orders as things stand at an instant, and when the next trigger comes by itself."""
    numbers = frozenset(map(int, subjects))
    rows = {one.pk: one for one in Order.objects.for_user(by).filter(pk__one_of=numbers).select_related("case")}
    kept = follow_ups(by, numbers, now)
    told = triggers_told(by, numbers, now)
    owners = dict(
        OrderOwned.objects.for_user(by)
        .filter(order__one_of=numbers, known_from__lte=now)
        .order_by("id")
        .values_list("order_id", "owner_id")
    )
    ended = _ended(by, [pk for pk, one in rows.items() if one.status not in LIVE and pk in kept], now)
    return {
        str(pk): Answer(
            tuple(_due(order, each, owners.get(pk), ended.get(pk)) for each in kept.get(pk, ())),
            min((one.raised_at for one in told.get(pk, ()) if one.raised_at > now), default=None),
        )
        for pk, order in rows.items()
    }


def _ended(by: Acting, orders: Collection[int], now: datetime) -> dict[int, datetime]:
    """Since when these orders stand no more: as we learnt of the move that ended each. One query."""
    if not orders:
        return {}
    rows = (
        OrderMove.objects.for_user(by).filter(order__in=sorted(orders), known_from__lte=now).exclude(to_status__in=LIVE)
    )
    return dict(rows.order_by("number").values_list("order_id", "known_from"))


def _due(order: Order, one: FollowUp, owner: int | None, ended: datetime | None) -> Due:
    done_at = max(one.first.done_at, one.row.raised_at) if one.first else ended
    how = (How.DONE if one.first else How.WITHDRAWN) if done_at else None
    return Due(
        kind=FOLLOW_UP, key=str(one.row.pk), about=("order", order.reference),
        of_case=order.case.reference if order.case else "", queue=QUEUE, why=why_of(one.trigger),
        what_if_not=Consequence.HARM_UNWARNED, raised_at=one.row.raised_at, due_at=one.row.due_at,
        overdue_from=one.overdue_from, owner=owner, facts={"limit": "policy"}, done_at=done_at, how=how,
    )  # fmt: skip


SOURCE: Final = Source(
    key="order_follow_ups",
    topics=frozenset({ORDERS, CASES, VICTIMS, PEOPLE, HOMES, TRIGGERS}),
    rules={FOLLOW_UP: "MON-03"},
    whys=WHYS,
    queues=frozenset({QUEUE}),
    every=every_order,
    named=orders_named,
    due=follow_ups_due,
    keep=keep_what_is_told,
)

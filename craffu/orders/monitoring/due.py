"""What is due of monitoring: how each condition is to be checked, and every check by the end of its day.

MON-01, MON-02, MON-04.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.topics import CASES
from craffu.clocks.london import day_of, start_of
from craffu.clocks.working_days import working_days_after
from craffu.orders.life.states import ENDS
from craffu.orders.models import Order, OrderTerms
from craffu.orders.monitoring.lines import Line
from craffu.orders.monitoring.queries import Monitored, monitored_orders
from craffu.orders.monitoring.schedule import Ended, Scheduled
from craffu.orders.topics import ORDERS, TRIGGERS
from craffu.orders.watching.due import every_order, orders_named
from craffu.orders.watching.kinds import Limit
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How

QUEUE: Final = "checks"


class What(StrEnum):
    """What is to be done. Keys are stored."""

    PLAN = "order_check_plan"
    CHECK = "order_check"


class Why(StrEnum):
    """Why a check is due on its day. Keys are stored."""

    FIRST = "check_first"
    HEIGHTENED = "check_heightened"
    OWN = "check_own_interval"
    HIGH = "check_high"
    MEDIUM = "check_medium"
    STANDARD = "check_standard"
    UNASSESSED = "check_unassessed"


CONSEQUENCES: Final[Mapping[What, Consequence]] = {
    What.PLAN: Consequence.GOES_STALE,
    What.CHECK: Consequence.PROTECTION_LAPSES,
}
RULES: Final[Mapping[What, str]] = {What.PLAN: "MON-02", What.CHECK: "MON-01"}
# Project decisions: a plan waits a working day, as an order for its owner; a check stands in a queue from a week before its day.
PLAN_WORKING_DAYS: Final = 1
SEEN_BEFORE: Final = timedelta(days=7)
# A respondent who is away excuses a check; where there is nothing to check any more, it is withdrawn.
_OVER: Final = frozenset({Ended.ORDER_OVER, Ended.CONDITION_OVER, Ended.CANNOT_BE_CHECKED})


def why_of(check: Scheduled) -> Why:
    """Why the interval is what it is."""
    pace = check.pace
    if pace.is_heightened:
        return Why.HEIGHTENED
    if check.is_first:
        return Why.FIRST
    if pace.is_own:
        return Why.OWN
    return Why(f"check_{pace.grade.value}") if pace.grade else Why.UNASSESSED


def checks_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of the monitoring of each of these orders as things stand at an instant. Twenty-nine queries at most."""
    rows = Order.objects.for_user(by).filter(pk__in=sorted(map(int, subjects)), known_from__lte=now)
    orders = list(rows.select_related("case"))
    return {str(pk): Answer(tuple(_dues(one)), one.wakes_at) for pk, one in monitored_orders(by, orders, now).items()}


def _dues(one: Monitored) -> Iterator[Due]:
    yield from _plans(one)
    for line in one.lines:
        for check in line.checks:
            due = _check(one, line, check)
            if due is not None:
                yield due


def _plans(one: Monitored) -> Iterator[Due]:
    """MON-02: the plan of the conditions that a version brought or changed, until all that still stand have one."""
    asked: dict[int, tuple[OrderTerms, list[Line]]] = {}
    for line in one.lines:
        asked.setdefault(line.asked_with.pk, (line.asked_with, []))[1].append(line)
    for terms, lines in asked.values():
        standing = [line for line in lines if line in one.standing]
        planned = [line.planned_at for line in standing or lines]
        is_done = None not in planned
        at = max((each for each in planned if each is not None), default=None)
        ended = one.order.ended_at if one.order.status in ENDS else None
        if not is_done and ended is None and not standing:
            ended = max((line.removed_at for line in lines if line.removed_at is not None), default=None)
        done_at = at if is_done else ended
        raised_at = terms.known_from
        if done_at is not None and done_at <= raised_at:
            continue
        due_at = working_days_after(day_of(raised_at), PLAN_WORKING_DAYS).ends
        yield _due(
            one, What.PLAN, f"{one.order.pk}:plan-{terms.number}", What.PLAN.value, raised_at, due_at, done_at,
            None if done_at is None else How.DONE if is_done else How.WITHDRAWN,
        )  # fmt: skip


def _check(one: Monitored, line: Line, check: Scheduled) -> Due | None:
    """MON-01, MON-04: one check. What was cancelled before anybody was asked for it was never due."""
    raised_at = max(check.since, start_of(check.due_on) - SEEN_BEFORE)
    if check.cancelled_at is not None and check.cancelled_at <= raised_at:
        return None
    over = check.done_at or check.cancelled_at
    raised_at = min(raised_at, over) if over else raised_at
    how = None if over is None else How.DONE if check.done_at else How.WITHDRAWN if check.why in _OVER else How.EXCUSED
    return _due(
        one, What.CHECK, check.key, why_of(check).value, raised_at, check.overdue_from, over, how,
        condition=str(line.condition.number),
    )  # fmt: skip


def _due(
    one: Monitored, what: What, key: str, why: str, raised_at: datetime, due_at: datetime, done_at: datetime | None,
    how: How | None, **facts: str,
) -> Due:  # fmt: skip
    order, owner = one.order, one.story.owner
    return Due(
        kind=what.value, key=key, about=("order", order.reference), of_case=order.case.reference if order.case else "",
        queue=QUEUE, why=why, what_if_not=CONSEQUENCES[what], raised_at=raised_at, due_at=due_at,
        overdue_from=due_at, owner=owner.owner_id if owner else None, facts={"limit": Limit.POLICY.value, **facts},
        done_at=done_at, how=how,
    )  # fmt: skip


SOURCE: Final = Source(
    key="order_checks",
    topics=frozenset({ORDERS, CASES, TRIGGERS}),
    rules={what.value: rule for what, rule in RULES.items()},
    whys=frozenset({What.PLAN.value, *(one.value for one in Why)}),
    queues=frozenset({QUEUE}),
    every=every_order,
    named=orders_named,
    due=checks_due,
)

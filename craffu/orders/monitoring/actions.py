"""The only writes of monitoring: how a condition is checked, what came of a check, and that a respondent is away.

MON-02, MON-04, MON-06. Nothing is missed or cancelled by a write: that follows from what is recorded, and from the clock.
"""

from collections.abc import Mapping
from datetime import date, datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.orders import events
from craffu.orders.following.actions import raise_told
from craffu.orders.following.rules import Told, Trigger
from craffu.orders.life.actions import lock_orders, refs_of
from craffu.orders.life.policies import check_happened_by_now
from craffu.orders.life.states import LIVE
from craffu.orders.models import CheckCovers, CheckMade, CheckPlanned, ChecksSuspended, Order, OrderPaper
from craffu.orders.monitoring.facts import NewCheck, NewPlan
from craffu.orders.monitoring.kinds import Absent, Outcome
from craffu.orders.monitoring.lines import Line, in_force_since
from craffu.orders.monitoring.policies import (
    check_can_be_confirmed,
    check_days_of_absence,
    check_is_a_method,
    check_is_in_force,
    check_is_of_the_order,
    check_is_watched,
    check_plan_is_whole,
    check_says_what,
)
from craffu.orders.monitoring.queries import Monitored, checks_made_at, conditions_standing, monitored_stories
from craffu.orders.monitoring.rules import EVERY, Part, lacks
from craffu.orders.papers.actions import attach_paper
from craffu.orders.papers.policies import check_size
from craffu.orders.permissions import check_can_monitor
from craffu.orders.queries import OrderStory, find_order, story_of_order
from craffu.orders.topics import ORDERS
from craffu.orders.watching.reading import as_known
from craffu.outbox.actions import tell


@action
def plan_check(
    *, by: Acting, order: str, condition: int, given: NewPlan, seen: str | None = None, now: datetime | None = None
) -> CheckPlanned:
    """Say how a condition that stands is monitored, or why it cannot be (MON-02). Said again the same, nothing is kept.

    `seen` is what `plan_version` was when it was asked. Raises Conflict where somebody else said so meanwhile (T30).
    """
    at = now or clock.now()
    user = check_can_monitor(by)
    found = _locked(by, order, at)
    check_is_of_the_order([condition], [one.condition.pk for one in found.standing])
    line = next(one for one in found.standing if one.condition.pk == condition)
    check_plan_is_whole(lacks(said_of(given), given.cannot), interval=given.every_days, longest=max(EVERY.values()))
    if line.plan is not None and said_before(line.plan) == _as_said(given):
        return line.plan
    if seen is not None:
        check_unchanged(seen, plan_version(line))
    row: CheckPlanned = _planned(by, user, line, given, at)
    _logged(by, events.CHECK_PLANNED, found.order, at)
    return row


@action
def confirm_proposed(*, by: Acting, order: str, tolerance: str, now: datetime | None = None) -> list[CheckPlanned]:
    """Confirm what the library proposes for every condition that waits for its plan, checked by the grade (MON-02)."""
    at = now or clock.now()
    user = check_can_monitor(by)
    found = _locked(by, order, at)
    waiting = [one for one in found.unplanned if one.proposal.evidence is not None]
    check_can_be_confirmed(waiting)
    rows = [_planned(by, user, one, proposal_of(one, tolerance), at) for one in waiting]
    _logged(by, events.CHECK_PLANNED, found.order, at)
    return rows


def said_of(given: NewPlan) -> Mapping[Part, str]:
    """What of a plan was said."""
    every = "by grade" if given.by_grade else str(given.every_days or "")
    return {
        Part.METHOD: " ".join(given.methods),
        Part.EVIDENCE: given.evidence,
        Part.TOLERANCE: given.tolerance,
        Part.INTERVAL: every,
    }


def proposal_of(line: Line, tolerance: str) -> NewPlan:
    """What the library proposes for a condition, as it would be confirmed."""
    one = line.proposal
    return NewPlan(methods=tuple(each.value for each in one.methods), evidence=one.evidence or "", tolerance=tolerance)


def plan_version(line: Line) -> str:
    """What a page that asks how a condition is monitored was made from (T30)."""
    return str(line.plans[-1].pk) if line.plans else ""


def said_before(plan: CheckPlanned) -> tuple[object, ...]:
    return (tuple(plan.methods), plan.evidence, plan.tolerance, plan.every_days, plan.cannot)


def _as_said(given: NewPlan) -> tuple[object, ...]:
    if given.cannot.strip():
        return ((), "", "", None, given.cannot.strip())
    return (given.methods, given.evidence, given.tolerance.strip(), given.every_days, "")


def _planned(by: Acting, user: User, line: Line, given: NewPlan, at: datetime) -> CheckPlanned:
    methods, evidence, tolerance, every_days, cannot = _as_said(given)
    row: CheckPlanned = CheckPlanned.objects.create(
        force=by.force, condition=line.condition, methods=list(methods), evidence=evidence, tolerance=tolerance,  # type: ignore[call-overload]
        every_days=every_days, is_checkable=not cannot, cannot=cannot, by=user, known_from=at,
    )  # fmt: skip
    return row


@action
def record_check(*, by: Acting, order: str, given: NewCheck, now: datetime | None = None) -> CheckMade:
    """What came of a check of some conditions of an order, with a photograph or document. Said twice it is kept once.

    What gives concern raises heightened follow-up (MON-03, Annex E).

    Raises NotNow where the order was not in force then, it is of no condition that stands, or what happened is not said.
    """
    at = now or clock.now()
    user = check_can_monitor(by)
    story = _lock(by, order, at)
    began = in_force_since(story)
    check_is_in_force(began[0] if began else None, given.at)
    check_happened_by_now(given.at, at)
    check_is_of_the_order(given.conditions, conditions_standing(story))
    check_is_a_method(given.method)
    check_says_what(given.outcome, given.words)
    same = next((one for one in checks_made_at(by, story.order, given.at, at) if _is_same(one, given, user)), None)
    if same is not None:
        return same
    row: CheckMade = CheckMade.objects.create(
        force=by.force, order=story.order, at=given.at, outcome=given.outcome.value, method=given.method,
        words=given.words.strip(), paper=_kept(by, story.order, given, at), by=user, known_from=at,
    )  # fmt: skip
    for condition in sorted(set(given.conditions)):
        CheckCovers.objects.create(force=by.force, check_made=row, condition_id=condition)
    _logged(by, events.CHECK_MADE, story.order, at)
    if given.outcome is Outcome.CONCERN:
        concern = Told(Trigger.CHECK_FOUND_CONCERN, f"check-{row.pk}", given.at, at)
        raise_told(by=by, order=story.order, told=[concern], now=at)
    return row


def _is_same(one: CheckMade, given: NewCheck, user: User) -> bool:
    covers = {each.condition_id for each in one.covers.all()}
    said = (one.at, one.outcome, one.method, one.words, one.by_id, covers)
    return said == (given.at, given.outcome.value, given.method, given.words.strip(), user.pk, set(given.conditions))


def _kept(by: Acting, order: Order, given: NewCheck, at: datetime) -> OrderPaper | None:
    if not given.paper:
        return None
    check_size(len(given.paper))
    paper: OrderPaper = attach_paper(
        by=by, order=order, kind="evidence", content=given.paper, title=given.paper_title, now=at
    )
    return paper


@action
def suspend_checks(
    *, by: Acting, order: str, why: Absent, first: date, last: date, now: datetime | None = None
) -> ChecksSuspended:
    """The respondent is in custody, in hospital or abroad: checks that cannot be made are not asked for (MON-06).

    Said again with the same first day it says anew until when. Said twice the same, it is kept once.
    """
    at = now or clock.now()
    user = check_can_monitor(by)
    found = _locked(by, order, at)
    check_days_of_absence(first, last)
    stands = next((one for one in reversed(found.away) if one.first_day == first), None)
    if stands is not None and (stands.why, stands.last_day) == (why.value, last):
        return stands
    row: ChecksSuspended = ChecksSuspended.objects.create(
        force=by.force, order=found.order, why=why.value, first_day=first, last_day=last, by=user, known_from=at
    )
    _logged(by, events.CHECKS_SUSPENDED, found.order, at)
    return row


def _lock(by: Acting, order: str, at: datetime) -> OrderStory:
    """The order as it stands, which nobody else changes before this is done. Raises where it is not watched."""
    lock_orders(by, order)
    found = as_known(story_of_order(by, check_is_there(find_order(by, order)), at), at)
    check_is_watched(is_live=found.order.status in LIVE)
    return found


def _locked(by: Acting, order: str, at: datetime) -> Monitored:
    story = _lock(by, order, at)
    return monitored_stories(by, {story.order.pk: story}, at)[story.order.pk]


def _logged(by: Acting, kind: EventKind, order: Order, at: datetime) -> None:
    tell(force=by.force.code, topic=ORDERS, subjects=[order.pk], at=at)
    audit.record(kind=kind, actor=by.actor, refs=refs_of(order), request=by.request, now=at)

"""The only writes of plans: begun, put forward, approved or sent back, what is to be done, reviewed and ended (PLN-01, PLN-02).

Each is the act of a named person: nothing that scores somebody comes here, and the system can do none of it (PRI-06).
"""

from collections.abc import Collection
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.access.queries import holders_of
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.cases.models import Case, CaseRole
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.common.locks import lock_until_commit
from craffu.orders.queries import orders_of_records
from craffu.outbox.actions import tell
from craffu.people.models import Person
from craffu.people.queries import find_person, records_of
from craffu.prevention import events
from craffu.prevention.models import (
    Plan,
    PlanAction,
    PlanActionClosed,
    PlanApproved,
    PlanConsulted,
    PlanDraft,
    PlanEnded,
    PlanOption,
    PlanReviewed,
    PlanVersion,
)
from craffu.prevention.permissions import PLAN, check_can_approve_plan, check_can_plan
from craffu.prevention.planning import policies
from craffu.prevention.planning.facts import Answers, NewAction
from craffu.prevention.planning.gathering import conditions_of, to_be_asked
from craffu.prevention.planning.kinds import Outcome, Tied
from craffu.prevention.planning.left import draft_left
from craffu.prevention.planning.queries import (
    PlanStory,
    cases_of_shut_plans,
    draft_of,
    happened_to,
    open_plan,
    plan_version,
    plans_of,
)
from craffu.prevention.planning.rules import Choice, Option
from craffu.prevention.planning.timing import review_day
from craffu.prevention.topics import PLANS


@action
def begin_plan(*, by: Acting, person: str, now: datetime | None = None) -> Plan:
    """Somebody begins to manage a person by a plan, scored or not. Raises Conflict where there is one that has not ended.

    Nor is a second one begun beside a plan that is shut to whoever begins it, unless nobody may know of its case (SEC-02).
    """
    user, at = check_can_plan(by), now or clock.now()
    found = _locked(by, person)
    stories = plans_of(by, found)
    policies.check_none_is_open(is_open=open_plan(stories) is not None)
    records = check_is_there(records_of(by, found) or None)
    policies.check_none_is_shut(cases_of_shut_plans(by, found))
    row: Plan = Plan.objects.create(
        force=by.force, record_id=records[0], case=_case_of(by, records), by=user, known_from=at
    )
    # Whatever they were writing of a plan that ended stands in this one from the first page on.
    PlanDraft.objects.for_user(by).filter(plan__in=[one.plan.pk for one in stories], by=user).delete()
    _log(by, events.PLAN_BEGUN, found, row, at)
    return row


def _case_of(by: Acting, records: Collection[int]) -> Case | None:
    """With which case a plan is opened and shut: that of the newest order against them, else the newest they are accused in."""
    for order in orders_of_records(by, records):
        if order.case is not None:
            return order.case
    accused = (CaseRole.Role.SUSPECT, CaseRole.Role.DEFENDANT)
    rows = CaseRole.objects.for_user(by).filter(record__in=sorted(records), role__in=accused)
    role: CaseRole | None = rows.select_related("case").order_by("-case_id").first()
    return role.case if role else None


@action
def keep_plan_draft(
    *, by: Acting, person: str, answers: Answers, seen: str = "", now: datetime | None = None
) -> PlanDraft:
    """Keep what was answered so far. `seen` is the version that whoever writes has seen since, where somebody was first."""
    user, at = check_can_plan(by), now or clock.now()
    found = _locked(by, person)
    story = _open(by, found)
    draft = draft_of(by, story.plan) or PlanDraft(force=by.force, plan=story.plan, by=user, seen=plan_version(story))
    draft.seen = seen or draft.seen
    draft.answers = answers.as_text()
    draft.changed_at = at
    draft.save()
    _log(by, events.PLAN_DRAFTED, found, story.plan, at)
    return draft


@action
def drop_plan_draft(*, by: Acting, person: str, now: datetime | None = None) -> None:
    """Throw away what was answered so far; the plan stays begun. Of a plan that ended meanwhile, too."""
    check_can_plan(by)
    found = _locked(by, person)
    stories = plans_of(by, found)
    story = open_plan(stories)
    draft = draft_of(by, story.plan) if story else draft_left(by, stories)
    if draft is None:
        policies.check_is_open(story.stage if story else None)
        return
    draft.delete()
    _log(by, events.PLAN_DROPPED, found, draft.plan, now or clock.now())


@action
def put_plan(*, by: Acting, person: str, answers: Answers, seen: str, now: datetime | None = None) -> PlanVersion:
    """Put a version to a supervisor. Everything is judged anew, under the lock; what stood before stands until it is approved.

    Raises Conflict where the plan changed since `seen`, NotNow with what it lacks; nothing is kept then but the draft.
    """
    user, at = check_can_plan(by), now or clock.now()
    found = _locked(by, person)
    story = _open(by, found)
    check_unchanged(seen, plan_version(story))
    policies.check_none_waits(waits=story.waiting is not None)
    protected = [record for record, _identity in to_be_asked(by, records_of(by, found))]
    policies.check_may_be_put(answers, protected, len(story.open_actions), day_of(at))
    owner = _planner(by, answers.owner)
    row: PlanVersion = PlanVersion.objects.create(
        force=by.force, plan=story.plan, number=len(story.versions) + 1, objectives=answers.objectives.strip(),
        safety=answers.safety.strip(), none_reason="" if answers.uses_any else answers.none_reason.strip(), owner=owner,
        review_on=review_day(day_of(at)), by=user, known_from=at,
    )  # fmt: skip
    for option in Option:
        _keep_option(by, row, option, answers)
    for record in protected:
        said = answers.about(record)
        PlanConsulted.objects.create(
            force=by.force, version=row, record_id=record, how=said.how, on=said.day, words=said.words.strip()
        )
    PlanDraft.objects.for_user(by).filter(plan=story.plan, by=user).delete()
    _log(by, events.PLAN_PUT, found, story.plan, at)
    return row


def _keep_option(by: Acting, row: PlanVersion, option: Option, answers: Answers) -> None:
    said = answers.of(option)
    is_referred = option is Option.MULTI_AGENCY_REFERRAL and said.choice == Choice.USE
    PlanOption.objects.create(
        force=by.force, version=row, option=option.value, choice=said.choice, words=said.words.strip(),
        forums=sorted(set(said.forums)) if is_referred else [],
    )  # fmt: skip


def _planner(by: Acting, username: str) -> User:
    """Somebody of the force who works on plans."""
    return policies.check_is_a_planner(next((one for one in holders_of(by, PLAN) if one.username == username), None))


@action
def approve_plan(
    *, by: Acting, person: str, number: int, agrees: bool, words: str, seen: str, now: datetime | None = None
) -> PlanApproved:
    """Another person, a supervisor, approves a version, which stands by that; or sends it back, and says why.

    Raises NotPermitted for whoever put it forward, and Conflict where it waits no more.
    """
    user, at = check_can_approve_plan(by), now or clock.now()
    found = _locked(by, person)
    story = _open(by, found)
    one = check_is_there(next((each for each in story.versions if each.row.number == number), None))
    check_unchanged(seen, plan_version(story))
    policies.check_waits(waits=one.waits)
    policies.check_is_another(user, one.row.by)
    policies.check_says_why_not(agrees=agrees, words=words)
    row: PlanApproved = PlanApproved.objects.create(
        force=by.force, version=one.row, agrees=agrees, words=words.strip(), by=user, known_from=at
    )
    _log(by, events.PLAN_APPROVED if agrees else events.PLAN_SENT_BACK, found, story.plan, at)
    return row


@action
def add_plan_action(*, by: Acting, person: str, given: NewAction, now: datetime | None = None) -> PlanAction:
    """Something is to be done by a day, by somebody, tied to a condition that stands or to a behaviour (PLN-02)."""
    user, at = check_can_plan(by), now or clock.now()
    found = _locked(by, person)
    story = _open(by, found)
    policies.check_action_is_whole(given.words, given.behaviour, has_condition=given.condition is not None)
    policies.check_is_not_past(given.due_on, day_of(at))
    owner = _planner(by, given.owner)
    if given.condition is not None:
        standing = {one.pk for one in conditions_of(by, records_of(by, found))}
        policies.check_condition_stands(stands=given.condition in standing)
    row: PlanAction = PlanAction.objects.create(
        force=by.force, plan=story.plan, number=len(story.actions) + 1, words=given.words.strip(),
        tied_to=(Tied.BEHAVIOUR if given.condition is None else Tied.CONDITION).value, condition_id=given.condition,
        behaviour=given.behaviour.strip(), owner=owner, due_on=given.due_on, by=user, known_from=at,
    )  # fmt: skip
    _log(by, events.PLAN_ACTION_ADDED, found, story.plan, at)
    return row


@action
def close_plan_action(
    *, by: Acting, person: str, number: int, is_done: bool, words: str, now: datetime | None = None
) -> PlanActionClosed:
    """What became of an action: it was done, or is not to be done any more; what was done, or why not."""
    user, at = check_can_plan(by), now or clock.now()
    found = _locked(by, person)
    story = _open(by, found)
    one = check_is_there(next((each for each in story.actions if each.row.number == number), None))
    policies.check_is_not_closed(is_closed=one.closed is not None)
    policies.check_says_something(words)
    row: PlanActionClosed = PlanActionClosed.objects.create(
        force=by.force, action=one.row, is_done=is_done, words=words.strip(), by=user, known_from=at
    )
    _log(by, events.PLAN_ACTION_CLOSED, found, story.plan, at)
    return row


@action
def review_plan(
    *, by: Acting, person: str, outcome: Outcome, words: str, seen: str, now: datetime | None = None
) -> PlanReviewed:
    """Somebody looks at a plan that stands: it stands further, or is to change, and another version is asked for (PLN-02)."""
    user, at = check_can_plan(by), now or clock.now()
    found = _locked(by, person)
    story = _open(by, found)
    check_unchanged(seen, plan_version(story))
    due = story.next(happened_to(by, [story.plan], at)[story.plan.pk])
    policies.check_stands(stands=due is not None)
    policies.check_says_something(words)
    due = check_is_there(due)
    row: PlanReviewed = PlanReviewed.objects.create(
        force=by.force, plan=story.plan, number=len(story.reviews) + 1, outcome=outcome.value, words=words.strip(),
        due_on=due.due_day, because=due.because.value, raised_at=due.event.at if due.event else None, by=user,
        known_from=at,
    )  # fmt: skip
    _log(by, events.PLAN_REVIEWED, found, story.plan, at)
    return row


@action
def end_plan(*, by: Acting, person: str, reason: str, seen: str, now: datetime | None = None) -> PlanEnded:
    """A plan is ended, and it is said why; what waits in it waits no more. What others were writing of it stays theirs.

    Raises Conflict where the plan changed since `seen`.
    """
    user, at = check_can_plan(by), now or clock.now()
    found = _locked(by, person)
    story = _open(by, found)
    check_unchanged(seen, plan_version(story))
    policies.check_says_something(reason)
    row: PlanEnded = PlanEnded.objects.create(
        force=by.force, plan=story.plan, reason=reason.strip(), by=user, known_from=at
    )
    PlanDraft.objects.for_user(by).filter(plan=story.plan, by=user).delete()
    _log(by, events.PLAN_ENDED, found, story.plan, at)
    return row


def _locked(by: Acting, reference: str) -> Person:
    lock_until_commit("plans", by.force.code, reference)
    return check_is_there(find_person(by, reference))


def _open(by: Acting, person: Person) -> PlanStory:
    story = open_plan(plans_of(by, person))
    policies.check_is_open(story.stage if story else None)
    return check_is_there(story)


def _log(by: Acting, kind: EventKind, person: Person, plan: Plan, at: datetime) -> None:
    tell(force=by.force.code, topic=PLANS, subjects=[plan.pk], at=at)
    refs = [f"person/{person.reference}", *([f"case/{plan.case.reference}"] if plan.case else [])]
    audit.record(kind=kind, actor=by.actor, refs=refs, request=by.request, now=at)

"""The only writes of risk: an assessment, a second look, an event that asks again, and an observation (RSK-01 to RSK-04).

What was sent twice is kept once. Nothing here gives, changes or works out a grade but the person who assessed.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_day_is_past, check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.cases.models import Case
from craffu.cases.queries import find_case
from craffu.cases.risk import events
from craffu.cases.risk.facts import NewAssessment, NewEvent, NewObservation
from craffu.cases.risk.forms.actions import keep_answers
from craffu.cases.risk.forms.queries import answers_kept, find_form
from craffu.cases.risk.models import RiskAssessment, RiskEvent, RiskFact, RiskObservation, RiskSecondLook
from craffu.cases.risk.permissions import check_can_assess, check_is_second
from craffu.cases.risk.policies import (
    check_day_is_not_past,
    check_is_whole,
    check_look_is_asked_for,
    check_moment_is_past,
)
from craffu.cases.risk.queries import case_risk
from craffu.cases.risk.rules import Asks, Assessment, SecondLook, lacks
from craffu.cases.topics import CASES
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action, bookkeeping
from craffu.common.locks import lock_until_commit
from craffu.outbox.actions import tell


def _locked(by: Acting, reference: str) -> Case:
    """The case, alone until it is committed. Raises NotPermitted where there is none for this reader."""
    lock_until_commit("risk", by.force.code, reference)
    return check_is_there(find_case(by, reference))


def _log(by: Acting, kind: EventKind, case: Case, at: datetime) -> None:
    """What was done, in the log, and as news for whoever keeps what is due."""
    tell(force=by.force.code, topic=CASES, subjects=[case.pk], at=at)
    audit.record(kind=kind, actor=by.actor, refs=[f"case/{case.reference}"], request=by.request, now=at)


@action
def record_assessment(*, by: Acting, case: str, given: NewAssessment, now: datetime | None = None) -> RiskAssessment:
    """Keep an assessment that `by` made. Raises NotPermitted, and NotNow for one that lies ahead or is not whole."""
    user, at = check_can_assess(by), now or clock.now()
    found = _locked(by, case)
    check_moment_is_past(given.assessed_at, at)
    check_day_is_not_past(given.next_due, day_of(at))
    form = check_is_there(find_form(by, given.answered.form)) if given.answered else None
    if form is not None:
        given = replace(given, tool=form.tool, version=form.version, licence_ref=form.licence_ref)
    check_is_whole(lacks(_as_given(given, user)))
    held = RiskAssessment.objects.for_user(by).filter(case=found).order_by("number")
    said = {
        "tool": given.tool.strip(), "version": given.version.strip(), "licence_ref": given.licence_ref.strip(),
        "document_ref": given.document_ref.strip(), "assessed_at": given.assessed_at, "grade": given.grade.value,
    }  # fmt: skip
    same: RiskAssessment | None = held.filter(assessor=user, **said).last()
    if same is not None and (given.answered is None or answers_kept(by, same) == given.answered.answers):
        return same
    row: RiskAssessment = RiskAssessment.objects.create(
        force=by.force, case=found, number=held.count() + 1, facts=[fact.value for fact in given.facts],
        next_due=given.next_due, words=given.words.strip(), assessor=user, known_from=at, **said,
    )  # fmt: skip
    if form is not None and given.answered is not None:
        keep_answers(by=by, assessment=row, form=form, answered=given.answered)
    _log(by, events.RISK_ASSESSED, found, at)
    return row


def _as_given(given: NewAssessment, user: User) -> Assessment:
    return Assessment(
        given.tool,
        given.version,
        given.licence_ref,
        user.username,
        given.assessed_at.isoformat(),
        given.grade,
        given.document_ref,
    )


@action
def look_again(
    *,
    by: Acting,
    case: str,
    number: int,
    agrees: bool,
    words: str = "",
    seen: Collection[str] | None = None,
    now: datetime | None = None,
) -> RiskSecondLook:
    """A second person's look at the last grade. Raises NotPermitted for the assessor, Conflict where somebody was first.

    `seen` are the facts that stood before them, all of them where it is not given: what came meanwhile they have not looked at.
    """
    user, at = check_can_assess(by), now or clock.now()
    found = _locked(by, case)
    risk = case_risk(by, found)
    last = check_is_there(next((one for one in risk.assessments if one.number == number), None))
    check_is_second(by, last.assessor)
    look = risk.look
    asked = [fact.value for fact in look.because if seen is None or fact.value in seen]
    is_asked = risk.last_here == last and look.waits and bool(asked)
    check_look_is_asked_for(needed=is_asked, was_taken=not is_asked and bool(last.second_looks.all()))
    row: RiskSecondLook = RiskSecondLook.objects.create(
        force=by.force, assessment=last, assessor=last.assessor, by=user, agrees=agrees, facts=asked, words=words.strip(),
        at=at,
    )  # fmt: skip
    _log(by, events.RISK_LOOKED_AT_AGAIN, found, at)
    return row


@action
def record_event(*, by: Acting, case: str, given: NewEvent, now: datetime | None = None) -> RiskEvent:
    """Something happened that asks for an assessment. Raises NotPermitted, and NotNow for what lies ahead."""
    user, at = check_can_assess(by), now or clock.now()
    found = _locked(by, case)
    check_moment_is_past(given.happened_at, at)
    said = {"kind": given.kind.value, "happened_at": given.happened_at}
    same: RiskEvent | None = RiskEvent.objects.for_user(by).filter(case=found, **said).first()
    if same is not None:
        return same
    row: RiskEvent = RiskEvent.objects.create(
        force=by.force, case=found, words=given.words.strip(), recorded_by=user, known_from=at, **said
    )
    _log(by, events.RISK_EVENT_RECORDED, found, at)
    return row


@action
def keep_events(
    *, by: Acting, events: Mapping[int, Collection[datetime]], kind: Asks, now: datetime
) -> list[RiskEvent]:
    """What stands recorded elsewhere asks for an assessment in these cases, by row number: each kind and instant once.

    Called within an action, which logs what was recorded. Nobody is named who recorded it.
    """
    held = RiskEvent.objects.for_user(by).filter(case__one_of=frozenset(events), kind=kind.value).order_by()
    known = set(held.values_list("case_id", "happened_at"))
    new = [
        RiskEvent(force=by.force, case_id=case, kind=kind.value, happened_at=at, known_from=now)
        for case, instants in sorted(events.items())
        for at in instants
        if (case, at) not in known
    ]
    if new:
        RiskEvent.objects.bulk_create(new)
        tell(force=by.force.code, topic=CASES, subjects=sorted({one.case_id for one in new}), at=now)
    return new


@bookkeeping
def keep_facts(*, by: Acting, fact: SecondLook, held: Mapping[str, Collection[int]], now: datetime) -> None:
    """What stands recorded elsewhere, by what says it: in which cases, by row number, it holds now, and in no other any more.

    Worked out from what was logged as it was recorded, whatever of it is shut to whoever recorded it. Kept once.
    """
    rows = RiskFact.objects.for_user(by.joining()).filter(fact=fact.value, key__one_of=frozenset(held)).order_by("id")
    last = {(one.key, one.case_id): one.holds for one in rows}
    holding = {(key, case) for key, cases in held.items() for case in cases}
    turned = [
        *((each, True) for each in sorted(holding) if not last.get(each)),
        *((each, False) for each, holds in sorted(last.items()) if holds and each not in holding),
    ]
    RiskFact.objects.bulk_create(
        RiskFact(force=by.force, case_id=case, fact=fact.value, key=key, holds=holds, known_from=now)
        for (key, case), holds in turned
    )
    tell(force=by.force.code, topic=CASES, subjects=sorted({case for (_, case), _ in turned}), at=now)


@action
def record_observation(*, by: Acting, case: str, given: NewObservation, now: datetime | None = None) -> RiskObservation:
    """An answer about one fact, beside those given before. Raises NotPermitted, and NotNow for a day to come."""
    user, at = check_can_assess(by), now or clock.now()
    found = _locked(by, case)
    check_day_is_past(given.on, day_of(at))
    last = RiskObservation.objects.for_user(by).filter(case=found, fact=given.fact.value).order_by("id").last()
    said = (given.answer.value, given.value.strip(), given.source.strip(), given.on)
    if last is not None and (last.answer, last.value, last.source, last.on) == said:
        same: RiskObservation = last
        return same
    row: RiskObservation = RiskObservation.objects.create(
        force=by.force, case=found, fact=given.fact.value, answer=said[0], value=said[1], source=said[2], on=said[3],
        recorded_by=user, known_from=at,
    )  # fmt: skip
    _log(by, events.RISK_OBSERVED, found, at)
    return row

"""The only writes to cases, and to what courts said in them."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.cases import events
from craffu.cases.facts import ChargeFacts, HearingFacts
from craffu.cases.models import (
    Case,
    CaseReference,
    CaseRole,
    CaseStage,
    ChargeHeard,
    Hearing,
    HearingVersion,
    Offence,
    Outcome,
    ResultGiven,
)
from craffu.cases.permissions import check_can_record_court
from craffu.cases.policies import check_may_enter
from craffu.cases.queries import standing_findings
from craffu.cases.rules import outcome_at_court, stage_at_court
from craffu.cases.states import Stage
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.models import Provenance
from craffu.people.models import SourceRecord


@action
def case_for_reference(*, by: Acting, kind: str, value: str, now: datetime) -> Case:
    """The case another system calls `value`, opened if we have not heard of it."""
    known = CaseReference.objects.for_user(by).filter(kind=kind, value=value).select_related("case").first()
    if known is not None:
        found: Case = known.case
        return found
    case: Case = Case.objects.create(
        force=by.force, reference=next_reference(kind=f"case/{by.force.code}", prefix="C"), known_from=now
    )
    CaseReference.objects.create(force=by.force, case=case, kind=kind, value=value)
    audit.record(kind=events.CASE_OPENED, actor=by.actor, refs=[f"case/{case.reference}"], request=by.request, now=now)
    return case


@action
def join_defendant(*, by: Acting, case: Case, record: SourceRecord, now: datetime) -> CaseRole:
    """The source record plays the defendant in this case, once however often it is told."""
    role = CaseRole.objects.for_user(by).filter(case=case, record=record, role=CaseRole.Role.DEFENDANT).first()
    if role is not None:
        joined: CaseRole = role
        return joined
    new: CaseRole = CaseRole.objects.create(
        force=by.force, case=case, record=record, role=CaseRole.Role.DEFENDANT, known_from=now
    )
    audit.record(
        kind=events.DEFENDANT_JOINED_CASE, actor=by.actor, refs=[f"case/{case.reference}"], request=by.request, now=now
    )
    return new


@action
def record_hearing(*, by: Acting, role: CaseRole, facts: HearingFacts, provenance: Provenance, now: datetime) -> str:
    """What a court said of a defendant on one day: `created`, `updated` (an amended message) or `unchanged` (INT-01).

    A message already taken in, in any version, is unchanged: an earlier one sent again never undoes an amendment. One
    received before the latest word is kept as an earlier version, which leaves that word unchanged.
    """
    check_can_record_court(by)
    case = Case.objects.for_user(by).select_for_update().get(pk=role.case_id)
    hearing = Hearing.objects.for_user(by).filter(role=role, held_on=facts.held_on).first()
    if hearing is None:
        hearing = Hearing.objects.create(force=by.force, case=case, role=role, held_on=facts.held_on, known_from=now)
    told = list(hearing.versions.values_list("content_sha256", "received_at"))
    if facts.content_sha256 in (content for content, _ in told):
        return "unchanged"
    amends = bool(told) and all(provenance.received_at >= received_at for _, received_at in told)
    version = _append_version(by, hearing, len(told) + 1, facts, provenance, now)
    for position, charge in enumerate(facts.charges, start=1):
        _append_charge(by, role, version, position, charge, now)
    _follow_stage(by, case, facts, provenance, now)
    audit.record(
        kind=events.HEARING_AMENDED if amends else events.HEARING_RECEIVED,
        actor=by.actor,
        refs=[f"case/{case.reference}"],
        counts={"offences": len(facts.charges), "results": sum(len(charge.results) for charge in facts.charges)},
        request=by.request,
        now=now,
    )
    if not told:
        return "created"
    return "updated" if amends else "unchanged"


def _append_version(
    by: Acting, hearing: Hearing, number: int, facts: HearingFacts, provenance: Provenance, now: datetime
) -> HearingVersion:
    version: HearingVersion = HearingVersion.objects.create(
        force=by.force,
        hearing=hearing,
        number=number,
        content_sha256=facts.content_sha256,
        known_from=now,
        court=facts.court,
        psa=facts.psa,
        held_at=facts.held_at,
        presence=facts.presence,
        bail_status=facts.bail_status,
        bail_conditions=facts.bail_conditions,
        bail_reason=facts.bail_reason,
        flags=list(facts.flags),
        **provenance.fields(),
    )
    return version


def _append_charge(
    by: Acting, role: CaseRole, version: HearingVersion, position: int, facts: ChargeFacts, now: datetime
) -> None:
    offence = role.offences.filter(number=facts.number, code=facts.code).first()
    if offence is None:
        offence = Offence.objects.create(
            force=by.force, case_id=role.case_id, role=role, number=facts.number, code=facts.code, known_from=now
        )
    charge = ChargeHeard.objects.create(
        force=by.force,
        version=version,
        offence=offence,
        position=position,
        title=facts.title,
        wording=facts.wording,
        location=facts.location,
        date_code=facts.date_code,
        started_on=facts.started_on,
        started_at=facts.started_at,
        ended_on=facts.ended_on,
        ended_at=facts.ended_at,
        charged_on=facts.charged_on,
        arrested_on=facts.arrested_on,
        initiated_on=facts.initiated_on,
        plea=facts.plea,
        mode_of_trial=facts.mode_of_trial,
        finding=facts.finding,
        convicted_on=facts.convicted_on,
        convicting_court=facts.convicting_court,
        final=facts.final,
    )
    ResultGiven.objects.bulk_create(
        ResultGiven(
            force=by.force,
            charge=charge,
            position=place,
            code=result.code,
            text=result.text,
            qualifiers=list(result.qualifiers),
            durations=list(result.durations),
            amounts=list(result.amounts),
            penalty_points=result.penalty_points,
            next_court=result.next_court,
            next_on=result.next_on,
            next_at=result.next_at,
            next_reason=result.next_reason,
            next_bail_status=result.next_bail_status,
        )
        for place, result in enumerate(facts.results, start=1)
    )
    ended = outcome_at_court(finding=facts.finding, final=facts.final)
    if ended is not None:
        Outcome.objects.create(
            force=by.force,
            offence=offence,
            kind=ended,
            true_from=facts.convicted_on or version.hearing.held_on,
            known_from=now,
            version=version,
        )


def _follow_stage(by: Acting, case: Case, facts: HearingFacts, provenance: Provenance, now: datetime) -> None:
    """The case is where its defendants' latest hearings leave it, in whatever order the messages came."""
    reached = stage_at_court(standing_findings(by, case))
    last = case.stages.order_by("-id").first()
    present = Stage(last.stage) if last else None
    if reached is present:
        return
    check_may_enter(present, reached)
    CaseStage.objects.create(
        force=by.force,
        case=case,
        stage=reached,
        true_from=facts.held_on,
        known_from=now,
        source=provenance.source,
    )

"""The only writes to cases, to what courts said in them, and to what a force's own system says of its crimes."""

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from craffu.access.acting import Acting
from craffu.access.reach.actions import place_by_source
from craffu.access.reach.queries import folded, stations
from craffu.audit import actions as audit
from craffu.cases import events
from craffu.cases.crime_queries import not_closed
from craffu.cases.facts import ChargeFacts, CrimeRow, HearingFacts, InvolvementRow, OutcomeRow
from craffu.cases.models import (
    Case,
    CaseOutcome,
    CaseReference,
    CaseRole,
    CaseStage,
    CaseVersion,
    ChargeHeard,
    Hearing,
    HearingVersion,
    InvolvementVersion,
    Offence,
    Outcome,
    ResultGiven,
    RoleWaiting,
)
from craffu.cases.permissions import check_can_record_court
from craffu.cases.policies import check_may_enter
from craffu.cases.queries import called, roles_held, roles_waiting, stages_now, standing_findings
from craffu.cases.rules import outcome_at_court, stage_at_court
from craffu.cases.states import STAGE_SAID, Stage, may_follow
from craffu.cases.topics import CASES
from craffu.clocks.london import day_of
from craffu.common.actions import next_reference, next_references
from craffu.common.door import action
from craffu.common.fields import sealed
from craffu.common.models import Provenance
from craffu.common.version_reads import contents_said, newest_said
from craffu.common.versions import CREATED, OLDER, Decided, decide
from craffu.outbox.actions import tell
from craffu.people.models import SourceRecord
from craffu.people.queries import record_numbers


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
    tell(force=by.force.code, topic=CASES, subjects=[case.pk], at=now)
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
    tell(force=by.force.code, topic=CASES, subjects=[case.pk], at=now)
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


type _StoredCrime = tuple[CrimeRow, Decided]
type _Role = tuple[str, str, str]
"""Crime, the source's key of the person, and role: all as the source says them."""

_PTIURN = re.compile(r"[0-9A-Z]{4}[0-9]{7}", re.ASCII)
_FILLER = re.compile(r"X{4}.*|.*0{7}|(.)\1+", re.ASCII)

_CRIME_COLUMNS = (
    "case", "number", "crime", "content_sha256", "said_at", "line", "recorded_as", "home_office_class", "offence_code",
    "offence_title", "occurred_from", "occurred_to", "reported_at", "recorded_at", "lsoa", "station", "officer", "flags",
    "risk_grade", "risk_graded_at", "ptiurn", "stage", "location", "summary",
)  # fmt: skip
_INVOLVEMENT_COLUMNS = (
    "number", "key", "content_sha256", "said_at", "line", "crime", "record_key", "role", "relationship",
)  # fmt: skip
_OUTCOME_COLUMNS = (
    "number", "key", "content_sha256", "said_at", "line", "crime", "outcome_number", "code", "decided_on", "record_key",
    "reason",
)  # fmt: skip


@action
def receive_crimes(
    *, by: Acting, source: str, rows: Sequence[CrimeRow], provenance: Provenance, now: datetime
) -> list[Decided]:
    """A batch of what a force's own system says of its crimes: new versions are appended, unknown crimes open a case.

    A crime joins the case that courts call by its PTIURN (one such case can be several crimes). A PTIURN that belongs to
    another case already changes no case: the crime's version keeps it. So it does one that courts cannot mean, which would
    put strangers into one case, and one of an earlier version. Whoever calls this logs the batch, in one row, and joins the
    roles that waited for the crimes.
    """
    held = CaseVersion.objects.for_user(by).filter(source=source)
    decided = decide(
        [(row.crime, row.content, row.said_at) for row in rows],
        contents_said(held, "crime", [row.crime for row in rows]),
        lambda keys: newest_said(held, "crime", keys),
        provenance.received_at,
    )
    stored = [(row, one) for row, one in zip(rows, decided, strict=True) if one.number]
    if stored:
        cases = _cases_of(by, stored, now)
        location, summary = (
            sealed(CaseVersion, name, [getattr(row, name) for row, _ in stored]) for name in ("location", "summary")
        )
        CaseVersion.objects.append_rows(
            _CRIME_COLUMNS,
            [
                (cases[row.crime], one.number, *row[:12], *row[13:21], where, what)
                for (row, one), where, what in zip(stored, location, summary, strict=True)
            ],
            {**provenance.of_batch(), "force": by.force.pk, "known_from": now},
        )
        _enter_stages_said(by, stored, cases, source, now)
        _place_cases(by, stored, cases, source, now)
        tell(force=by.force.code, topic=CASES, subjects=dict.fromkeys(cases[row.crime] for row, _ in stored), at=now)
    return decided


def _place_cases(by: Acting, stored: Sequence[_StoredCrime], cases: dict[str, int], source: str, now: datetime) -> None:
    """A case belongs where the station lies that recorded its newest crime, unless somebody said otherwise (SEC-01).

    No query more than one where the force has said of no station where it lies.
    """
    known = stations(by.force)
    told = {
        cases[row.crime]: known[folded(row.station)]
        for row, one in stored
        if one.outcome != OLDER and folded(row.station) in known
    }
    if not told:
        return
    references = Case.objects.for_user(by).filter(pk__in=list(told)).order_by().values_list("pk", "reference")
    places = {reference: told[case] for case, reference in references}
    place_by_source(by=by, kind="case", source=source, told=places, now=now)


def _cases_of(by: Acting, stored: Sequence[_StoredCrime], now: datetime) -> dict[str, int]:
    """The case of every crime told of, opened where neither it nor its PTIURN is known."""
    told = [(row.crime, _case_at_court(row, one)) for row, one in stored]
    cases = called(by, CaseReference.Kind.CRIME, {crime for crime, _ in told})
    courts = called(by, CaseReference.Kind.PTIURN, {ptiurn for _, ptiurn in told if ptiurn})
    references: list[tuple[int, str, str]] = []
    opened = 0
    for crime, ptiurn in told:
        if crime not in cases:
            if ptiurn not in courts:
                opened += 1
            # A case yet to be opened goes by its place, below nought.
            cases[crime] = courts.get(ptiurn, -opened)
            references.append((cases[crime], CaseReference.Kind.CRIME.value, crime))
        if ptiurn and ptiurn not in courts:
            courts[ptiurn] = cases[crime]
            references.append((cases[crime], CaseReference.Kind.PTIURN.value, ptiurn))
    numbers = _open_cases(by, opened, now) if opened else []
    CaseReference.objects.append_rows(
        ("case", "kind", "value"),
        [(_opened(case, numbers), kind, value) for case, kind, value in references],
        {"force": by.force.pk},
    )
    return {crime: _opened(case, numbers) for crime, case in cases.items()}


def _opened(case: int, numbers: Sequence[int]) -> int:
    return case if case > 0 else numbers[-case - 1]


def _case_at_court(crime: CrimeRow, decided: Decided) -> str:
    """What courts call a crime's case: nothing where an earlier version says it, or where it is N/A, 0 or another filler."""
    is_one = _PTIURN.fullmatch(crime.ptiurn) and not _FILLER.fullmatch(crime.ptiurn)
    return crime.ptiurn if is_one and decided.outcome != OLDER else ""


def _open_cases(by: Acting, count: int, now: datetime) -> list[int]:
    numbers: list[int] = Case.objects.take_numbers(count)
    references = next_references(kind=f"case/{by.force.code}", prefix="C", count=count)
    Case.objects.append_rows(
        ("id", "reference"), zip(numbers, references, strict=True), {"force": by.force.pk, "known_from": now}
    )
    return numbers


def _enter_stages_said(
    by: Acting, stored: Sequence[_StoredCrime], cases: dict[str, int], source: str, now: datetime
) -> None:
    """A case goes on to the stage that its force's system gives it, and never back from where a court has it.

    A case of several crimes is closed with the last of them.
    """
    present = stages_now(by, {cases[row.crime] for row, _ in stored})
    stay = not_closed(by, {cases[row.crime] for row, _ in stored if STAGE_SAID[row.stage] is Stage.CLOSED})
    entered = []
    for row, one in stored:
        case, wanted = cases[row.crime], STAGE_SAID[row.stage]
        if one.outcome == OLDER or (wanted is Stage.CLOSED and case in stay):
            continue
        if wanted is not present.get(case) and may_follow(present.get(case), wanted):
            present[case] = wanted
            entered.append((case, wanted.value, _day_in_london(row.said_at)))
    CaseStage.objects.append_rows(
        ("case", "stage", "true_from"), entered, {"force": by.force.pk, "known_from": now, "source": source}
    )


def _day_in_london(said_at: str) -> str:
    """The day on which a source said something; for most of a day that of UTC is the same."""
    if said_at[11:13] < "22":
        return said_at[:10]
    return day_of(datetime.fromisoformat(said_at).replace(tzinfo=UTC)).isoformat()


@action
def receive_involvements(
    *, by: Acting, source: str, rows: Sequence[InvolvementRow], provenance: Provenance, now: datetime
) -> tuple[list[Decided], set[str]]:
    """A batch of who was involved in which crime; a role stands at once where crime and person are known, else it waits.

    Returns what became of each row, and the keys of those whose role waits. Whoever calls this logs the batch, in one row.
    """
    held = InvolvementVersion.objects.for_user(by).filter(source=source)
    decided = decide(
        [(row.key, row.content, row.said_at) for row in rows],
        contents_said(held, "key", [row.key for row in rows]),
        lambda keys: newest_said(held, "key", keys),
        provenance.received_at,
    )
    stored = [(row, one) for row, one in zip(rows, decided, strict=True) if one.number]
    if not stored:
        return decided, set()
    InvolvementVersion.objects.append_rows(
        _INVOLVEMENT_COLUMNS,
        [(one.number, *row) for row, one in stored],
        {**provenance.of_batch(), "force": by.force.pk, "known_from": now},
    )
    told = {(row.crime, row.record_key, row.role): row.key for row, one in stored if one.outcome == CREATED}
    waiting = _enter_roles(by, source, list(told), now)
    RoleWaiting.objects.append_rows(
        ("crime", "record_key", "role"), waiting, {"force": by.force.pk, "source": source, "known_from": now}
    )
    return decided, {told[role] for role in waiting}


@action
def join_roles(
    *, by: Acting, source: str, crimes: Collection[str] = (), records: Collection[str] = (), now: datetime
) -> list[datetime]:
    """Roles that waited for these crimes, or for a source's records under these keys, stand now.

    Returns since when each of them had waited. Whoever calls this logs the batch by which they came.
    """
    waiting = roles_waiting(by, source, crimes, records)
    if not waiting:
        return []
    told = [(role.crime, role.record_key, role.role) for role in waiting]
    still = set(_enter_roles(by, source, told, now))
    joined = [role for role, said in zip(waiting, told, strict=True) if said not in still]
    if joined:
        RoleWaiting.objects.for_user(by).filter(pk__in=[role.pk for role in joined]).delete()
    return [role.known_from for role in joined]


def _enter_roles(by: Acting, source: str, told: Sequence[_Role], now: datetime) -> list[_Role]:
    """Enter each role whose crime and person are known; the others are given back."""
    cases = called(by, CaseReference.Kind.CRIME, {crime for crime, _, _ in told})
    records = record_numbers(by, source, {record for _, record, _ in told})
    ready = {
        (cases[crime], records[record], role): None
        for crime, record, role in told
        if crime in cases and record in records
    }
    held = roles_held(by, {case for case, _, _ in ready})
    new = [role for role in ready if role not in held]
    if new:
        same = {"force": by.force.pk, "known_from": now, "relationship": ""}
        CaseRole.objects.append_rows(("case", "record", "role"), new, same)
        tell(force=by.force.code, topic=CASES, subjects=dict.fromkeys(case for case, _, _ in new), at=now)
    return [(crime, record, role) for crime, record, role in told if crime not in cases or record not in records]


@action
def receive_outcomes(
    *, by: Acting, source: str, rows: Sequence[OutcomeRow], provenance: Provenance, now: datetime
) -> list[Decided]:
    """A batch of Home Office outcomes, kept under the crime's own reference whether the crime has come or not.

    Whoever calls this logs the batch, in one row.
    """
    held = CaseOutcome.objects.for_user(by).filter(source=source)
    decided = decide(
        [(row.key, row.content, row.said_at) for row in rows],
        contents_said(held, "key", [row.key for row in rows]),
        lambda keys: newest_said(held, "key", keys),
        provenance.received_at,
    )
    stored = [(row, one) for row, one in zip(rows, decided, strict=True) if one.number]
    if not stored:
        return decided
    reasons = sealed(CaseOutcome, "reason", [row.reason for row, _ in stored])
    CaseOutcome.objects.append_rows(
        _OUTCOME_COLUMNS,
        [(one.number, *row[:9], reason) for (row, one), reason in zip(stored, reasons, strict=True)],
        {**provenance.of_batch(), "force": by.force.pk, "known_from": now},
    )
    cases = called(by, CaseReference.Kind.CRIME, {row.crime for row, _ in stored})
    if cases:
        tell(force=by.force.code, topic=CASES, subjects=dict.fromkeys(cases.values()), at=now)
    return decided

"""The only writes of evidence, findings and claims; what is mended is added, and no figure is ever typed (SCR-09)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged, version_of
from craffu.measures.permissions import check_can_build
from craffu.scrutiny.claiming.facts import NewClaim, NewEvidence, NewFinding
from craffu.scrutiny.claiming.kinds import ClaimKind, Evidence
from craffu.scrutiny.claiming.policies import (
    check_beside,
    check_both_sides,
    check_fits,
    check_has_figure,
    check_is_told,
    check_no_claim_stands,
    check_quoted,
    check_sentence,
)
from craffu.scrutiny.claiming.queries import asked_of, claims_of, evidence_of, findings_of
from craffu.scrutiny.claiming.sources import Sources
from craffu.scrutiny.deep_dives import events
from craffu.scrutiny.deep_dives.actions import locked, log
from craffu.scrutiny.deep_dives.permissions import check_can_work
from craffu.scrutiny.deep_dives.policies import check_both_languages, check_is_open
from craffu.scrutiny.models import DiveChecked, DiveClaim, DiveEvidence, DiveFinding


@action
def attach(*, by: Acting, dive: str, given: NewEvidence, now: datetime | None = None) -> DiveEvidence:
    """Attach evidence, with what it comes to at this moment. Raises NotNow where there is none, or it is too small to be told."""
    user, at = check_can_work(by), now or clock.now()
    found = locked(by, dive)
    check_is_open(found.status)
    check_both_languages((given.title_en, given.title_cy))
    worked = Sources(by, at).worked(found.row, given)
    check_has_figure(given.kind, value=worked.value, note=worked.note)
    check_is_told(is_told=worked.is_told)
    low, high = worked.interval or (None, None)
    row: DiveEvidence = DiveEvidence.objects.create(
        force=by.force, dive=found.row, number=len(evidence_of(by, found.row)) + 1, kind=given.kind.value,
        title_en=given.title_en.strip(), title_cy=given.title_cy.strip(), source=worked.source, part=worked.part,
        definition=worked.definition, snapshot=worked.snapshot, sha256=worked.sha256, first=worked.days[0],
        last=worked.days[1], as_of=worked.as_of, taken_on=worked.taken_on, unit=worked.unit.value, chosen=worked.chosen.value,
        split=worked.split, split_of=worked.split_of,
        count=worked.count, of=worked.of, value=worked.value, low=low, high=high, note=worked.note, by=user, known_from=at,
    )  # fmt: skip
    log(by, events.DIVE_ADDED_TO, dive, at)
    return row


@action
def write_finding(
    *, by: Acting, dive: str, given: NewFinding, seen: str = "", now: datetime | None = None
) -> DiveFinding:
    """Write a finding, or mend or withdraw one under its number.

    Raises NotNow; NotPermitted where there is no such number; Conflict where its words changed since `seen` (T30).
    """
    user, at = check_can_work(by), now or clock.now()
    found = locked(by, dive)
    check_is_open(found.status)
    check_both_languages((given.text_en, given.text_cy))
    number = _number(findings_of(by, found.row), given.number, seen)
    check_no_claim_stands(
        is_withdrawn=given.is_withdrawn,
        claims=[one.number for one in claims_of(by, found.row) if one.finding == given.number and not one.is_withdrawn],
    )
    row: DiveFinding = DiveFinding.objects.create(
        force=by.force, dive=found.row, number=number, serves=given.serves.value, text_en=given.text_en.strip(),
        text_cy=given.text_cy.strip(), is_withdrawn=given.is_withdrawn, by=user, known_from=at,
    )  # fmt: skip
    log(by, events.DIVE_ADDED_TO, dive, at)
    return row


@action
def write_claim(*, by: Acting, dive: str, given: NewClaim, seen: str = "", now: datetime | None = None) -> DiveClaim:
    """Write a claim, or mend or withdraw one under its number.

    Raises NotNow; NotPermitted for a number that there is none of; Conflict where its words changed since `seen` (T30).
    """
    user, at = check_can_work(by), now or clock.now()
    found = locked(by, dive)
    check_is_open(found.status)
    check_sentence(given.text_en, given.text_cy)
    evidence = {one.number: one for one in evidence_of(by, found.row)}
    standing = {one.number for one in findings_of(by, found.row) if given.is_withdrawn or not one.is_withdrawn}
    check_is_there(given.finding if given.finding in standing else None)
    number = _number(claims_of(by, found.row), given.number, seen)
    main = check_is_there(evidence.get(given.evidence))
    beside = check_is_there(evidence.get(given.beside)) if given.beside else None
    for other in (*given.bears_out, *given.against):
        check_is_there(evidence.get(other))
    check_fits(given.kind, Evidence(main.kind))
    if beside is not None:
        check_beside(given.kind, has_beside=True, is_same=beside == main)
        check_fits(given.kind, Evidence(beside.kind))
    check_both_sides(given.bears_out, given.against)
    if given.kind is ClaimKind.QUOTE and not given.is_withdrawn:
        check_quoted((given.text_en, given.text_cy), Sources(by, at).passage(asked_of(main)))
    check_both_languages(*((one.text_en, one.text_cy) for one in given.causes))
    row: DiveClaim = DiveClaim.objects.create(
        force=by.force, dive=found.row, finding=given.finding, number=number, kind=given.kind.value, evidence=main,
        beside=beside, text_en=given.text_en.strip(), text_cy=given.text_cy.strip(),
        causes=[
            {"text_en": one.text_en.strip(), "text_cy": one.text_cy.strip(), "on": one.on.isoformat()} for one in given.causes
        ],
        bears_out=sorted(given.bears_out), against=sorted(given.against), is_withdrawn=given.is_withdrawn, by=user,
        known_from=at,
    )  # fmt: skip
    log(by, events.DIVE_ADDED_TO, dive, at)
    return row


def _number(held: Collection[DiveFinding | DiveClaim], number: int | None, seen: str) -> int:
    """Under which number words are kept: the next, or that of those that they mend, which stand as they were seen (T30)."""
    if not number:
        return len(held) + 1
    standing = check_is_there(next((one for one in held if one.number == number), None))
    check_unchanged(seen, version_of(standing.pk))
    return number


@action
def keep_check(*, by: Acting, dive: str, found: dict[str, Any], now: datetime | None = None) -> DiveChecked:
    """Keep what every measure came to when it was worked out again, by the number of its evidence. A program may, too."""
    check_can_build(by)
    at = now or clock.now()
    held = locked(by, dive)
    row: DiveChecked = DiveChecked.objects.create(force=by.force, dive=held.row, found=found, by=by.user, known_from=at)
    log(by, events.DIVE_CHECKED, dive, at)
    return row

"""The only writes of initiatives: one, what is said of it, and what its measure came to; nothing is ever changed (C4)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.measures.permissions import check_can_build
from craffu.scrutiny.initiatives import events
from craffu.scrutiny.initiatives.facts import Counted, NewCourse, NewInitiative
from craffu.scrutiny.initiatives.permissions import check_can_keep_initiatives
from craffu.scrutiny.initiatives.policies import (
    check_baseline,
    check_course,
    check_initiative_is_whole,
    check_period,
)
from craffu.scrutiny.initiatives.queries import Begun, find_initiative
from craffu.scrutiny.initiatives.rules import Wrong, effect_lacks
from craffu.scrutiny.models import Initiative, InitiativeEntry, InitiativeFigure


@action
def record_initiative(*, by: Acting, given: NewInitiative, now: datetime | None = None) -> Initiative:
    """Record an initiative, begun or ahead. Raises NotNow."""
    user, at = check_can_keep_initiatives(by), now or clock.now()
    check_initiative_is_whole(given)
    check_baseline(given)
    lock_until_commit("initiatives", by.force.code)
    row: Initiative = Initiative.objects.create(
        force=by.force, reference=next_reference(kind=f"initiative/{by.force.code}", prefix="IN"),
        title_en=given.title_en.strip(), title_cy=given.title_cy.strip(), aim=given.aim.strip(), matter=given.matter.value,
        owner=given.owner.strip(), begins_on=given.begins_on, measure=given.measure, part=given.part,
        baseline_first=given.baseline.first, baseline_last=given.baseline.last, by=user, known_from=at,
    )  # fmt: skip
    _log(by, events.INITIATIVE_RECORDED, row, at)
    return row


def _log(by: Acting, kind: EventKind, row: Initiative, at: datetime) -> None:
    audit.record(kind=kind, actor=by.actor, refs=[f"initiative/{row.reference}"], request=by.request, now=at)


def _begun(by: Acting, reference: str) -> Begun:
    lock_until_commit("initiative", by.force.code, reference)
    return check_is_there(find_initiative(by, reference))


@action
def say_course(*, by: Acting, initiative: str, given: NewCourse, now: datetime | None = None) -> InitiativeEntry:
    """Say how it goes, that it ended, or that it never began. Raises NotNow, Conflict."""
    user, at = check_can_keep_initiatives(by), now or clock.now()
    found, today = _begun(by, initiative), day_of(at)
    check_course(given, found.standing(today), found.row.begins_on, len(found.entries), today)
    row: InitiativeEntry = InitiativeEntry.objects.create(
        force=by.force, initiative=found.row, course=given.course.value, on=given.on, words=given.words.strip(), by=user,
        known_from=at,
    )  # fmt: skip
    _log(by, events.INITIATIVE_SAID, found.row, at)
    return row


@action
def keep_figure(*, by: Acting, initiative: str, given: Counted, now: datetime | None = None) -> InitiativeFigure:
    """Keep what its measure came to: over the baseline as it was chosen, or over days after its beginning. Raises NotNow.

    Whoever may build the snapshot counts from it, a program too. The same count of the same snapshot is kept once.
    """
    check_can_build(by)
    at = now or clock.now()
    found = _begun(by, initiative)
    if given.is_baseline:
        check_period(None if given.period == found.baseline_period else Wrong.BASELINE_NOT_BEFORE)
    else:
        check_period(effect_lacks(given.period, found.row.begins_on, day_of(at)))
    same = {
        "is_baseline": given.is_baseline,
        "first": given.period.first,
        "last": given.period.last,
        "digest": given.digest,
    }
    held: InitiativeFigure | None = InitiativeFigure.objects.for_user(by).filter(initiative=found.row, **same).first()
    if held is not None:
        return held
    row: InitiativeFigure = InitiativeFigure.objects.create(
        force=by.force, initiative=found.row, **same, count=given.count, of=given.of, value=given.value, note=given.note,
        version=given.version, snapshot=given.snapshot, by=by.user, known_from=at,
    )  # fmt: skip
    _log(by, events.INITIATIVE_MEASURED, found.row, at)
    return row

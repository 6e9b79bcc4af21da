"""The only write of what happened in a victim's case: once, with its three instants (VIC-05)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.common.door import action
from craffu.victims import events
from craffu.victims.agreements.actions import locked, log
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.policies import check_is_of_her_case, check_learnt_by_now
from craffu.victims.models import CaseHappening
from craffu.victims.permissions import check_can_look_after


@action
def record_happening(
    *, by: Acting, victim: str, case: str, given: NewHappening, now: datetime | None = None
) -> CaseHappening:
    """Something happened in a case of hers, or its time is known. The same said twice is kept once.

    Raises NotPermitted, and NotNow where it is no case of hers or was learnt in the future.
    """
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    hers = next((one for one, called in found.cases.items() if called == case), None)
    check_is_of_her_case(hers)
    check_learnt_by_now(given.learnt_at, at)
    # Of something that lies ahead, its time is known as soon as it is recorded.
    known = given.time_known_at or (given.learnt_at if given.learnt_at < given.at else None)
    said = {"case_id": hers, "kind": given.kind.value, "at": given.at}
    same: CaseHappening | None = CaseHappening.objects.for_user(by).filter(record__in=found.records, **said).first()
    if same is not None:
        return same
    row: CaseHappening = CaseHappening.objects.create(
        force=by.force, record_id=found.record, time_known_at=known, learnt_at=given.learnt_at,
        received_on=given.received_on, words=given.words.strip(), recorded_by=user, known_from=at, **said,
    )  # fmt: skip
    log(by, events.HAPPENING_RECORDED, found, at)
    return row

"""The only writes of what happened in a victim's case: once, with its three instants, and that it did not (VIC-05)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.common import clock
from craffu.common.door import action
from craffu.victims import events
from craffu.victims.agreements.actions import locked, log
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.policies import check_is_not_there, check_is_of_her_case, check_learnt_by_now
from craffu.victims.models import CaseHappening
from craffu.victims.permissions import check_can_look_after
from craffu.victims.queries import not_struck


@action
def record_happening(
    *, by: Acting, victim: str, case: str, given: NewHappening, now: datetime | None = None
) -> CaseHappening:
    """Something happened in a case of hers, or its time is known. The same said twice is kept once.

    Raises NotPermitted, and NotNow where it is no case of hers, was learnt in the future, or stands there otherwise.
    """
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    hers = next((one for one, called in found.cases.items() if called == case), None)
    check_is_of_her_case(hers)
    check_learnt_by_now(given.learnt_at, at)
    # Of something that lies ahead, its time is known as soon as it is recorded.
    known = given.time_known_at or (given.learnt_at if given.learnt_at < given.at else None)
    said = {
        "case_id": hers, "kind": given.kind.value, "at": given.at, "learnt_at": given.learnt_at, "time_known_at": known,
        "received_on": given.received_on, "words": given.words.strip(),
    }  # fmt: skip
    rows = CaseHappening.objects.for_user(by).filter(record__in=found.records, case_id=hers).order_by("id")
    # What custody or a court told of is no reason to refuse: what a person records takes its place.
    by_people = [one for one in not_struck(rows) if not one.is_of_records]
    alike = [one for one in by_people if (one.kind, one.at) == (given.kind.value, given.at)]
    same = next((one for one in alike if all(getattr(one, name) == value for name, value in said.items())), None)
    if same is not None:
        return same
    check_is_not_there(is_there=bool(alike))
    row: CaseHappening = CaseHappening.objects.create(
        force=by.force, record_id=found.record, recorded_by=user, known_from=at, **said,
    )  # fmt: skip
    log(by, events.HAPPENING_RECORDED, found, at)
    return row


@action
def strike_happening(*, by: Acting, victim: str, number: int, now: datetime | None = None) -> None:
    """Take back something recorded here: it did not happen, or not so. It stays readable; nobody is told of it any more."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    rows = CaseHappening.objects.for_user(by).filter(record__in=found.records).order_by("id")
    wrong = check_is_there(next((one for one in not_struck(rows) if one.pk == number and not one.source_key), None))
    CaseHappening.objects.create(
        force=by.force, record_id=found.record, case_id=wrong.case_id, kind=wrong.kind, at=wrong.at,
        learnt_at=wrong.learnt_at, strikes=wrong, recorded_by=user, known_from=at,
    )  # fmt: skip
    log(by, events.HAPPENING_STRUCK, found, at)

"""The only writes of a deep dive itself: its question, plan, people and recommendations, and that it is stopped (M1 to M6).

What it rests on is written in `claiming`, what goes to the force and to the public in `publishing`.
"""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.common.locks import lock_until_commit
from craffu.scrutiny.deep_dives import events
from craffu.scrutiny.deep_dives.facts import NewDive, NewPerson, NewPlan, NewRecommended
from craffu.scrutiny.deep_dives.permissions import check_can_lead, check_can_work
from craffu.scrutiny.deep_dives.policies import (
    check_both_languages,
    check_days,
    check_interest,
    check_is_open,
    check_is_said,
    check_step,
)
from craffu.scrutiny.deep_dives.queries import Dive, find_dive
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.models import DeepDive, DivePerson, DivePlanned, DiveRecommended, DiveStep
from craffu.scrutiny.recommending.policies import check_measure


def log(by: Acting, kind: EventKind, reference: str, at: datetime) -> None:
    audit.record(kind=kind, actor=by.actor, refs=[f"deep_dive/{reference}"], request=by.request, now=at)


def locked(by: Acting, reference: str) -> Dive:
    """The deep dive, to which nobody else adds until this is done. Raises NotPermitted where there is none."""
    lock_until_commit("deep-dive", by.force.code, reference)
    return check_is_there(find_dive(by, reference))


@action
def open_dive(*, by: Acting, given: NewDive, now: datetime | None = None) -> DeepDive:
    """Open a deep dive. Raises NotNow."""
    user, at = check_can_lead(by), now or clock.now()
    check_both_languages(
        (given.title_en, given.title_cy), (given.question_en, given.question_cy), (given.terms_en, given.terms_cy)
    )
    check_days(given.first, given.last)
    row: DeepDive = DeepDive.objects.create(
        force=by.force, reference=next_reference(kind=f"deep-dive/{by.force.code}", prefix="DD"),
        title_en=given.title_en.strip(), title_cy=given.title_cy.strip(), question_en=given.question_en.strip(),
        question_cy=given.question_cy.strip(), terms_en=given.terms_en.strip(), terms_cy=given.terms_cy.strip(),
        first=given.first, last=given.last, by=user, known_from=at,
    )  # fmt: skip
    DiveStep.objects.create(
        force=by.force, dive=row, status=DiveStatus.DRAFTING.value, on=day_of(at), by=user, known_from=at
    )
    log(by, events.DIVE_OPENED, row.reference, at)
    return row


@action
def plan(*, by: Acting, dive: str, given: NewPlan, now: datetime | None = None) -> DivePlanned:
    """Say what is done by a method and by when. What was said of it before stays below. Raises NotNow."""
    user, at = check_can_work(by), now or clock.now()
    found = locked(by, dive)
    check_is_open(found.status)
    check_is_said(given.words)
    row: DivePlanned = DivePlanned.objects.create(
        force=by.force, dive=found.row, method=given.method.value, words=given.words.strip(), due_on=given.due_on,
        is_done=given.is_done, by=user, known_from=at,
    )  # fmt: skip
    log(by, events.DIVE_ADDED_TO, dive, at)
    return row


@action
def name_person(*, by: Acting, dive: str, given: NewPerson, now: datetime | None = None) -> DivePerson:
    """Say who takes part, as what, and which interest they declared. Raises NotNow; NotPermitted where nobody has that name."""
    user, at = check_can_work(by), now or clock.now()
    found = locked(by, dive)
    check_is_open(found.status)
    check_interest(has_interest=given.has_interest, interest=given.interest)
    person = check_is_there(
        User.objects.filter(force=by.force, username=given.username.strip(), is_active=True).first()
    )
    row: DivePerson = DivePerson.objects.create(
        force=by.force, dive=found.row, person=person, part=given.part.strip(), has_interest=given.has_interest,
        interest=given.interest.strip(), by=user, known_from=at,
    )  # fmt: skip
    log(by, events.DIVE_ADDED_TO, dive, at)
    return row


@action
def recommend(
    *, by: Acting, dive: str, given: NewRecommended, seen: str = "", now: datetime | None = None
) -> DiveRecommended:
    """Write what is to be recommended, or mend it under its number.

    Raises NotNow; NotPermitted where there is no such number; Conflict where what is recommended changed since `seen` (T30).
    """
    user, at = check_can_work(by), now or clock.now()
    found = locked(by, dive)
    check_is_open(found.status)
    check_both_languages((given.text_en, given.text_cy))
    check_measure(given.measure)
    taken = {one.number for one in found.recommended}
    number = check_is_there(given.number if given.number in taken else None) if given.number else len(taken) + 1
    if given.number:
        check_unchanged(seen, found.recommended_version)
    row: DiveRecommended = DiveRecommended.objects.create(
        force=by.force, dive=found.row, number=number, matter=given.matter.value, text_en=given.text_en.strip(),
        text_cy=given.text_cy.strip(), measure=given.measure.strip(), target=given.target.strip(), by=user, known_from=at,
    )  # fmt: skip
    log(by, events.DIVE_ADDED_TO, dive, at)
    return row


@action
def stop(*, by: Acting, dive: str, reason: str, now: datetime | None = None) -> DiveStep:
    """It goes no further, for a reason. Raises NotNow."""
    user, at = check_can_lead(by), now or clock.now()
    found = locked(by, dive)
    check_step(found.status, DiveStatus.STOPPED)
    check_is_said(reason)
    row: DiveStep = DiveStep.objects.create(
        force=by.force, dive=found.row, status=DiveStatus.STOPPED.value, on=day_of(at), words=reason.strip(), by=user,
        known_from=at,
    )  # fmt: skip
    log(by, events.DIVE_STOPPED, dive, at)
    return row

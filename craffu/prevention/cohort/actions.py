"""The only writes of the cohort: a named officer brings somebody in, looks at them again, lets them leave (PRI-06, PRI-10)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.common.locks import lock_until_commit
from craffu.outbox.actions import tell
from craffu.people.models import Person
from craffu.prevention import events
from craffu.prevention.cohort import policies
from craffu.prevention.cohort.queries import Stays, stays_of
from craffu.prevention.deciding.policies import check_may, check_may_leave, check_says_why
from craffu.prevention.deciding.queries import decided_of
from craffu.prevention.deciding.rules import Act, Leaving
from craffu.prevention.models import CohortEntered, CohortLeft, CohortReviewed
from craffu.prevention.permissions import check_can_decide_priority
from craffu.prevention.scoring.queries import stands_of
from craffu.prevention.topics import PRIORITIES


@action
def enter_cohort(*, by: Acting, person: Person, reason: str, seen: str, now: datetime | None = None) -> CohortEntered:
    """A named officer brings somebody of the population into the cohort, and says why; their score of now is kept beside it."""
    user, at = check_can_decide_priority(by), now or clock.now()
    stays = _locked(by, person, seen)
    policies.check_is_outside(stays)
    stands = stands_of(by, person)
    policies.check_may_enter(stands=stands is not None)
    check_may(Act.ADD_TO_COHORT, user, reason)
    check_says_why(reason)
    kept = decided_of(by, person).kept
    row: CohortEntered = CohortEntered.objects.create(
        force=by.force, person=person, number=stays.next_number, score=stands.value if stands else None,
        kept=kept[-1] if kept else None, reason=reason.strip(), by=user, known_from=at,
    )  # fmt: skip
    _told(by, events.COHORT_ENTERED, person, at)
    return row


@action
def review_member(*, by: Acting, person: Person, words: str, seen: str, now: datetime | None = None) -> CohortReviewed:
    """A named officer looked at a member again, and they stay: said of each stay, where two members were found to be one."""
    user, at = check_can_decide_priority(by), now or clock.now()
    stays = policies.check_is_member(_locked(by, person, seen))
    check_says_why(words)
    rows: list[CohortReviewed] = [
        CohortReviewed.objects.create(
            force=by.force, entered=one.entered, words=words.strip(), by=user, known_from=at
        )
        for one in stays
    ]  # fmt: skip
    _told(by, events.COHORT_REVIEWED, person, at)
    return rows[-1]


@action
def leave_cohort(*, by: Acting, person: Person, reason: str, seen: str, now: datetime | None = None) -> CohortLeft:
    """A named officer lets a member leave, and says why. They stand in no list of members any more: every stay of theirs ends."""
    user, at = check_can_decide_priority(by), now or clock.now()
    stays = policies.check_is_member(_locked(by, person, seen))
    stands = stands_of(by, person)
    check_may_leave(Leaving(user.username, reason, stands.value if stands else None))
    rows: list[CohortLeft] = [
        CohortLeft.objects.create(
            force=by.force, entered=one.entered, score=stands.value if stands else None, reason=reason.strip(), by=user,
            known_from=at,
        )
        for one in stays
    ]  # fmt: skip
    _told(by, events.COHORT_LEFT, person, at)
    return rows[-1]


def _locked(by: Acting, person: Person, seen: str) -> Stays:
    lock_until_commit("cohort", by.force.code, str(person.pk))
    stays = stays_of(by, person)
    check_unchanged(seen, stays.version)
    return stays


def _told(by: Acting, kind: EventKind, person: Person, at: datetime) -> None:
    audit.record(kind=kind, actor=by.actor, refs=(f"person/{person.reference}",), request=by.request, now=at)
    tell(force=by.force.code, topic=PRIORITIES, subjects=[person.pk], at=at)

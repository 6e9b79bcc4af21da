"""The only writes of what people decide of priorities (PRI-06, PRI-07). No score is edited; nothing is done by a score alone."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.common.locks import lock_until_commit
from craffu.outbox.actions import tell
from craffu.people.models import Person
from craffu.prevention import events
from craffu.prevention.deciding import policies
from craffu.prevention.deciding.facts import Challenge, Other
from craffu.prevention.deciding.queries import Decided, decided_of
from craffu.prevention.deciding.rules import Act, Said
from craffu.prevention.models import (
    ActSetAside,
    ChallengeAnswered,
    PriorityAgreed,
    PriorityDecided,
    ScoreChallenged,
)
from craffu.prevention.permissions import check_can_agree_priority, check_can_decide_priority
from craffu.prevention.scoring.actions import renew_scores
from craffu.prevention.scoring.one import Counted, scored_alone
from craffu.prevention.scoring.queries import last_run, stands_of
from craffu.prevention.topics import PRIORITIES


@action
def let_stand(*, by: Acting, person: Person, seen: str, now: datetime | None = None) -> PriorityDecided:
    """An officer has looked, and the priority stands. What another priority said before counts no more."""
    user, at = check_can_decide_priority(by), now or clock.now()
    decided = _locked(by, person, seen)
    policies.check_none_awaits(awaits=decided.awaits is not None)
    kept = policies.check_is_scored(decided, stands=stands_of(by, person) is not None)
    row: PriorityDecided = PriorityDecided.objects.create(
        force=by.force, person=person, number=decided.next_number, kept=kept, said=Said.STANDS.value, by=user,
        known_from=at,
    )  # fmt: skip
    _told(by, events.PRIORITY_STANDS, person, at)
    return row


@action
def put_other(*, by: Acting, person: Person, given: Other, seen: str, now: datetime | None = None) -> PriorityDecided:
    """An officer puts another priority forward, until a day. It counts when a second person agrees."""
    user, at = check_can_decide_priority(by), now or clock.now()
    decided = _locked(by, person, seen)
    policies.check_none_awaits(awaits=decided.awaits is not None)
    kept = policies.check_is_scored(decided, stands=stands_of(by, person) is not None)
    policies.check_may(Act.OVERRIDE, user, given.reason)
    policies.check_ends(given.until, day_of(at))
    row: PriorityDecided = PriorityDecided.objects.create(
        force=by.force, person=person, number=decided.next_number, kept=kept, said=Said.OTHER.value,
        tier=given.tier.value, reason=given.reason.strip(), until=given.until, by=user, known_from=at,
    )  # fmt: skip
    _told(by, events.PRIORITY_OVERRIDDEN, person, at)
    return row


@action
def answer_other(
    *, by: Acting, person: Person, agrees: bool, reason: str, seen: str, now: datetime | None = None
) -> PriorityAgreed:
    """A second person agrees to another priority, or says why not."""
    user, at = check_can_agree_priority(by), now or clock.now()
    decided = _locked(by, person, seen)
    asked = policies.check_awaits(decided.awaits)
    policies.check_is_another(asked.by, user)
    if not agrees:
        policies.check_says_why(reason)
    row: PriorityAgreed = PriorityAgreed.objects.create(
        force=by.force, decided=asked, agrees=agrees, reason=reason.strip(), by=user, known_from=at
    )
    _told(by, events.PRIORITY_AGREED if agrees else events.PRIORITY_REFUSED, person, at)
    return row


@action
def challenge_score(
    *, by: Acting, person: Person, given: Challenge, seen: str, now: datetime | None = None
) -> ScoreChallenged:
    """Somebody says that a score counts what it should not. The score stands until a second person has answered."""
    user, at = check_can_decide_priority(by), now or clock.now()
    decided = _locked(by, person, seen)
    kept = policies.check_is_scored(decided, stands=stands_of(by, person) is not None)
    policies.check_may(Act.CHALLENGE, user, given.reason)
    policies.check_are_counted(given.acts, counted_of(by, person, at))
    row: ScoreChallenged = ScoreChallenged.objects.create(
        force=by.force, person=person, number=len(decided.challenges) + 1, kept=kept, whose=given.whose.value,
        acts=[[record, act] for record, act in given.acts], reason=given.reason.strip(), by=user, known_from=at,
    )  # fmt: skip
    _told(by, events.SCORE_CHALLENGED, person, at)
    return row


@action
def answer_challenge(
    *, by: Acting, person: Person, number: int, aside: frozenset[tuple[int, str]], reason: str, seen: str,
    now: datetime | None = None,
) -> ChallengeAnswered:  # fmt: skip
    """What a second person found: `aside` are the acts that enter no score of theirs any more, none where all stay.

    The score is made anew at once, and the old one is kept.
    """
    user, at = check_can_agree_priority(by), now or clock.now()
    decided = _locked(by, person, seen)
    challenged = policies.check_is_open(decided.challenge(number))
    policies.check_is_another(challenged.by, user)
    policies.check_says_why(reason)
    counted = counted_of(by, person, at)
    policies.check_are_counted(aside, counted)
    policies.check_none_was_proved(aside, counted)
    row: ChallengeAnswered = ChallengeAnswered.objects.create(
        force=by.force, challenged=challenged, reason=reason.strip(), by=user, known_from=at
    )
    for record, act in sorted(aside):
        ActSetAside.objects.create(force=by.force, answered=row, record_id=record, act=act, known_from=at)
    _told(by, events.CHALLENGE_ANSWERED, person, at)
    renew_scores(by=by, people={person.pk}, now=at)
    return row


def counted_of(by: Acting, person: Person, at: datetime) -> tuple[Counted, ...]:
    """What the score of somebody counts at an instant; nothing where nobody was scored yet."""
    run = last_run(by)
    return () if run is None else scored_alone(by, {person.pk}, at, run)[person.pk].counted


def _locked(by: Acting, person: Person, seen: str) -> Decided:
    lock_until_commit("priority", by.force.code, str(person.pk))
    decided = decided_of(by, person)
    check_unchanged(seen, decided.version)
    return decided


def _told(by: Acting, kind: EventKind, person: Person, at: datetime) -> None:
    audit.record(kind=kind, actor=by.actor, refs=(f"person/{person.reference}",), request=by.request, now=at)
    tell(force=by.force.code, topic=PRIORITIES, subjects=[person.pk], at=at)

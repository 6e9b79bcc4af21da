"""The only writes of words that are destroyed: one person asks, another decides, and then they are gone (SEC-09, VIC-08)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_fresh_factor, check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.outbox.actions import tell
from craffu.scrutiny.destroying import events
from craffu.scrutiny.destroying.kinds import Decision, Of
from craffu.scrutiny.destroying.permissions import check_asked_by_another, check_can_decide
from craffu.scrutiny.destroying.policies import check_not_decided, check_something_is_left
from craffu.scrutiny.destroying.queries import find_destruction, left_of, open_one, texts_of
from craffu.scrutiny.interviewing.permissions import check_can_open
from craffu.scrutiny.interviewing.queries import find_interview
from craffu.scrutiny.models import Answer, Destruction, DestructionDecided, Interview, Quote
from craffu.scrutiny.topics import DESTRUCTIONS
from craffu.victims.answering.actions import erase_answers, take_back
from craffu.victims.answering.reading import texts_left
from craffu.victims.permissions import check_can_look_after


@action
def ask_to_destroy_interview(*, by: Acting, interview: str, now: datetime | None = None) -> Destruction:
    """Ask that what was taken back of an interview is destroyed; asked twice before it is decided, it is asked once.

    Raises NotNow where nothing that was taken back is left.
    """
    at = now or clock.now()
    lock_until_commit("interview", by.force.code, interview)
    found = check_is_there(find_interview(by, interview))
    user = check_can_open(by, found.by)
    check_something_is_left(left_of(by, found, at).texts)
    return open_one(by, interview=found) or _ask(by, user, Of.INTERVIEW, at, interview=found)


@action
def take_back_and_ask(*, by: Acting, victim: str, number: int, now: datetime | None = None) -> Destruction | None:
    """She takes back what she answered of how she was treated, and it is asked at once that it is destroyed; None where nothing
    of it is left.
    """
    user, at = check_can_look_after(by), now or clock.now()
    invitation = take_back(by=by, victim=victim, number=number, now=at)
    if not texts_left(by, invitation.pk):
        return None
    held = open_one(by, invitation=invitation.pk)
    return held or _ask(by, user, Of.SURVEY, at, invitation=invitation.pk)


def _ask(
    by: Acting, user: User, of: Of, at: datetime, *, interview: Interview | None = None, invitation: int | None = None
) -> Destruction:
    row: Destruction = Destruction.objects.create(
        force=by.force, reference=next_reference(kind=f"destruction/{by.force.code}", prefix="WD"), of=of.value,
        interview=interview, invitation_id=invitation, by=user, known_from=at,
    )  # fmt: skip
    tell(force=by.force.code, topic=DESTRUCTIONS, subjects=[row.pk], at=at)
    _log(by, events.DESTRUCTION_ASKED, row, at)
    return row


@action
def decide(*, by: Acting, destruction: str, decision: Decision, now: datetime | None = None) -> DestructionDecided:
    """Destroy what was asked to be destroyed and is still taken back, or keep it, once.

    Raises NotPermitted to whoever asked for it, FactorNotFresh, Conflict where somebody was first, NotNow where nothing is left.
    """
    user, at = check_can_decide(by), now or clock.now()
    check_fresh_factor(by, at)
    lock_until_commit("destruction", by.force.code, destruction)
    found = check_is_there(find_destruction(by, destruction))
    check_asked_by_another(user, found.by)
    check_not_decided(is_decided=hasattr(found, "decided"))
    if found.interview is not None:
        # Consent is asked of the interview as it stands, and nobody writes in it meanwhile.
        lock_until_commit("interview", by.force.code, found.interview.reference)
    texts = 0
    if decision is Decision.DESTROY:
        check_something_is_left(texts_of(by, found, at))
        texts = _destroy(by, found, at)
    row: DestructionDecided = DestructionDecided.objects.create(
        force=by.force, destruction=found, decision=decision.value, texts=texts, by=user, known_from=at
    )
    tell(force=by.force.code, topic=DESTRUCTIONS, subjects=[found.pk], at=at)
    kind = events.WORDS_DESTROYED if decision is Decision.DESTROY else events.WORDS_KEPT
    _log(by, kind, found, at, counts={"texts": texts} if texts else None)
    return row


def _destroy(by: Acting, one: Destruction, at: datetime) -> int:
    if one.invitation_id is not None:
        return erase_answers(by, one.invitation_id)
    left = left_of(by, check_is_there(one.interview), at)
    Answer.objects.for_user(by).filter(pk__in=left.answers).erase(words="", note="")
    Quote.objects.for_user(by).filter(pk__in=left.quotes).erase(words="")
    return left.texts


def _log(by: Acting, kind: EventKind, one: Destruction, at: datetime, counts: dict[str, int] | None = None) -> None:
    audit.record(kind=kind, actor=by.actor, refs=refs_of(one), counts=counts, request=by.request, now=at)


def refs_of(one: Destruction) -> list[str]:
    """What the log says a destruction is of: an interview by its reference, answers by the number of their invitation."""
    whose = f"interview/{one.interview.reference}" if one.interview is not None else f"invitation/{one.invitation_id}"
    return [f"destruction/{one.reference}", whose]

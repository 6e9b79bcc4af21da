"""The only writes of interviews of practice: held, consented to, answered, quoted, taken back; and a danger told on (VIC-08).

Consent and its end count from the instant they are recorded: nobody dates them back.
"""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.common.moments import check_has_come
from craffu.outbox.actions import tell
from craffu.scrutiny.interviewing import events
from craffu.scrutiny.interviewing.facts import NewActed, NewAnswer, NewConsent, NewInterview, NewLiveRisk
from craffu.scrutiny.interviewing.kinds import Use
from craffu.scrutiny.interviewing.permissions import check_can_act, check_can_interview, check_can_open
from craffu.scrutiny.interviewing.policies import (
    check_consent,
    check_is_consented,
    check_is_passage,
    check_is_said,
    check_may_be_quoted,
    check_not_acted,
    check_says_whom,
    check_takes_back,
)
from craffu.scrutiny.interviewing.queries import InterviewStands, find_interview, find_live_risk, stands_now
from craffu.scrutiny.interviewing.questions import CURRENT
from craffu.scrutiny.interviewing.rules import is_passage_of, takes_back, why_consent_is_not_taken
from craffu.scrutiny.models import Answer, Consent, ConsentWithdrawn, Interview, LiveRisk, LiveRiskActed, Quote
from craffu.scrutiny.topics import LIVE_RISKS


def _locked(by: Acting, reference: str, now: datetime) -> InterviewStands:
    """An interview that is open to whoever acts, read anew under its lock."""
    check_can_interview(by)
    lock_until_commit("interview", by.force.code, reference)
    found = check_is_there(find_interview(by, reference))
    check_can_open(by, found.by)
    return stands_now(by, found, now)


def _log(by: Acting, kind: EventKind, *refs: str, at: datetime, recipient: str = "") -> None:
    audit.record(kind=kind, actor=by.actor, refs=refs, recipient=recipient, request=by.request, now=at)


def _ref(interview: Interview) -> str:
    return f"interview/{interview.reference}"


@action
def hold_interview(*, by: Acting, given: NewInterview, now: datetime | None = None) -> Interview:
    """Record that an interview is held, and by nobody's name. The same one of the same person at the same time is kept once."""
    user, at = check_can_interview(by), now or clock.now()
    check_says_whom(given)
    check_has_come(given.held_at, at, code="interview_to_come")
    said = {
        "whom": given.whom.value, "post": given.post, "band": given.band, "review": given.review.strip(),
        "question": given.question.value, "language": given.language, "held_at": given.held_at,
    }  # fmt: skip
    lock_until_commit("interviewer", by.force.code, user.username)
    held: Interview | None = Interview.objects.for_user(by).filter(by=user, **said).first()
    if held is not None:
        return held
    row: Interview = Interview.objects.create(
        force=by.force, reference=next_reference(kind=f"interview/{by.force.code}", prefix="I"), schedule=CURRENT,
        by=user, known_from=at, **said,
    )  # fmt: skip
    _log(by, events.INTERVIEW_HELD, _ref(row), at=at)
    return row


@action
def record_consent(*, by: Acting, interview: str, given: NewConsent, now: datetime | None = None) -> Consent:
    """What they consent to, from now on. Raises NotNow where they were not read the words, or a victim not shown the notice."""
    at = now or clock.now()
    found = _locked(by, interview, at).interview
    read, notice = given.read, given.notice
    check_consent(why_consent_is_not_taken(found.whom, found.language, at, read, notice, given.uses))
    read = check_is_there(read)
    # The same form sent twice bears the same reading.
    same = Consent.objects.for_user(by).filter(interview=found, read_at=read.at).first()
    if same is not None:
        held: Consent = same
        return held
    row: Consent = Consent.objects.create(
        force=by.force, interview=found, uses=sorted(given.uses), by_whom=given.by_whom, words_version=read.version,
        words_language=read.language, read_at=read.at, given_at=at,
        notice_version=notice.version if notice else None, notice_shown_at=notice.shown_at if notice else None,
        by=check_can_interview(by), known_from=at,
    )  # fmt: skip
    _log(by, events.INTERVIEW_CONSENTED, _ref(found), at=at)
    return row


@action
def withdraw_consent(
    *, by: Acting, interview: str, uses: frozenset[Use], now: datetime | None = None
) -> ConsentWithdrawn:
    """They take it back: from now on their words are in no page, no quote and no print. Raises NotNow where nothing stands."""
    at = now or clock.now()
    stood = _locked(by, interview, at)
    check_takes_back(uses, stood.uses)
    row: ConsentWithdrawn = ConsentWithdrawn.objects.create(
        force=by.force, interview=stood.interview, uses=sorted(takes_back(uses)), at=at, by=check_can_interview(by),
        known_from=at,
    )  # fmt: skip
    _log(by, events.INTERVIEW_WITHDRAWN, _ref(stood.interview), at=at)
    return row


@action
def write_answer(*, by: Acting, interview: str, given: NewAnswer, now: datetime | None = None) -> Answer:
    """What they say to one question, while their consent stands. What is there word for word is not kept again."""
    at = now or clock.now()
    stood = _locked(by, interview, at)
    answered = check_is_there(stood.answer_to(given.question))
    check_is_consented(is_kept=stood.is_kept)
    check_is_said(given.words)
    if answered.answer is not None and (answered.words, answered.note) == (given.words, given.note):
        same: Answer = Answer.objects.for_user(by).get(pk=answered.answer)  # scoped
        return same
    row: Answer = Answer.objects.create(
        force=by.force, interview=stood.interview, question=given.question, words=given.words, note=given.note,
        by=check_can_interview(by), known_from=at,
    )  # fmt: skip
    _log(by, events.INTERVIEW_ANSWERED, _ref(stood.interview), at=at)
    return row


@action
def mark_quote(*, by: Acting, interview: str, question: str, words: str, now: datetime | None = None) -> Quote:
    """Mark a passage of an answer, word for word, while they agree to be quoted. The same passage is marked once."""
    at = now or clock.now()
    stood = _locked(by, interview, at)
    answered = check_is_there(stood.answer_to(question))
    check_may_be_quoted(is_quotable=answered.may_be_quoted)
    passage = " ".join(words.split())
    check_is_passage(is_passage=is_passage_of(passage, answered.words))
    held = next((one for one in answered.quotes if one.words == passage), None)
    if held is not None:
        same: Quote = Quote.objects.for_user(by).get(pk=held.number)  # scoped
        return same
    row: Quote = Quote.objects.create(
        force=by.force, answer_id=answered.answer, words=passage, by=check_can_interview(by), known_from=at
    )
    _log(by, events.INTERVIEW_QUOTED, _ref(stood.interview), at=at)
    return row


@action
def refer_live_risk(*, by: Acting, interview: str, given: NewLiveRisk, now: datetime | None = None) -> LiveRisk:
    """Tell the force of a danger at once, whether or not consent stands. Sent twice, it is told once."""
    at = now or clock.now()
    stood = _locked(by, interview, at)
    check_is_said(given.told)
    check_is_said(given.reach)
    for one in LiveRisk.objects.for_user(by).filter(interview=stood.interview, acted__isnull=True).order_by("id"):
        if (one.danger, one.told, one.reach) == (given.danger, given.told.strip(), given.reach.strip()):
            same: LiveRisk = one
            return same
    row: LiveRisk = LiveRisk.objects.create(
        force=by.force, reference=next_reference(kind=f"live-risk/{by.force.code}", prefix="LR"),
        interview=stood.interview, danger=given.danger, told=given.told.strip(), reach=given.reach.strip(),
        by=check_can_interview(by), known_from=at,
    )  # fmt: skip
    tell(force=by.force.code, topic=LIVE_RISKS, subjects=[row.pk], at=at)
    refs = (_ref(stood.interview), f"live_risk/{row.reference}")
    _log(by, events.LIVE_RISK_REFERRED, *refs, at=at, recipient=by.force.name_en)
    return row


@action
def record_acted(*, by: Acting, risk: str, given: NewActed, now: datetime | None = None) -> LiveRiskActed:
    """What the force did, once. Raises Conflict where somebody else was first."""
    user, at = check_can_act(by), now or clock.now()
    lock_until_commit("live-risk", by.force.code, risk)
    found = check_is_there(find_live_risk(by, risk))
    check_not_acted(is_acted=hasattr(found, "acted"))
    check_is_said(given.words)
    row: LiveRiskActed = LiveRiskActed.objects.create(
        force=by.force, risk=found, done=given.done, words=given.words.strip(), by=user, known_from=at
    )
    tell(force=by.force.code, topic=LIVE_RISKS, subjects=[found.pk], at=at)
    _log(by, events.LIVE_RISK_ACTED_ON, f"live_risk/{found.reference}", at=at)
    return row

"""The only writes of a draft that goes to the force, its reply, the answers to it, and the publication (SCR-12).

What is recommended comes into the register of recommendations in the same act, and is followed there from then on.
"""

from collections.abc import Callable
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.outbox.actions import tell
from craffu.scrutiny.claiming.queries import found_of, texts_that_tell
from craffu.scrutiny.deep_dives import events
from craffu.scrutiny.deep_dives.actions import locked, log
from craffu.scrutiny.deep_dives.permissions import check_can_lead
from craffu.scrutiny.deep_dives.policies import check_is_said, check_step
from craffu.scrutiny.deep_dives.queries import Dive
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.leaving.policies import check_tells_of_nobody
from craffu.scrutiny.models import DiveCorrection, DiveCorrectionAnswered, DiveStep
from craffu.scrutiny.publishing.facts import NewAnswer, NewReply, Text
from craffu.scrutiny.publishing.policies import (
    check_came,
    check_claims_hold,
    check_declined,
    check_each_finding_claims,
    check_not_answered,
    check_nothing_new,
    check_publishable,
    check_reply,
    check_same_text,
    check_tells_nothing_hidden,
)
from craffu.scrutiny.publishing.queries import hash_of, new_since_draft, publication_of, told_in_words, told_of_somebody
from craffu.scrutiny.recommending.actions import record_recommendation, record_report
from craffu.scrutiny.recommending.facts import NewRecommendation, NewReport
from craffu.scrutiny.recommending.kinds import Matter
from craffu.scrutiny.recommending.rules import ReportBy
from craffu.scrutiny.topics import DEEP_DIVES

type Makes = Callable[[Dive], Text]


@action
def send_draft(*, by: Acting, dive: str, made: Makes, seen: str, now: datetime | None = None) -> DiveStep:
    """The draft goes to the force, and is kept whole. Raises NotNow where a claim does not hold; Conflict where it changed.

    `made` tells the text of the deep dive as it is once nobody else can add to it.
    """
    user, at = check_can_lead(by), now or clock.now()
    found = locked(by, dive)
    check_step(found.status, DiveStatus.WITH_FORCE)
    _check_holds(by, found, at)
    text = made(found)
    check_same_text(seen, hash_of(text))
    check_tells_of_nobody(told_of_somebody(by, found, text))
    row: DiveStep = DiveStep.objects.create(
        force=by.force, dive=found.row, status=DiveStatus.WITH_FORCE.value, on=day_of(at), text=dict(text),
        sha256=hash_of(text), by=user, known_from=at,
    )  # fmt: skip
    _told(by, found, at)
    log(by, events.DIVE_SENT, dive, at)
    return row


def _told(by: Acting, dive: Dive, at: datetime) -> None:
    tell(force=by.force.code, topic=DEEP_DIVES, subjects=[dive.row.pk], at=at)


def _check_holds(by: Acting, dive: Dive, at: datetime) -> None:
    found = found_of(by, dive.row, at)
    check_claims_hold([one.row.number for one in found.not_holding], claims=len(found.claims))
    check_tells_nothing_hidden(texts_that_tell(found))
    check_each_finding_claims([one.number for one in found.findings if not found.claims_of(one.number)])


@action
def take_back(*, by: Acting, dive: str, reason: str, now: datetime | None = None) -> DiveStep:
    """It is written in again: the draft that the force had stays kept. Raises NotNow."""
    user, at = check_can_lead(by), now or clock.now()
    found = locked(by, dive)
    check_step(found.status, DiveStatus.DRAFTING)
    check_is_said(reason)
    row: DiveStep = DiveStep.objects.create(
        force=by.force, dive=found.row, status=DiveStatus.DRAFTING.value, on=day_of(at), words=reason.strip(), by=user,
        known_from=at,
    )  # fmt: skip
    _told(by, found, at)
    log(by, events.DIVE_OPENED, dive, at)
    return row


@action
def record_reply(*, by: Acting, dive: str, given: NewReply, now: datetime | None = None) -> DiveStep:
    """Keep the force's reply word for word, and what it asks to have corrected. Raises NotNow."""
    user, at = check_can_lead(by), now or clock.now()
    found = locked(by, dive)
    check_step(found.status, DiveStatus.REPLIED)
    check_reply(given.words, given.post)
    check_came(given.on, found.draft.on if found.draft else given.on, day_of(at))
    check_tells_of_nobody(told_in_words(by, found, given.post, given.words, *given.corrections))
    row: DiveStep = DiveStep.objects.create(
        force=by.force, dive=found.row, status=DiveStatus.REPLIED.value, on=given.on, words=given.words.strip(),
        post=given.post.strip(), by=user, known_from=at,
    )  # fmt: skip
    asked = [one.strip() for one in given.corrections if one.strip()]
    for number, words in enumerate(asked, start=len(found.corrections) + 1):
        DiveCorrection.objects.create(force=by.force, reply=row, number=number, words=words, by=user, known_from=at)
    _told(by, found, at)
    log(by, events.DIVE_REPLIED, dive, at)
    return row


@action
def answer_correction(
    *, by: Acting, dive: str, given: NewAnswer, now: datetime | None = None
) -> DiveCorrectionAnswered:
    """Take a correction, or decline it with a reason, once. Raises NotNow and Conflict."""
    user, at = check_can_lead(by), now or clock.now()
    found = locked(by, dive)
    check_step(found.status, DiveStatus.PUBLISHED)
    one = check_is_there(next((each for each in found.corrections if each.number == given.number), None))
    check_not_answered(is_answered=hasattr(one, "answered"))
    check_declined(given.reason, given.reason_cy, is_taken=given.is_taken)
    check_tells_of_nobody(told_in_words(by, found, given.reason, given.reason_cy))
    row: DiveCorrectionAnswered = DiveCorrectionAnswered.objects.create(
        force=by.force,
        correction=one,
        is_taken=given.is_taken,
        reason=given.reason.strip(),
        reason_cy=given.reason_cy.strip(),
        by=user,
        known_from=at,
    )
    log(by, events.DIVE_CORRECTION, dive, at)
    return row


@action
def publish(*, by: Acting, dive: str, made: Makes, seen: str, now: datetime | None = None) -> DiveStep:
    """It is published, word for word as it was read, and what it recommends is in the register.

    Raises NotNow where a claim does not hold or the force has not had its say, Conflict where it changed.
    """
    user, at = check_can_lead(by), now or clock.now()
    found = locked(by, dive)
    check_step(found.status, DiveStatus.PUBLISHED)
    _check_holds(by, found, at)
    check_publishable(check_is_there(publication_of(found, day_of(at))))
    check_nothing_new(new_since_draft(by, found))
    text = made(found)
    check_same_text(seen, hash_of(text))
    check_tells_of_nobody(told_of_somebody(by, found, text))
    row: DiveStep = DiveStep.objects.create(
        force=by.force, dive=found.row, status=DiveStatus.PUBLISHED.value, on=day_of(at), text=dict(text),
        sha256=hash_of(text), by=user, known_from=at,
    )  # fmt: skip
    if found.recommended:
        _into_register(by, found, at)
    _told(by, found, at)
    log(by, events.DIVE_PUBLISHED, dive, at)
    return row


def _into_register(by: Acting, dive: Dive, at: datetime) -> None:
    given = NewReport(ReportBy.COMMISSIONER, dive.row.title_en, dive.row.title_cy, day_of(at), dive.row.reference)
    report = record_report(by=by, given=given, now=at)
    for one in dive.recommended:
        record_recommendation(
            by=by, report=report.reference,
            given=NewRecommendation(
                str(one.number), Matter(one.matter), one.text_en, one.text_cy, one.measure, one.target
            ), now=at,
        )  # fmt: skip

"""Interviews of practice as a scrutiny officer holds them: recorded, consented to, answered, quoted."""

from datetime import datetime, timedelta

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.scrutiny.interviewing.actions import (
    hold_interview,
    mark_quote,
    record_consent,
    refer_live_risk,
    write_answer,
)
from craffu.scrutiny.interviewing.facts import NewAnswer, NewConsent, NewInterview, NewLiveRisk
from craffu.scrutiny.interviewing.kinds import Band, ByWhom, Danger, Post, ReviewQuestion, Use, Whom
from craffu.scrutiny.interviewing.rules import CONSENT_VERSION, WordsRead
from craffu.scrutiny.models import Interview, LiveRisk
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION

SAID = "We never hear what the court did.\nNobody rings."
TOLD = "A woman in the yellow house is being followed home tonight."


def held(
    by: Acting, whom: Whom = Whom.STAFF, *, language: str = "en", at: datetime | None = None, review: str = "Deep dive"
) -> Interview:
    """An interview about everything, an hour ago."""
    is_staff = whom is Whom.STAFF
    given = NewInterview(
        whom, review, ReviewQuestion.ALL, language, (at or clock.now()) - timedelta(hours=1),
        Post.RESPONSE if is_staff else "", Band.SMALL if is_staff else "",
    )  # fmt: skip
    return hold_interview(by=by, given=given, now=at)


def consent_of(interview: Interview, *uses: Use, at: datetime | None = None) -> NewConsent:
    """Consent that counts at an instant: everything was read a minute before."""
    before = (at or clock.now()) - timedelta(minutes=1)
    language = interview.language
    notice = ReadersNotice(NOTICE_VERSION, language, before, NOTICES[NOTICE_VERSION])
    read = WordsRead(CONSENT_VERSION, language, before)
    is_victim = interview.whom == Whom.VICTIM
    return NewConsent(frozenset(uses or Use), ByWhom.SELF, read, notice if is_victim else None)


def answered(by: Acting, whom: Whom = Whom.STAFF, words: str = SAID, *, at: datetime | None = None) -> Interview:
    """An interview with consent to both uses, one answer with a note, and its first line as a quote."""
    one = held(by, whom, at=at)
    record_consent(by=by, interview=one.reference, given=consent_of(one, at=at), now=at)
    key = "work" if whom is Whom.STAFF else "first"
    write_answer(by=by, interview=one.reference, given=NewAnswer(key, words, f"Note on: {words}"), now=at)
    mark_quote(by=by, interview=one.reference, question=key, words=words.splitlines()[0], now=at)
    return one


def referred(by: Acting, interview: Interview, told: str = TOLD, *, at: datetime | None = None) -> LiveRisk:
    return refer_live_risk(
        by=by, interview=interview.reference, given=NewLiveRisk(Danger.HARM, told, "01632 960001"), now=at
    )

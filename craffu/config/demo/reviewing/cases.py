"""The demo's dip sample: cases of stalking that were opened last, each reviewed twice and blind, and interviews (M3, M4, M5).

Invented answers: what is in a case does not decide them.
"""

import hashlib
from datetime import date, datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.config.demo.reviewing import words
from craffu.scrutiny.asking.form import Question
from craffu.scrutiny.asking.kinds import Scale
from craffu.scrutiny.asking.rules import Given, left_to_answer
from craffu.scrutiny.interviewing.actions import hold_interview, mark_quote, record_consent, write_answer
from craffu.scrutiny.interviewing.facts import NewAnswer, NewConsent, NewInterview
from craffu.scrutiny.interviewing.kinds import Band, ByWhom, Post, ReviewQuestion, Use, Whom
from craffu.scrutiny.interviewing.rules import CONSENT_VERSION, WordsRead
from craffu.scrutiny.models import CaseReview, Quote, Sample
from craffu.scrutiny.reviewing.actions import declare_interest, save_answers, submit_review
from craffu.scrutiny.reviewing.facts import NewAnswerGiven
from craffu.scrutiny.reviewing.pack import pack_of
from craffu.scrutiny.reviewing.queries import form_of, own_answers, own_reviews
from craffu.scrutiny.reviewing.rules import LIVE_RISK
from craffu.scrutiny.sampling.actions import freeze_frame, give_seed, name_reviewers, plan_sample
from craffu.scrutiny.sampling.facts import NewReviewers, NewSample, NewSeed
from craffu.scrutiny.sampling.kinds import Frame, Inclusion, Strata
from craffu.scrutiny.sampling.policies import SHORTEST
from craffu.scrutiny.sampling.queries import frame_now
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION

# So many reviewed twice are enough for agreement to be quoted where reviewers never differ.
LEAST: Final = 8
# No more are drawn, so that a demo does not wait for them.
MOST: Final = 12
_A_YEAR: Final = 365
_MINUTE: Final = timedelta(minutes=1)
# On which question the reviewers of the first case differ: its agreement shows it.
DIFFER_ON: Final = "DS-C2"


def reviewed_cases(planner: Acting, giver: Acting, reviewers: tuple[Acting, Acting], now: datetime) -> Sample | None:
    """A sample with every review in, of the shortest time to today with enough cases; None where a year has none or too few."""
    inclusion = _shortest(planner, day_of(now))
    if inclusion is None:
        return None
    given = NewSample(
        words.SAMPLE_QUESTION[0], ReviewQuestion.SUPPORTED, inclusion, question_cy=words.SAMPLE_QUESTION[1]
    )
    sample = plan_sample(by=planner, given=given, now=now)
    freeze_frame(by=planner, sample=sample.reference, now=now)
    named = NewReviewers([str(one.user.username) for one in reviewers if one.user])
    name_reviewers(by=planner, sample=sample.reference, given=named, now=now)
    give_seed(by=giver, sample=sample.reference, given=NewSeed(True, words.SEED), now=now)
    for by in reviewers:
        for review in own_reviews(by):
            if review.case.sample_id == sample.pk:
                _reviewed(by, review, now)
    return sample


def _shortest(by: Acting, today: date) -> Inclusion | None:
    """By halving: a longer time never has fewer cases."""

    def of(days: int) -> Inclusion:
        return Inclusion(Frame.STALKING_OPENED, today - timedelta(days=days), today)

    def number(days: int) -> int:
        return sum(map(len, frame_now(by, of(days), Strata.NONE).values()))

    # One day less than a plan may be of.
    short, long = SHORTEST.days - 1, _A_YEAR
    if number(long) < LEAST:
        return None
    while long - short > 1:
        middle = (short + long) // 2
        short, long = (short, middle) if number(middle) >= LEAST else (middle, long)
    return of(long) if number(long) <= MOST else None


def _reviewed(by: Acting, review: CaseReview, now: datetime) -> None:
    reference, today = review.reference, day_of(now)
    declare_interest(by=by, review=reference, is_interested=False, now=now)
    form, repeats = form_of(review), pack_of(by, review.case).repeats
    while left := left_to_answer(form, repeats, own_answers(by, review), today):
        given = [NewAnswerGiven(one.id, _answer(review, one, repeat), repeat) for one, repeat in left]
        if not save_answers(by=by, review=reference, given=given, now=now).new:
            raise ValueError(f"the demo cannot answer {left[0][0].id} of its own form")
    submit_review(by=by, review=reference, now=now)


def _answer(review: CaseReview, question: Question, repeat: str) -> Given:
    """By the case, the question and its repeat, so that two reviewers answer alike; on one question they differ once."""
    judged = _judged(f"{review.case.number}:{question.id}:{repeat}")
    if question.id == DIFFER_ON and (review.case.number, review.place) == (1, 2):
        judged = "no" if judged == "yes" else "yes"
    codes = question.may_answer(Scale.CODE)
    code = "no" if question.id == LIVE_RISK else codes[0] if codes else ""
    is_judged = Scale.JUDGED in question.scales
    return Given(
        judged=judged if is_judged else "", recorded="right_place" if Scale.RECORDED in question.scales else "", code=code,
        felt="safer" if Scale.FELT in question.scales else "",
        overall="with_observations" if Scale.OVERALL in question.scales else "", confidence="high" if is_judged else "",
        times={one.key: f"{day_of(review.known_from):%Y-%m}" for one in question.times},
        counts={one.key: "1" for one in question.counts},
        text="Nothing to add (demo)" if Scale.TEXT in question.scales else "", evidence="log 4" if is_judged else "",
    )  # fmt: skip


def _judged(name: str) -> str:
    lot = hashlib.sha256(name.encode()).digest()[0]
    return "yes" if lot < 190 else "partly" if lot < 215 else "no"


def quoted(by: Acting, whom: Whom, said: str, line: int, now: datetime) -> Quote:
    """An interview with consent to both uses, an answer, and one line of it to be quoted."""
    is_staff = whom is Whom.STAFF
    held = hold_interview(
        by=by, now=now,
        given=NewInterview(
            whom, "Deep dive (demo)", ReviewQuestion.ALL, "en", now - timedelta(hours=1),
            Post.OFFENDER_MANAGER if is_staff else "", Band.WHOLE_FORCE if is_staff else "",
        ),
    )  # fmt: skip
    before = now - _MINUTE
    notice = None if is_staff else ReadersNotice(NOTICE_VERSION, "en", before, NOTICES[NOTICE_VERSION])
    consent = NewConsent(frozenset(Use), ByWhom.SELF, WordsRead(CONSENT_VERSION, "en", before), notice)
    record_consent(by=by, interview=held.reference, given=consent, now=now)
    question = "orders" if is_staff else "kept-informed"
    write_answer(by=by, interview=held.reference, given=NewAnswer(question, said), now=now)
    words_of_it = said.splitlines()[line]
    quote: Quote = mark_quote(by=by, interview=held.reference, question=question, words=words_of_it, now=now)
    return quote

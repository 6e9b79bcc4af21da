"""The only writes of dip samples: planned, frozen, given to reviewers, drawn, and a case replaced (SCR-01, SCR-02, SCR-05)."""

from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.scrutiny.asking.reading import form_on
from craffu.scrutiny.models import (
    CaseReview,
    FrameCase,
    Sample,
    SampleCase,
    SampleFrozen,
    SampleReplaced,
    SampleReviewers,
    SampleSeeded,
)
from craffu.scrutiny.reviewing.actions import give_out, give_to, tell_of_reviews
from craffu.scrutiny.reviewing.queries import bears_out, is_reviewing, reviews_of, was_assessed
from craffu.scrutiny.sampling import events
from craffu.scrutiny.sampling.facts import NewReplacement, NewReviewers, NewSample, NewSeed
from craffu.scrutiny.sampling.kinds import Inclusion, Strata
from craffu.scrutiny.sampling.permissions import check_can_sample
from craffu.scrutiny.sampling.policies import (
    check_bears_out,
    check_has_cases,
    check_has_reviewers,
    check_is_frozen,
    check_is_not_reviewing,
    check_may_replace,
    check_not_drawn,
    check_not_frozen,
    check_plan,
    check_reviewers,
    check_seed,
)
from craffu.scrutiny.sampling.queries import advice, drawn_in, find_sample, frame_of, framed_now, may_review
from craffu.scrutiny.sampling.rules import Allocation, draw_strata, frame_hash, replacement, second_set, turns

PREFIX: Final = "SM"


def _locked(by: Acting, reference: str) -> Sample:
    """A sample read anew under its lock."""
    check_can_sample(by)
    lock_until_commit("sample", by.force.code, reference)
    return check_is_there(find_sample(by, reference))


def _log(by: Acting, kind: EventKind, *refs: str, at: datetime) -> None:
    audit.record(kind=kind, actor=by.actor, refs=refs, request=by.request, now=at)


def _ref(sample: Sample) -> str:
    return f"sample/{sample.reference}"


@action
def plan_sample(*, by: Acting, given: NewSample, now: datetime | None = None) -> Sample:
    """What is to be asked of which cases. Raises NotNow where the plan cannot be drawn by."""
    user, at = check_can_sample(by), now or clock.now()
    check_plan(given, day_of(at))
    row: Sample = Sample.objects.create(
        force=by.force, reference=next_reference(kind=f"sample/{by.force.code}", prefix=PREFIX),
        question=given.question.strip(), question_cy=given.question_cy.strip(), serves=given.serves.value,
        inclusion=given.inclusion.as_data(),
        strata=given.strata.value, number=given.number, how=given.how.value, form=form_on(day_of(at)).version,
        by=user, known_from=at,
    )  # fmt: skip
    _log(by, events.SAMPLE_PLANNED, _ref(row), at=at)
    return row


@action
def freeze_frame(*, by: Acting, sample: str, now: datetime | None = None) -> SampleFrozen:
    """From now on the frame is what it is at this moment: hashed, with its sizes, before any seed exists (SCR-01)."""
    user, at = check_can_sample(by), now or clock.now()
    found = _locked(by, sample)
    check_not_frozen(is_frozen=hasattr(found, "frozen"))
    framed = framed_now(by, Inclusion.read(found.inclusion), Strata(found.strata))
    frame = framed.strata
    told = advice({name: len(refs) for name, refs in frame.items()}, found.number, Allocation(found.how))
    check_has_cases(told.population if told else 0)
    told = check_is_there(told)
    row: SampleFrozen = SampleFrozen.objects.create(
        force=by.force, sample=found, sha256=frame_hash([ref for refs in frame.values() for ref in refs]),
        population=told.population, strata=dict(told.strata), sizes=dict(told.allocated.sizes),
        is_raised=told.allocated.is_raised, left_out=framed.left_out, by=user, known_from=at,
    )  # fmt: skip
    FrameCase.objects.bulk_create(
        [
            FrameCase(force=by.force, frame=row, reference=ref, stratum=stratum)
            for stratum, refs in frame.items()
            for ref in refs
        ]
    )
    _log(by, events.SAMPLE_FROZEN, _ref(found), at=at)
    return row


@action
def name_reviewers(*, by: Acting, sample: str, given: NewReviewers, now: datetime | None = None) -> SampleReviewers:
    """Who reviews, before there is a seed, so that nobody chooses whose case is whose. Once."""
    user, at = check_can_sample(by), now or clock.now()
    found = _locked(by, sample)
    check_not_drawn(is_drawn=hasattr(found, "reviewers"))
    check_reviewers(list(given.usernames), may_review(by))
    row: SampleReviewers = SampleReviewers.objects.create(
        force=by.force, sample=found, usernames=list(given.usernames), by=user, known_from=at
    )
    _log(by, events.SAMPLE_REVIEWERS_NAMED, _ref(found), at=at)
    return row


@action
def give_seed(*, by: Acting, sample: str, given: NewSeed, now: datetime | None = None) -> SampleSeeded:
    """Draw the sample with the seed of somebody who has not seen the frame, and give its cases out (SCR-02, SCR-07).

    Raises NotNow for whoever planned or froze it, before the frame is frozen, and before reviewers are named.
    """
    user, at = check_can_sample(by), now or clock.now()
    found = _locked(by, sample)
    check_is_frozen(is_frozen=hasattr(found, "frozen"))
    check_has_reviewers(is_named=hasattr(found, "reviewers"))
    check_not_drawn(is_drawn=hasattr(found, "seeded"))
    people = may_review(by)
    reviewers = [name for name in found.reviewers.usernames if name in people]
    check_reviewers(reviewers, people)
    check_seed(given.seed, has_not_seen=given.has_not_seen, made_the_frame=user in {found.by, found.frozen.by})
    seed = given.seed.strip()
    row: SampleSeeded = SampleSeeded.objects.create(force=by.force, sample=found, seed=seed, by=user, known_from=at)
    strata = draw_strata(frame_of(by, found.frozen), found.frozen.sizes, seed)
    wanted = [(ref, one.name) for one in strata for ref in one.draw.drawn]
    cases = [
        SampleCase.objects.create(force=by.force, sample=found, number=number, reference=ref, stratum=stratum)
        for number, (ref, stratum) in enumerate(wanted, 1)
    ]
    refs = [ref for ref, _ in wanted]
    whose = turns(refs, set(second_set(refs, seed)), reviewers)
    given_out = [
        one for case in cases for one in give_out(by=by, case=case, turn=whose[case.reference], people=people, now=at)
    ]
    _log(by, events.SAMPLE_DRAWN, _ref(found), *(f"case_review/{one.reference}" for one in given_out), at=at)
    return row


@action
def replace_case(*, by: Acting, sample: str, given: NewReplacement, now: datetime | None = None) -> SampleReplaced:
    """Take the next in order of its stratum in a case's place, on a reviewer's word and for one of the three reasons (SCR-05).

    What is lost, locked or incomplete stays: that is a finding. Whoever was to review the case reviews the next.
    """
    user, at = check_can_sample(by), now or clock.now()
    found = _locked(by, sample)
    drawn = drawn_in(by, found)
    case = check_is_there(next((one for one in drawn if one.number == given.number), None))
    lock_until_commit("sample-case", by.force.code, str(case.pk))
    # Nobody submits while it is decided: a reviewer waits for the officer, and never for the other reviewer.
    for held in sorted(one.reference for one in reviews_of(by, case)):
        lock_until_commit("case-review", by.force.code, held)
    check_may_replace(is_replaced=hasattr(case, "replaced"), is_submitted=was_assessed(by, case))
    check_is_not_reviewing(is_reviewing=is_reviewing(by, case))
    check_bears_out(is_borne_out=bears_out(by, case, given.reason))
    row: SampleReplaced = SampleReplaced.objects.create(
        force=by.force, case=case, reason=given.reason.value, by=user, known_from=at
    )
    tell_of_reviews(by, reviews_of(by, case), at)
    size = found.frozen.sizes[case.stratum]
    stratum = {case.stratum: frame_of(by, found.frozen)[case.stratum]}
    [one] = draw_strata(stratum, {case.stratum: size}, found.seeded.seed)
    ref = replacement(one.draw.following, {held.reference for held in drawn})
    given_out: list[CaseReview] = []
    if ref is not None:
        instead = SampleCase.objects.create(
            force=by.force, sample=found, number=len(drawn) + 1, reference=ref, stratum=case.stratum, instead_of=case
        )
        whose = {one.place: one.reviewer for one in reviews_of(by, case)}
        given_out = [
            give_to(by=by, case=instead, place=place, reviewer=whose[place], now=at) for place in sorted(whose)
        ]
    _log(by, events.SAMPLE_CASE_REPLACED, _ref(found), *(f"case_review/{one.reference}" for one in given_out), at=at)
    return row

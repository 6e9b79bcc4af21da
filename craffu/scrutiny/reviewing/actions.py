"""The only writes of blind reviews: given out, an interest declared, answered, submitted, a danger told on (SCR-07)."""

from collections.abc import Iterable, Mapping, Sequence
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
from craffu.common.locks import lock_until_commit
from craffu.outbox.actions import tell
from craffu.scrutiny.asking.form import Missing
from craffu.scrutiny.asking.rules import Given, as_asked, asked, left_to_answer, settled, wrong
from craffu.scrutiny.interviewing.events import LIVE_RISK_REFERRED
from craffu.scrutiny.interviewing.facts import NewLiveRisk
from craffu.scrutiny.interviewing.policies import check_is_said
from craffu.scrutiny.models import (
    CaseReview,
    IdentityOpened,
    InterestDeclared,
    LiveRisk,
    ReviewAnswer,
    ReviewSubmitted,
    SampleCase,
)
from craffu.scrutiny.models.reviewing import FIRST, SECOND
from craffu.scrutiny.reviewing import events
from craffu.scrutiny.reviewing.facts import NewAnswerGiven, Saved
from craffu.scrutiny.reviewing.pack import pack_of
from craffu.scrutiny.reviewing.permissions import check_can_review
from craffu.scrutiny.reviewing.policies import (
    check_danger_is_told,
    check_has_another,
    check_has_interest,
    check_is_declared,
    check_is_open,
    check_is_reasoned,
    check_is_whole,
    check_not_declared,
)
from craffu.scrutiny.reviewing.queries import (
    find_own_review,
    form_of,
    has_interest,
    has_left,
    has_referred,
    kept_given,
    own_answers,
    reviews_of,
)
from craffu.scrutiny.reviewing.rules import sees_danger
from craffu.scrutiny.sampling.kinds import Inclusion
from craffu.scrutiny.sampling.permissions import check_can_sample
from craffu.scrutiny.sampling.rules import Turn
from craffu.scrutiny.topics import CASE_REVIEWS, LIVE_RISKS


def _locked(by: Acting, reference: str) -> CaseReview:
    """One's own review, read anew under its lock. The other's has a lock of its own, so that nobody waits for it."""
    check_can_review(by)
    lock_until_commit("case-review", by.force.code, reference)
    return check_is_there(find_own_review(by, reference))


def _check_open(review: CaseReview) -> None:
    check_is_declared(is_declared=hasattr(review, "interest"), has_interest=has_interest(review))
    check_is_open(is_submitted=hasattr(review, "submitted"), is_replaced=hasattr(review.case, "replaced"))


def _log(by: Acting, kind: EventKind, *refs: str, at: datetime, recipient: str = "", reason: str = "") -> None:
    audit.record(kind=kind, actor=by.actor, refs=refs, recipient=recipient, reason=reason, request=by.request, now=at)


def tell_of_reviews(by: Acting, reviews: Iterable[CaseReview], at: datetime) -> None:
    """What is due of these is asked again."""
    if subjects := [one.pk for one in reviews]:
        tell(force=by.force.code, topic=CASE_REVIEWS, subjects=subjects, at=at)


def _ref(review: CaseReview) -> str:
    return f"case_review/{review.reference}"


@action
def give_to(*, by: Acting, case: SampleCase, place: int, reviewer: User, now: datetime) -> CaseReview:
    """Give one case to one reviewer. Part of drawing, replacing and giving on, which log it."""
    made: CaseReview = CaseReview.objects.create(
        force=by.force, reference=next_reference(kind=f"case-review/{by.force.code}", prefix="CV"), case=case,
        place=place, reviewer=reviewer, by=check_can_sample(by), known_from=now,
    )  # fmt: skip
    tell_of_reviews(by, [made], now)
    return made


@action
def give_out(
    *, by: Acting, case: SampleCase, turn: Turn, people: Mapping[str, User], now: datetime
) -> list[CaseReview]:
    """Give a drawn case to its first reviewer, and to its second where it has one."""
    given = [give_to(by=by, case=case, place=FIRST, reviewer=people[turn.first], now=now)]
    if turn.second is not None:
        given.append(give_to(by=by, case=case, place=SECOND, reviewer=people[turn.second], now=now))
    return given


@action
def declare_interest(*, by: Acting, review: str, is_interested: bool, now: datetime | None = None) -> InterestDeclared:
    """Whether they have an interest in the case, before anything of it is shown. Once."""
    user, at = check_can_review(by), now or clock.now()
    found = _locked(by, review)
    check_not_declared(is_declared=hasattr(found, "interest"))
    row: InterestDeclared = InterestDeclared.objects.create(
        force=by.force, review=found, has_interest=is_interested, by=user, known_from=at
    )
    tell_of_reviews(by, [found], at)
    _log(by, events.INTEREST_DECLARED, _ref(found), at=at)
    return row


@action
def give_on(
    *, by: Acting, case: SampleCase, place: int, people: Mapping[str, User], now: datetime | None = None
) -> CaseReview:
    """Give a case whose reviewer has an interest in it, or may review no more, to the next who never had it.

    Raises NotNow where there is nobody.
    """
    check_can_sample(by)
    at = now or clock.now()
    lock_until_commit("sample-case", by.force.code, str(case.pk))
    held = check_is_there(next((one for one in reviews_of(by, case) if one.place == place), None))
    check_has_interest(has_interest=has_interest(held) or has_left(held, people))
    had = set(CaseReview.objects.for_user(by).filter(case=case).values_list("reviewer__username", flat=True))
    # Those who were named for the sample; of whoever left none of them may be there any more, so whoever else may review.
    named = [name for name in case.sample.reviewers.usernames if name in people]
    others = sorted(people) if has_left(held, people) else []
    free = [name for name in dict.fromkeys([*named, *others]) if name not in had]
    check_has_another(is_there=bool(free))
    row = give_to(by=by, case=case, place=place, reviewer=people[free[0]], now=at)
    _log(by, events.REVIEW_GIVEN_ON, _ref(held), _ref(row), at=at)
    return row


@action
def save_answers(*, by: Acting, review: str, given: Sequence[NewAnswerGiven], now: datetime | None = None) -> Saved:
    """Keep each answer as far as it goes, in the order given. What is wrong as it stands is told of, and not kept.

    What is not asked, by what stands before it or by an answer given with it, is passed over.
    """
    user, at = check_can_review(by), now or clock.now()
    found = _locked(by, review)
    _check_open(found)
    form, answers, repeats = form_of(found), own_answers(by, found), pack_of(by, found.case).repeats
    bad: dict[tuple[str, str], Missing] = {}
    new = 0
    for one in given:
        key = (one.question, one.repeat)
        question = next((each for each, repeat in asked(form, repeats, answers) if (each.id, repeat) == key), None)
        if question is None:
            continue
        said = settled(question, one.given)
        faults = wrong(question, said, day_of(at))
        if faults:
            bad[key] = faults[0]
        elif answers.get(key, Given()) != said:
            ReviewAnswer.objects.create(
                force=by.force, review=found, question=one.question, repeat=one.repeat, said=kept_given(said), by=user,
                known_from=at,
            )  # fmt: skip
            answers[key] = said
            new += 1
    if new:
        _log(by, events.REVIEW_ANSWERED, _ref(found), at=at)
    return Saved(new, bad)


@action
def submit_review(*, by: Acting, review: str, now: datetime | None = None) -> ReviewSubmitted:
    """The review is in and locked. Raises NotNow until everything that is asked is answered in full, Conflict the second time.

    Whether the other review is in makes no difference to anything here.
    """
    user, at = check_can_review(by), now or clock.now()
    found = _locked(by, review)
    _check_open(found)
    form = form_of(found)
    answers = own_answers(by, found)
    check_is_whole(len(left_to_answer(form, pack_of(by, found.case).repeats, answers, day_of(at))))
    check_danger_is_told(sees_danger=sees_danger(as_asked(form, answers)), is_told=has_referred(by, found))
    row: ReviewSubmitted = ReviewSubmitted.objects.create(
        force=by.force, review=found, form=form.sha256, by=user, known_from=at
    )
    tell_of_reviews(by, [found], at)
    _log(by, events.REVIEW_SUBMITTED, _ref(found), at=at)
    return row


@action
def open_identity(*, by: Acting, review: str, reason: str, now: datetime | None = None) -> str:
    """Which case a number stands for, with why they must know. The case itself is told of in the log. Returns its reference."""
    user, at = check_can_sample(by), now or clock.now()
    found = _locked(by, review)
    check_is_declared(is_declared=hasattr(found, "interest"), has_interest=has_interest(found))
    check_is_reasoned(reason)
    IdentityOpened.objects.create(force=by.force, review=found, reason=reason.strip(), by=user, known_from=at)
    unit = Inclusion.read(found.case.sample.inclusion).unit
    _log(by, events.REVIEW_IDENTITY_OPENED, _ref(found), f"{unit}/{found.case.reference}", at=at)
    return str(found.case.reference)


@action
def refer(*, by: Acting, user: User, review: CaseReview, seen_in: str, given: NewLiveRisk, now: datetime) -> LiveRisk:
    """Tell the force of a danger in a case under review. Part of referring from a review and from a panel, which say who may."""
    check_is_said(given.told)
    check_is_said(given.reach)
    for one in LiveRisk.objects.for_user(by).filter(review=review, by=user, acted__isnull=True).order_by("id"):
        if (one.danger, one.told, one.reach) == (given.danger, given.told.strip(), given.reach.strip()):
            same: LiveRisk = one
            return same
    row: LiveRisk = LiveRisk.objects.create(
        force=by.force, reference=next_reference(kind=f"live-risk/{by.force.code}", prefix="LR"), review=review,
        danger=given.danger, told=given.told.strip(), reach=given.reach.strip(), by=user, known_from=now,
    )  # fmt: skip
    tell(force=by.force.code, topic=LIVE_RISKS, subjects=[row.pk], at=now)
    _log(by, LIVE_RISK_REFERRED, seen_in, f"live_risk/{row.reference}", at=now, recipient=by.force.name_en)
    return row


@action
def refer_from_review(*, by: Acting, review: str, given: NewLiveRisk, now: datetime | None = None) -> LiveRisk:
    """Tell the force at once of a danger that nobody manages, declared or not, submitted or not. Sent twice, it is told once.

    The other reviewer is shown nothing of it.
    """
    user, at = check_can_review(by), now or clock.now()
    found = _locked(by, review)
    return refer(by=by, user=user, review=found, seen_in=_ref(found), given=given, now=at)

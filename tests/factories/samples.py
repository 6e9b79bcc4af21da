"""Dip samples as the commissioner's office draws them, and reviews as somebody answers them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.intake.running import take_in
from craffu.scrutiny.asking.form import Question
from craffu.scrutiny.asking.kinds import Judged, Scale
from craffu.scrutiny.asking.rules import Given, left_to_answer
from craffu.scrutiny.interviewing.kinds import ReviewQuestion
from craffu.scrutiny.models import CaseReview, Sample
from craffu.scrutiny.reviewing.actions import declare_interest, save_answers, submit_review
from craffu.scrutiny.reviewing.facts import NewAnswerGiven
from craffu.scrutiny.reviewing.pack import pack_of
from craffu.scrutiny.reviewing.queries import find_own_review, form_of, own_answers
from craffu.scrutiny.reviewing.rules import LIVE_RISK
from craffu.scrutiny.sampling.actions import freeze_frame, give_seed, name_reviewers, plan_sample
from craffu.scrutiny.sampling.facts import NewReviewers, NewSample, NewSeed
from craffu.scrutiny.sampling.kinds import Frame, Inclusion
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write

NOVEMBER = Inclusion(Frame.STALKING_OPENED, date(2026, 11, 1), date(2026, 11, 28))
PLAN = NewSample("Are victims of stalking supported?", ReviewQuestion.SUPPORTED, NOVEMBER)
SEED = "4 1 6 2 2 5"
# By its number a crime is known in the force's own system: those of other stories are small.
FIRST = 501


def some_cases(system: Acting, folder: Path, number: int) -> list[str]:
    """So many cases of stalking, opened in November, by one extract."""
    before = set(Case.objects.for_system("a test").values_list("reference", flat=True))
    folder = folder / f"{number} cases"
    write(folder, "crimes.csv", [row("rms", "crimes", one, **UNGRADED) for one in range(FIRST, FIRST + number)])
    assert take_in(by=system, kind="rms", paths=[folder]).run.rejected == 0
    cases = Case.objects.for_system("a test").order_by("id").values_list("reference", flat=True)
    return [one for one in cases if one not in before]


def drawn(
    planner: Acting, giver: Acting, reviewers: Sequence[Acting], given: NewSample = PLAN, now: datetime | None = None
) -> Sample:
    """A sample that was planned, frozen, named and drawn, all at one instant."""
    one = plan_sample(by=planner, given=given, now=now)
    freeze_frame(by=planner, sample=one.reference, now=now)
    names = [str(by.user.username) for by in reviewers if by.user]
    name_reviewers(by=planner, sample=one.reference, given=NewReviewers(names), now=now)
    give_seed(by=giver, sample=one.reference, given=NewSeed(True, SEED), now=now)
    return one


def reviews_of(sample: Sample, by: Acting | None = None) -> list[CaseReview]:
    rows = CaseReview.objects.for_system("a test").filter(case__sample=sample).order_by("id")
    return list(rows if by is None else rows.filter(reviewer=by.user))


def plainly(question: Question, judged: str = Judged.YES) -> Given:
    """An answer that is whole, in the log at its fourth entry."""
    return Given(
        judged=judged if Scale.JUDGED in question.scales else "",
        recorded="right_place" if Scale.RECORDED in question.scales else "",
        code=_code(question) if Scale.CODE in question.scales else "",
        felt="safer" if Scale.FELT in question.scales else "",
        overall="appropriate" if Scale.OVERALL in question.scales else "",
        confidence="high" if Scale.JUDGED in question.scales else "",
        times={one.key: "2026-11" for one in question.times},
        counts={one.key: "1" for one in question.counts},
        text="Nobody rang back" if Scale.TEXT in question.scales else "",
        evidence="log 4" if Scale.JUDGED in question.scales else "",
    )


def _code(question: Question) -> str:
    """The first; no danger is seen."""
    return "no" if question.id == LIVE_RISK else question.may_answer(Scale.CODE)[0]


def answered(
    by: Acting,
    review: str,
    said: Mapping[str, Given] | None = None,
    *,
    plain: Callable[[Question], Given] = plainly,
    now: datetime | None = None,
) -> None:
    """Declare no interest, and answer everything that is asked: as is `said`, or plainly."""
    said = said or {}
    declare_interest(by=by, review=review, is_interested=False, now=now)
    while left := _left(by, review, now):
        given = [NewAnswerGiven(one.id, said.get(one.id) or plain(one), repeat) for one, repeat in left]
        assert save_answers(by=by, review=review, given=given, now=now).new == len(given)


def _left(by: Acting, review: str, now: datetime | None) -> list[tuple[Question, str]]:
    found = find_own_review(by, review)
    assert found is not None
    today = day_of(now or clock.now())
    return left_to_answer(form_of(found), pack_of(by, found.case).repeats, own_answers(by, found), today)


def submitted(by: Acting, review: str, said: Mapping[str, Given] | None = None, *, now: datetime | None = None) -> None:
    answered(by, review, said, now=now)
    submit_review(by=by, review=review, now=now)


# What the second reviewer of the first case answers otherwise.
NOT_HEARD = {"DS-C1": Given(judged="no", confidence="low", evidence="log 9")}


def judged(officer: Acting, analyst: Acting, reviewers: Sequence[Acting], words: str = "Nobody rang back") -> Sample:
    """Cases each reviewed by two, all in; of the first they differ on whether she was taken seriously."""
    one = drawn(officer, analyst, reviewers)
    for review in reviews_of(one):
        by = next(each for each in reviewers if each.user == review.reviewer)
        said = {"DS-92": Given(text=words)} | (NOT_HEARD if (review.case.number, review.place) == (1, 2) else {})
        submitted(by, review.reference, said)
    return one


def begun(by: Acting, review: str) -> None:
    """No interest, the case can be assessed, and of the first section one question is answered."""
    declare_interest(by=by, review=review, is_interested=False)
    given = {
        "DS-03": Given(code="yes"),
        "DS-04": Given(counts={"minutes": "20"}),
        "DS-A1": Given(judged="no", evidence="log 4"),
    }
    save_answers(by=by, review=review, given=[NewAnswerGiven(id, one) for id, one in given.items()])


DUPLICATE = {"DS-03": Given(code="duplicate")}

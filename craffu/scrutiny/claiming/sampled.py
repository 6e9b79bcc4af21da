"""What a dip sample says of one question, once every review of it is in: weighted, with its interval (SCR-05, SCR-06, SCR-08)."""

from collections.abc import Mapping
from dataclasses import dataclass

from craffu.access.acting import Acting
from craffu.scrutiny.agreeing.pairing import agreed, still_to_quote
from craffu.scrutiny.agreeing.queries import Pair, adjudicated_in
from craffu.scrutiny.asking.form import Form, Question
from craffu.scrutiny.asking.kinds import ASSESSABLE, By, Scale
from craffu.scrutiny.asking.reading import shipped
from craffu.scrutiny.asking.rules import WHOLE, Answers, Given, as_asked, counted, worst
from craffu.scrutiny.models import CaseReview, Sample
from craffu.scrutiny.reviewing.policies import check_all_in
from craffu.scrutiny.reviewing.queries import YES, answers_once_in, are_in, reviews_in
from craffu.scrutiny.sampling.estimating import Assessed, Counted, Estimate, SaysNothing, estimate
from craffu.scrutiny.sampling.permissions import check_can_sample


@dataclass(frozen=True, slots=True)
class Result:
    """One question of a sample. `estimate` is None where too few were assessed, `why` says so.

    `assessed` keeps what could not be assessed in the denominator; `is_scaled`: it did not apply to some cases, so
    that of how many cases of the frame it could be asked is itself estimated.
    """

    question: Question
    yes: int
    number: int
    assessed: Assessed
    estimate: Estimate | None
    why: str
    may_be_quoted: bool
    is_scaled: bool


def judged_questions(form: Form) -> list[Question]:
    """Those of which a share of yes can be told."""
    return [one for one in form.questions if one.by is By.REVIEWER and Scale.JUDGED in one.scales]


def results_of(by: Acting, sample: Sample) -> list[Result]:
    """Every judged question, in the form's order. Raises NotNow until every review is in. Four queries."""
    check_can_sample(by)
    reviews = reviews_in(by, sample.pk)
    every = [one for several in reviews.values() for one in several]
    check_all_in(is_in=bool(every) and are_in(every))
    form = shipped()[sample.form]
    answers = {review: as_asked(form, given) for review, given in answers_once_in(by, every).items()}
    pairs = [Pair(one[0], one[1], answers[one[0].pk], answers[one[1].pk]) for one in reviews.values() if len(one) > 1]
    may = still_to_quote(agreed(form, [(one.of_first, one.of_second) for one in pairs]))
    decided = {at: given for at, (given, _row) in adjudicated_in(by, sample).items()}
    cases = [(several[0], answers[several[0].pk]) for several in reviews.values()]
    return [
        _result(sample, question, cases, decided, may_be_quoted=may.get(question.id, False))
        for question in judged_questions(form)
    ]


def _result(
    sample: Sample, question: Question, cases: list[tuple[CaseReview, Answers]],
    decided: Mapping[tuple[int, str, str], Given], *, may_be_quoted: bool,
) -> Result:  # fmt: skip
    """Of each case the first review's answer, or what was decided where two differed."""
    said: dict[str, list[str]] = {name: [] for name in sample.frozen.strata}
    lost = 0
    for review, answers in cases:
        number = review.case.number
        whole = decided.get((number, ASSESSABLE, WHOLE), answers.get((ASSESSABLE, WHOLE)))
        if whole is None or whole.code != YES:
            lost += 1
            continue
        repeats = [at for id, at in answers if id == question.id]
        judged = [decided.get((number, question.id, at), answers[question.id, at]).judged for at in repeats]
        said.setdefault(review.case.stratum, []).append(worst(one for one in judged if one))
    strata, yes, number = [], 0, 0
    for name, several in said.items():
        told, population = counted(several), sample.frozen.strata.get(name, 0)
        yes, number = yes + told.yes, number + told.of
        if several and told.of:
            strata.append(Counted(name, max(told.of, round(population * told.of / len(several))), told.of, told.yes))
        elif population and not several:
            strata.append(Counted(name, population, 0, 0))
    made, why = None, ""
    try:
        made = estimate(strata)
    except SaysNothing as fault:
        why = str(fault)
    is_scaled = number < sum(len(several) for several in said.values())
    return Result(question, yes, number, Assessed(yes, number - yes, lost), made, why, may_be_quoted, is_scaled)

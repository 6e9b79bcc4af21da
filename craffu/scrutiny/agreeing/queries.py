"""How far two reviewers of a sample agree, once every review of it is in: before that nobody is told anything (P30, SCR-08)."""

from collections.abc import Iterable
from dataclasses import dataclass

from craffu.access.acting import Acting
from craffu.scrutiny.agreeing.pairing import Agreed, agreed, differ
from craffu.scrutiny.asking.form import Form, Question
from craffu.scrutiny.asking.reading import shipped
from craffu.scrutiny.asking.rules import Answers, Given, as_asked
from craffu.scrutiny.models import Adjudicated, CaseReview, Sample
from craffu.scrutiny.reviewing.policies import check_all_in
from craffu.scrutiny.reviewing.queries import answers_once_in, are_in, read_given, reviews_in
from craffu.scrutiny.sampling.permissions import check_can_sample


@dataclass(frozen=True, slots=True)
class Pair:
    """Both reviews of one case."""

    first: CaseReview
    second: CaseReview
    of_first: Answers
    of_second: Answers


def pairs_of(by: Acting, sample: Sample) -> list[Pair]:
    """The cases that were reviewed twice. Raises NotNow until every review of the sample is in. Two queries."""
    check_can_sample(by)
    reviews = reviews_in(by, sample.pk)
    every = [one for several in reviews.values() for one in several]
    check_all_in(is_in=bool(every) and are_in(every))
    form = shipped()[sample.form]
    answers = {review: as_asked(form, given) for review, given in answers_once_in(by, every).items()}
    twice = [tuple(several) for several in reviews.values() if len(several) > 1]
    return [Pair(first, second, answers[first.pk], answers[second.pk]) for first, second in twice]


@dataclass(frozen=True, slots=True)
class Difference:
    """One question, of one repeat where it repeats, that two reviewers of a case answered otherwise."""

    pair: Pair
    question: Question
    repeat: str

    @property
    def number(self) -> int:
        """The case's, in its sample."""
        return int(self.pair.first.case.number)

    @property
    def both(self) -> tuple[Given, Given]:
        key = (self.question.id, self.repeat)
        return self.pair.of_first[key], self.pair.of_second[key]


def differences(form: Form, pairs: Iterable[Pair]) -> list[Difference]:
    """Case by case in the order in which they were drawn, and question by question in the form's."""
    return [
        Difference(pair, question, repeat)
        for pair in sorted(pairs, key=lambda one: one.first.case.number)
        for question in form.questions
        for repeat in sorted(at for id, at in pair.of_first if id == question.id)
        if differ(question, pair.of_first, pair.of_second, repeat)
    ]


def agreement_of(by: Acting, sample: Sample) -> list[Agreed]:
    """Each question that can be compared, from the answers as they were before anybody adjudicated."""
    pairs = pairs_of(by, sample)
    return agreed(shipped()[sample.form], [(one.of_first, one.of_second) for one in pairs])


def adjudicated_in(by: Acting, sample: Sample) -> dict[tuple[int, str, str], tuple[Given, Adjudicated]]:
    """By case, question and repeat what was decided. One query."""
    rows = Adjudicated.objects.for_user(by).filter(case__sample=sample).select_related("by", "case").order_by("id")
    return {(one.case.number, one.question, one.repeat): (read_given(one.said), one) for one in rows}

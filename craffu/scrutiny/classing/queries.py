"""Which cases that dip samples read were rightly classed, as far as that may be quoted: counted elsewhere, never listed (R2b).

Nothing is read of a sample in which a review is not in yet, so that no figure anywhere tells one reviewer of another (SCR-07).
"""

from collections.abc import Mapping

from craffu.access.acting import Acting
from craffu.scrutiny.agreeing.pairing import agreed, still_to_quote
from craffu.scrutiny.asking.kinds import ASSESSABLE
from craffu.scrutiny.asking.reading import shipped
from craffu.scrutiny.asking.rules import WHOLE, Answers, Given, as_asked
from craffu.scrutiny.classing.rules import CLASSED, rightly
from craffu.scrutiny.models import Adjudicated, CaseReview, ReviewAnswer, Sample
from craffu.scrutiny.reviewing.queries import are_in, read_given, standing
from craffu.scrutiny.sampling.kinds import Frame


def rightly_classed(by: Acting) -> dict[str, bool]:
    """By reference each case that was read and told; of a case in two samples the later. Four queries, whatever there is."""
    reviews = _by_case(by)
    said = _answers(
        by, frozenset(one.pk for cases in reviews.values() for several in cases.values() for one in several)
    )
    decided = _decided(by)
    forms = dict(
        Sample.objects.for_user(by).filter(inclusion__of=Frame.STALKING_OPENED.value).values_list("id", "form")
    )
    found: dict[str, bool] = {}
    for sample in sorted(reviews.keys() & forms.keys()):
        cases = reviews[sample]
        if not (
            are_in(one for several in cases.values() for one in several) and _is_quoted(forms[sample], cases, said)
        ):
            continue
        for case, several in cases.items():
            answers = [_asked(forms[sample], said, one).get((CLASSED, WHOLE)) for one in several]
            told = [one.judged for one in answers if one is not None]
            if (is_right := rightly(told, decided.get(case))) is not None:
                found[several[0].case.reference] = is_right
    return found


type _Cases = Mapping[int, list[CaseReview]]


def _by_case(by: Acting) -> Mapping[int, _Cases]:
    """Of each sample the reviews of each case that stands in it. One query."""
    found: dict[int, dict[int, list[CaseReview]]] = {}
    rows = (
        CaseReview.objects.for_user(by).filter(case__replaced=None).select_related("case", "submitted").order_by("id")
    )
    for one in rows:
        found.setdefault(one.case.sample_id, {}).setdefault(one.case_id, []).append(one)
    return {sample: {case: standing(rows) for case, rows in cases.items()} for sample, cases in found.items()}


type _Said = Mapping[int, dict[tuple[str, str], Given]]


def _answers(by: Acting, reviews: frozenset[int]) -> _Said:
    """What was said last, of whether the case was rightly classed and of whether it could be assessed at all. One query."""
    rows = ReviewAnswer.objects.for_user(by).filter(review__one_of=reviews, question__in=(ASSESSABLE, CLASSED))
    found: dict[int, dict[tuple[str, str], Given]] = {}
    for one in rows.order_by("id"):
        found.setdefault(one.review_id, {})[one.question, WHOLE] = read_given(one.said)
    return found


def _asked(form: int, said: _Said, review: CaseReview) -> Answers:
    return as_asked(shipped()[form], said.get(review.pk, {}))


def _decided(by: Acting) -> dict[int, str]:
    rows = Adjudicated.objects.for_user(by).filter(question=CLASSED).order_by("id")
    return {one.case_id: read_given(one.said).judged for one in rows}


def _is_quoted(form: int, cases: _Cases, said: _Said) -> bool:
    """SCR-08: whether reviewers agree enough on the question for its result to be quoted."""
    twice = [several for several in cases.values() if len(several) > 1]
    pairs = [(_asked(form, said, first), _asked(form, said, second)) for first, second in twice]
    return still_to_quote(agreed(shipped()[form], pairs)).get(CLASSED, False)

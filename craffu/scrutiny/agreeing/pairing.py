"""Of a sample that two reviewers judged, what each answered to each question, case by case and repeat by repeat (SCR-08).

Pure. Of what repeats, the case's answer is the worst of them (requirements 4.1), and both levels are reported.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from craffu.scrutiny.agreeing.rules import Agreement, agreement, table_of, weighted_kappa
from craffu.scrutiny.asking.form import Form, Question
from craffu.scrutiny.asking.kinds import By, Level, Scale
from craffu.scrutiny.asking.rules import IN_ORDER, Answers, worst

# By which scales two answers can be compared; the first that a question has is the one by which it is.
COMPARED: Final = (Scale.JUDGED, Scale.CODE, Scale.FELT, Scale.OVERALL)


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far two reviewers agree on one question. `agreement` is None where no case was answered by both.

    `one_alone` is how many of its cases, or repeats, only one of them was asked: what they answered before led them apart.
    """

    question: str
    of_repeats: bool
    agreement: Agreement | None
    weighted: float | None
    answers: tuple[str, ...]
    one_alone: int

    @property
    def may_be_quoted(self) -> bool:
        """Else it is rewritten and reviewed again first: AC1's interval reaches below the floor, or there is none."""
        return self.agreement is not None and self.agreement.may_be_quoted


def compared_by(question: Question) -> Scale | None:
    """None of times, numbers and texts."""
    return next((scale for scale in COMPARED if scale in question.scales), None)


def agreed(form: Form, pairs: Iterable[tuple[Answers, Answers]]) -> list[Agreed]:
    """Each question that can be compared, in the order of the form, from the answers of both reviewers of each case."""
    listed = list(pairs)
    found = []
    for question in form.questions:
        scale = compared_by(question)
        if question.by is not By.REVIEWER or scale is None:
            continue
        repeated = [_by_repeat(question, scale, first, second) for first, second in listed]
        if question.level is not Level.CASE:
            found.append(_agreed(question, scale, [one for several in repeated for one in several], of_repeats=True))
        if question.level is Level.CASE or scale is Scale.JUDGED:
            of_cases = [_of_case(several) if question.level is not Level.CASE else several for several in repeated]
            found.append(_agreed(question, scale, [one for several in of_cases for one in several], of_repeats=False))
    return found


type _Both = tuple[str | None, str | None]


def _by_repeat(question: Question, scale: Scale, first: Answers, second: Answers) -> list[_Both]:
    at = sorted({repeat for id, repeat in (*first, *second) if id == question.id})
    return [(_said(first, question, repeat, scale), _said(second, question, repeat, scale)) for repeat in at]


def _said(answers: Answers, question: Question, repeat: str, scale: Scale) -> str | None:
    given = answers.get((question.id, repeat))
    return (given.by(scale) or None) if given is not None else None


def _of_case(several: Sequence[_Both]) -> list[_Both]:
    """One pair of a case, where either was asked of any of its repeats."""
    made = [[one[at] for one in several if one[at] is not None] for at in (0, 1)]
    first, second = (worst(filter(None, one)) if one else None for one in made)
    return [(first, second)] if several else []


def _agreed(question: Question, scale: Scale, both: Sequence[_Both], *, of_repeats: bool) -> Agreed:
    pairs = [(first, second) for first, second in both if first is not None and second is not None]
    answers = question.may_answer(scale)
    whole = agreement(table_of(pairs, answers)) if pairs else None
    in_order = [pair for pair in pairs if set(pair) <= set(IN_ORDER)] if scale is Scale.JUDGED else []
    weighted = weighted_kappa(table_of(in_order, IN_ORDER)) if in_order else None
    alone = sum((first is None) != (second is None) for first, second in both)
    return Agreed(question.id, of_repeats, whole, weighted, answers, alone)


def differ(question: Question, first: Answers, second: Answers, repeat: str) -> bool:
    """Whether both answered, and otherwise: by the scale by which they are compared, else in anything but words and evidence."""
    one, other = first.get((question.id, repeat)), second.get((question.id, repeat))
    if one is None or other is None:
        return False
    scale = compared_by(question)
    if scale is not None:
        return one.by(scale) != other.by(scale)
    return (one.times, one.counts) != (other.times, other.counts)


def still_to_quote(rows: Iterable[Agreed]) -> Mapping[str, bool]:
    """Of each question whether its result may be quoted: of both levels each must agree."""
    may: dict[str, bool] = {}
    for one in rows:
        may[one.question] = may.get(one.question, True) and one.may_be_quoted
    return may

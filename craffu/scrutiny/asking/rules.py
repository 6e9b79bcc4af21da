"""Which questions of the form are asked, what an answer must have, and how answers are counted (requirements 4.1).

Pure. *Partly* and *not recorded* stand beside the share of *yes* and are never averaged in; what does not apply leaves the
denominator. Of what is asked several times in a case the worst answer is the case's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from craffu.scrutiny.asking.form import Form, Missing, Question
from craffu.scrutiny.asking.kinds import (
    DONE,
    NOT_RECORDED,
    By,
    Confidence,
    Judged,
    Level,
    NoTime,
    Overall,
    Recorded,
    Scale,
)

# What a judgement must rest on a place in the file for.
FROM_THE_FILE: Final = frozenset({Judged.YES, Judged.PARTLY, Judged.NO})
# Of repeats the first of these that was answered is the case's.
WORST_FIRST: Final = (Judged.NO, Judged.NOT_RECORDED, Judged.PARTLY, Judged.YES)
# In an order, for weighted kappa; the other answers are names.
IN_ORDER: Final = (Judged.NO, Judged.PARTLY, Judged.YES)
# The case itself, in place of a repeat.
WHOLE: Final = ""
_TIME: Final = re.compile(r"\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2})?)?")
_COUNT: Final = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Given:
    """One answer. A time is as exact as it is written: `2025-11`, `2025-11-03` or `2025-11-03T21:40`, or why there is none.

    `evidence` is where in the pack it stands; `is_later`: in what was entered after the frame froze (SCR-11). Its words show in
    no log.
    """

    judged: str = ""
    recorded: str = ""
    code: str = ""
    felt: str = ""
    overall: str = ""
    confidence: str = ""
    is_later: bool = False
    times: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, str] = field(default_factory=dict)
    text: str = field(default="", repr=False)
    evidence: str = field(default="", repr=False)

    def by(self, scale: str) -> str:
        """What was answered by a scale that has keys for answers."""
        return {
            Scale.JUDGED: self.judged,
            Scale.RECORDED: self.recorded,
            Scale.CODE: self.code,
            Scale.FELT: self.felt,
            Scale.OVERALL: self.overall,
        }.get(Scale(scale), "")


type Answers = Mapping[tuple[str, str], Given]
"""The answers of one reviewer by question and repeat; `WHOLE` stands for the case."""


def settled(question: Question, given: Given) -> Given:
    """An answer with what follows from it: what the file does not tell is recorded nowhere; what does not apply has no more."""
    made = replace(
        given,
        text=given.text.strip(),
        evidence=given.evidence.strip(),
        times={key: text.strip() for key, text in given.times.items()},
        counts={key: text.strip() for key, text in given.counts.items()},
    )
    if given.judged == Judged.NOT_RECORDED and Scale.RECORDED in question.scales:
        made = replace(made, recorded=Recorded.NOT_RECORDED.value)
    if given.judged in {Judged.NOT_APPLICABLE, Judged.NOT_RECORDED}:
        made = replace(made, code="", times={}, counts={})
    if given.judged == Judged.NOT_APPLICABLE:
        made = replace(made, recorded="", evidence="", confidence="", is_later=False)
    return made


def missing(question: Question, given: Given, today: date, *, is_panel: bool = False) -> list[Missing]:
    """What an answer lacks or has wrong, each once; nothing, and it counts. Raises nothing."""
    scales = set(question.scales)
    if Scale.JUDGED in scales:
        if given.judged not in question.may_answer(Scale.JUDGED):
            return [Missing.ANSWER]
        if given.judged == Judged.NOT_APPLICABLE:
            return []
    # Beside a judgement the rest is asked of what was done.
    needs_rest = Scale.JUDGED not in scales or given.judged in {Judged.YES, Judged.PARTLY}
    found = [
        *_choices(question, given, needs_rest=needs_rest),
        *_times(question, given, today, is_needed=needs_rest),
        *_counts(question, given, is_needed=needs_rest),
    ]
    if Scale.TEXT in scales and Scale.CODE not in scales and not given.text:
        found.append(Missing.TEXT)
    if Scale.JUDGED in scales:
        if given.judged in FROM_THE_FILE and not given.evidence:
            found.append(Missing.EVIDENCE)
        if given.confidence not in set(Confidence):
            found.append(Missing.CONFIDENCE)
    if given.overall == Overall.PANEL_CANNOT_AGREE and not is_panel:
        found.append(Missing.PANEL_ALONE)
    return list(dict.fromkeys(found))


def _choices(question: Question, given: Given, *, needs_rest: bool) -> Iterable[Missing]:
    for scale in question.scales:
        value, may = given.by(scale), question.may_answer(scale)
        if scale is Scale.RECORDED and value not in may:
            yield Missing.PLACE
        elif scale in {Scale.CODE, Scale.FELT, Scale.OVERALL} and value not in may and (needs_rest or value):
            yield Missing.ANSWER


def _times(question: Question, given: Given, today: date, *, is_needed: bool) -> Iterable[Missing]:
    for one in question.times:
        text = given.times.get(one.key, "")
        if not text:
            if is_needed:
                yield Missing.TIME
        elif text not in set(NoTime):
            day = first_day(text)
            if day is None:
                yield Missing.NOT_A_TIME
            elif day > today:
                yield Missing.TIME_TO_COME


def first_day(text: str) -> date | None:
    """The first day that a time as written may be; None of what is no time."""
    if not _TIME.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text if len(text) > len("2025-11") else f"{text}-01").date()
    except ValueError:
        return None


def _counts(question: Question, given: Given, *, is_needed: bool) -> Iterable[Missing]:
    numbers = []
    for one in question.counts:
        text = given.counts.get(one.key, "")
        if not text:
            if is_needed:
                yield Missing.COUNT
        elif _COUNT.fullmatch(text):
            numbers.append(int(text))
        elif text != NOT_RECORDED or question.always_known:
            yield Missing.NOT_A_COUNT
    if len(numbers) > 1 and numbers[0] > numbers[1]:
        yield Missing.MORE_THAN_WHOLE


def _said(question: Question, given: Given) -> frozenset[str]:
    """What an answer is to the conditions of other questions."""
    found = {given.by(scale) for scale in question.scales}
    for text in given.times.values():
        found.add(text if text in set(NoTime) else DONE)
    return frozenset(found - {""})


def is_asked(form: Form, question: Question, repeat: str, answers: Answers) -> bool:
    """Whether a question is asked of a repeat: everything on which it hangs is asked itself and was answered so."""
    for condition in form.conditions(question):
        of = form.question(condition.question)
        at = WHOLE if of.level is Level.CASE else repeat
        given = answers.get((of.id, at))
        if given is None or not _said(of, given) & condition.answers or not is_asked(form, of, at, answers):
            return False
    return True


def asked(form: Form, repeats: Mapping[str, Sequence[str]], answers: Answers) -> list[tuple[Question, str]]:
    """What a reviewer is asked now, in order: each question of the case, or of each repeat of its level that the case has."""
    return [
        (question, repeat)
        for question in form.questions
        if question.by is By.REVIEWER
        for repeat in ((WHOLE,) if question.level is Level.CASE else repeats.get(question.level, ()))
        if is_asked(form, question, repeat, answers)
    ]


def as_asked(form: Form, answers: Answers) -> Answers:
    """Of what was answered what is asked still: an earlier answer that was changed takes along those that hung on it."""
    return {
        (id, repeat): given
        for (id, repeat), given in answers.items()
        if is_asked(form, form.question(id), repeat, answers)
    }


def left_to_answer(
    form: Form, repeats: Mapping[str, Sequence[str]], answers: Answers, today: date
) -> list[tuple[Question, str]]:
    """What is asked and not answered, or not whole: a review is submitted once there is nothing."""
    return [
        (question, repeat)
        for question, repeat in asked(form, repeats, answers)
        if not question.may_be_empty
        and ((question.id, repeat) not in answers or missing(question, answers[question.id, repeat], today))
    ]


def worst(repeats: Iterable[str]) -> str:
    """The case's answer of those to its repeats; not applicable only where each is, or there is none."""
    given = set(repeats)
    return next((one.value for one in WORST_FIRST if one in given), Judged.NOT_APPLICABLE.value)


@dataclass(frozen=True, slots=True)
class Counted:
    """Answers to one question as they are printed: each by itself."""

    yes: int
    partly: int
    no: int
    not_recorded: int
    not_applicable: int

    @property
    def of(self) -> int:
        """The denominator: what does not apply is out of it."""
        return self.yes + self.partly + self.no + self.not_recorded

    @property
    def share(self) -> float | None:
        """The share of *yes*; None of nothing."""
        return self.yes / self.of if self.of else None


def counted(answers: Iterable[str]) -> Counted:
    """Raises ValueError for what is no judgement."""
    found = Counter(Judged(one) for one in answers)
    return Counted(*(found[one] for one in Judged))


# What is wrong as it stands, and not only left out: it is not even saved.
WRONG: Final = frozenset(
    {
        Missing.NOT_A_TIME,
        Missing.TIME_TO_COME,
        Missing.NOT_A_COUNT,
        Missing.MORE_THAN_WHOLE,
        Missing.PANEL_ALONE,
    }
)


def wrong(question: Question, given: Given, today: date, *, is_panel: bool = False) -> list[Missing]:
    """What of an answer cannot be saved; it may lack something all the same, for a review is saved as it goes."""
    strange = any(
        given.by(scale) and given.by(scale) not in question.may_answer(scale)
        for scale in (Scale.JUDGED, Scale.RECORDED, Scale.CODE, Scale.FELT, Scale.OVERALL)
    )
    found = [one for one in missing(question, given, today, is_panel=is_panel) if one in WRONG]
    return [Missing.ANSWER, *found] if strange else found

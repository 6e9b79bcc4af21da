"""The dip-sample form: what is asked of a case, by which scale, at which level, and when (requirements 4; P29).

Pure. A form is versioned, and answers stay with the version by which they were given. One that is not whole cannot be made.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from craffu.published.definitions import Words
from craffu.scrutiny.asking.kinds import (
    DONE,
    NOT_RECORDED,
    SECTIONS,
    By,
    Confidence,
    Felt,
    Judged,
    Level,
    NoTime,
    Overall,
    Recorded,
    Scale,
)

CONFIDENCE: Final = "confidence"
# The answers of which a form gives the words, once for all its questions.
ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    Scale.JUDGED: tuple(Judged),
    Scale.RECORDED: tuple(Recorded),
    Scale.AT: tuple(NoTime),
    Scale.CODE: (NOT_RECORDED,),
    Scale.FELT: tuple(Felt),
    Scale.OVERALL: tuple(Overall),
    CONFIDENCE: tuple(Confidence),
}
_ID: Final = re.compile(r"DS-(0|9|[A-I])([1-9][0-9]*)")
_MOST_COUNTS: Final = 2


@dataclass(frozen=True, slots=True)
class Named:
    """One answer, time or count by its key, and what it is called."""

    key: str
    words: Words


@dataclass(frozen=True, slots=True)
class Condition:
    """That an earlier question was answered so."""

    question: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the form. Its questions are asked where all its conditions hold."""

    key: str
    words: Words
    only_if: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `codes` are a code's answers; `times` and `counts` what each time and number is.

    Of two counts the first is part of the second. `always_known`: that it is not recorded is no answer to it.
    `may_be_empty`: there may be nothing to say.
    """

    id: str
    section: str
    level: Level
    scales: tuple[Scale, ...]
    serves: tuple[str, ...]
    words: Words
    by: By = By.REVIEWER
    always_known: bool = False
    may_be_empty: bool = False
    only_if: tuple[Condition, ...] = ()
    codes: tuple[Named, ...] = ()
    times: tuple[Named, ...] = ()
    counts: tuple[Named, ...] = ()

    def may_answer(self, scale: str) -> tuple[str, ...]:
        """Which answers there are by one of its scales; none of a time, a number or a text."""
        if scale not in self.scales:
            return ()
        if scale == Scale.CODE:
            return (*(one.key for one in self.codes), *(() if self.always_known else (NOT_RECORDED,)))
        return ANSWERS.get(scale, ())

    @property
    def conditions_may_name(self) -> frozenset[str]:
        """By what other questions may be asked only if."""
        of_time = {DONE} if Scale.AT in self.scales else set()
        return frozenset(of_time.union(*(self.may_answer(scale) for scale in self.scales)))


@dataclass(frozen=True, slots=True)
class Form:
    """A version of the form, whole. Raises ValueError, saying what is wrong and what to do."""

    version: int
    since: date
    answers: Mapping[str, tuple[Named, ...]]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]

    def __post_init__(self) -> None:
        wrong = next(_wrong(self), "")
        if wrong:
            raise ValueError(wrong)

    def question(self, id: str) -> Question:
        """Raises KeyError for one that this version does not ask."""
        for one in self.questions:
            if one.id == id:
                return one
        raise KeyError(id)

    def section(self, key: str) -> Section:
        return next(one for one in self.sections if one.key == key)

    def of(self, section: str) -> tuple[Question, ...]:
        return tuple(one for one in self.questions if one.section == section)

    def conditions(self, question: Question) -> tuple[Condition, ...]:
        """Of its section and of its own: all must hold."""
        return (*self.section(question.section).only_if, *question.only_if)

    @property
    def sha256(self) -> str:
        """What stands beside every answer: any word that changes makes another."""
        said = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
        return hashlib.sha256(said.encode()).hexdigest()


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _wrong(form: Form) -> Iterator[str]:
    """What is wrong with a form as a whole, the first first."""
    if form.version < 1:
        yield "version must be 1 or more"
    for scale, keys in ANSWERS.items():
        if tuple(one.key for one in form.answers.get(scale, ())) != keys:
            yield f"answers.{scale} must give the words of {', '.join(keys)}, in this order"
    if tuple(one.key for one in form.sections) != SECTIONS:
        yield f"sections must be {', '.join(SECTIONS)}, in this order"
    before: dict[str, Question] = {}
    for question in form.questions:
        yield from (f"{question.id}: {says}" for says in _wrong_of(question, before))
        for condition in form.conditions(question):
            yield from (f"{question.id}: {says}" for says in _wrong_condition(question, condition, before))
        before[question.id] = question
    for section in SECTIONS:
        numbers = [int(found.group(2)) for one in form.of(section) if (found := _ID.fullmatch(one.id))]
        if numbers != list(range(1, len(numbers) + 1)) or not numbers:
            yield f"the questions of section {section} must be numbered from 1 on, in their order and without a gap"


def _wrong_of(question: Question, before: Mapping[str, Question]) -> Iterator[str]:
    scales = set(question.scales)
    letter = {"before": "0", "after": "9"}.get(question.section, question.section)
    named = [one.key for one in (*question.codes, *question.times, *question.counts)]
    match = _ID.fullmatch(question.id)
    checks = (
        (match is None or match.group(1) != letter, f"in section {question.section} an id begins with DS-{letter}"),
        (question.id in before, "it stands there twice: give one of them another id"),
        (not scales or len(scales) < len(question.scales), "scales must be one or more, each once"),
        ({Scale.RECORDED, Scale.JUDGED} & scales == {Scale.RECORDED}, "recorded stands only beside judged"),
        ((Scale.CODE in scales) != bool(question.codes), "codes must be there where its scales name code, and only there"),
        ((Scale.AT in scales) != bool(question.times), "times must be there where its scales name at, and only there"),
        ((Scale.COUNT in scales) != bool(question.counts), "counts must be there where its scales name count, and only there"),
        (len(question.counts) > _MOST_COUNTS, "counts must be one, or a part and what it is part of"),
        (len(set(named)) < len(named), "codes, times and counts must each have a key of their own"),
        (NOT_RECORDED in named, "not_recorded is among the answers to every code: take it out"),
        ((Scale.AS_QUESTION in scales) != (question.by is By.ADJUDICATOR), "as_question is how an adjudicator answers"),
        (not question.serves, "serves must name what it is asked for"),
    )  # fmt: skip
    return (says for is_wrong, says in checks if is_wrong)


def _wrong_condition(question: Question, condition: Condition, before: Mapping[str, Question]) -> Iterator[str]:
    of = before.get(condition.question)
    if of is None:
        yield f"only_if must name a question that stands before it, and not {condition.question}"
    elif of.level not in {Level.CASE, question.level}:
        yield (
            f"only_if names {of.id}, which is asked of each {of.level}: it must be asked of the case or of each"
            f" {question.level}"
        )
    elif not condition.answers:
        yield f"only_if must name answers of {of.id}"
    elif strange := sorted(condition.answers - of.conditions_may_name):
        yield f"only_if names {', '.join(strange)}, which {of.id} cannot be answered with"


class Missing(StrEnum):
    """What an answer lacks, or has wrong."""

    ANSWER = "answer"
    PLACE = "place"
    TIME = "time"
    NOT_A_TIME = "not_a_time"
    TIME_TO_COME = "time_to_come"
    COUNT = "count"
    NOT_A_COUNT = "not_a_count"
    MORE_THAN_WHOLE = "more_than_whole"
    TEXT = "text"
    EVIDENCE = "evidence"
    CONFIDENCE = "confidence"
    PANEL_ALONE = "panel_alone"

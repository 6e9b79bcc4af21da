"""What a loaded form asks and which answers it takes (RSK-01; ADR 32).

The form is the force's own and its licence the force's to keep. Nothing here adds, weighs or grades an answer: the grade is the
assessor's (RSK-02).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

YES_OR_NO: Final = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Question:
    """One question in English and Welsh. With `options` one of them is the answer; otherwise words, or a whole number."""

    name: str
    title: str
    title_cy: str
    options: tuple[str, ...] = ()
    options_cy: tuple[str, ...] = ()
    longest: int = 0
    lowest: int | None = None
    highest: int | None = None
    is_number: bool = False
    is_yes_or_no: bool = False
    is_required: bool = False


def questions_of(schema: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of a schema that was checked when it was loaded, in the order of its file."""
    required = frozenset(schema.get("required", ()))
    return tuple(_question(name, said, name in required) for name, said in schema["properties"].items())


def _question(name: str, said: Mapping[str, Any], is_required: bool) -> Question:
    is_yes_or_no = said["type"] == "boolean"
    return Question(
        name,
        said["title"],
        said["x-title-cy"],
        options=YES_OR_NO if is_yes_or_no else tuple(said.get("enum", ())),
        options_cy=tuple(said.get("x-enum-cy", ())),
        longest=said.get("maxLength", 0),
        lowest=said.get("minimum"),
        highest=said.get("maximum"),
        is_number=said["type"] == "integer",
        is_yes_or_no=is_yes_or_no,
        is_required=is_required,
    )


def wrong_answers(questions: Sequence[Question], answers: Mapping[str, str]) -> list[str]:
    """What is wrong with some answers, as `what:which`; an empty answer is none."""
    asked = {question.name: question for question in questions}
    found = [f"not_asked:{name}" for name in answers if name not in asked]
    for name, question in asked.items():
        found += [f"{what}:{name}" for what in _wrong(question, answers.get(name, ""))]
    return found


def _wrong(question: Question, answer: str) -> Iterator[str]:
    if not answer:
        if question.is_required:
            yield "missing"
    elif question.options:
        if answer not in question.options:
            yield "no_such_option"
    elif question.is_number:
        yield from _wrong_number(question, answer)
    elif len(answer) > question.longest:
        yield "too_long"


def _wrong_number(question: Question, answer: str) -> Iterator[str]:
    if not (answer.isascii() and answer.removeprefix("-").isdigit()):
        yield "no_number"
    elif question.lowest is not None and int(answer) < question.lowest:
        yield "too_low"
    elif question.highest is not None and int(answer) > question.highest:
        yield "too_high"

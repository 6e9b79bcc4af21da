"""The questions of a loaded form as fields of a page, in the reader's language, and their answers in words (ADR 32)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from craffu.cases.risk.forms.facts import Answered
from craffu.cases.risk.forms.rules import Question
from craffu.common.languages import Language

# What stands before the name of a question in the name of its field, so that none is another field's.
ANSWER: Final = "answer_"
_YES_OR_NO: Final[Mapping[str, Any]] = {"yes": _("Yes"), "no": _("No")}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A form that an assessor chose, by its reference."""

    reference: str
    tool: str
    version: str
    licence_ref: str
    questions: Sequence[Question]


def title_of(question: Question) -> str:
    return question.title_cy if get_language() == Language.WELSH else question.title


def answer_words(question: Question, answer: str) -> str:
    """An answer as the reader is shown it."""
    if not answer:
        return gettext("Not answered")
    return str(dict(_options(question)).get(answer, answer))


def _options(question: Question) -> list[tuple[str, Any]]:
    """The options by what is kept: the English word, whatever the language of the page."""
    if question.is_yes_or_no:
        return list(_YES_OR_NO.items())
    shown = question.options_cy if get_language() == Language.WELSH else question.options
    return list(zip(question.options, shown, strict=True))


def field_of(question: Question) -> forms.Field:
    same: dict[str, Any] = {"label": title_of(question), "required": question.is_required}
    if question.options:
        missing = {"required": _("Choose an answer"), "invalid_choice": _("Choose one of the answers")}
        return forms.ChoiceField(choices=_options(question), widget=forms.RadioSelect, error_messages=missing, **same)
    if question.is_number:
        whole = {"required": _("Enter a whole number"), "invalid": _("Enter a whole number")}
        return forms.IntegerField(
            min_value=question.lowest, max_value=question.highest, widget=forms.TextInput, error_messages=whole, **same
        )
    words = {"required": _("Enter an answer"), "max_length": _("That is too long")}
    return forms.CharField(max_length=question.longest, widget=forms.Textarea, error_messages=words, **same)


def component_of(question: Question) -> str:
    if question.options:
        return "radios"
    return "input" if question.is_number else "textarea"


def answered_by(chosen: Chosen, said: Mapping[str, Any]) -> Answered:
    """The answers of a form that was filled in; what was left out is left out."""
    given = {question.name: said[ANSWER + question.name] for question in chosen.questions}
    return Answered(chosen.reference, {name: str(value) for name, value in given.items() if value not in (None, "")})

"""A section of the dip-sample form as fields: what is asked now, with what was answered so far (P29).

Nothing is required of a field: a review is saved as it goes, and what is still lacking is told of on the page of the review.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.scrutiny.asking.form import CONFIDENCE, Form, Missing, Question
from craffu.scrutiny.asking.kinds import NOT_RECORDED, NoTime, Overall, Scale
from craffu.scrutiny.asking.rules import Answers, Given
from craffu.scrutiny.reviewing.facts import NewAnswerGiven
from craffu.scrutiny.reviewing.policies import wrong_words
from craffu.web.profiles.words import said
from craffu.web.samples.pack_presenters import repeat_words
from craffu.web.victims.asked import LONGEST_WORDS

LONGEST_EVIDENCE: Final = 200
_INVALID: Final = _("Choose one of the answers given.")
_LATER: Final = _("It stands in what was entered after the frame froze")
# Which of a question's fields an error stands beside.
_BESIDE: Final[Mapping[Missing, str]] = {
    Missing.NOT_A_TIME: "at", Missing.TIME_TO_COME: "at", Missing.NOT_A_COUNT: "count", Missing.MORE_THAN_WHOLE: "count",
    Missing.PANEL_ALONE: "overall",
}  # fmt: skip


def short(question: Question) -> str:
    """`A4`: what a question is called on a page."""
    return question.id.removeprefix("DS-")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one repeat, with the fields that answer it by their part of an answer."""

    question: Question
    repeat: str
    heading: str
    about: str
    names: Mapping[str, str]


class SectionForm(forms.Form):
    """The questions of a section that are asked now."""

    def __init__(
        self,
        data: Any = None,
        *,
        form: Form,
        questions: Sequence[tuple[Question, str]],
        answers: Answers,
        repeats: Mapping[str, Sequence[str]],
        is_panel: bool = False,
    ) -> None:
        super().__init__(data, auto_id="id_%s")
        self.asked: list[Asked] = []
        for question, repeat in questions:
            given = answers.get((question.id, repeat), Given())
            place = [*repeats.get(question.level, ())].index(repeat) + 1 if repeat else 0
            names = {}
            for part, field in _fields(form, question, given, is_panel=is_panel):
                name = f"q{short(question)}-{place}-{part}"
                self.fields[name] = field
                names[part] = name
            heading = f"{short(question)} {said(question.words)}"
            self.asked.append(Asked(question, repeat, heading, repeat_words(question.level, repeat), names))

    def fields_of(self, asked: Asked) -> list[forms.BoundField]:
        return [self[name] for name in asked.names.values()]

    def given(self) -> list[NewAnswerGiven]:
        """What was answered, of each question whose every field could be read and that was sent along."""
        return [
            NewAnswerGiven(one.question.id, self._given(one), one.repeat)
            for one in self.asked
            if not any(name in self.errors for name in one.names.values()) and self._was_sent(one)
        ]

    def _was_sent(self, one: Asked) -> bool:
        """A question that came to be asked since the page was made is not among what it sends."""
        return any(name in self.data for name in one.names.values())

    def _given(self, one: Asked) -> Given:
        def of(part: str) -> Any:
            return self.cleaned_data.get(one.names.get(part, ""), "") or ""

        return Given(
            judged=of("judged"), recorded=of("recorded"), code=of("code"), felt=of("felt"), overall=of("overall"),
            confidence=of("confidence"), is_later=bool(of("later")),
            times={time.key: of(f"at-{time.key}") or of(f"none-{time.key}") for time in one.question.times},
            counts={
                count.key: of(f"count-{count.key}") or (NOT_RECORDED if of(f"unknown-{count.key}") else "")
                for count in one.question.counts
            },
            text=of("text"), evidence=of("evidence"),
        )  # fmt: skip

    def tell(self, wrong: Mapping[tuple[str, str], Missing]) -> None:
        """Say beside each answer that could not be kept what is wrong with it."""
        for one in self.asked:
            fault = wrong.get((one.question.id, one.repeat))
            if fault is not None:
                begins = _BESIDE.get(fault, "")
                name = next(name for part, name in one.names.items() if part.startswith(begins))
                self.add_error(name, wrong_words(fault))


def _fields(form: Form, question: Question, given: Given, *, is_panel: bool) -> Iterator[tuple[str, forms.Field]]:
    """The fields of one question by their part of an answer, in the order of its scales."""
    for scale in question.scales:
        match scale:
            case Scale.AT:
                yield from _times(form, question, given)
            case Scale.COUNT:
                yield from _counts(question, given)
            case Scale.TEXT:
                yield "text", _text(_("In your words, without names (%(question)s)"), question, given.text)
            case _:
                label = (
                    _("Where is the record? (%(question)s)") if scale is Scale.RECORDED else _("Answer (%(question)s)")
                )
                offered = [key for key in question.may_answer(scale) if is_panel or key != Overall.PANEL_CANNOT_AGREE]
                yield scale.value, _one_of(label, question, choices(form, question, scale, offered), given.by(scale))
    if Scale.JUDGED in question.scales:
        yield "evidence", _line(_("Where in the pack or the file it stands (%(question)s)"), question, given.evidence)
        yield "later", _box(_("When was it entered? (%(question)s)"), _LATER, question, is_ticked=given.is_later)
        sure = [(one.key, said(one.words)) for one in form.answers[CONFIDENCE]]
        yield "confidence", _list(_("How sure are you? (%(question)s)"), question, sure, given.confidence)


def choices(form: Form, question: Question, scale: Scale, offered: Iterable[str]) -> list[tuple[str, str]]:
    """The answers by a scale in the reader's language."""
    named = {
        one.key: said(one.words) for one in (*form.answers[scale], *(question.codes if scale is Scale.CODE else ()))
    }
    return [(key, named[key]) for key in offered]


def _named(label: Any, question: Question) -> Any:
    return label % {"question": short(question)}


def _one_of(label: Any, question: Question, offered: list[tuple[str, str]], value: str) -> forms.Field:
    return forms.ChoiceField(
        label=_named(label, question), choices=offered, widget=forms.RadioSelect, required=False, initial=value,
        error_messages={"invalid_choice": _INVALID},
    )  # fmt: skip


def _list(label: Any, question: Question, offered: list[tuple[str, str]], value: str) -> forms.Field:
    return forms.ChoiceField(
        label=_named(label, question), choices=[("", _("Choose")), *offered], required=False, initial=value,
        error_messages={"invalid_choice": _INVALID},
    )  # fmt: skip


def _line(
    label: Any, question: Question, value: str, longest: int = LONGEST_EVIDENCE, help_text: Any = ""
) -> forms.Field:
    return forms.CharField(
        label=_named(label, question), max_length=longest, required=False, initial=value, help_text=help_text,
        error_messages={"max_length": _("That is too long")},
    )  # fmt: skip


def _text(label: Any, question: Question, value: str) -> forms.Field:
    return forms.CharField(
        label=_named(label, question), max_length=LONGEST_WORDS, required=False, initial=value, widget=forms.Textarea,
        help_text=_("Kept encrypted, and not in the log."),
        error_messages={"max_length": _("Write at most 2,000 characters")},
    )  # fmt: skip


def _box(legend: Any, label: Any, question: Question, *, is_ticked: bool) -> forms.Field:
    """One box, as a choice of one: the boxes of a page are made so."""
    return forms.MultipleChoiceField(
        label=_named(legend, question), choices=[("yes", label)], required=False, widget=forms.CheckboxSelectMultiple,
        initial=["yes"] if is_ticked else [],
    )  # fmt: skip


def _times(form: Form, question: Question, given: Given) -> Iterator[tuple[str, forms.Field]]:
    instead = [(one.key, said(one.words)) for one in form.answers[Scale.AT]]
    for one in question.times:
        value = given.times.get(one.key, "")
        is_none = value in set(NoTime)
        label = f"{said(one.words)} (%(question)s)"
        hint = _("Such as 2026-11-29T21:40, 2026-11-29 or 2026-11: as exactly as the file gives it.")
        yield f"at-{one.key}", _line(label, question, "" if is_none else value, 16, hint)
        none = _("Or there is no time: %(time)s") % {"time": label}
        yield f"none-{one.key}", _list(none, question, instead, value if is_none else "")


def _counts(question: Question, given: Given) -> Iterator[tuple[str, forms.Field]]:
    for one in question.counts:
        value = given.counts.get(one.key, "")
        is_unknown = value == NOT_RECORDED
        yield f"count-{one.key}", _line(f"{said(one.words)} (%(question)s)", question, "" if is_unknown else value, 6)
        if not question.always_known:
            legend = _("Or there is no number: %(what)s") % {"what": f"{said(one.words)} (%(question)s)"}
            yield f"unknown-{one.key}", _box(legend, _("Not recorded"), question, is_ticked=is_unknown)

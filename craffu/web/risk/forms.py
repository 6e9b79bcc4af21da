"""What is given to record an assessment, an event that asks for one, an observation, and a second look (RSK-01 to RSK-04)."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.cases.risk.facts import NewAssessment, NewEvent, NewObservation
from craffu.cases.risk.rules import Asks, Grade, Observed, Reply, SecondLook
from craffu.web.days import DayField
from craffu.web.moments import MomentForm
from craffu.web.risk.questions import ANSWER, Chosen, answered_by, component_of, field_of
from craffu.web.risk.words import ASKS, GRADES, OBSERVED, REPLIES, SECOND_LOOK

LONGEST_WORDS = 2000
TOO_LONG = _("Write at most 2,000 characters")
AGREES, ASKS_AGAIN = "agrees", "asks_again"


class _Words(forms.CharField):
    def __init__(self, label: Any, *, required: bool = False) -> None:
        super().__init__(
            label=label,
            help_text=_("Kept encrypted, and not in the log."),
            max_length=LONGEST_WORDS,
            widget=forms.Textarea,
            required=required,
            error_messages={"required": _("Say why"), "max_length": TOO_LONG},
        )


class _Line(forms.CharField):
    def __init__(self, label: Any, longest: int, missing: Any, help_text: Any = "", *, required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=longest,
            required=required,
            error_messages={"required": missing, "max_length": _("That is too long")},
        )


class AssessmentForm(MomentForm):
    # As they stand on the page, so that the errors above it are in its order.
    field_order = (
        "tool", "version", "licence_ref", "document_ref", "on", "at", "grade", "facts", "words", "next_due",
    )  # fmt: skip
    tool = _Line(
        _("With which tool?"),
        80,
        _("Enter the tool"),
        _("The force’s own licensed tool. Craffu keeps its result and never its questions."),
    )
    version = _Line(_("Which version of it?"), 40, _("Enter the version of the tool"))
    licence_ref = _Line(_("Reference of the licence"), 80, _("Enter the reference of the licence"))
    document_ref = _Line(
        _("Reference of the document"),
        80,
        _("Enter where the completed form is kept"),
        _("Where the completed form is kept"),
    )
    grade = forms.ChoiceField(
        label=_("Which grade do you give?"),
        help_text=_("The grade is yours. Craffu never works one out."),
        choices=[(grade.value, GRADES[grade].words) for grade in Grade],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the grade you give")},
    )
    facts = forms.MultipleChoiceField(
        label=_("Do you know of any of these? (optional)"),
        help_text=_("With any of them, a second person looks at a standard grade."),
        choices=list(SECOND_LOOK.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    next_due = DayField(
        label=_("When will you assess again? (optional)"),
        required=False,
        error_messages={"invalid": _("Enter a real date, such as 24 11 2026")},
    )
    words = _Words(_("Why, where the grade is not the one the tool suggests (optional)"))

    def __init__(self, *args: Any, chosen: Chosen | None = None, **kwargs: Any) -> None:
        """With a form that was chosen its questions are asked, and the tool is its own."""
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        if chosen is not None:
            for name in ("tool", "version", "licence_ref"):
                del self.fields[name]
            asked = {ANSWER + question.name: field_of(question) for question in chosen.questions}
            self.fields |= asked
            self.order_fields(["document_ref", "on", "at", *asked, "grade", "facts", "words", "next_due"])

    @property
    def asked(self) -> list[tuple[str, forms.BoundField]]:
        """The questions of the chosen form, each as the component that asks it."""
        questions = self.chosen.questions if self.chosen else ()
        return [(component_of(question), self[ANSWER + question.name]) for question in questions]

    @property
    def given(self) -> NewAssessment:
        said, chosen = self.cleaned_data, self.chosen
        with_what: Mapping[str, str] = asdict(chosen) if chosen else said
        return NewAssessment(
            with_what["tool"], with_what["version"], with_what["licence_ref"], said["document_ref"], self.moment,
            Grade(said["grade"]), tuple(SecondLook(fact) for fact in said["facts"]), said["next_due"], said["words"],
            answered_by(chosen, said) if chosen else None,
        )  # fmt: skip


class EventForm(MomentForm):
    field_order = ("kind", "on", "at", "words")
    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=[(kind, words) for kind, words in ASKS.items() if kind != Asks.CASE_OPENED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened")},
    )
    words = _Words(_("In a few words (optional)"))

    @property
    def given(self) -> NewEvent:
        return NewEvent(Asks(self.cleaned_data["kind"]), self.moment, self.cleaned_data["words"])


class ObservationForm(forms.Form):
    fact = forms.ChoiceField(
        label=_("What was asked about?"),
        choices=[("", _("Choose one")), *OBSERVED.items()],
        error_messages={"required": _("Choose what was asked about")},
    )
    answer = forms.ChoiceField(
        label=_("What is the answer?"),
        choices=list(REPLIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer; not asked and not known are answers too")},
    )
    value = _Line(
        _("How much, how long or how often (optional)"),
        200,
        "",
        _("Such as the victim’s own rating, or three messages a day since May"),
        required=False,
    )
    source = _Line(
        _("Who or what says so?"), 120, _("Enter who or what says so"), _("Such as a 999 log or a statement")
    )
    on = DayField(
        label=_("Of which day is that?"),
        error_messages={
            "required": _("Enter the day, such as 24 11 2026"),
            "invalid": _("Enter a real date, such as 24 11 2026"),
        },
    )

    @property
    def given(self) -> NewObservation:
        said = self.cleaned_data
        return NewObservation(Observed(said["fact"]), Reply(said["answer"]), said["source"], said["on"], said["value"])


class LookForm(forms.Form):
    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    # The facts that stood on the page, so that nobody is taken to have seen one that came while they wrote.
    seen = forms.MultipleChoiceField(
        choices=list(SECOND_LOOK.items()), widget=forms.MultipleHiddenInput, required=False
    )
    verdict = forms.ChoiceField(
        label=_("What do you find?"),
        choices=[(AGREES, _("The grade is right")), (ASKS_AGAIN, _("It is to be assessed again"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you find")},
    )
    words = _Words(_("Why?"), required=True)

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["verdict"] == AGREES)

"""What is asked to decide what a breach is, to answer what every breach raises, and to record what others decided. Shape only."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from craffu.breaches.detecting.rules import Decision
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.models import BreachAnswer
from craffu.breaches.standpoints.kinds import DECISIONS
from craffu.breaches.standpoints.questions import TAKES, Question
from craffu.clocks.london import start_of
from craffu.web.days import DayField
from craffu.web.moments import MomentForm
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS
from craffu.web.orders.step_forms import drawn
from craffu.web.triage import words

LONGEST_REFERENCE: Final = 20
_TOO_LONG: Final = _("Write at most 2,000 characters")
_SAY_WHY: Final = _("Say why.")


def _words(label: Any, *, required: bool = True, error: Any = _SAY_WHY, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=required,
        error_messages={"required": error, "max_length": _TOO_LONG},
    )


class DecideForm(forms.Form):
    """What it is, why, and which conditions were broken."""

    decision = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is"), "invalid_choice": _("Choose what it is")},
    )
    conditions = forms.MultipleChoiceField(
        label=_("If it is a breach: which conditions were broken?"),
        help_text=_("As the order read then. Choose none where you are not sure."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose conditions that are shown")},
    )
    duplicate_of = forms.CharField(
        label=_("If another breach tells of the same incident: which?"),
        help_text=_("Its reference, such as B-1234. That one keeps what both sources tell."),
        max_length=LONGEST_REFERENCE,
        required=False,
        error_messages={"max_length": _("Give the reference of the other breach, such as B-1234")},
    )
    reason = _words(_("Why?"))

    def __init__(
        self, *args: Any, offered: Iterable[Decision], conditions: Iterable[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(one.value, words.DECISIONS[one]) for one in offered]  # type: ignore[attr-defined]
        self.fields["conditions"].choices = list(conditions)  # type: ignore[attr-defined]

    @property
    def decided(self) -> Decision:
        return Decision(self.cleaned_data["decision"])

    @property
    def chosen(self) -> list[int] | None:
        """Which conditions, by row number; None where they are not sure."""
        return sorted(map(int, self.cleaned_data["conditions"])) or None


class AnswersForm(forms.Form):
    """The questions that every breach raises, each with its answers and words. What is left blank stays as it is.

    `shown` is how words that somebody wrote are shown: without where she can be reached. Left as shown, they stay as written.
    """

    def __init__(
        self, *args: Any, asked: Iterable[Question], last: Mapping[Question, BreachAnswer], shown: Callable[[str], str],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        self.written = {(question, shown(one.words)): one.words for question, one in last.items()}
        for question in self.asked:
            said = last.get(question)
            self.fields[question.value] = forms.ChoiceField(
                label=str(words.QUESTIONS[question]),
                choices=[(one, words.ANSWERS[question][one]) for one in TAKES[question]],
                widget=forms.RadioSelect,
                required=False,
                initial=said.answer if said else "",
                error_messages={"invalid_choice": _("Choose one of the answers.")},
            )
            self.fields[self.words_of(question)] = forms.CharField(
                # Seven of them on one page: whoever does not see it hears of which question each is.
                label=format_html(
                    '{}<span class="govuk-visually-hidden">: {}</span>',
                    _("In words (why, where the answer is no or that it is not needed)"),
                    words.QUESTIONS[question],
                ),
                max_length=LONGEST_WORDS,
                widget=forms.Textarea,
                required=False,
                initial=shown(said.words) if said else "",
                error_messages={"max_length": _TOO_LONG},
            )

    @staticmethod
    def words_of(question: Question) -> str:
        return f"{question.value}_words"

    @property
    def drawn(self) -> list[tuple[Any, Any]]:
        """Each question with its words, in order."""
        return [(self[one.value], self[self.words_of(one)]) for one in self.asked]

    @property
    def given(self) -> dict[Question, tuple[str, str]]:
        """What was answered, changed or not."""
        said = self.cleaned_data
        found = {one: (said[one.value], said[self.words_of(one)]) for one in self.asked if said[one.value]}
        return {one: (answer, self.written.get((one, words), words)) for one, (answer, words) in found.items()}


class StandpointForm(MomentForm):
    """What somebody else decided, when, and of which day."""

    decided = forms.ChoiceField(
        label=_("Who decided what?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was decided."), "invalid_choice": _("Choose what was decided.")},
    )
    incident_on = DayField(
        label=_("Of which day does it say that the incident was? (if it says)"),
        required=False,
        error_messages={"invalid": _("Enter a real date, such as 24 11 2026")},
    )
    conditions = forms.MultipleChoiceField(
        label=_("Which conditions do they name? (if they name any)"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose conditions that are shown")},
    )
    words = _words(_("From whom do you know it, and what else did they say? (optional)"), required=False)
    field_order = ("decided", "on", "at", "incident_on", "conditions", "words")

    def __init__(
        self, *args: Any, standpoints: Iterable[Standpoint], conditions: Iterable[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conditions"].choices = list(conditions)  # type: ignore[attr-defined]
        if not self.fields["conditions"].choices:  # type: ignore[attr-defined]
            del self.fields["conditions"]
        self.fields["decided"].choices = [  # type: ignore[attr-defined]
            (f"{standpoint.value}:{decision}", decided_words(standpoint, decision))
            for standpoint in standpoints
            for decision in DECISIONS[standpoint]
        ]
        self.fields["on"].label = _("On which day was it decided, or was the victim told?")
        self.fields["at"].label = _("At what time? (if known)")
        self.fields["at"].required = False

    def _read(self, day: date, said: str) -> None:
        """A letter or a list often gives the day alone: it is kept as the start of the day, and shown as a day."""
        if said:
            super()._read(day, said)
        else:
            self.moment = start_of(day)

    @property
    def standpoint(self) -> Standpoint:
        return Standpoint(self.cleaned_data["decided"].partition(":")[0])

    @property
    def decision(self) -> str:
        return str(self.cleaned_data["decided"].partition(":")[2])

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, [*self.fields])


def decided_words(standpoint: Standpoint, decision: str) -> str:
    """`Prosecution: charged`."""
    return f"{words.STANDPOINTS[standpoint]}: {words.DECIDED[standpoint][decision]}"


class ExplainForm(forms.Form):
    """Why something that does not agree needs no more to be done."""

    words = _words(
        _("Why does it need no more to be done?"), error=_("Say why. Whoever looks at this breach next reads it.")
    )


class PatternForm(forms.Form):
    """What crimes that together may be stalking are, and why."""

    decision = forms.ChoiceField(
        label=_("What are these crimes?"),
        choices=list(words.PATTERNS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what these crimes are."),
            "invalid_choice": _("Choose what these crimes are."),
        },
    )
    reason = _words(_("Why?"))


class AgainForm(forms.Form):
    """Why it is opened again, or parted from another."""

    reason = _words(_("Why?"))

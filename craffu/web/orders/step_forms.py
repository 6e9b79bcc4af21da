"""One form per step of an order, built from the table of what each asks for. Shape only: what may be, the rules say (P14)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.clocks.london import start_of
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.catalogue.reading import kinds
from craffu.orders.facts import Given
from craffu.orders.life.standing import WHEN
from craffu.orders.life.states import TABLE
from craffu.orders.papers.policies import KINDS as PAPER_KINDS
from craffu.orders.papers.policies import MOST_BYTES
from craffu.web.moments import MomentForm
from craffu.web.orders import words
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS, NO_END, STEPS, UNTIL_DAY, YES, fields_of
from craffu.web.presenters import Text

# How each field is drawn; what is not listed is one line.
_DRAWN: Final[Mapping[type, str]] = {
    forms.SelectDateWidget: "date_input",
    forms.Textarea: "textarea",
    forms.RadioSelect: "radios",
    forms.CheckboxSelectMultiple: "checkboxes",
    forms.Select: "select",
}


def drawn(form: forms.Form, names: list[str]) -> list[tuple[str, Any]]:
    """The fields with the component that draws each, in order."""
    return [(_DRAWN.get(type(form.fields[name].widget), "input"), form[name]) for name in names]


def applicants_of(kind: Kind) -> Mapping[str, Text]:
    """Whom the statute lets ask for a change of a kind; where it names nobody, any of them."""
    named = kind.changing.applicants or tuple(words.APPLICANTS)
    return {one: words.APPLICANTS[one] for one in named if one in words.APPLICANTS}


class StepForm(MomentForm):
    """What one step of one order asks for beside its conditions."""

    def __init__(self, *args: Any, move: str, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.move, self.asks = move, STEPS[move]
        if not self.asks.moment:
            del self.fields["on"], self.fields["at"]
        elif not self.asks.has_time_always:
            self.fields["at"].required = False
            self.fields["at"].label = _("At what time? (if known)")
        self.fields.update(fields_of(move, applicants_of(kind)))

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, [*self.fields])

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("at"):
            # The sealed order may give the day alone: it then begins at midnight.
            self.cleaned_data.pop("at", None)
        given = super().clean()
        if self.asks.moment and given.get("on") and not given.get("at") and "at" not in self.errors:
            self.moment = start_of(given["on"])
        if given.get("end") == UNTIL_DAY and given.get("last_day") is None and "last_day" not in self.errors:
            self.add_error("last_day", _("Enter the last day, such as 24 11 2026"))
        if given.get("end") != UNTIL_DAY and given.get("last_day") is not None:
            self.add_error("end", _("You gave a last day: choose that it ends on that day, or clear the day."))
        return given

    @property
    def given(self) -> Given:
        """The fields as the order's life knows them."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in _NOT_AS_THEY_ARE}
        if self.asks.moment:
            said[self.asks.moment] = self.moment
        end = self.cleaned_data.get("end")
        if end:
            said["last_day"] = self.cleaned_data.get("last_day") if end == UNTIL_DAY else None
            said["is_indefinite"] = True if end == NO_END else (False if end == UNTIL_DAY else None)
        if day := self.cleaned_data.get("takes_effect_on"):
            said["takes_effect_at"] = start_of(day)
        if without := self.cleaned_data.get("is_without_notice"):
            said["is_without_notice"] = without == YES
        for name in ("not_fixed", "court_directed_method"):
            if name in self.cleaned_data:
                said[name] = bool(self.cleaned_data[name])
        if "consents" in self.cleaned_data:
            said["consents"] = tuple(self.cleaned_data["consents"])
        return Given(**said)

    def beside(self, code: str) -> str | None:
        """The field beside which a refusal is said; None above the form."""
        wanted = code.removeprefix("missing:")
        wanted = {
            "served_before_made": "on", "lodged_after_end": "lodged_on", "discharge_locked": "consents",
            "needs_court_direction": "court_directed_method", "period": "end", "ahead": WHEN.get(self.move, "on"),
            "ends_before_it_begins": "new_last_day" if "new_last_day" in self.fields else "last_day",
            "renewal_shortens": "new_last_day", "same_end": "last_day", "later_words_stand": "varied_on",
            "before_it_was_made": "takes_effect_on" if "takes_effect_on" in self.fields else WHEN.get(self.move, "on"),
        }.get(wanted, wanted)  # fmt: skip
        wanted = "on" if wanted == self.asks.moment else wanted
        return wanted if wanted in self.fields else None

    def said(self) -> list[tuple[Text, str]]:
        """What was given, in words, for the two versions side by side (T30)."""
        return [(field.label, _in_words(field)) for field in self if _in_words(field)]


_NOT_AS_THEY_ARE: Final = frozenset(
    {
        "on",
        "at",
        "end",
        "last_day",
        "takes_effect_on",
        "is_without_notice",
        "not_fixed",
        "court_directed_method",
        "consents",
    }
)


def _in_words(field: Any) -> str:
    value = field.form.cleaned_data.get(field.name) if hasattr(field.form, "cleaned_data") else None
    if isinstance(value, date | datetime):
        return value.isoformat()
    choices = {str(code): str(text) for code, text in getattr(field.field, "choices", ())}
    several = value if isinstance(value, list) else [value]
    return ", ".join(choices.get(str(one), str(one)) for one in several if one)


class NewOrderForm(forms.Form):
    """Which kind a court made or imposed, against whom in the case, and whom it protects."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Which kind of order?"), error_messages={"required": gettext_lazy("Choose the kind")}
    )
    is_interim = forms.MultipleChoiceField(
        label=gettext_lazy("Interim?"),
        choices=[(YES, gettext_lazy("It is an interim order"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    respondent = forms.ChoiceField(
        label=gettext_lazy("Against whom?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the respondent")},
    )
    protects = forms.MultipleChoiceField(
        label=gettext_lazy("Whom does it protect?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, *args: Any, move: str, suspects: list[tuple[str, str]], victims: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        row = TABLE[move].kinds
        codes = [code for code, kind in kinds().items() if row.hold(code, kind.family)]
        self.fields["kind"].choices = [("", _("Choose one")), *((code, words.kind_words(code)) for code in codes)]  # type: ignore[attr-defined]
        self.fields["respondent"].choices = suspects  # type: ignore[attr-defined]
        self.fields["protects"].choices = victims  # type: ignore[attr-defined]

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        victims: Any = self.fields["protects"]
        return drawn(self, ["kind", "is_interim", "respondent", *(["protects"] if victims.choices else [])])


class PaperForm(forms.Form):
    """A paper of an order, as a file."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of paper?"),
        choices=[(kind, words.PAPERS[kind]) for kind in PAPER_KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what kind of paper this is.")},
    )
    paper = forms.FileField(
        label=gettext_lazy("The paper"),
        help_text=gettext_lazy("A PDF, PNG or JPEG of at most 10 MB"),
        error_messages={
            "required": gettext_lazy("Choose the file"),
            "empty": gettext_lazy("The file is empty (0 bytes)."),
        },
    )
    title = forms.CharField(
        label=gettext_lazy("A title (optional)"), help_text=ENCRYPTED, max_length=120, required=False
    )

    def clean_paper(self) -> Any:
        paper = self.cleaned_data["paper"]
        if paper.size > MOST_BYTES:
            raise forms.ValidationError(
                _("A paper has at most 10 MB, and is not empty. Scan it again with fewer points an inch.")
            )
        return paper


class CompareForm(forms.Form):
    """What somebody found who held the words against the sealed order."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    paper = forms.IntegerField(widget=forms.HiddenInput)
    found = forms.ChoiceField(
        label=gettext_lazy("Are the words the same, every one?"),
        choices=[(YES, gettext_lazy("Yes, word for word")), ("no", gettext_lazy("No, they differ"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you found")},
    )
    differs = forms.CharField(
        label=gettext_lazy("Where do they differ?"),
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        required=False,
        error_messages={"max_length": gettext_lazy("Write at most 2,000 characters")},
    )

    @property
    def is_same(self) -> bool:
        return bool(self.cleaned_data["found"] == YES)


class PackForm(forms.Form):
    """One part of an application pack."""

    about = forms.ChoiceField(
        label=gettext_lazy("Which part?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose which part")},
    )
    words = forms.CharField(
        label=gettext_lazy("What is the evidence, or what do they say?"),
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": gettext_lazy("Say in a few words what the evidence is."),
            "max_length": gettext_lazy("Write at most 2,000 characters"),
        },
    )

    def __init__(self, *args: Any, parts: Mapping[str, Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = list(parts.items())  # type: ignore[attr-defined]

"""What is given to reword a condition of the library, and to take one into a draft. Shape only."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.orders.library.rules import LANGUAGES, Worded
from craffu.web.library.words import INPUTS
from craffu.web.orders.step_fields import ENCRYPTED

LONGEST_WORDS: Final = 1000
LONGEST_INPUT: Final = 300
_IN: Final = {"en": _("Words in English"), "cy": _("Words in Welsh")}


class RewordForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why are the words changed?"),
        max_length=300,
        error_messages={"required": _("Say why the words are changed.")},
    )

    def __init__(self, *args: Any, worded: Worded, **options: Any) -> None:
        super().__init__(*args, **options)
        for language in LANGUAGES:
            self.fields[language] = forms.CharField(
                label=_IN[language],
                help_text=_("Leave what stands in braces as it is"),
                max_length=LONGEST_WORDS,
                widget=forms.Textarea(attrs={"lang": language}),
                initial=worded.words[language],
                error_messages={
                    "required": _("Both languages need words"),
                    "max_length": _("Write at most 1,000 characters"),
                },
            )

    @property
    def words(self) -> dict[str, str]:
        return {language: self.cleaned_data[language] for language in LANGUAGES}


class TakeForm(forms.Form):
    """What the words of one condition need, the behaviour it answers here, and why it is necessary."""

    def __init__(self, *args: Any, worded: Worded, **options: Any) -> None:
        super().__init__(*args, **options)
        self.worded = worded
        for name in worded.inputs:
            self.fields[name.value] = forms.CharField(
                label=INPUTS[name],  # type: ignore[arg-type]
                max_length=LONGEST_INPUT,
                error_messages={"required": _("The words need this"), "max_length": _("Write at most 300 characters")},
            )
        self.fields["behaviour"] = _said(
            _("Which recorded behaviour does it answer?"), _("Say which behaviour it answers")
        )
        self.fields["necessity"] = _said(_("Why is it necessary?"), _("Say why it is necessary"))

    @property
    def inputs(self) -> dict[str, str]:
        return {name.value: self.cleaned_data[name.value] for name in self.worded.inputs}

    @property
    def input_fields(self) -> list[forms.BoundField]:
        return [self[name.value] for name in self.worded.inputs]


def _said(label: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=ENCRYPTED,
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": missing, "max_length": _("Write at most 2,000 characters")},
    )

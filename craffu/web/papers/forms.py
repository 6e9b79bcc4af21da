"""What somebody says who takes a paper out: what for, for whom, and whose copy it is (SEC-07)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.orders.printing.reasons import purposes_of
from craffu.web.days import DayField
from craffu.web.exports.forms import ExportForm
from craffu.web.moments import MomentForm
from craffu.web.orders import words as order_words
from craffu.web.orders.step_fields import ENCRYPTED, NOT_REAL
from craffu.web.papers import words
from craffu.web.presenters import Text


class PrintForm(ExportForm):
    """A paper is always a PDF; whose copy it is is asked where there is a choice."""

    def __init__(self, kind: str, audiences: Mapping[str, Text], data: Any = None) -> None:
        super().__init__(purposes_of(kind), data)
        del self.fields["form"]
        self.fields["words"].help_text = _(
            "Such as the hearing or the meeting. It is kept in the log. Do not write names."
        )
        self.fields["recipient"].help_text = _(
            "A post or a team, such as listing officer. It stands in the log and at the foot of every page."
        )
        self.only_audience = next(iter(audiences)) if len(audiences) == 1 else ""
        if not self.only_audience:
            self.fields["audience"] = forms.ChoiceField(
                label=_("Whose copy is it?"),
                choices=list(audiences.items()),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose whom the copy is for.")},
            )

    @property
    def copy_for(self) -> str:
        return self.only_audience or str(self.cleaned_data["audience"])


class GivenForm(MomentForm):
    """When and how a printed paper was given to whom it was printed for."""

    method = forms.ChoiceField(
        label=_("How was it given?"),
        choices=list(order_words.METHODS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was given.")},
    )
    words = forms.CharField(label=_("In words (optional)"), help_text=ENCRYPTED, max_length=200, required=False)


class MarkForm(forms.Form):
    """What may become of a paper that is kept."""

    mark = forms.ChoiceField(
        label=_("What may become of it?"),
        choices=list(words.MARKS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what may become of the paper.")},
    )


class EntryForm(forms.Form):
    """That an order was entered in another system, when, and under which reference."""

    entered_on = DayField(
        label=_("On which day was it entered?"),
        error_messages={"required": _("Enter the day, such as 24 11 2026"), "invalid": NOT_REAL},
    )
    reference = forms.CharField(
        label=_("Which reference did the system give it?"),
        help_text=ENCRYPTED,
        max_length=40,
        error_messages={"required": _("Enter the reference that the system gave it.")},
    )


class WordingForm(forms.Form):
    """A piece of our wording in one language, anew."""

    seen = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("The words"),
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": _("Enter the words."), "max_length": _("Write at most 2,000 characters")},
    )
    reason = forms.CharField(
        label=_("Why is it changed?"), max_length=300, error_messages={"required": _("Say why it is changed")}
    )

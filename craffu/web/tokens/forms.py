"""What somebody gives to ask for an API token, and to let one work."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from craffu.access.tokens.rules import Scope
from craffu.access.unattended.rules import LONGEST_DAYS
from craffu.web.tokens.words import SCOPES

_DAYS = {code: _("Enter a number of days from 1 to 90") for code in ("required", "invalid", "min_value", "max_value")}


class NewTokenForm(forms.Form):
    purpose = forms.CharField(
        label=_("What is it for?"),
        help_text=_("Name the program and what it does. It is kept in the log. Do not write names of people."),
        max_length=200,
        error_messages={"required": _("Say what it is for"), "max_length": _("Write at most 200 characters")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may the program do, of what you may?"),
        help_text=_(
            "What your roles open is listed, and nothing else. In brackets is what the description of the API calls it."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what it may be used for.")),
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        help_text=_("From the moment it is approved, at most 90."),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=30,
        error_messages=_DAYS,
    )

    def __init__(self, data: Any, opened: Iterable[Scope]) -> None:
        """`opened` are the scopes that open something to whoever asks."""
        super().__init__(data)
        scopes = cast("forms.MultipleChoiceField", self.fields["scopes"])
        scopes.choices = [(one.value, format_lazy("{} ({})", SCOPES[one], one.value)) for one in opened]


class ApproveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why may it work?"),
        help_text=_("It is kept in the log. Do not write names."),
        max_length=200,
        widget=forms.Textarea,
        error_messages={"required": _("Say why"), "max_length": _("Write at most 200 characters")},
    )

"""What somebody gives to let a service account work for a time, or to end it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.access.unattended.rules import LONGEST_DAYS

APPROVE, END = "approve", "end"
WORDS = {APPROVE: _("Let it work"), END: _("End it for good")}
_DAYS = {code: _("Enter a number of days from 1 to 90") for code in ("required", "invalid", "min_value", "max_value")}


class ServiceForm(forms.Form):
    act = forms.ChoiceField(
        label=_("What shall become of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what shall become of it")},
    )
    days = forms.IntegerField(
        label=_("For how many days, if it may work?"),
        help_text=_("From now on, at most 90. It is asked for again before they are over."),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=LONGEST_DAYS,
        error_messages=_DAYS,
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("It is kept in the log. Do not write names."),
        max_length=200,
        widget=forms.Textarea,
        error_messages={"required": _("Say why"), "max_length": _("Write at most 200 characters")},
    )

    def __init__(self, *args: Any, acts: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [(act, WORDS[act]) for act in acts]  # type: ignore[attr-defined]
        if APPROVE not in acts:
            del self.fields["days"]

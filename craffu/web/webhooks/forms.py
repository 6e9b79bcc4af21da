"""What somebody gives to set a webhook up, to approve it, and to begin it again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.access.webhooks.rules import LONGEST_ADDRESS
from craffu.web.webhooks.words import EVENTS

_TOO_LONG = _("Write at most 200 characters")


class NewWebhookForm(forms.Form):
    purpose = forms.CharField(
        label=_("Who is told, and what for?"),
        help_text=_("Name the system and what it does. It is kept in the log. Do not write names of people."),
        max_length=200,
        error_messages={"required": _("Say what it is for"), "max_length": _TOO_LONG},
    )
    address = forms.CharField(
        label=_("To which address?"),
        help_text=_("It begins with https://. It must not hold a secret: each message is signed instead."),
        max_length=LONGEST_ADDRESS,
        error_messages={"required": _("Enter the address"), "max_length": _("Write at most 300 characters")},
    )
    about = forms.MultipleChoiceField(
        label=_("What is it told of?"),
        help_text=_("It is sent the reference of the record and nothing else, and reads the rest by its token."),
        choices=[(one.value, words) for one, words in EVENTS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what it is told of.")},
    )
    token = forms.ChoiceField(
        label=_("By which API token does it read?"),
        help_text=_("It is told of what this token may read, and nothing when the token is over."),
        error_messages={"required": _("Choose a token"), "invalid_choice": _("Choose a token")},
    )

    def __init__(self, *args: Any, tokens: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].choices = [("", _("Choose one")), *tokens]  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    reason = forms.CharField(
        label=_("Why may it be told?"),
        help_text=_("It is kept in the log. Do not write names."),
        max_length=200,
        widget=forms.Textarea,
        error_messages={"required": _("Say why"), "max_length": _TOO_LONG},
    )

"""Why a difference may stand, in words. Shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS


class CloseForm(forms.Form):
    words = forms.CharField(
        label=_("Why may it stand?"),
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": _("Say why in your own words."),
            "max_length": _("Write at most 2,000 characters"),
        },
    )

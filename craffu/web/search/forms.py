"""The one box of the search."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 200


class SearchForm(forms.Form):
    words = forms.CharField(
        label=_("Who or what are you looking for?"),
        help_text=_(
            "A name, an alias or part of one, in Welsh or English; a date of birth or a year; a PNC ID, CRO, arrest summons, "
            "crime or case reference; a town. Spelling and order need not be right."
        ),
        max_length=LONGEST,
        error_messages={
            "required": _("Enter a name, a date of birth, a reference or a town"),
            "max_length": _("Enter at most 200 characters"),
        },
    )

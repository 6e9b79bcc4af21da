"""The one box of the search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 200


_OF_ALL = _(
    "A name, an alias or part of one, in Welsh or English; a date of birth or a year; a PNC ID, CRO, arrest summons, "
    "crime, case or order reference, a court’s case number; a town. Spelling and order need not be right."
)
_OF_PEOPLE = _(
    "A name, an alias or part of one, in Welsh or English; a date of birth or a year; a PNC ID, CRO or arrest summons "
    "number. Spelling and order need not be right."
)


_OF_PEOPLE_AND_ORDERS = _(
    "A name, an alias or part of one, in Welsh or English; a date of birth or a year; a PNC ID, CRO or arrest summons "
    "number; an order reference or a court’s case number. Spelling and order need not be right."
)


class SearchForm(forms.Form):
    """`finds_cases` and `finds_orders` say whether the role of whoever asks looks for these too: the words beside the box are
    then others.
    """

    words = forms.CharField(
        label=_("Who or what are you looking for?"),
        max_length=LONGEST,
        error_messages={
            "required": _("Enter a name, a date of birth, a reference or a town"),
            "max_length": _("Enter at most 200 characters"),
        },
    )

    def __init__(self, *args: Any, finds_cases: bool = False, finds_orders: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box = self.fields["words"]
        box.help_text = _OF_ALL if finds_cases else _OF_PEOPLE_AND_ORDERS if finds_orders else _OF_PEOPLE
        if not finds_cases:
            box.error_messages["required"] = _("Enter a name, a date of birth or a number")

"""What somebody gives to take records out of Craffu: what for, for whom, and in which kind of file (SEC-07)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.access.exports.rules import SHORTEST_WORDS, Asked
from craffu.documents.bundles import Form
from craffu.web.presenters import Text

LONGEST_WORDS, LONGEST_NAME = 200, 80

FORMS: list[tuple[str, Text]] = [
    (Form.XLSX.value, _("Workbook (XLSX), for Excel or LibreOffice")),
    (Form.CSV.value, _("Comma-separated values (CSV)")),
    (Form.JSON.value, _("JSON, for another system")),
]


class ExportForm(forms.Form):
    """`purposes` are those to choose from; one alone needs no choice."""

    purpose = forms.ChoiceField(
        label=_("What is it for?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is for")},
    )
    words = forms.CharField(
        label=_("Say in words what it is for"),
        help_text=_(
            "Such as the hearing or the meeting. It is kept in the log and stands in the file. Do not write names."
        ),
        min_length=SHORTEST_WORDS,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": _("Say what it is for"),
            "min_length": _("Say what it is for in 10 characters or more"),
            "max_length": _("Write at most 200 characters"),
        },
    )
    recipient = forms.CharField(
        label=_("Who will receive it?"),
        help_text=_("A post or a team, such as listing officer. It stands in the log and in the file."),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Say who will receive it"), "max_length": _("Write at most 80 characters")},
    )
    organisation = forms.CharField(
        label=_("Of which organisation?"),
        help_text=_("Your own force is an organisation too."),
        max_length=LONGEST_NAME,
        error_messages={
            "required": _("Say which organisation they belong to"),
            "max_length": _("Write at most 80 characters"),
        },
    )
    form = forms.ChoiceField(
        label=_("What kind of file?"),
        choices=FORMS,
        initial=Form.XLSX.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of file")},
    )

    def __init__(self, purposes: Mapping[str, Text], data: Any = None) -> None:
        super().__init__(data)
        self.only = next(iter(purposes)) if len(purposes) == 1 else ""
        if self.only:
            del self.fields["purpose"]
        else:
            self.fields["purpose"].choices = list(purposes.items())  # type: ignore[attr-defined]

    @property
    def asked(self) -> Asked:
        """What was given, once it was found good."""
        given = self.cleaned_data
        purpose = self.only or given["purpose"]
        return Asked(purpose, given["words"], given["recipient"], given["organisation"])

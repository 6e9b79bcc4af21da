"""What somebody gives to restrict a record, to let people in or shut them out, and to open it to all again."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.access.restricted.models import Admission

LONGEST_REASON = 200
LET_IN, SHUT_OUT, OPEN = "let_in", "shut_out", "open"


class _Reason(forms.CharField):
    def __init__(self, **settings: Any) -> None:
        super().__init__(
            label=_("Why?"),
            help_text=_("It is kept in the log. Do not write names."),
            max_length=LONGEST_REASON,
            widget=forms.Textarea,
            error_messages={"required": _("Say why"), "max_length": _("Write at most 200 characters")},
            **settings,
        )


class RestrictForm(forms.Form):
    reason = _Reason()


class ReadersForm(forms.Form):
    act = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=[
            (LET_IN, _("Let somebody see it")),
            (SHUT_OUT, _("Take it from somebody")),
            (OPEN, _("Open it to everybody whose role allows it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you want to do")},
    )
    username = forms.CharField(
        label=_("User name (optional)"),
        help_text=_("Of the person it is about. Leave this empty to open the record to everybody."),
        max_length=60,
        required=False,
        error_messages={"max_length": _("A user name has at most 60 characters")},
    )
    reason = _Reason()

    def __init__(self, readers: Iterable[Admission], *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.readers = {reader.user.username for reader in readers}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        act, username = given.get("act"), given.get("username")
        if act in {LET_IN, SHUT_OUT} and not username:
            self.add_error("username", _("Enter whose user name"))
        elif act == SHUT_OUT and username not in self.readers:
            self.add_error("username", _("Nobody of that name sees this record"))
        return given

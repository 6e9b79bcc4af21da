"""What somebody gives to restrict a record, to let people in or shut them out, to open it to all again or in an emergency."""

import secrets
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.access.emergency.reasons import REASONS, VERDICTS
from craffu.access.emergency.rules import SHORTEST_REASON
from craffu.access.markings import OF_RECORDS, RecordMarking
from craffu.access.restricted.models import Admission

LONGEST_REASON, LONGEST_WORDS = 200, 2000
LET_IN, SHUT_OUT, MARK, OPEN = "let_in", "shut_out", "mark", "open"


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
    marking = forms.ChoiceField(
        label=_("What are others shown?"),
        choices=[(one.key, _(one.meaning)) for one in OF_RECORDS],
        initial=OF_RECORDS[0].key,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what others are shown")},
    )
    reason = _Reason()


class ReadersForm(forms.Form):
    act = forms.ChoiceField(
        label=_("What do you want to do?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you want to do")},
    )
    username = forms.CharField(
        label=_("User name (optional)"),
        help_text=_("Of the person it is about. Leave this empty where it is about everybody."),
        max_length=60,
        required=False,
        error_messages={"max_length": _("A user name has at most 60 characters")},
    )
    reason = _Reason()

    def __init__(self, readers: Iterable[Admission], other: RecordMarking, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.readers = {reader.user.username for reader in readers}
        self.other = other
        self.fields["act"].choices = [  # type: ignore[attr-defined]
            (LET_IN, _("Let somebody see it")),
            (SHUT_OUT, _("Take it from somebody")),
            (MARK, MAKE[other.key]),
            (OPEN, _("Open it to everybody whose role allows it")),
        ]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        act, username = given.get("act"), given.get("username")
        if act in {LET_IN, SHUT_OUT} and not username:
            self.add_error("username", _("Enter whose user name"))
        elif act == SHUT_OUT and username not in self.readers:
            self.add_error("username", _("Nobody of that name sees this record"))
        return given


# How the other marking is asked for.
MAKE = {
    "restricted": _("Let everybody else know that it exists, and whom to ask"),
    "covert": _("Let nobody else know that it exists"),
}


class EmergencyForm(forms.Form):
    """The coded reason and the person's own words. `form` makes it work once."""

    reason_code = forms.ChoiceField(
        label=_("Why can it not wait until you have asked?"),
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it cannot wait")},
    )
    reason_text = forms.CharField(
        label=_("Say in your own words what is happening"),
        help_text=_(
            "In 20 characters or more. Whoever reviews it reads this. It is kept encrypted and is not in the log."
        ),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": _("Say what is happening"),
            "min_length": _("Say what is happening in 20 characters or more"),
            "max_length": _("Write at most 2,000 characters"),
        },
    )
    form = forms.RegexField("[0-9a-f]{32}", widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"form": secrets.token_hex(16)})


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Was it proper?"),
        choices=list(VERDICTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you found")},
    )
    words = forms.CharField(
        label=_("Why do you find so?"),
        help_text=_("Kept encrypted with the review, not in the log."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={"required": _("Say why you find so"), "max_length": _("Write at most 2,000 characters")},
    )

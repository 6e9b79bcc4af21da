"""What somebody gives to hand files in, to decide parked rows, and to take a reject file away."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.intake.adapters import ADAPTERS
from craffu.intake.models import HeldDecision
from craffu.web.presenters import Text
from craffu.web.statuses import SOURCE_WORDS

LONGEST_REASON = 200

KINDS: list[tuple[str, Text]] = [(kind, SOURCE_WORDS[kind]) for kind in ADAPTERS]

DECISIONS: list[tuple[str, Text]] = [
    (HeldDecision.Decision.SAME_PERSON, _("The same person")),
    (HeldDecision.Decision.OTHER_PERSON, _("Another person")),
    (HeldDecision.Decision.SET_ASIDE, _("Set aside: do not take in")),
]


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One or more files; each is checked like a single one."""

    widget = _Several

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given or [None]]


class HandInForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of data it is")},
    )
    extracts = SeveralFilesField(
        label=_("Files"),
        help_text=_(
            "Court results are XML files, or a ZIP archive of them. Put more than 100 files into an archive. "
            "A corrected reject file is handed in here too."
        ),
        error_messages={
            "required": _("Choose at least one file"),
            "empty": _("A file is empty (0 bytes). Ask the sender for it again."),
        },
    )
    expected = forms.IntegerField(
        label=_("How many rows did the sender say there are?"),
        help_text=_("Leave this empty if the sender did not say. It is compared with what was received."),
        required=False,
        min_value=0,
        max_value=100_000_000,
        error_messages={
            "invalid": _("Enter a whole number"),
            "min_value": _("Enter a whole number"),
            "max_value": _("Enter a smaller number"),
        },
    )


class DecideForm(forms.Form):
    """One decision for one or more parked rows."""

    rows = forms.MultipleChoiceField(
        label=_("Which rows?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one row"),
            "invalid_choice": _("A row was decided by somebody else meanwhile. Look at the list again."),
        },
    )
    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Say what you compared. Do not write names."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
        error_messages={"required": _("Say why"), "max_length": _("Write at most 200 characters")},
    )

    def __init__(self, *args: Any, rows: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].choices = [(row, row) for row in rows]  # type: ignore[attr-defined]


class TakeAwayForm(forms.Form):
    """A reject file leaves Craffu: to whom, and why (SEC-04, SEC-07)."""

    recipient = forms.CharField(
        label=_("Who will receive it?"),
        help_text=_("A team or organisation, such as the court’s results team. Do not write names."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say who will receive it"), "max_length": _("Write at most 200 characters")},
    )
    reason = forms.CharField(
        label=_("What for?"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say what it is for"), "max_length": _("Write at most 200 characters")},
    )

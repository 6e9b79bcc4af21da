"""What an administrator enters: since when a kind's law is in force, or words put right; always with why and whence (ORD-04)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.orders.catalogue.facts import WORDS, Commenced, Edited
from craffu.web.catalogue.words import EDITABLE
from craffu.web.days import DayField

REAL_DATE = _("Enter a real date, such as 24 11 2026")
TOO_LONG = _("Write at most 2,000 characters")


class _Day(DayField):
    def __init__(self, label: Any, *, required: bool = False) -> None:
        errors = {"required": _("Enter the day, such as 24 11 2026"), "invalid": REAL_DATE}
        super().__init__(label=label, required=required, error_messages=errors)


class KindForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    effective_from = _Day(_("In force from (only if its commencement is entered)"))
    effective_to = _Day(_("In force until (optional)"))
    area = forms.CharField(
        label=_("Only in this area (optional)"),
        help_text=_("The name of a force, as the regulations give it"),
        max_length=100,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why is it changed?"), max_length=300, error_messages={"required": _("Say why it is changed")}
    )
    source = forms.CharField(
        label=_("Where does it say so?"),
        help_text=_("An Act and section, a regulation, a judgment"),
        max_length=300,
        error_messages={"required": _("Enter the source")},
    )
    verified_on = _Day(_("When did you look there?"), required=True)

    def __init__(self, *args: Any, words: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.standing = words
        for name in WORDS:
            self.fields[name] = forms.CharField(
                label=EDITABLE[name],  # type: ignore[arg-type]
                max_length=2000,
                widget=forms.Textarea,
                required=False,
                initial=words[name],
                error_messages={"max_length": TOO_LONG},
            )

    @property
    def word_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in WORDS]

    @property
    def given(self) -> Edited:
        said = self.cleaned_data
        begins = said["effective_from"]
        commenced = Commenced(begins, said["effective_to"], said["area"].strip()) if begins else None
        changed = [(name, said[name].strip()) for name in WORDS if said[name].strip() != self.standing[name].strip()]
        return Edited(said["reason"], said["source"], said["verified_on"], commenced, tuple(changed))

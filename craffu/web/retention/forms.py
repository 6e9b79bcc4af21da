"""What is given to hold, to keep, to ask for an erasure and to decide it (P41)."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.access.retention.kinds import Authority
from craffu.daily.retaining.actions import Said
from craffu.web.retention import words
from craffu.web.victims.asked import Day, OneOf, Words

_WHY = _("Say why")


class HoldForm(forms.Form):
    authority = OneOf(_("By whose authority?"), words.HOLD_AUTHORITIES, _("Choose by whose authority"))
    words = Words(_("Why, and under which reference?"), _WHY)

    @property
    def said(self) -> Said:
        return Said(self.cleaned_data["words"], Authority(self.cleaned_data["authority"]))


class LiftForm(HoldForm):
    """`hold` is the number of the step that placed it."""

    def __init__(self, data: Any = None, *, holds: dict[int, str]) -> None:
        super().__init__(data)
        choices = {str(number): name for number, name in holds.items()}
        self.fields["hold"] = OneOf(_("Which hold is lifted?"), choices, _("Choose which hold is lifted"))
        self.order_fields(["hold", "authority", "words"])

    @property
    def said(self) -> Said:
        given = self.cleaned_data
        return Said(given["words"], Authority(given["authority"]), hold=int(given["hold"]))


class KeepForm(forms.Form):
    words = Words(_("Why are the records kept?"), _WHY)
    next_on = Day(_("When are they looked at again?"))

    @property
    def said(self) -> Said:
        next_on: date = self.cleaned_data["next_on"]
        return Said(self.cleaned_data["words"], next_on=next_on)


class AskForm(forms.Form):
    authority = OneOf(
        _("By which authority are they erased?"), words.ERASURE_AUTHORITIES, _("Choose by which authority")
    )
    words = Words(_("Why are the records erased?"), _WHY)

    @property
    def said(self) -> Said:
        return Said(self.cleaned_data["words"], Authority(self.cleaned_data["authority"]))


class DecideForm(forms.Form):
    """By another than whoever asked."""

    decision = OneOf(
        _("What do you decide?"),
        {"erase": _("Erase them for ever"), "refuse": _("Do not erase them")},
        _("Choose what you decide"),
    )
    words = Words(_("Why are they not erased? (needed to refuse)"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("decision") == "refuse" and not str(given.get("words", "")).strip():
            self.add_error("words", _WHY)
        return given

    @property
    def is_erased(self) -> bool:
        return bool(self.cleaned_data["decision"] == "erase")

    @property
    def said(self) -> Said:
        return Said(self.cleaned_data["words"])

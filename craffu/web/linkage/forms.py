"""What is given to decide on a pair, and to agree with who did. Shape only."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Scope, Word
from craffu.web.linkage.words import SCOPES, WORDS

LONGEST: Final = 2000
DECIDE, AGREE, TAKE_BACK = "decide", "agree", "take_back"
_CHOICES: Final = (Word.SAME, Word.NOT_SAME, Word.CANNOT_TELL)


class _Reason(forms.CharField):
    def __init__(self, label: Any, *, required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=_("Kept encrypted, and not in the log."),
            max_length=LONGEST,
            widget=forms.Textarea,
            required=required,
            error_messages={
                "required": _("Say why. Whoever looks at this pair next reads it."),
                "max_length": _("Write at most 2,000 characters"),
            },
        )


class DecideForm(forms.Form):
    word = forms.ChoiceField(
        label=_("Are these one person?"),
        choices=[(one.value, WORDS[one.value]) for one in _CHOICES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether they are one person")},
    )
    scope = forms.ChoiceField(
        label=_("Of which records do you say so?"),
        choices=[(one.value, SCOPES[one.value]) for one in Scope],
        initial=Scope.RECORDS.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say of which records")},
    )
    reason = _Reason(_("Why?"))

    @property
    def given(self) -> NewWord:
        return NewWord(Word(self.cleaned_data["word"]), self.cleaned_data["reason"], Scope(self.cleaned_data["scope"]))


class TakeBackForm(forms.Form):
    reason = _Reason(_("Why is it taken back?"))

    @property
    def given(self) -> NewWord:
        return NewWord(Word.TAKEN_BACK, self.cleaned_data["reason"])


class AgreeForm(forms.Form):
    agrees = forms.ChoiceField(
        label=_("Do you agree?"),
        choices=[("yes", _("Yes, it counts from now on")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you agree")},
    )
    words = _Reason(_("If not, why?"), required=False)

    @property
    def is_agreed(self) -> bool:
        return bool(self.cleaned_data["agrees"] == "yes")


class PartForm(forms.Form):
    records = forms.MultipleChoiceField(
        label=_("Which records are somebody else’s?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the records that are somebody else’s")},
    )
    reason = _Reason(_("Why?"))

    def __init__(self, *args: Any, records: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["records"].choices = list(records)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[int]:
        return sorted(map(int, self.cleaned_data["records"]))

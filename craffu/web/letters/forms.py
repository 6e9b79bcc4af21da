"""What somebody says who writes a letter, and who says that it was received. Shape only."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.victims.letters.facts import Given, Way
from craffu.web.letters.words import CAME_BACK, WAYS
from craffu.web.moments import MomentForm
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS
from craffu.web.papers.words import LANGUAGES

YES: Final = "yes"
BOTH: Final = "both"
LEAVE: Final = "leave"


class WriteForm(forms.Form):
    """`agreement` and `review` are those that the letter shown was written by."""

    agreement = forms.IntegerField(widget=forms.HiddenInput, required=False)
    review = forms.IntegerField(widget=forms.HiddenInput, required=False)
    was_read = forms.MultipleChoiceField(
        label=_("What they asked us never to say or leave"),
        choices=[(YES, _("I have read the letter against it, and it holds nothing of the kind"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    translator = forms.CharField(
        label=_("Which qualified translator approved the Welsh of this letter?"),
        help_text=_(
            "Its Welsh is a draft. It does not leave before a qualified translator has read it as it stands here."
        ),
        max_length=100,
        error_messages={"required": _("Enter the name of the translator who approved the Welsh")},
    )

    def __init__(self, *args: Any, never_say: str = "", is_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_draft:
            del self.fields["translator"]
        if never_say:
            self.fields["was_read"].help_text = f"“{never_say}”"
        else:
            del self.fields["was_read"]

    @property
    def is_draft(self) -> bool:
        return "translator" in self.fields

    @property
    def is_left(self) -> bool:
        """Whether it is left in the print queue, for whoever prints."""
        return LEAVE in self.data

    @property
    def has_to_be_read(self) -> bool:
        return "was_read" in self.fields


class LanguageForm(forms.Form):
    """In which language the respondent is written to: both, until they choose one (BIL-02)."""

    language = forms.ChoiceField(
        label=_("In which language?"),
        choices=[(BOTH, _("Welsh and English")), *LANGUAGES.items()],
        widget=forms.RadioSelect,
        required=False,
    )

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data.get("language") or BOTH) if self.is_valid() else BOTH


class GivenForm(MomentForm):
    """That somebody whom the order protects has the letter: how, and since when."""

    way = forms.ChoiceField(
        label=_("How do they come to have it?"),
        choices=list(WAYS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they come to have it")},
    )
    response = forms.CharField(
        label=_("What did they say? (optional)"),
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        required=False,
    )
    anyway = forms.MultipleChoiceField(
        label=_("If it was not safe"),
        choices=[(YES, _("It is done. Record it as what it was"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ("way", "on", "at", "response", "anyway")

    @property
    def given(self) -> Given:
        said = self.cleaned_data
        return Given(
            at=self.moment,
            way=Way(said["way"]),
            was_made_anyway=bool(said["anyway"]),
            response=said["response"],
        )


class PostedForm(forms.Form):
    """That a letter is in the post."""

    anyway = forms.MultipleChoiceField(
        label=_("If it was not safe"),
        choices=[(YES, _("It is done. Record it as what it was"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class CameBackForm(forms.Form):
    """Why a letter that was posted did not reach them."""

    why = forms.ChoiceField(
        label=_("Why did it not reach them?"),
        choices=list(CAME_BACK.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it did not reach them")},
    )

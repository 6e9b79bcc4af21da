"""What is given to ask for advice, to record it, and to say what became of it. Shape only."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.cases.advice.rules import Adviser, Followed
from craffu.web.advice.words import ADVISERS, FOLLOWED
from craffu.web.moments import MomentForm

LONGEST_WORDS: Final = 4000
QUESTION, ANSWER, JUDGED = "question", "answer", "judged"


class _Words(forms.CharField):
    def __init__(self, label: Any, missing: Any, *, required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=_("Kept encrypted, and not in the log."),
            max_length=LONGEST_WORDS,
            widget=forms.Textarea,
            required=required,
            error_messages={"required": missing, "max_length": _("Write at most 4,000 characters")},
        )


class QuestionForm(forms.Form):
    adviser = forms.ChoiceField(
        label=_("Whose advice?"),
        choices=list(ADVISERS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whose advice you ask for")},
    )
    question = _Words(_("What do you ask?"), _("Write what you ask"))

    @property
    def given(self) -> dict[str, Any]:
        return {"adviser": Adviser(self.cleaned_data["adviser"]), "question": self.cleaned_data["question"]}


class AnswerForm(forms.Form):
    """The force's own specialist answers now."""

    words = _Words(_("What do you advise?"), _("Write what you advise"))

    @property
    def given(self) -> dict[str, Any]:
        return {"words": self.cleaned_data["words"]}


class OutsideAnswerForm(MomentForm):
    """What somebody outside the force answered, and when."""

    field_order = ("name", "on", "at", "words")
    name = forms.CharField(
        label=_("Who answered?"),
        help_text=_("Kept encrypted, and not in the log."),
        max_length=120,
        error_messages={"required": _("Enter who answered"), "max_length": _("That is too long")},
    )
    words = _Words(_("What did they advise?"), _("Write what they advised"))

    @property
    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"words": said["words"], "adviser": said["name"], "answered_at": self.moment}


class FollowedForm(forms.Form):
    followed = forms.ChoiceField(
        label=_("Was it followed?"),
        choices=list(FOLLOWED.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it was followed")},
    )
    reason = _Words(_("Why, if not or not all of it?"), _("Say why"), required=False)

    @property
    def given(self) -> dict[str, Any]:
        return {"followed": Followed(self.cleaned_data["followed"]), "reason": self.cleaned_data["reason"]}

"""What is given to ask for advice, to record it, and to say what became of it. Shape only."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.cases.advice.rules import Adviser, Followed
from craffu.orders.advising.actions import NewNote
from craffu.orders.advising.kinds import Topic
from craffu.web.advice.words import ADVISERS, FOLLOWED, TOPICS
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


NO_NOTE: Final = "none"


class AnswerForm(forms.Form):
    """The force's own specialist answers now, and writes a general note or says that there is none."""

    words = _Words(_("What do you advise?"), _("Write what you advise"))
    topic = forms.ChoiceField(
        label=_("What can others learn from it?"),
        help_text=_(
            "A general note is found by every officer. Name nobody in it, and nothing by which anybody is recognised."
        ),
        choices=[*TOPICS.items(), (NO_NOTE, _("I write no general note"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the general note is about, or that you write none")},
    )
    note = forms.CharField(
        label=_("General note"),
        help_text=_("It is searched for names, days, addresses, numbers and references before it is kept."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        required=False,
        error_messages={"max_length": _("Write at most 4,000 characters")},
    )

    @property
    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        topic = None if said["topic"] == NO_NOTE else Topic(said["topic"])
        return {"words": said["words"], "note": NewNote(topic, said["note"])}


class NotesForm(forms.Form):
    """What is looked for among general notes."""

    words = forms.CharField(
        label=_("Words"), required=False, max_length=200, error_messages={"max_length": _("That is too long")}
    )
    topic = forms.ChoiceField(
        label=_("About"), required=False, choices=[("", _("Anything")), *TOPICS.items()],
        error_messages={"invalid_choice": _("Choose what the note is about")},
    )  # fmt: skip

    @property
    def asked(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"text": said["words"], "topic": Topic(said["topic"]) if said["topic"] else None}


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

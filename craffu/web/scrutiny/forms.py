"""What is given to hold an interview, to consent, to take it back, to write down and quote, and to refer a danger."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.scrutiny.destroying.kinds import Decision
from craffu.scrutiny.interviewing.facts import NewActed, NewAnswer, NewConsent, NewInterview, NewLiveRisk
from craffu.scrutiny.interviewing.kinds import ByWhom, Danger, Done, ReviewQuestion, Use, Whom
from craffu.scrutiny.interviewing.rules import WordsRead
from craffu.victims.voice.rules import ReadersNotice
from craffu.web.moments import MomentForm
from craffu.web.scrutiny import words
from craffu.web.victims.asked import LONGEST_VIEW, Line, OneOf, SomeOf, Words

_NEITHER = _("Leave empty for a victim.")


class InterviewForm(MomentForm):
    """Shape alone: of whom what must be said, the action decides."""

    field_order = ("whom", "post", "band", "review", "question", "language", "on", "at")
    whom = OneOf(_("Who is interviewed?"), words.WHOM, _("Choose who is interviewed"))
    post = OneOf(
        _("What is their work?"),
        words.POSTS,
        _("Choose their work"),
        many=_("None"),
        required=False,
        help_text=_NEITHER,
    )
    band = OneOf(
        _("How large is their station?"),
        words.BANDS,
        _("Choose how large their station is"),
        many=_("None"),
        required=False,
        help_text=_NEITHER,
    )
    review = Line(
        _("For which review?"),
        60,
        _("Enter what the review is called"),
        help_text=_("What it is called, and nobody’s name."),
    )
    question = OneOf(
        _("Which of the review’s questions is it about?"),
        words.REVIEW_QUESTIONS,
        _("Choose which of the review’s questions it is about"),
    )
    language = OneOf(
        _("In which language do they choose to speak?"), words.LANGUAGES, _("Choose the language in which they speak")
    )

    @property
    def given(self) -> NewInterview:
        said = self.cleaned_data
        return NewInterview(
            Whom(said["whom"]), said["review"], ReviewQuestion(said["question"]), said["language"], self.moment,
            said["post"], said["band"],
        )  # fmt: skip


class ConsentForm(forms.Form):
    uses = SomeOf(
        _("What do they agree to?"),
        words.USES,
        help_text=_("Ask each on its own. Tick nothing they did not say yes to."),
    )
    by_whom = OneOf(_("How did they say so?"), words.BY_WHOM, _("Choose how they said so"))

    def given(self, read: WordsRead, notice: ReadersNotice | None) -> NewConsent:
        said = self.cleaned_data
        return NewConsent(frozenset(Use(one) for one in said["uses"]), ByWhom(said["by_whom"]), read, notice)


class WithdrawForm(forms.Form):
    """Of what stands, what they take back. No reason is asked."""

    back = OneOf(_("What do they take back?"), {}, _("Choose what they take back"))

    def __init__(self, data: Any, standing: frozenset[str]) -> None:
        super().__init__(data)
        choices = {Use.KEEP: _("All of it: nobody reads or quotes their words any more")}
        if Use.QUOTE in standing:
            choices[Use.QUOTE] = _("Only being quoted: their words are still read here")
        self.fields["back"].choices = [(one.value, said) for one, said in choices.items()]  # type: ignore[attr-defined]

    @property
    def given(self) -> frozenset[Use]:
        return frozenset({Use(self.cleaned_data["back"])})


class AnswerForm(forms.Form):
    words = Words(
        _("What do they say, in their own words?"),
        _("Write down what they say, in their own words."),
        longest=LONGEST_VIEW,
        strip=False,
        help_text=_(
            "Word for word, in the language of the interview. Leave out names, places and anything that names anybody."
        ),
    )
    note = Words(
        _("Your own note (optional)"), help_text=_("Yours and not theirs: it is never quoted. Kept encrypted.")
    )

    def given(self, question: str) -> NewAnswer:
        return NewAnswer(question, self.cleaned_data["words"], self.cleaned_data["note"])


class QuoteForm(forms.Form):
    words = Words(
        _("Which passage?"),
        _("Write down the passage"),
        help_text=_("Copy it from the answer word for word. Nothing in it may name or place anybody."),
    )


class LiveRiskForm(forms.Form):
    danger = OneOf(_("What may happen?"), words.DANGERS, _("Choose what may happen"))
    told = Words(
        _("What does the force need to know to act?"),
        _("Write what the force needs to know to act"),
        help_text=_("Who is in danger, where, and from whom, as far as you know. No answer is sent along."),
    )
    reach = Line(
        _("Where can the force reach you now?"),
        60,
        _("Enter where the force can reach you"),
        help_text=_("A telephone number."),
    )

    @property
    def given(self) -> NewLiveRisk:
        said = self.cleaned_data
        return NewLiveRisk(Danger(said["danger"]), said["told"], said["reach"])


class ActedForm(forms.Form):
    done = OneOf(_("What came of it?"), words.DONE, _("Choose what came of it"))
    words = Words(
        _("What was done?"),
        _("Write down what was done"),
        help_text=_("Kept encrypted. Whoever referred it is told what came of it, and not these words."),
    )

    @property
    def given(self) -> NewActed:
        return NewActed(Done(self.cleaned_data["done"]), self.cleaned_data["words"])


class DecideForm(forms.Form):
    decision = OneOf(_("What is decided?"), words.DECISIONS, _("Choose what is decided"))

    @property
    def given(self) -> Decision:
        return Decision(self.cleaned_data["decision"])

"""What is given to plan a sample, name its reviewers, give its seed, declare an interest, and open an identity."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.access.models import User
from craffu.scrutiny.interviewing.kinds import ReviewQuestion
from craffu.scrutiny.sampling.facts import NewReviewers, NewSample, NewSeed
from craffu.scrutiny.sampling.kinds import Frame, Inclusion, Strata
from craffu.scrutiny.sampling.rules import Allocation
from craffu.web.samples import words
from craffu.web.scrutiny.words import REVIEW_QUESTIONS
from craffu.web.victims.asked import Day, Line, OneOf, SomeOf, Words

# More than anybody could review.
MOST = 100_000


class SampleForm(forms.Form):
    """Shape alone: which plan can be drawn by, the action decides."""

    question = Line(_("What is the sample to answer?"), 500, _("Enter what the sample is to answer"))
    question_cy = Line(_("What is the sample to answer, in Welsh? (optional)"), 500)
    serves = OneOf(
        _("Which of the review’s questions is it about?"),
        REVIEW_QUESTIONS,
        _("Choose which of the review’s questions it is about"),
    )
    of = OneOf(_("What is it drawn from?"), words.FRAMES, _("Choose what it is drawn from"))
    since = Day(
        _("From which day on? (cases)"), required=False, help_text=_("The first day. Leave it empty for orders.")
    )
    until = Day(
        _("Until which day? (cases)"),
        required=False,
        help_text=_("The last day, itself among them. Leave it empty for orders."),
    )
    strata = OneOf(_("How is it split before it is drawn from?"), words.STRATA, _("Choose how it is split"))
    number = forms.IntegerField(
        label=_("How many are to be drawn? (optional)"),
        required=False,
        max_value=MOST,
        help_text=_("Leave it empty for the number advised. 50 or fewer are taken whole."),
        error_messages={
            "invalid": _("Enter a whole number"),
            "max_value": _("Nobody can review so many. Enter a smaller number"),
        },
    )
    how = OneOf(_("How is it shared among the parts?"), words.ALLOCATIONS, _("Choose how it is shared among the parts"))

    @property
    def given(self) -> NewSample:
        said = self.cleaned_data
        return NewSample(
            said["question"], ReviewQuestion(said["serves"]), Inclusion(Frame(said["of"]), said["since"], said["until"]),
            Strata(said["strata"]), said["number"], Allocation(said["how"]),
            said["question_cy"],
        )  # fmt: skip


class ReviewersForm(forms.Form):
    """Whoever may review, by their names. Cases are given out in the order of the list."""

    usernames = SomeOf(_("Who reviews?"), {})

    def __init__(self, data: Any, people: Mapping[str, User]) -> None:
        super().__init__(data)
        chosen = self.fields["usernames"]
        chosen.choices = [(name, people[name].name) for name in sorted(people)]  # type: ignore[attr-defined]

    @property
    def given(self) -> NewReviewers:
        return NewReviewers(self.cleaned_data["usernames"])


class SeedForm(forms.Form):
    seed = Line(
        _("Which seed?"),
        100,
        _("Enter a seed"),
        help_text=_("Anything that nobody could have chosen for a purpose, such as six throws of a die: 4 1 6 2 2 5."),
    )
    has_not_seen = SomeOf(_("Before you give it"), {"yes": _("I have not seen which cases are in the frame")})

    @property
    def given(self) -> NewSeed:
        return NewSeed(bool(self.cleaned_data["has_not_seen"]), self.cleaned_data["seed"])


class InterestForm(forms.Form):
    interest = OneOf(
        _("Have you an interest in this case, or do you know anybody in it?"),
        {"no": _("No"), "yes": _("Yes, or perhaps: give it to somebody else")},
        _("Choose whether you have an interest in this case"),
    )


class IdentityForm(forms.Form):
    reason = Words(
        _("Why must you know which case it is?"),
        _("Write why."),
        help_text=_("Kept encrypted. That you looked is in the log."),
    )


class AdjudicationForm(forms.Form):
    reason = Words(_("Why is it decided so?"), _("Write why."))

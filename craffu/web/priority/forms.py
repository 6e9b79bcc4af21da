"""What is asked to decide of a priority, to challenge a score, and to answer for a second person. Shape only."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.prevention.deciding.facts import Challenge, Other
from craffu.prevention.deciding.rules import Whose
from craffu.prevention.scoring.ranking import LISTED
from craffu.prevention.scoring.rules import CHOSEN, Tier
from craffu.web.days import DayField
from craffu.web.priority.words import TIERS, WHOSE

LONGEST_WORDS: Final = 2000
MOST_LISTED: Final = 500
AGREES, DOES_NOT = "agrees", "does_not"


def _words(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("Kept encrypted, and not in the log. Write nothing from intelligence."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=required,
        error_messages={"required": _("Say why"), "max_length": _("Write at most 2,000 characters")},
    )


class FirstForm(forms.Form):
    """How many are listed: what a team has room for."""

    first = forms.IntegerField(
        label=_("How many have you room to discuss?"),
        min_value=1,
        max_value=MOST_LISTED,
        required=False,
        error_messages={
            "invalid": _("Enter a whole number, such as 20"),
            "min_value": _("Enter 1 or more"),
            "max_value": _("Enter at most 500"),
        },
    )

    @property
    def wanted(self) -> int:
        return (self.is_valid() and self.cleaned_data["first"]) or LISTED


class OtherForm(forms.Form):
    """Another priority, until which day, and why."""

    field_order = ("tier", "reason", "until")
    tier = forms.ChoiceField(
        label=_("Which priority do you give?"),
        choices=[(one.value, TIERS[one].words) for one in CHOSEN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a priority")},
    )
    reason = _words(_("Why?"))
    until = DayField(
        label=_("Until which day?"),
        help_text=_("90 days from today at most. After it the score’s own priority stands again."),
        error_messages={
            "required": _("Enter the last day, such as 24 11 2026"),
            "invalid": _("Enter a real date, such as 24 11 2026"),
        },
    )

    @property
    def given(self) -> Other:
        said = self.cleaned_data
        return Other(Tier(said["tier"]), said["until"], said["reason"])


class AgreeForm(forms.Form):
    """A second person's word."""

    verdict = forms.ChoiceField(
        label=_("Do you agree?"),
        choices=[
            (AGREES, _("I agree: it counts from now on")),
            (DOES_NOT, _("I do not agree: the score’s priority stands")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you agree")},
    )
    reason = _words(_("Why? (needed where you do not agree)"), required=False)

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["verdict"] == AGREES)


class CohortForm(forms.Form):
    """Why somebody enters the cohort or leaves it, or what was found when they were looked at again."""

    reason = _words(_("Why?"))

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class _ActsForm(forms.Form):
    acts = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose events that are shown")},
    )

    def __init__(self, *args: Any, acts: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acts"].choices = list(acts)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[tuple[int, str], ...]:
        """Each act with the record that is accused of it."""
        return tuple(
            (int(record), act) for record, _slash, act in (one.partition("/") for one in self.cleaned_data["acts"])
        )


class ChallengeForm(_ActsForm):
    """What the score should not count, whose challenge it is, and why."""

    field_order = ("whose", "acts", "reason")
    whose = forms.ChoiceField(
        label=_("Whose challenge is it?"),
        choices=list(WHOSE.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whose challenge it is")},
    )
    reason = _words(_("What do they say is wrong?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acts"].label = _("Which events should not count? (optional)")
        self.fields["acts"].help_text = _("Choose none where it is about something else, such as who they are.")

    @property
    def given(self) -> Challenge:
        return Challenge(Whose(self.cleaned_data["whose"]), self.chosen, self.cleaned_data["reason"])


class AnswerForm(_ActsForm):
    """What a second person found."""

    reason = _words(_("What did you find, and why?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acts"].label = _("Which events do not count from now on? (none: all of them stay)")
        self.fields["acts"].help_text = _("They stay on record, and enter no score of this person’s any more.")

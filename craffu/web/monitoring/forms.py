"""What is asked of a check, of a plan, and of an absence. Shape only: what may be, the rules say (P16; MON-02)."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.orders.monitoring.facts import NewCheck, NewPlan
from craffu.orders.monitoring.kinds import Absent, Outcome
from craffu.orders.papers.policies import MOST_BYTES
from craffu.web.days import DayField
from craffu.web.library.words import CHECKS, EVIDENCE
from craffu.web.moments import MomentForm
from craffu.web.monitoring import words
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS, NO, NOT_REAL, YES
from craffu.web.orders.step_forms import drawn

LONGEST_TOLERANCE: Final = 200
BY_GRADE, OWN = "grade", "own"


class CheckForm(MomentForm):
    """One check, or an attempt at one, on one page that a phone shows."""

    conditions = forms.MultipleChoiceField(
        label=gettext_lazy("Which conditions was it about?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one condition")},
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=list(words.CHOICES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what came of it")},
    )
    method = forms.ChoiceField(
        label=gettext_lazy("How was it checked?"),
        choices=[("", gettext_lazy("Choose one")), *CHECKS.items()],
        error_messages={"required": gettext_lazy("Choose how it was checked.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What happened? (optional where it was done)"),
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        required=False,
        error_messages={"max_length": gettext_lazy("Write at most 2,000 characters")},
    )
    paper = forms.FileField(
        label=gettext_lazy("A photograph or document (optional)"),
        help_text=gettext_lazy("A PDF, PNG or JPEG of at most 10 MB"),
        required=False,
        error_messages={"empty": gettext_lazy("The file is empty (0 bytes).")},
    )

    def __init__(self, *args: Any, conditions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conditions"].choices = list(conditions)  # type: ignore[attr-defined]
        self.order_fields(["conditions", "outcome", "method", "on", "at", "words", "paper"])

    def clean_paper(self) -> Any:
        paper = self.cleaned_data["paper"]
        if paper and paper.size > MOST_BYTES:
            raise forms.ValidationError(
                _("A paper has at most 10 MB, and is not empty. Scan it again with fewer points an inch.")
            )
        return paper

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, [name for name in self.fields if name != "paper"])

    @property
    def given(self) -> NewCheck:
        said = self.cleaned_data
        return NewCheck(
            conditions=[int(one) for one in said["conditions"]], at=self.moment, outcome=Outcome(said["outcome"]),
            method=said["method"], words=said["words"], paper=said["paper"].read() if said["paper"] else b"",
        )  # fmt: skip


class PlanForm(forms.Form):
    """How one condition is monitored, or why it cannot be."""

    can = forms.ChoiceField(
        label=gettext_lazy("Can anybody check whether it is kept?"),
        choices=[(YES, gettext_lazy("Yes, it can be checked")), (NO, gettext_lazy("No, and I say why"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether it can be checked")},
    )
    methods = forms.MultipleChoiceField(
        label=gettext_lazy("How is it checked?"),
        choices=list(CHECKS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    evidence = forms.ChoiceField(
        label=gettext_lazy("What proves a breach?"),
        choices=[("", gettext_lazy("Choose one")), *EVIDENCE.items()],
        required=False,
    )
    tolerance = forms.CharField(
        label=gettext_lazy("What is tolerated?"),
        help_text=gettext_lazy("Such as: ten minutes late for the curfew. Kept encrypted, and not in the log."),
        max_length=LONGEST_TOLERANCE,
        required=False,
    )
    every = forms.ChoiceField(
        label=gettext_lazy("How often is it checked?"),
        choices=[
            (BY_GRADE, gettext_lazy("By the risk grade: every 7, 14 or 28 days")),
            (OWN, gettext_lazy("More often, whatever the grade")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    days = forms.IntegerField(
        label=gettext_lazy("Every how many days? (only where it is more often)"),
        required=False,
        error_messages={"invalid": gettext_lazy("Enter a number of days from 1 to 28.")},
    )
    cannot = forms.CharField(
        label=gettext_lazy("Why can it not be checked? (only where it cannot)"),
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        required=False,
        error_messages={"max_length": gettext_lazy("Write at most 2,000 characters")},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("can") == NO and not given.get("cannot", "").strip():
            self.add_error("cannot", _("Say it in a few words"))
        return given

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, [*self.fields])

    @property
    def given(self) -> NewPlan:
        said = self.cleaned_data
        if said["can"] == NO:
            return NewPlan(cannot=said["cannot"])
        return NewPlan(
            methods=tuple(said["methods"]), evidence=said["evidence"], tolerance=said["tolerance"],
            by_grade=said["every"] == BY_GRADE, every_days=said["days"] if said["every"] == OWN else None,
        )  # fmt: skip


class AwayForm(forms.Form):
    """That a respondent is not there to be checked, why, and from which day to which."""

    why = forms.ChoiceField(
        label=gettext_lazy("Where are they?"),
        choices=[(one.value, words.AWAY[one]) for one in Absent],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose where they are")},
    )
    first = DayField(
        label=gettext_lazy("From which day?"),
        error_messages={"required": NOT_REAL, "invalid": NOT_REAL},
    )
    last = DayField(
        label=gettext_lazy("Until which day, included?"),
        help_text=gettext_lazy("Where nobody knows it yet, the day on which you will ask again."),
        error_messages={"required": NOT_REAL, "invalid": NOT_REAL},
    )

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, [*self.fields])

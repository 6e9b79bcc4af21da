"""What is given to consider orders: answers to facts, one decision for each kind, and a supervisor's word. Shape only."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.access.acting import Acting
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.considering.facts import NewDecision
from craffu.orders.considering.policies import OptionRefused
from craffu.orders.considering.reasons import MOVES, outcomes_of
from craffu.orders.considering.rules import Fact, Outcome
from craffu.orders.life.permissions import moves_of
from craffu.orders.life.states import OrderStatus
from craffu.orders.models import OptionDecided
from craffu.web.considering import words
from craffu.web.orders.words import kind_words

LONGEST_WORDS: Final = 2000
YES, NO = "yes", "no"
AGREE, ASK_AGAIN, TAKE_UP = "agree", "ask_again", "take_up"
# The field beside which a refusal is said; any other stands beside the answer.
BESIDE: Final[Mapping[str, str]] = {
    "missing:reason_code": "reason",
    "reason_not_for_this_outcome": "reason",
    "reason_too_short": "words",
    "missing:reason_text": "words",
    "missing:review_on": "days",
    "review_before_decision": "days",
    "review_too_far": "days",
}


class _Words(forms.CharField):
    def __init__(self, label: Any, *, required: bool = False, help_text: Any = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text or _("Kept encrypted, and not in the log."),
            max_length=LONGEST_WORDS,
            widget=forms.Textarea,
            required=required,
            error_messages={"required": _("Say why"), "max_length": _("Write at most 2,000 characters")},
        )


class FactsForm(forms.Form):
    """The facts on which kinds hang; what nobody has asked is left open."""

    def __init__(self, asked: Iterable[Fact], posted: Any = None, initial: Mapping[str, str] | None = None) -> None:
        super().__init__(posted, prefix="fact", initial=dict(initial or {}))
        for fact in asked:
            self.fields[fact.value] = forms.ChoiceField(
                label=str(words.FACTS[fact]),
                choices=[(YES, _("Yes")), (NO, _("No"))],
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": _("Choose yes or no")},
            )

    @property
    def answers(self) -> dict[Fact, bool]:
        return {Fact(name): answer == YES for name, answer in self.cleaned_data.items() if answer}


class DecisionForm(forms.Form):
    """What is decided about one kind; nothing, while no answer is chosen."""

    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the answers")},
    )
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[("", _("Choose one")), *words.REASONS.items()],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the reasons")},
    )
    words = _Words(_("In your own words"))
    days = forms.IntegerField(
        label=_("If not now: in how many days is it decided again?"),
        help_text=_("At most 14"),
        min_value=0,
        max_value=999,
        required=False,
        error_messages={"invalid": _("Enter a number of days"), "max_value": _("It is decided again within 14 days.")},
    )

    def __init__(self, kind: str, by: Acting, posted: Any = None) -> None:
        super().__init__(posted, prefix=kind)
        self.kind = kind
        may = set(moves_of(by, kind_of(kind), OrderStatus.CONSIDERING))
        choices = [(one.value, words.OUTCOMES[one]) for one in outcomes_of(kind_of(kind)) if MOVES[one] in may]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]

    def decision(self, today: date) -> NewDecision | None:
        said = self.cleaned_data
        if not said["outcome"]:
            return None
        outcome = Outcome(said["outcome"])
        days = said["days"] if outcome is Outcome.DEFER else None
        review_on = today + timedelta(days=days) if days is not None else None
        return NewDecision(self.kind, outcome, said["reason"], said["words"], review_on)

    def refuse(self, refused: OptionRefused) -> None:
        self.add_error(BESIDE.get(refused.code, "outcome"), refused.message)


def decision_forms(by: Acting, kinds: Iterable[str], posted: Any = None) -> list[DecisionForm]:
    return [DecisionForm(kind, by, posted) for kind in kinds]


class NotPursuedForm(forms.Form):
    """A second look at what is not pursued: which, what, and why."""

    decision = forms.TypedChoiceField(
        label=_("Which?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose which"),
            "invalid_choice": _("This is no longer what is decided. Look at how it stands now."),
        },
    )
    verdict = forms.ChoiceField(
        label=_("What do you say?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you say")},
    )
    words = _Words(_("Why?"), help_text=_("Needed to ask again or to take it up. Kept encrypted, and not in the log."))

    def __init__(self, decisions: Collection[OptionDecided], *args: Any, is_supervisor: bool, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["decision"].choices = [(one.pk, kind_words(one.kind)) for one in decisions]  # type: ignore[attr-defined]
        says = [(AGREE, _("I agree: it is not pursued")), (ASK_AGAIN, _("It is to be considered again"))]
        self.fields["verdict"].choices = says if is_supervisor else [(TAKE_UP, _("It is to be considered again"))]  # type: ignore[attr-defined]

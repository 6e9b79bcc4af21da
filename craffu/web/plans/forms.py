"""What whoever plans is asked, page by page (page map, P24). Shape only: what a plan lacks is the rule's to say."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from craffu.access.models import User
from craffu.prevention.planning.facts import Answers, Asked, Decided, NewAction
from craffu.prevention.planning.kinds import Consulted, Outcome
from craffu.prevention.planning.rules import Choice, Option
from craffu.web.days import DayField
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS, NOT_REAL
from craffu.web.orders.step_forms import drawn
from craffu.web.plans.words import CONSULTED, FORUMS, OUTCOMES
from craffu.web.presenters import Text

TOO_LONG: Final = gettext_lazy("Write at most 2,000 characters")
NO_CONDITION: Final = ""


def _words(label: Any, error: Any = "", help_text: Any = ENCRYPTED) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_WORDS,
        required=bool(error),
        widget=forms.Textarea,
        error_messages={"max_length": TOO_LONG, **({"required": error} if error else {})},
    )


def _one_of(label: Any, choices: Iterable[tuple[str, Text]], error: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": error, "invalid_choice": error},
    )


def _day(label: Any, error: Any = "") -> DayField:
    return DayField(
        label=label,
        required=bool(error),
        error_messages={"invalid": NOT_REAL, **({"required": error} if error else {})},
    )


def _owner(label: Any) -> forms.ChoiceField:
    error = gettext_lazy("Choose whose it is")
    return forms.ChoiceField(label=label, error_messages={"required": error, "invalid_choice": error})


class _Form(forms.Form):
    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, [*self.fields])

    def _offer(self, name: str, choices: Iterable[tuple[str, Text]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def _people(planners: Iterable[User]) -> Iterable[tuple[str, Text]]:
    yield "", gettext_lazy("Choose somebody")
    yield from ((one.username, one.name) for one in planners)


class ObjectivesForm(_Form):
    """What the plan is to reach, and what is done for whoever they harm."""

    objectives = _words(
        gettext_lazy("What is the plan to reach?"), gettext_lazy("Say in a sentence what the plan is to reach")
    )
    safety = _words(
        gettext_lazy("What is done for the safety of whoever they harm?"),
        gettext_lazy("Say in a sentence what is done for the safety of whoever they harm"),
    )


class OptionForm(_Form):
    """Whether one option of the menu is used, and how, or why not."""

    choice = _one_of(
        gettext_lazy("Is it used?"),
        [
            (Choice.USE.value, gettext_lazy("Yes, it is used")),
            (Choice.NOT_USED.value, gettext_lazy("No, it is not used")),
        ],
        gettext_lazy("Choose whether it is used"),
    )
    forums = forms.MultipleChoiceField(
        label=gettext_lazy("To which meetings of agencies are they referred? (only if they are)"),
        choices=list(FORUMS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = _words(
        gettext_lazy("How is it used, or why is it not?"),
        gettext_lazy("Say in a sentence how it is used, or why it is not"),
    )

    def __init__(self, *args: Any, option: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.option = option
        if option != Option.MULTI_AGENCY_REFERRAL:
            del self.fields["forums"]

    @property
    def decided(self) -> Decided:
        said = self.cleaned_data
        return Decided(self.option, said["choice"], said["words"].strip(), tuple(said.get("forums", ())))


def decided_before(said: Decided) -> dict[str, Any]:
    return {"choice": said.choice, "words": said.words, "forums": list(said.forums)}


class AskedForm(_Form):
    """How and when somebody whom an order protects was asked about the plan, or why they were not."""

    how = _one_of(
        gettext_lazy("How were they asked what they think of the plan?"),
        CONSULTED.items(),
        gettext_lazy("Choose how they were asked"),
    )
    on = _day(gettext_lazy("On which day? (only if they were asked)"))
    words = _words(gettext_lazy("What did they say, or why were they not asked?"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("how") == Consulted.NOT_ASKED and not given.get("words", "").strip():
            self.add_error("words", gettext_lazy("Say in a sentence why they were not asked."))
        if given.get("how") not in (None, Consulted.NOT_ASKED) and not given.get("on") and "on" not in self.errors:
            self.add_error("on", gettext_lazy("Enter the day on which they were asked."))
        return given

    def asked(self, record: int) -> Asked:
        said = self.cleaned_data
        on: date | None = said["on"] if said["how"] != Consulted.NOT_ASKED else None
        return Asked(record, said["how"], on.isoformat() if on else "", said["words"].strip())


def asked_before(said: Asked) -> dict[str, Any]:
    return {"how": said.how, "on": said.day, "words": said.words}


class OwnerForm(_Form):
    """Whose plan it is; and why nothing of the menu is used, where nothing is."""

    owner = _owner(gettext_lazy("Whose plan is it?"))
    none_reason = _words(
        gettext_lazy("Nothing of the menu is used. Why?"), gettext_lazy("Say in a sentence why nothing is used")
    )

    def __init__(self, *args: Any, planners: Sequence[User], answers: Answers, **kwargs: Any) -> None:
        kwargs["initial"] = {"owner": answers.owner, "none_reason": answers.none_reason}
        super().__init__(*args, **kwargs)
        self._offer("owner", _people(planners))
        if answers.uses_any:
            del self.fields["none_reason"]


class ApproveForm(_Form):
    verdict = _one_of(
        gettext_lazy("Do you approve it?"),
        [("agree", gettext_lazy("Yes: the plan stands")), ("back", gettext_lazy("No: it goes back"))],
        gettext_lazy("Choose whether you approve it"),
    )
    words = _words(gettext_lazy("Why does it go back? (only if it does)"))

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["verdict"] == "agree")


class ActionForm(_Form):
    """Something that is to be done: what, tied to what, by whom, by when."""

    words = _words(gettext_lazy("What is to be done?"), gettext_lazy("Say in a sentence what is to be done"))
    condition = forms.ChoiceField(
        label=gettext_lazy("To which condition of an order does it belong?"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a condition that is listed")},
    )
    behaviour = _words(gettext_lazy("Or else, which behaviour is it about? (only without a condition)"))
    owner = _owner(gettext_lazy("Who does it?"))
    due_on = _day(
        gettext_lazy("By which day?"), gettext_lazy("Enter the day by which it is to be done, such as 24 11 2026")
    )

    def __init__(
        self, *args: Any, conditions: Iterable[tuple[str, Text]], planners: Sequence[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("condition", [(NO_CONDITION, gettext_lazy("No condition of an order")), *conditions])
        self._offer("owner", _people(planners))

    @property
    def given(self) -> NewAction:
        said = self.cleaned_data
        condition = int(said["condition"]) if said["condition"] else None
        return NewAction(said["words"], said["owner"], said["due_on"], condition, said["behaviour"])


class CloseForm(_Form):
    verdict = _one_of(
        gettext_lazy("What became of it?"),
        [("done", gettext_lazy("It was done")), ("not", gettext_lazy("It is not to be done any more"))],
        gettext_lazy("Choose what became of it"),
    )
    words = _words(
        gettext_lazy("What was done, or why not?"), gettext_lazy("Say in a sentence what was done, or why not")
    )

    @property
    def is_done(self) -> bool:
        return bool(self.cleaned_data["verdict"] == "done")


class ReviewForm(_Form):
    outcome = _one_of(gettext_lazy("What do you find?"), OUTCOMES.items(), gettext_lazy("Choose what you find"))
    words = _words(gettext_lazy("Why?"), gettext_lazy("Say in a sentence why"))

    @property
    def found(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])


class EndForm(_Form):
    reason = _words(gettext_lazy("Why does the plan end?"), gettext_lazy("Say in a sentence why the plan ends"))

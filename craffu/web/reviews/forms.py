"""What a reviewer is asked, page by page (page map, P15). Shape only: what may close is the rule's to say."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.orders.reviewing.facts import Answers, Heard
from craffu.orders.reviewing.policies import too_long_ago
from craffu.orders.reviewing.rules import NEEDS_AN_END, Voice
from craffu.orders.reviewing.voices import AtHand, ViewAtHand
from craffu.web.court.words import day_words
from craffu.web.days import DayField
from craffu.web.people.reached import without_reach
from craffu.web.reviews.words import DECISIONS
from craffu.web.victims.words import ASKING

LONGEST: Final = 2000
TOO_LONG: Final = gettext_lazy("Write at most 2,000 characters")
ENCRYPTED: Final = gettext_lazy("Kept encrypted, and not in the log.")
_VIEW: Final = "view-"
ADD, LATER = "add", "later"
_SHOWN: Final = 80


def _words(label: str, help_text: Any = ENCRYPTED, *, is_required: bool = False, error: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=is_required,
        widget=forms.Textarea,
        error_messages={"max_length": TOO_LONG, **({"required": error} if error else {})},
    )


class ReadForm(forms.Form):
    is_read = forms.MultipleChoiceField(
        label=gettext_lazy("Have you read it?"),
        choices=[("read", gettext_lazy("I have read what has happened since the last review"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Read what has happened, and say that you have")},
    )


class HeardForm(forms.Form):
    """What one protected person says of the order, or why they say nothing."""

    answer = forms.ChoiceField(
        label=gettext_lazy("What do they say about this order?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what answers for them"),
            "invalid_choice": gettext_lazy("Choose what answers for them"),
        },
    )
    declined_on = DayField(
        label=gettext_lazy("On which day did they decline? (only if they did)"),
        required=False,
        error_messages={"invalid": gettext_lazy("Enter a real date, such as 24 11 2026")},
    )
    reason = _words(
        gettext_lazy("Why is it not safe to ask them? (only if it is not)"),  # type: ignore[arg-type]
        gettext_lazy("A supervisor reads it and agrees, or sends it back. Kept encrypted, and not in the log."),
    )
    wants = forms.ChoiceField(
        label=gettext_lazy("What do they ask for? (only with their own words)"),
        choices=[("", gettext_lazy("Nothing in particular")), *DECISIONS.items()],
        required=False,
    )

    def __init__(
        self, *args: Any, hand: AtHand, may_add: bool, reached: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hand = hand
        self.fields["answer"].choices = list(_answers(hand, reached, may_add=may_add))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("answer") == Voice.DECLINED and not given.get("declined_on") and "declined_on" not in self.errors:
            self.add_error("declined_on", _("Enter the day on which they declined, such as 24 11 2026"))
        on = given.get("declined_on")
        if given.get("answer") == Voice.DECLINED and on and on > day_of(clock.now()):
            self.add_error("declined_on", _("This lies in the future. Record it once it has happened."))
        if given.get("answer") == Voice.DECLINED and on and on < self.hand.answers_from:
            self.add_error("declined_on", too_long_ago())
        if given.get("answer") == Voice.UNSAFE_TO_ASK and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why it is not safe to ask them."))
        return given

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data["answer"])

    @property
    def heard(self) -> Heard:
        said, chosen = self.cleaned_data, self.chosen
        if chosen in (ADD, LATER):
            return Heard(self.hand.record)
        if chosen.startswith(_VIEW):
            number = int(chosen.removeprefix(_VIEW))
            return Heard(self.hand.record, Voice.GIVEN.value, number, wants=said["wants"])
        on: date | None = said["declined_on"]
        is_declined, is_unsafe = chosen == Voice.DECLINED, chosen == Voice.UNSAFE_TO_ASK
        return Heard(
            self.hand.record,
            chosen,
            declined_on=on.isoformat() if on and is_declined else "",
            reason=said["reason"].strip() if is_unsafe else "",
        )


def _answers(hand: AtHand, reached: Sequence[tuple[str, str]], *, may_add: bool) -> Iterable[tuple[str, str]]:
    """The choices there are for somebody: each view at hand, and each reason that can be one."""
    for one in hand.views:
        yield f"{_VIEW}{one.number}", _view_words(one, reached)
    if may_add and hand.victim is not None:
        yield ADD, _("Take down their words now")
    yield Voice.DECLINED.value, _("They were asked and did not want to say anything")
    if hand.has_wish:
        said = _("Their wish of %(day)s: %(wish)s") if hand.wish_on else _("Their wish, of no known day: %(wish)s")
        day = day_words(hand.wish_on) if hand.wish_on else ""
        yield Voice.STANDING_WISH.value, said % {"day": day, "wish": str(ASKING[hand.wish])}
    tried = _("They could not be reached (safe attempts that count: %(number)s)")
    yield Voice.NOT_REACHABLE.value, tried % {"number": len(hand.attempts)}
    yield Voice.UNSAFE_TO_ASK.value, _("It is not safe to ask them")
    yield LATER, _("Not asked yet: whoever looks after them is to ask")


def _view_words(one: ViewAtHand, reached: Sequence[tuple[str, str]]) -> str:
    day = day_words(one.on)
    if one.is_withheld:
        return _("Their words of %(day)s, which are not for you to read") % {"day": day}
    # Before it is cut: half an address tells as much.
    words = without_reach(one.words, reached)
    shown = words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + "…"
    return _("Their words of %(day)s: “%(words)s”") % {"day": day, "words": " ".join(shown.split())}


def began_as(heard: Heard) -> dict[str, Any]:
    """The form as it was answered before."""
    chosen = f"{_VIEW}{heard.view}" if heard.kind == Voice.GIVEN else heard.kind
    return {"answer": chosen, "declined_on": heard.day_declined, "reason": heard.reason, "wants": heard.wants}


class DecisionForm(forms.Form):
    effect = _words(
        gettext_lazy("How did what they said, or that nobody could ask, change your decision?"),  # type: ignore[arg-type]
        is_required=True,
        error=gettext_lazy("Say how it changed your decision, or why it did not"),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        choices=list(DECISIONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you decide")},
    )
    reason = _words(
        gettext_lazy("Why?"),  # type: ignore[arg-type]
        gettext_lazy("In a sentence or more. They may be told it."),
        is_required=True,
        error=gettext_lazy("Say why you decide so"),
    )
    why_differs = _words(
        gettext_lazy("Why is it not what they ask for? (only if it is not)"),  # type: ignore[arg-type]
        gettext_lazy("They are told it."),
    )

    def __init__(self, *args: Any, has_end: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [one for one in DECISIONS.items() if has_end or one[0] not in NEEDS_AN_END]
        self.fields["decision"].choices = offered  # type: ignore[attr-defined]

    def answered(self, answers: Answers) -> Answers:
        return replace(answers, **self.cleaned_data)


def decided_before(answers: Answers) -> dict[str, Any]:
    return {
        "effect": answers.effect,
        "decision": answers.decision,
        "reason": answers.reason,
        "why_differs": answers.why_differs,
    }


class SignForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Do you agree?"),
        choices=[
            ("agree", gettext_lazy("Yes: the review is complete")),
            ("back", gettext_lazy("No: it goes back to the reviewer")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you agree")},
    )
    words = _words(gettext_lazy("Why does it go back? (only if it does)"))  # type: ignore[arg-type]

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["verdict"] == "agree")


class AppliedForm(forms.Form):
    on = DayField(
        label=gettext_lazy("On which day did the application go to the court?"),
        error_messages={
            "required": gettext_lazy("Enter the day, such as 24 11 2026"),
            "invalid": gettext_lazy("Enter a real date, such as 24 11 2026"),
        },
    )


class WelshForm(forms.Form):
    """The reason of a review in Welsh, and who worded it."""

    words = forms.CharField(
        label=_("The reason in Welsh"),
        help_text=_("It stands in letters to them as it is written here. Name no place and nobody else."),
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": _("Write the reason in Welsh")},
    )
    translator = forms.CharField(
        label=_("Which qualified translator worded it?"),
        max_length=100,
        error_messages={"required": _("Enter the name of the translator who worded it")},
    )

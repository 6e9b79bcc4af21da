"""What is asked of a possible breach, on one page that a phone shows. Shape only; "not sure" answers every question (P08)."""

import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.breaches.detecting.facts import Reported
from craffu.breaches.ledger.kinds import KnownHow
from craffu.clocks.london import end_of, local_time, start_of
from craffu.web.court.words import day_words, instant_words
from craffu.web.moments import MomentForm
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS
from craffu.web.orders.step_forms import drawn
from craffu.web.presenters import Text
from craffu.web.street import words
from craffu.web.street.words import NOT_SURE, SAYS_NOT_SURE

JUST_NOW, ON_A_DAY = "just_now", "on_a_day"
DIRECTLY, THROUGH_OTHERS = "directly", "through_others"
SOMEBODY, NOBODY = "somebody", "nobody"
_THROUGH: Final = {DIRECTLY: False, THROUGH_OTHERS: True}
_KEY: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)

type Choices = Sequence[tuple[str, Text]]


class ReportForm(MomentForm):
    """A possible breach, as whoever is at the door can tell it. What is not answered counts as not sure."""

    conditions = forms.MultipleChoiceField(
        label=gettext_lazy("Which condition may be broken?"),
        help_text=gettext_lazy("Choose each that may be."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When?"),
        choices=[
            (JUST_NOW, gettext_lazy("Just now")),
            (ON_A_DAY, gettext_lazy("At another time, which I enter below")),
            (NOT_SURE, SAYS_NOT_SURE),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    known = forms.ChoiceField(
        label=gettext_lazy("How do you know?"),
        choices=[*words.KNOWN_HOW.items(), (NOT_SURE, SAYS_NOT_SURE)],
        widget=forms.RadioSelect,
        required=False,
    )
    through = forms.ChoiceField(
        label=gettext_lazy("Directly, or through somebody else?"),
        choices=[
            (DIRECTLY, gettext_lazy("Directly")),
            (THROUGH_OTHERS, gettext_lazy("Through somebody else")),
            (NOT_SURE, SAYS_NOT_SURE),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    risk = forms.ChoiceField(label=gettext_lazy("Who is at risk now?"), widget=forms.RadioSelect, required=False)
    words = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": gettext_lazy("Say in a few words what happened"),
            "max_length": gettext_lazy("Write at most 2,000 characters"),
        },
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    order = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, conditions: Choices, protected: Choices, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        known: Any = self.fields
        if conditions:
            known["conditions"].choices = [*conditions, (NOT_SURE, SAYS_NOT_SURE)]
        else:
            del self.fields["conditions"]
        known["risk"].choices = [
            *protected,
            (SOMEBODY, _("Somebody else, or several people: I say who below")),
            (NOBODY, _("Nobody")),
            (NOT_SURE, SAYS_NOT_SURE),
        ]
        self.fields["on"].required = self.fields["at"].required = False
        self.fields["on"].label, self.fields["at"].label = _("Day, if it was not just now"), _("Time, if you know it")

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        first = ["conditions"] if "conditions" in self.fields else []
        return drawn(self, [*first, "when", "on", "at", "known", "through", "risk", "words"])

    def clean_key(self) -> str:
        """The form's own, by which a report that is sent twice is kept once."""
        given = str(self.cleaned_data["key"])
        return given if _KEY.fullmatch(given) else uuid.uuid4().hex

    def clean(self) -> dict[str, Any]:
        if not self.data.get("when") and self._says_when:
            self.cleaned_data["when"] = ON_A_DAY
        if self.cleaned_data.get("when") != ON_A_DAY:
            # A day that was prefilled, or begun and left, says nothing where it was just now.
            for name in ("on", "at"):
                self.cleaned_data.pop(name, None)
                self.errors.pop(name, None)
            return self.cleaned_data
        if not self.cleaned_data.get("at"):
            self.cleaned_data.pop("at", None)
        given = super().clean()
        if given.get("on") is None and "on" not in self.errors:
            self.add_error("on", _("Enter the day, such as 24 11 2026"))
        return given

    @property
    def _says_when(self) -> bool:
        """Whether a time or another day than the prefilled one was entered: whoever does that at a door and leaves out the choice
        above it is not unsure.
        """
        if {"on", "at"} & self.errors.keys() or self.cleaned_data.get("at"):
            return True
        return self.cleaned_data.get("on") not in {None, local_time(self.now).date()}

    def _when(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said["when"] == JUST_NOW:
            return {"first_at": self.now}
        if said["when"] != ON_A_DAY:
            return {"first_at": None}
        if said.get("at"):
            return {"first_at": self.moment}
        first = start_of(said["on"])
        return {"first_at": first, "last_at": max(first, min(end_of(said["on"]), self.now)), "is_day_only": True}

    @property
    def given(self) -> Reported:
        said = self.cleaned_data
        risk = said["risk"]
        return Reported(
            key=said["key"], order=said["order"] if said["order"] != NOT_SURE else "",
            conditions=tuple(int(one) for one in said.get("conditions", ()) if one != NOT_SURE),
            through_others=_THROUGH.get(said["through"]),
            at_risk_now=None if risk in {"", NOT_SURE} else risk != NOBODY,
            at_risk=int(risk) if risk.isdigit() else None,
            known_how=KnownHow(said["known"]) if said["known"] not in {"", NOT_SURE} else None,
            words=said["words"], **self._when(),
        )  # fmt: skip

    def said(self) -> list[tuple[str, Text, list[Text]]]:
        """Each answer in words by the field's name, for the page on which they are checked. No answer is "not sure"."""
        told: list[tuple[str, Text, list[Text]]] = []
        for _component, field in self.drawn:
            if field.name in {"on", "at"}:
                continue
            given = self.cleaned_data.get(field.name)
            if field.name == "when" and given == ON_A_DAY:
                value: list[Text] = [self.when_words()]
            elif isinstance(given, list):
                value = [dict(field.field.choices)[one] for one in given]
            elif hasattr(field.field, "choices"):
                value = [dict(field.field.choices)[given]] if given else []
            else:
                value = [str(given)]
            told.append((field.name, field.label, value or [SAYS_NOT_SURE]))
        return told

    def when_words(self) -> str:
        if self.cleaned_data.get("at"):
            return instant_words(self.moment)
        return _("%(day)s, at a time that is not known") % {"day": day_words(self.cleaned_data["on"])}


def begun(now: datetime) -> dict[str, Any]:
    """What a new form is given: its own key, and today."""
    return {"key": uuid.uuid4().hex, "on": local_time(now).date()}

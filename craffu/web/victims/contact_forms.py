"""A contact with a victim, a promise, an excuse, and what happened, as they are given (page map, P19; VIC-02, VIC-04)."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.clocks.london import Occurrence, end_of, instant_of, reading_of
from craffu.victims.contacts.facts import NewContact
from craffu.victims.contacts.rules import Excuse
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.web.days import DayField
from craffu.web.moments import MomentForm
from craffu.web.victims.agreement_forms import ENCRYPTED, clock_time
from craffu.web.victims.words import CHANNELS, EXCUSES, HAPPENINGS, LANGUAGES

# How a contact went.
SPOKE, TRIED, LEFT, HERS = "spoke", "tried", "left_message", "hers"
HOW = {
    SPOKE: gettext_lazy("I reached them"),
    TRIED: gettext_lazy("I tried and did not reach them"),
    LEFT: gettext_lazy("I left a message"),
    HERS: gettext_lazy("They contacted us"),
}
# What was not safe: why it is recorded all the same.
DANGER, MADE = "danger", "made"
ANYWAY = {
    DANGER: gettext_lazy("Life is in danger at once: this goes before everything, and is logged"),
    MADE: gettext_lazy("It has been made already: it is kept as a contact that was not safe"),
}
NOW, THEN = "now", "then"
_LAST_MINUTE: Final = timedelta(seconds=1)
_NO_TIME_YET: Final = gettext_lazy("Enter the time by the 24-hour clock, such as 14:30")


def _words(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=ENCRYPTED,
        max_length=2000,
        widget=forms.Textarea,
        required=required,
        error_messages={"max_length": gettext_lazy("Write at most 2,000 characters")},
    )


def due_instant(form: forms.Form, day_field: str, time_field: str) -> datetime | None:
    """A day with its time by London's clock, or else the end of that day; None where no day was given."""
    day, at = form.cleaned_data.get(day_field), form.cleaned_data.get(time_field)
    if day is None:
        return None
    if not at:
        return end_of(day) - _LAST_MINUTE
    reading = reading_of(datetime.combine(day, time.fromisoformat(at)), occurrence=Occurrence.FIRST)
    # A time that the clocks skip that night is promised for the hour after it.
    return reading.utc or instant_of(datetime.combine(day, time.fromisoformat(at)) + timedelta(hours=1))


class ClockField(forms.CharField):
    """A time of day by the 24-hour clock, or nothing."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(label=label, help_text=help_text, max_length=5, required=False)

    def clean(self, value: Any) -> str:
        said = super().clean(value)
        return clock_time(said) if said else ""


class ContactForm(MomentForm):
    """What was done, when, what was told, and what is promised next: one page for the desk and the phone."""

    field_order = (
        "how",
        "channel",
        "when",
        "on",
        "at",
        "told_of",
        "told",
        "response",
        "language",
        "next_on",
        "next_at",
    )
    how = forms.ChoiceField(
        label=gettext_lazy("What was done?"),
        choices=list(HOW.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what was done")},
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How?"),
        choices=list(CHANNELS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how")},
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When?"),
        choices=[(NOW, gettext_lazy("Just now")), (THEN, gettext_lazy("At the day and time below"))],
        widget=forms.RadioSelect,
        initial=NOW,
        error_messages={"required": gettext_lazy("Choose when")},
    )
    told_of = forms.MultipleChoiceField(
        label=gettext_lazy("Of what were they told? (optional)"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    told = _words(gettext_lazy("What were they told, in a few words? (optional)"))
    response = _words(gettext_lazy("What did they say? (optional)"))
    language = forms.ChoiceField(
        label=gettext_lazy("In which language? (optional)"),
        choices=[("", gettext_lazy("Not said")), *LANGUAGES.items()],
        required=False,
    )
    next_on = DayField(
        label=gettext_lazy("By when is the next contact promised? (optional)"),
        help_text=gettext_lazy(
            "A promise is kept only by a contact of ours, by a way that they agreed to. Left empty, the next contact is "
            "promised as often as was agreed."
        ),
        required=False,
        error_messages={"invalid": gettext_lazy("Enter a real date, such as 24 11 2026")},
    )
    next_at = ClockField(
        gettext_lazy("At the latest at what time? (optional)"), gettext_lazy("Without one: by the end of that day")
    )
    anyway = forms.ChoiceField(
        label=gettext_lazy("Why is it recorded all the same?"),
        choices=list(ANYWAY.items()),
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, now: datetime, owed: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["told_of"].choices = list(owed)  # type: ignore[attr-defined]
        self.fields["on"].required = self.fields["at"].required = False
        self.fields["on"].label = gettext_lazy("Day, if not just now")
        self.fields["at"].label = gettext_lazy("Time, if not just now")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("when") == NOW:
            self.moment = self.now
        elif said.get("when") == THEN and not hasattr(self, "moment"):
            if not said.get("on") and not self.has_error("on"):
                self.add_error("on", _("Enter the day, such as 24 11 2026"))
            if not said.get("at") and not self.has_error("at"):
                self.add_error("at", str(_NO_TIME_YET))
        return said

    @property
    def given(self) -> NewContact:
        said = self.cleaned_data
        return NewContact(
            channel=said["channel"], at=self.moment, is_hers=said["how"] == HERS,
            was_reached=said["how"] in (SPOKE, HERS), left_message=said["how"] == LEFT,
            is_danger=said["anyway"] == DANGER, was_made_anyway=said["anyway"] == MADE, language=said["language"],
            told_of=tuple(said["told_of"]), told=said["told"], response=said["response"],
            next_due_at=due_instant(self, "next_on", "next_at"),
        )  # fmt: skip


class PromiseForm(forms.Form):
    on = DayField(
        label=gettext_lazy("By which day is a contact promised?"),
        error_messages={
            "required": gettext_lazy("Enter the day, such as 24 11 2026"),
            "invalid": gettext_lazy("Enter a real date, such as 24 11 2026"),
        },
    )
    at = ClockField(
        gettext_lazy("At the latest at what time? (optional)"), gettext_lazy("Without one: by the end of that day")
    )

    @property
    def due_at(self) -> datetime:
        due = due_instant(self, "on", "at")
        assert due is not None, "the day is asked for"  # noqa: S101
        return due


class ExcuseForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why is this contact rightly not made?"),
        choices=list(EXCUSES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why")},
    )
    words = _words(gettext_lazy("In a few words (optional)"))

    @property
    def given(self) -> Excuse:
        return Excuse(self.cleaned_data["reason"])


class HappeningForm(MomentForm):
    """Something that happened, or whose time is known."""

    field_order = ("case", "kind", "on", "at", "learnt", "received_on", "words")
    case = forms.ChoiceField(
        label=gettext_lazy("In which case?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the case")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What happened, or will happen?"),
        choices=[("", gettext_lazy("Choose one")), *HAPPENINGS.items()],
        error_messages={"required": gettext_lazy("Choose what happened")},
    )
    learnt = forms.ChoiceField(
        label=gettext_lazy("When did we learn of it?"),
        choices=[("now", gettext_lazy("Just now")), ("then", gettext_lazy("When it happened"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose when we learnt of it")},
    )
    received_on = DayField(
        label=gettext_lazy("On which day did witness care receive it? (optional)"),
        help_text=gettext_lazy("For hearings, verdicts, sentences and appeals the Code counts from that day."),
        required=False,
        error_messages={"invalid": gettext_lazy("Enter a real date, such as 24 11 2026")},
    )
    words = _words(gettext_lazy("In a few words (optional)"))

    def __init__(self, *args: Any, now: datetime, cases: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        called = sorted(cases)
        self.fields["case"].choices = [(one, one) for one in called]  # type: ignore[attr-defined]
        if len(called) == 1:
            self.fields["case"].initial = called[0]

    @property
    def given(self) -> NewHappening:
        said = self.cleaned_data
        learnt = min(self.moment, self.now) if said["learnt"] == "then" else self.now
        return NewHappening(
            Happening(said["kind"]), self.moment, learnt, received_on=said["received_on"], words=said["words"]
        )

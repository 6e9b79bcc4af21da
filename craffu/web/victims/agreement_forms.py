"""One question of a Victim Contact Agreement each (page map, P18): read from the answers so far, and written into them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.victims.agreements.facts import Terms
from craffu.victims.agreements.rules import Occasion, OffersAgain
from craffu.victims.contacts.rules import NOWHERE, TAKES_LINKS
from craffu.web.days import DayField
from craffu.web.presenters import Text
from craffu.web.victims.words import (
    ASKING,
    CHANNELS,
    FREQUENCIES,
    LANGUAGES,
    MAY_WE,
    OCCASIONS,
    OFFERED_AGAIN,
    TOPICS,
    URGENT,
)

_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])", re.ASCII)
ENCRYPTED: Final = gettext_lazy("Kept encrypted, and not in the log.")
BY_DEFAULT: Final = "default"


def clock_time(said: str) -> str:
    """`9.30` as `09:30`. Raises ValidationError for what no clock shows."""
    found = _TIME.fullmatch(said.strip())
    if found is None:
        raise forms.ValidationError(_("Enter the time by the 24-hour clock, such as 14:30"))
    return f"{time(int(found[1]), int(found[2])):%H:%M}"


class PartForm(forms.Form):
    """One question. `key` is its place in the address, `title` the question; `begin` reads the terms, `answered` writes them."""

    key: ClassVar[str]
    title: ClassVar[Text]

    @classmethod
    def begin(cls, terms: Terms) -> Mapping[str, Any]:
        raise NotImplementedError

    def answered(self, terms: Terms) -> Terms:
        raise NotImplementedError


class LanguageForm(PartForm):
    key = "language"
    title = gettext_lazy("In which language do they want to hear from us?")
    language = forms.ChoiceField(
        label=title,
        choices=list(LANGUAGES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the language")},
    )

    @classmethod
    def begin(cls, terms: Terms) -> Mapping[str, Any]:
        return {"language": terms.language}

    def answered(self, terms: Terms) -> Terms:
        return replace(terms, language=self.cleaned_data["language"])


class ChannelsForm(PartForm):
    key = "how"
    title = gettext_lazy("How may we reach them safely?")
    channels = forms.MultipleChoiceField(
        label=title,
        help_text=gettext_lazy("Only what they call safe. Somebody else may read a letter or hear the telephone."),
        choices=list(CHANNELS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one way that is safe")},
    )
    links = forms.MultipleChoiceField(
        label=gettext_lazy("By which of these may a link come, with which they can answer us without ringing?"),
        help_text=gettext_lazy("Only where nobody else reads their messages. Leave it empty and no link is ever sent."),
        choices=[(key, said) for key, said in CHANNELS.items() if key in TAKES_LINKS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    message = forms.ChoiceField(
        label=gettext_lazy("May we leave a message?"),
        choices=[("no", MAY_WE[False]), ("yes", MAY_WE[True])],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether we may leave a message")},
    )
    never_say = forms.CharField(
        label=gettext_lazy("What must never be said or left in a message? (optional)"),
        help_text=ENCRYPTED,
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )
    safe_word = forms.CharField(
        label=gettext_lazy("A safe word by which they know that it is us, and we that it is them (optional)"),
        help_text=ENCRYPTED,
        max_length=80,
        required=False,
    )

    @classmethod
    def begin(cls, terms: Terms) -> Mapping[str, Any]:
        return {
            "channels": list(terms.channels),
            "links": list(terms.links),
            "message": ("yes" if terms.may_leave_message else "no") if terms.channels else "",
            "never_say": terms.never_say,
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not set(said.get("links", ())) <= set(said.get("channels", ())):
            self.add_error("links", _("A link can only come by a way that they call safe. Tick that way above too."))
        return said

    def answered(self, terms: Terms) -> Terms:
        said = self.cleaned_data
        # The safe word is never sent back to the page: an empty field leaves it as it was.
        word = said["safe_word"].strip() or terms.safe_word
        urgent = terms.urgent_reach if terms.urgent_reach in (*said["channels"], NOWHERE) else ""
        return replace(
            terms, channels=tuple(said["channels"]), links=tuple(said["links"]), may_leave_message=said["message"] == "yes",
            never_say=said["never_say"], safe_word=word, urgent_reach=urgent,
        )  # fmt: skip


class _ClockField(forms.CharField):
    def __init__(self, label: Any, *, required: bool = False) -> None:
        # Several stand on one page: each says which it is.
        missing = format_lazy(gettext_lazy("{field}: enter the time by the 24-hour clock, such as 14:30"), field=label)
        errors = dict.fromkeys(("required", "max_length", "invalid"), missing)
        super().__init__(label=label, max_length=5, required=required, error_messages=errors)

    def clean(self, value: Any) -> str:
        said = super().clean(value)
        try:
            return clock_time(said) if said else ""
        except forms.ValidationError as fault:
            raise forms.ValidationError(self.error_messages["invalid"]) from fault


class TimesForm(PartForm):
    key = "when"
    title = gettext_lazy("At what times is it safe?")
    from_1 = _ClockField(gettext_lazy("Safe from"), required=True)
    to_1 = _ClockField(gettext_lazy("Safe until"), required=True)
    from_2 = _ClockField(gettext_lazy("And from (optional)"))
    to_2 = _ClockField(gettext_lazy("And until (optional)"))

    @classmethod
    def begin(cls, terms: Terms) -> Mapping[str, Any]:
        shown: dict[str, str] = {}
        for place, (start, end) in enumerate(terms.times[:2], 1):
            shown |= {f"from_{place}": start, f"to_{place}": end}
        return shown

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for place in (1, 2):
            start, end = said.get(f"from_{place}"), said.get(f"to_{place}")
            if start and end and start == end:
                self.add_error(f"to_{place}", _("A time that ends when it begins is never safe. Enter when it ends."))
        if bool(said.get("from_2")) != bool(said.get("to_2")) and not self.has_error("from_2"):
            self.add_error("to_2", _("Enter both times, or neither"))
        return said

    def answered(self, terms: Terms) -> Terms:
        said = self.cleaned_data
        windows = [(said["from_1"], said["to_1"])]
        if said["from_2"]:
            windows.append((said["from_2"], said["to_2"]))
        return replace(terms, times=tuple(windows))


class UrgentForm(PartForm):
    key = "urgent"
    title = gettext_lazy("How may we reach them at any hour, if there is news about their safety?")
    urgent = forms.ChoiceField(
        label=title,
        help_text=gettext_lazy("One of the ways that they call safe, or nowhere."),
        choices=list(URGENT.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a way, or ‘nowhere’")},
    )
    urgent_words = forms.CharField(
        label=gettext_lazy("What we must know for that (optional)"),
        help_text=ENCRYPTED,
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )

    @classmethod
    def begin(cls, terms: Terms) -> Mapping[str, Any]:
        return {"urgent": terms.urgent_reach, "urgent_words": terms.urgent_words}

    def answered(self, terms: Terms) -> Terms:
        return replace(terms, urgent_reach=self.cleaned_data["urgent"], urgent_words=self.cleaned_data["urgent_words"])


class FrequencyForm(PartForm):
    key = "how-often"
    title = gettext_lazy("How often do they want to hear from us?")
    frequency = forms.ChoiceField(
        label=title,
        choices=list(FREQUENCIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how often")},
    )

    @classmethod
    def begin(cls, terms: Terms) -> Mapping[str, Any]:
        return {"frequency": terms.frequency}

    def answered(self, terms: Terms) -> Terms:
        return replace(terms, frequency=self.cleaned_data["frequency"])


class AskingForm(PartForm):
    key = "asking"
    title = gettext_lazy("May we ask for their view before decisions?")
    asking = forms.ChoiceField(
        label=title,
        help_text=gettext_lazy("Their wish can be changed at any time, and is confirmed at least once a year."),
        choices=list(ASKING.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether we may ask")},
    )

    @classmethod
    def begin(cls, terms: Terms) -> Mapping[str, Any]:
        return {"asking": terms.asking}

    def answered(self, terms: Terms) -> Terms:
        return replace(terms, asking=self.cleaned_data["asking"])


class WishesForm(PartForm):
    key = "what"
    title = gettext_lazy("Is there anything they do not want to hear about?")
    not_wanted = forms.MultipleChoiceField(
        label=title,
        help_text=gettext_lazy("News on which their safety hangs they are told in any case."),
        choices=list(TOPICS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    @classmethod
    def begin(cls, terms: Terms) -> Mapping[str, Any]:
        return {"not_wanted": list(terms.not_wanted)}

    def answered(self, terms: Terms) -> Terms:
        return replace(terms, not_wanted=tuple(self.cleaned_data["not_wanted"]))


class OthersForm(PartForm):
    key = "others"
    title = gettext_lazy("Who else may be told, and may we send a survey?")
    others_told = forms.CharField(
        label=gettext_lazy("Who else may be told, and what? (optional)"),
        help_text=ENCRYPTED,
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )
    survey = forms.ChoiceField(
        label=gettext_lazy("May we ask them later how they were treated?"),
        choices=[("no", MAY_WE[False]), ("yes", MAY_WE[True])],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether we may ask them later")},
    )

    @classmethod
    def begin(cls, terms: Terms) -> Mapping[str, Any]:
        return {"others_told": terms.others_told, "survey": terms.survey}

    def answered(self, terms: Terms) -> Terms:
        return replace(terms, others_told=self.cleaned_data["others_told"], survey=self.cleaned_data["survey"])


class OfficerForm(PartForm):
    key = "who"
    title = gettext_lazy("Who keeps in touch, and when do we ask again?")
    officer = forms.CharField(
        label=gettext_lazy("The officer who keeps in touch"),
        help_text=gettext_lazy("Their name as Craffu knows it, so that what is promised comes onto their list."),
        max_length=120,
        error_messages={"required": gettext_lazy("Enter the officer’s name")},
    )
    next_revisit_on = DayField(
        label=gettext_lazy("If nothing happens before: when do we ask whether the agreement is still right?"),
        error_messages={
            "required": gettext_lazy("Enter the day, such as 24 11 2026"),
            "invalid": gettext_lazy("Enter a real date, such as 24 11 2026"),
        },
    )

    @classmethod
    def begin(cls, terms: Terms) -> Mapping[str, Any]:
        revisit = date.fromisoformat(terms.next_revisit_on) if terms.next_revisit_on else None
        return {"officer": terms.officer, "next_revisit_on": revisit}

    def answered(self, terms: Terms) -> Terms:
        said = self.cleaned_data
        return replace(terms, officer=said["officer"], next_revisit_on=said["next_revisit_on"].isoformat())


# In the order in which they are asked.
PARTS: Final[tuple[type[PartForm], ...]] = (
    LanguageForm, ChannelsForm, TimesForm, UrgentForm, FrequencyForm, AskingForm, WishesForm, OthersForm, OfficerForm,
)  # fmt: skip
BY_KEY: Final = {part.key: part for part in PARTS}
FOUR_WEEKS: Final = timedelta(days=28)


def first_terms(officer: str, today: date) -> Terms:
    """What an agreement begins with: whoever asks keeps in touch, and it is asked again in four weeks."""
    return Terms(officer=officer, next_revisit_on=(today + FOUR_WEEKS).isoformat())


class OccasionForm(forms.Form):
    """For what it is revisited: nothing where they changed a wish by themselves. `version` is the one that was seen."""

    version = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    occasion = forms.ChoiceField(
        label=gettext_lazy("Why was it asked now?"),
        choices=[("none", gettext_lazy("Nothing happened: it was their wish, or it was time")), *OCCASIONS.items()],
        required=False,
    )

    @property
    def given(self) -> Occasion | None:
        said = self.cleaned_data["occasion"]
        return Occasion(said) if said and said != "none" else None


class DeclineForm(OccasionForm):
    field_order = ("again", "occasions", "occasion", "version")
    again = forms.ChoiceField(
        label=gettext_lazy("When do they want to be offered it again?"),
        choices=[
            (
                BY_DEFAULT,
                gettext_lazy("They did not say: at charge or no further action, order granted, breach and release"),
            ),
            *OFFERED_AGAIN.items(),
            ("listed", gettext_lazy("When one of these happens")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose when it is offered again")},
    )
    occasions = forms.MultipleChoiceField(
        label=gettext_lazy("When one of these happens (only if chosen above)"),
        choices=list(OCCASIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("again") == "listed" and not said.get("occasions"):
            self.add_error("occasions", _("Choose at least one"))
        return said

    @property
    def offer_again(self) -> OffersAgain | frozenset[Occasion] | None:
        said = self.cleaned_data["again"]
        if said == BY_DEFAULT:
            return None
        if said == "listed":
            return frozenset(Occasion(one) for one in self.cleaned_data["occasions"])
        return OffersAgain(said)


class FearedDateForm(forms.Form):
    on = DayField(
        label=gettext_lazy("Which day do they fear?"),
        widget=forms.SelectDateWidget(years=range(2020, 2061)),
        error_messages={
            "required": gettext_lazy("Enter the day, such as 24 11 2026"),
            "invalid": gettext_lazy("Enter a real date, such as 24 11 2026"),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("What day is it? (optional)"),
        help_text=ENCRYPTED,
        max_length=200,
        required=False,
    )

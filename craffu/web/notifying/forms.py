"""What is asked when a respondent notifies the police, when it is acknowledged, and when it is verified (MON-05). Shape only."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from craffu.access.models import Force
from craffu.orders.notifying.facts import NewNotification
from craffu.orders.notifying.rules import CHANGES, About, Asked, Found, is_asked
from craffu.web.days import DayField
from craffu.web.moments import MomentForm
from craffu.web.notifying.words import ABOUT, ASKED, FOUND_SAID
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS, NO, NOT_REAL, YES
from craffu.web.orders.step_forms import drawn
from craffu.web.presenters import Text

ACKNOWLEDGE: Final = "acknowledge"
_ASKED: Final = [(one.value, ASKED[one]) for one in Asked]


def _must(words: Text) -> dict[str, Any]:
    """What is said where nothing is chosen, or nothing that is offered: of which question, for it stands in a list of its own."""
    return {"required": words, "invalid_choice": words}


def area_name(area: Force) -> str:
    return area.name_cy if get_language() == "cy" else area.name_en


class NotificationForm(MomentForm):
    """What the respondent told, when, how and at which station."""

    about = forms.ChoiceField(
        label=gettext_lazy("What is notified?"),
        widget=forms.RadioSelect,
        error_messages=_must(gettext_lazy("Choose what is notified")),
    )
    event_on = DayField(
        label=gettext_lazy("On which day is the change? (not for the first notification)"),
        required=False,
        error_messages={"invalid": NOT_REAL},
    )
    in_person = forms.ChoiceField(
        label=gettext_lazy("Did the respondent come in person?"),
        choices=[(YES, gettext_lazy("Yes, in person")), (NO, gettext_lazy("No, in another way"))],
        widget=forms.RadioSelect,
        error_messages=_must(gettext_lazy("Choose whether they came in person")),
    )
    station = forms.CharField(label=gettext_lazy("At which police station?"), max_length=120, required=False)
    station_area = forms.ChoiceField(
        label=gettext_lazy("In which police area is that station?"),
        error_messages=_must(gettext_lazy("Choose the police area of the station")),
    )
    has_no_home = forms.ChoiceField(
        label=gettext_lazy("Have they a home in England or Wales?"),
        choices=[
            (NO, gettext_lazy("Yes, they have")),
            (YES, gettext_lazy("No: the area of the court that last made the order counts")),
        ],
        widget=forms.RadioSelect,
        error_messages=_must(gettext_lazy("Choose whether they have a home in England or Wales")),
    )
    area = forms.ChoiceField(
        label=gettext_lazy("In which police area is their home, or that court?"),
        error_messages=_must(gettext_lazy("Choose the police area of their home, or of that court")),
    )
    names = forms.CharField(
        label=gettext_lazy("Every name they use"),
        help_text=ENCRYPTED,
        widget=forms.Textarea,
        max_length=LONGEST_WORDS,
        error_messages={"required": gettext_lazy("Give the names that were notified.")},
    )
    addresses = forms.CharField(
        label=gettext_lazy("Their home address, and any other where they live"),
        help_text=ENCRYPTED,
        widget=forms.Textarea,
        max_length=LONGEST_WORDS,
        required=False,
    )
    fingerprints = forms.ChoiceField(
        label=gettext_lazy("Fingerprints"),
        choices=_ASKED,
        widget=forms.RadioSelect,
        error_messages=_must(gettext_lazy("Choose whether fingerprints were taken")),
    )
    photographs = forms.ChoiceField(
        label=gettext_lazy("A photograph"),
        choices=_ASKED,
        widget=forms.RadioSelect,
        error_messages=_must(gettext_lazy("Choose whether a photograph was taken")),
    )
    is_acknowledged = forms.ChoiceField(
        label=gettext_lazy("Did you acknowledge it in writing there and then?"),
        choices=[(YES, gettext_lazy("Yes, in writing")), (NO, gettext_lazy("Not yet"))],
        widget=forms.RadioSelect,
        error_messages=_must(gettext_lazy("Choose whether you acknowledged it")),
    )
    field_order = (
        "about", "event_on", "on", "at", "in_person", "station", "station_area", "has_no_home", "area", "names", "addresses",
        "fingerprints", "photographs", "is_acknowledged",
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, areas: Iterable[Force], own: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = gettext_lazy("On which day was it notified?")
        asked = [one for one in About if is_asked(kind, one)]
        self.fields["about"].choices = [(one.value, ABOUT[one]) for one in asked]  # type: ignore[attr-defined]
        if not CHANGES & set(asked):
            del self.fields["event_on"]
        named = sorted((area_name(one), one.code) for one in areas)
        for name in ("station_area", "area"):
            self.fields[name].choices = [("", _("Choose one")), *((code, said) for said, code in named)]  # type: ignore[attr-defined]
            self.fields[name].initial = own

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, [*self.fields])

    @property
    def given(self) -> NewNotification:
        said = self.cleaned_data
        about = About(said["about"])
        return NewNotification(
            about=about,
            event_on=said.get("event_on") if about in CHANGES else None,
            given_at=self.moment,
            in_person=said["in_person"] == YES,
            station=said["station"],
            station_area=said["station_area"],
            area=said["area"],
            has_no_home=said["has_no_home"] == YES,
            names=said["names"],
            addresses=said["addresses"],
            fingerprints=Asked(said["fingerprints"]),
            photographs=Asked(said["photographs"]),
            acknowledged_at=self.moment if said["is_acknowledged"] == YES else None,
        )


class AcknowledgeForm(MomentForm):
    """When it was acknowledged in writing."""

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, ["on", "at"])


class VerifyForm(forms.Form):
    """What came of looking whether it is true, on which day, and how it was done."""

    found = forms.ChoiceField(
        label=gettext_lazy("What was found?"),
        choices=[(one.value, FOUND_SAID[one]) for one in Found],
        widget=forms.RadioSelect,
        error_messages=_must(gettext_lazy("Choose what was found")),
    )
    verified_on = DayField(
        label=gettext_lazy("On which day did somebody look?"),
        error_messages={"required": gettext_lazy("Enter the day, such as 24 11 2026"), "invalid": NOT_REAL},
    )
    words = forms.CharField(
        label=gettext_lazy("How was it found out?"),
        help_text=ENCRYPTED,
        widget=forms.Textarea,
        max_length=LONGEST_WORDS,
        error_messages={"required": gettext_lazy("Say in a few words how it was found out.")},
    )

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, ["found", "verified_on", "words"])

"""What an analyst gives to enter a published figure by hand: what it counts, where and when, how much, and who said so."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.common.languages import sort_key
from craffu.published.areas import COUNTRY, ENGLAND_AND_WALES, FORCE, Area, area_by_code, police_forces
from craffu.published.definitions import Unit
from craffu.published.periods import Period, parse_period
from craffu.web.profiles.words import language, offence_words, unit_words

LONGEST_TITLE = 160
LONGEST_WORDS = 1000


def areas() -> list[Area]:
    """England and Wales, then every police force in the order of its name."""
    whole = area_by_code(COUNTRY, ENGLAND_AND_WALES)
    forces = sorted(police_forces(), key=lambda area: sort_key(area.name(language()), language()))
    return [*([whole] if whole else []), *forces]


def is_invented(area: Area) -> bool:
    """Whether an area is the force of the demo, whose figures are made up with it."""
    return area.kind == FORCE and area not in police_forces()


def area_choices() -> list[tuple[str, str]]:
    """None is chosen beforehand: a force's figure must not become one of England and Wales by a slip."""
    named = [(f"{area.kind}/{area.code}", area.name(language())) for area in areas()]
    return [("", _("Choose an area")), *named]


class AreaField(forms.ChoiceField):
    """One of the areas of published figures; its value is the area itself."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(choices=area_choices, **settings)

    def clean(self, value: Any) -> Area | None:
        chosen = super().clean(value)
        return area_by_code(*str(chosen).split("/", 1)) if chosen else None


class PeriodField(forms.CharField):
    """A period as publishers write it, or the same in Welsh; its value is the period itself. Nothing is guessed."""

    def clean(self, value: Any) -> Period:
        typed = " ".join(str(super().clean(value)).split()).replace("blwyddyn yn diweddu", "year ending")
        try:
            return parse_period(typed)
        except ValueError as fault:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from fault


class CountField(forms.IntegerField):
    """A whole number as it is printed: 10,199."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(value.replace(",", "") if isinstance(value, str) else value)


def units() -> list[tuple[str, str]]:
    return [(unit.value, unit_words(unit)) for unit in Unit]


class FigureForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("What is the figure called?"),
        help_text=gettext_lazy("For example, Harassment and stalking, two offences only"),
        max_length=LONGEST_TITLE,
        error_messages={
            "required": gettext_lazy("Say what the figure is called"),
            "max_length": gettext_lazy("Write at most 160 characters"),
        },
    )
    definition = forms.CharField(
        label=gettext_lazy("What exactly does it count?"),
        help_text=gettext_lazy(
            "Which offences, orders or people, and which are left out. Figures with another definition never share a line."
        ),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": gettext_lazy("Say what the figure counts"),
            "max_length": gettext_lazy("Write at most 1,000 characters"),
        },
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("What is one of them?"),
        choices=units,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is counted")},
    )
    counting_rules = forms.CharField(
        label=gettext_lazy("Which counting rules? (optional)"),
        help_text=gettext_lazy("As the publication names them, for example Home Office Counting Rules, April 2020"),
        max_length=LONGEST_TITLE,
        required=False,
        error_messages={"max_length": gettext_lazy("Write at most 160 characters")},
    )
    area = AreaField(
        label=gettext_lazy("Which area is it about?"),
        error_messages={
            "required": gettext_lazy("Choose an area"),
            "invalid_choice": gettext_lazy("Choose an area of the list"),
        },
    )
    period = PeriodField(
        label=gettext_lazy("Which period?"),
        help_text=gettext_lazy(
            "2021/22 for a financial year, 2022 for a calendar year, 2022-03 year ending, 2022-Q1 for a quarter, or 2022-03"
        ),
        max_length=30,
        error_messages={
            "required": gettext_lazy("Enter the period"),
            "invalid": gettext_lazy(
                "Enter the period in one of these forms: 2021/22, 2022, 2022-03 year ending, 2022-Q1"
            ),
            "max_length": gettext_lazy(
                "Enter the period in one of these forms: 2021/22, 2022, 2022-03 year ending, 2022-Q1"
            ),
        },
    )
    value = CountField(
        label=gettext_lazy("What is the figure?"),
        help_text=gettext_lazy("The whole number as it was published, for example 10199"),
        min_value=0,
        max_value=10_000_000_000,
        error_messages={
            "required": gettext_lazy("Enter the figure"),
            "invalid": gettext_lazy("Enter a whole number"),
            "min_value": gettext_lazy("Enter a whole number"),
            "max_value": gettext_lazy("Enter a smaller number"),
        },
    )
    read_in = forms.CharField(
        label=gettext_lazy("Where did you read it?"),
        help_text=gettext_lazy("The publication, its date, and the page or table"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": gettext_lazy("Say where you read it"),
            "max_length": gettext_lazy("Write at most 1,000 characters"),
        },
    )


def _offence_choices(offences: Iterable[str]) -> list[tuple[str, str]]:
    named = [(offence, offence_words(offence)) for offence in offences]
    return sorted(named, key=lambda choice: sort_key(choice[1], language()))


class ChoiceForm(forms.Form):
    """Whose profile is shown, and of which offence."""

    force = forms.ChoiceField(label=gettext_lazy("Force"), required=False)
    offence = forms.ChoiceField(label=gettext_lazy("Recorded crime of"), required=False)

    def __init__(self, *args: Any, offences: Iterable[str] = (), shown: Area | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        invented = [shown] if shown and is_invented(shown) else []
        forces = [(area.code, area.name(language())) for area in (*invented, *areas()) if area.kind != COUNTRY]
        self.fields["force"].choices = forces  # type: ignore[attr-defined]
        self.fields["offence"].choices = _offence_choices(offences)  # type: ignore[attr-defined]

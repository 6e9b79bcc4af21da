"""The conditions of an order as rows of a form, word for word. A button asks for another row: no script is needed (P14)."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.orders.conditions.rules import REQUIREMENTS, ConditionType, vague
from craffu.orders.drafting.checking import SUITABILITY, inputs_of
from craffu.orders.effect.rules import Nature
from craffu.orders.facts import NewCondition, NewTerms
from craffu.orders.models import OrderTerms
from craffu.orders.models.terms import DRAFTED
from craffu.web.days import DayField
from craffu.web.orders import words
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS, NOT_REAL, YES

ADD: Final = "add"
ROWS: Final = "rows"
FEWEST, MOST = 2, 40
_PARTS: Final = (
    *(
        "type",
        "words",
        "words_cy",
        "behaviour",
        "necessity",
        "supervisor",
        "suitability",
        "nature",
        "first_day",
        "last_day",
    ),
)
_FOLDED: Final = ("behaviour", "necessity", "supervisor", "suitability", "nature", "first_day", "last_day")


@dataclass(frozen=True, slots=True)
class Row:
    """One condition's fields; what is said less often is folded, and open where something in it is wrong."""

    number: int
    type: Any
    words: Any
    words_cy: Any
    behaviour: Any
    necessity: Any
    supervisor: Any
    suitability: Any
    nature: Any
    first_day: Any
    last_day: Any
    is_open: bool
    warnings: tuple[str, ...]


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        required=False,
        error_messages={"max_length": gettext_lazy("Write at most 2,000 characters")},
    )


def _day(label: Any) -> DayField:
    return DayField(label=label, required=False, error_messages={"invalid": NOT_REAL})


class TermsForm(forms.Form):
    """All conditions as they stand together. An empty row is none; a row emptied takes its condition out."""

    language = forms.ChoiceField(
        label=gettext_lazy("In which language is the order?"),
        choices=list(words.ORDER_LANGUAGES.items()),
        widget=forms.RadioSelect,
        initial="en",
        error_messages={"required": gettext_lazy("Choose the language")},
    )
    locality = forms.CharField(
        label=gettext_lazy("Any limit of place (optional)"),
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        required=False,
    )
    has_no_locality = forms.MultipleChoiceField(
        label=gettext_lazy("No limit of place?"),
        choices=[(YES, gettext_lazy("The order has no limit of place"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, data: Any = None, *, standing: OrderTerms | None = None, typed: NewTerms | None = None, **kwargs: Any
    ) -> None:
        """`standing` are the terms of an order as they stand, `typed` those of one that has no record yet."""
        # What a court has worded is not questioned; what is drafted or typed here is.
        self.points_out = data is not None or (standing is not None and standing.why == DRAFTED)
        self.was = list(standing.conditions.all()) if standing else []
        was: list[Any] = [*self.was] or ([*typed.conditions] if typed else [])
        self.number = _number(data, max(FEWEST, len(was) + 1))
        if data is not None and ADD in data:
            self.number = min(self.number + 1, MOST)
            super().__init__(initial=self._typed(data))
        else:
            super().__init__(data, initial=_initial(standing or typed, was) if data is None else None, **kwargs)
        self.fields.update(self._rows_of_fields())

    def _rows_of_fields(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for number in range(1, self.number + 1):
            found |= {
                f"type_{number}": forms.ChoiceField(
                    label=_("Type of condition %(number)s") % {"number": number},
                    choices=[("", _("Choose one")), *words.CONDITION_TYPES.items()],
                    required=False,
                ),
                f"words_{number}": _words(
                    _("Words of condition %(number)s") % {"number": number}, _("Word for word as the order has them")
                ),
                f"words_cy_{number}": _words(_("Its Welsh words, if the order is in both languages")),
                f"behaviour_{number}": _words(_("Which recorded behaviour does it answer?")),
                f"necessity_{number}": _words(_("Why is it necessary?")),
                f"supervisor_{number}": forms.CharField(
                    label=_("Who supervises it, if it requires something?"), max_length=120, required=False
                ),
                f"suitability_{number}": _words(_("If it requires something: what shows that it suits them?")),
                f"nature_{number}": forms.ChoiceField(
                    label=_("If it is worded for this order alone: what does it do?"),
                    choices=[("", _("Choose one")), *words.NATURES.items()],
                    required=False,
                ),
                f"first_day_{number}": _day(_("First day of its own, if it has one")),
                f"last_day_{number}": _day(_("Last day of its own, if it has one")),
            }
        return found

    def _typed(self, data: Any) -> dict[str, Any]:
        """What was typed so far, to show it again with one row more."""
        every = {**self.base_fields, **self._rows_of_fields()}
        return {name: field.widget.value_from_datadict(data, {}, name) for name, field in every.items()}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for number in range(1, self.number + 1):
            kind, said = given.get(f"type_{number}"), (given.get(f"words_{number}") or "").strip()
            if said and not kind:
                self.add_error(f"type_{number}", _("Choose the type of this condition"))
            if kind and not said:
                self.add_error(f"words_{number}", _("Enter the words of this condition, or choose no type"))
            first, last = given.get(f"first_day_{number}"), given.get(f"last_day_{number}")
            if first and last and last < first:
                self.add_error(f"last_day_{number}", _("A condition cannot end before it begins"))
        return given

    @property
    def terms(self) -> NewTerms:
        said = self.cleaned_data
        return NewTerms(
            tuple(self._condition(number) for number in range(1, self.number + 1) if said[f"type_{number}"]),
            language=said["language"],
            locality=said["locality"],
            has_no_locality=bool(said["has_no_locality"]),
        )

    def _condition(self, number: int) -> NewCondition:
        said = {part: self.cleaned_data[f"{part}_{number}"] for part in _PARTS}
        suitability, nature = said.pop("suitability").strip(), said.pop("nature")
        is_requirement = (
            nature == Nature.REQUIREMENT if said["type"] == ConditionType.BESPOKE else said["type"] in REQUIREMENTS
        )
        inputs, library = self._begun_from(said["type"], said["words"].strip())
        inputs = {**inputs, SUITABILITY: suitability} if suitability else inputs
        return NewCondition(**said, is_requirement=is_requirement, inputs=inputs, library=library)

    def _begun_from(self, type_: str, typed: str) -> tuple[dict[str, str], str]:
        """What words taken from the library were given, while they are as they were taken; of others nothing."""
        same = next((one for one in self.was if (one.type, one.words) == (type_, typed)), None)
        if same is None:
            return {}, ""
        return {name: said for name, said in inputs_of(same).items() if name != SUITABILITY}, same.library

    @property
    def rows(self) -> list[Row]:
        return [self._row(number) for number in range(1, self.number + 1)]

    def _row(self, number: int) -> Row:
        fields = {part: self[f"{part}_{number}"] for part in _PARTS}
        is_open = any(fields[part].errors for part in _FOLDED)
        typed = (str(fields["type"].value() or ""), str(fields["words"].value() or ""))
        pointed = pointed_out(*typed) if self.points_out else ()
        return Row(number, **fields, is_open=is_open, warnings=pointed)


def pointed_out(type_: str, said: str) -> tuple[str, ...]:
    """What in a condition's words an officer at the door could not decide: said, never refused (ORD-14)."""
    if not said.strip():
        return ()
    return tuple(
        _("“%(words)s”: %(why)s") % {"words": one.words, "why": words.VAGUE[one.why]}
        if one.words
        else str(words.VAGUE[one.why])
        for one in vague(type_, said)
    )


def _number(data: Any, otherwise: int) -> int:
    said = str(data.get(ROWS, "")) if data is not None else ""
    return min(max(int(said), 1), MOST) if said.isascii() and said.isdigit() else min(otherwise, MOST)


def _initial(standing: OrderTerms | NewTerms | None, was: list[Any]) -> dict[str, Any] | None:
    if standing is None:
        return None
    found: dict[str, Any] = {
        "language": standing.language,
        "locality": standing.locality,
        "has_no_locality": [YES] if standing.has_no_locality else [],
    }
    for number, one in enumerate(was, start=1):
        found |= {f"{part}_{number}": getattr(one, part, "") for part in _PARTS}
        found[f"suitability_{number}"] = inputs_of(one).get(SUITABILITY, "")
        if one.type == ConditionType.BESPOKE:
            found[f"nature_{number}"] = Nature.REQUIREMENT if one.is_requirement else Nature.PROHIBITION
    return found

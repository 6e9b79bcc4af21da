"""What is given to narrow a queue, to give work to somebody else, and to say who is away (page map, P03). Shape only."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.access.models import User
from craffu.web.days import DayField
from craffu.web.work.words import AWAY, BANDS, KINDS, REASSIGNED
from craffu.work.queries import Narrowed
from craffu.work.rules import Band, Reassign, Why

NOBODY = "nobody"
ANY = ("", _("Any"))


class NarrowForm(forms.Form):
    """By age, kind and owner. What it does not know asks for nothing."""

    band = forms.ChoiceField(
        label=_("Waiting for"), choices=[ANY, *((one.value, words) for one, words in BANDS.items())], required=False
    )
    kind = forms.ChoiceField(label=_("Kind of work"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, kinds: Iterable[str], people: Iterable[User], *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["kind"].choices = [ANY, *((one, KINDS[one].name) for one in kinds if one in KINDS)]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [ANY, *((str(one.pk), one.name) for one in people)]  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> Narrowed:
        said = self.cleaned_data if self.is_valid() else {}
        return Narrowed(
            Band(said["band"]) if said.get("band") else None,
            said.get("kind", ""),
            int(said["owner"]) if said.get("owner") else None,
        )

    @property
    def query(self) -> dict[str, str]:
        """What is asked for, as an address says it."""
        said = self.cleaned_data if self.is_valid() else {}
        return {name: value for name, value in said.items() if value}


class ChosenField(forms.Field):
    """Rows chosen in a table, by number."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[int]:
        return [int(one) for one in value or [] if str(one).isascii() and str(one).isdigit() and len(str(one)) <= 18]


class ReassignForm(forms.Form):
    items = ChosenField(label=_("What do you want to give to somebody else?"), required=False)
    to = forms.ChoiceField(label=_("To whom?"), error_messages={"required": _("Choose to whom")})
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[("", _("Choose one")), *((one.value, words) for one, words in REASSIGNED.items())],
        error_messages={"required": _("Choose why")},
    )

    def __init__(self, people: Iterable[User], *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.people = {str(one.pk): one for one in people}
        names = [(number, one.name) for number, one in self.people.items()]
        self.fields["to"].choices = [("", _("Choose one")), *names, (NOBODY, _("Nobody yet"))]  # type: ignore[attr-defined]

    @property
    def given_to(self) -> User | None:
        return self.people.get(self.cleaned_data["to"])

    @property
    def why(self) -> Reassign:
        return Reassign(self.cleaned_data["reason"])


class _Day(DayField):
    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            error_messages={
                "required": _("Enter the day, such as 24 11 2026"),
                "invalid": _("Enter a real date, such as 24 11 2026"),
            },
        )


class _Username(forms.CharField):
    def __init__(self, label: Any, help_text: Any = "", *, required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=60,
            required=required,
            error_messages={
                "required": _("Enter whose user name"),
                "max_length": _("A user name has at most 60 characters"),
            },
        )


class AbsenceForm(forms.Form):
    who = _Username(_("User name of whoever is away"))
    first = _Day(_("First day away"))
    last = _Day(_("Last day away"))
    why = forms.ChoiceField(
        label=_("Why?"),
        choices=[(one.value, words) for one, words in AWAY.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why")},
    )
    cover = _Username(
        _("User name of whoever covers (optional)"),
        _("Their work stands in that person’s lists on those days, and in their supervisor’s where nobody covers."),
        required=False,
    )

    @property
    def reason(self) -> Why:
        return Why(self.cleaned_data["why"])

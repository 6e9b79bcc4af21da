"""What somebody gives to say where a case belongs, and to let somebody from elsewhere see it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.access.models import Area, Team
from craffu.web.places import name_of

LONGEST_REASON = 200
PLACE, LET_IN, SHUT_OUT = "place", "let_in", "shut_out"
NO_AREA = ""


class Reason(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Why?"),
            help_text=_("It is kept in the log. Do not write names."),
            max_length=LONGEST_REASON,
            widget=forms.Textarea,
            error_messages={"required": _("Say why"), "max_length": _("Write at most 200 characters")},
        )


class _Username(forms.CharField):
    def __init__(self, **said: Any) -> None:
        super().__init__(
            max_length=60, error_messages={
                "required": _("Enter whose user name"),
                "max_length": _("A user name has at most 60 characters"),
            }, **said,
        )  # fmt: skip


class PlaceForm(forms.Form):
    """An area or a team of one, by their codes, and an owner."""

    place = forms.ChoiceField(
        label=_("Area and team"), required=False, error_messages={"invalid_choice": _("Choose one of the list")}
    )
    owner = _Username(
        label=_("User name of whoever owns the case (optional)"),
        help_text=_("They see it wherever they work, and whoever may not is sent to ask them."),
        required=False,
    )
    reason = Reason()

    def __init__(self, areas: Iterable[Area], *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.places: dict[str, tuple[Area | None, Team | None]] = {NO_AREA: (None, None)}
        choices: list[tuple[str, Any]] = [(NO_AREA, _("No area"))]
        for area in areas:
            for team in (None, *area.teams.all()):
                code = code_of(area, team)
                self.places[code] = (area, team)
                choices.append((code, ", ".join(name_of(one) for one in (area, team) if one)))
        self.fields["place"].choices = choices  # type: ignore[attr-defined]


def code_of(area: Area | None, team: Team | None) -> str:
    """How a form names an area, or a team of one."""
    return "/".join(one.code for one in (area, team) if one is not None)


class FromElsewhereForm(forms.Form):
    """Somebody who is let in although the case is beyond their reach, or no longer."""

    act = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=[(LET_IN, _("Let somebody see it")), (SHUT_OUT, _("Take it from somebody"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you want to do")},
    )
    username = _Username(label=_("User name"))
    reason = Reason()

"""What is given to name an advocate, to end it, and for an advocate to choose for whom they speak (VIC-10)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.victims.advocates.facts import NewAdvocate
from craffu.web.victims.asked import Day, Line, OneOf
from craffu.web.victims.voice_forms import NoticeForm


class AdvocateForm(forms.Form):
    name = Line(gettext_lazy("What is the advocate’s name?"), 200, gettext_lazy("Enter the advocate’s name."))
    organisation = Line(gettext_lazy("For whom do they work? (optional)"), 120)
    username = OneOf(
        gettext_lazy("Do they have an account here? (optional)"),
        {},
        "",
        many="",
        required=False,
        help_text=gettext_lazy("With one they see promises and updates, and give views, themselves."),
    )
    named_on = Day(gettext_lazy("On which day did the victim name them?"))
    consent_on = Day(gettext_lazy("From which day does the victim agree to it?"))

    def __init__(self, data: Any, accounts: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["username"].choices = [("", _("No account")), *accounts]  # type: ignore[attr-defined]

    @property
    def given(self) -> NewAdvocate:
        said = self.cleaned_data
        return NewAdvocate(said["name"], said["organisation"], said["named_on"], said["consent_on"], said["username"])


class EndForm(forms.Form):
    """Nothing is asked: the button says it."""


class ForWhomForm(NoticeForm):
    """`clients` are those who named the reader, by reference."""

    field_order = ("victim", "language")
    victim = OneOf(gettext_lazy("For whom do you speak?"), {}, gettext_lazy("Choose for whom you speak"))

    def __init__(self, data: Any, clients: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["victim"].choices = list(clients.items())  # type: ignore[attr-defined]
        self.fields["victim"].initial = next(iter(clients)) if len(clients) == 1 else None

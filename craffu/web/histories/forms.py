"""What a breach history is narrowed by (page map, P06). Shape only: what it does not know asks for nothing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.breaches.history.facts import Narrowed, Proved, View
from craffu.breaches.history.printing import purposes_of
from craffu.breaches.ledger.kinds import FoundBy
from craffu.web.days import DayField
from craffu.web.exports.forms import ExportForm
from craffu.web.histories import words
from craffu.web.orders.step_fields import NOT_REAL
from craffu.web.triage import words as breach_words

ANY = ("", _("Any"))


class NarrowForm(forms.Form):
    """By order, source, standpoint, result and days."""

    order = forms.ChoiceField(label=_("Order"), required=False)
    source = forms.ChoiceField(label=_("Told by"), choices=[ANY, *breach_words.FOUND_BY.items()], required=False)
    view = forms.ChoiceField(label=_("With"), choices=[ANY, *words.VIEWS.items()], required=False)
    proved = forms.ChoiceField(label=_("At court"), choices=[ANY, *words.PROVED.items()], required=False)
    disagrees = forms.BooleanField(label=_("Only what does not agree"), required=False)
    first = DayField(
        label=_("Happened on or after"),
        required=False,
        error_messages={"invalid": NOT_REAL},
    )
    last = DayField(
        label=_("Happened on or before"),
        required=False,
        error_messages={"invalid": NOT_REAL},
    )

    def __init__(self, orders: Iterable[str], *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["order"].choices = [ANY, *((one, one) for one in orders)]  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> Narrowed:
        said = self.cleaned_data if self.is_valid() else {}
        return Narrowed(
            order=said.get("order") or "",
            source=FoundBy(said["source"]) if said.get("source") else None,
            view=View(said["view"]) if said.get("view") else None,
            proved=Proved(said["proved"]) if said.get("proved") else None,
            first=said.get("first"),
            last=said.get("last"),
            is_disagreeing=bool(said.get("disagrees")),
        )


class PrintForm(ExportForm):
    """A history is always a PDF."""

    def __init__(self, printed_for: str, data: Any = None) -> None:
        super().__init__(purposes_of(printed_for), data)
        del self.fields["form"]
        self.fields["words"].help_text = _(
            "Such as the hearing or the meeting. It is kept in the log and stands on the paper. Do not write names."
        )
        self.fields["recipient"].help_text = _(
            "A post or a team, such as listing officer. It stands in the log and at the foot of every page."
        )

    @property
    def basis(self) -> str:
        return ""


class AnswerForm(PrintForm):
    """Who of another force asks, what for, and on which lawful basis they are answered."""

    given_basis = forms.ChoiceField(
        label=_("On which lawful basis are they answered?"),
        choices=list(words.BASES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose on which lawful basis they are answered.")},
    )

    def __init__(self, printed_for: str, data: Any = None) -> None:
        super().__init__(printed_for, data)
        self.fields["words"].label = _("What do they need it for?")
        self.fields["words"].help_text = _("It is kept in the log and stands on the paper. Do not write names.")
        self.fields["recipient"].label = _("Which officer asks?")
        self.fields["recipient"].help_text = _("Rank, name and number, as they gave it.")
        self.fields["organisation"].label = _("Which force asks?")
        self.fields["organisation"].help_text = ""
        for name, said in (
            ("words", _("Say what they need it for")),
            ("recipient", _("Say which officer asks")),
            ("organisation", _("Say which force asks")),
        ):
            self.fields[name].error_messages["required"] = said

    @property
    def basis(self) -> str:
        return str(self.cleaned_data["given_basis"])

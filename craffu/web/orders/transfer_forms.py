"""What is said of an order whose respondent moves between forces: that it was sent, and the receipt (ORD-22). Shape only."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from craffu.access.models import Force
from craffu.orders.models import Order
from craffu.orders.transfers.actions import NewTransfer
from craffu.orders.transfers.queries import IN, OUT
from craffu.orders.transfers.rules import Receipt
from craffu.web.days import DayField
from craffu.web.orders.step_fields import ENCRYPTED, NOT_REAL
from craffu.web.orders.step_forms import drawn
from craffu.web.orders.words import kind_words

SEND, RECEIPT = "send", "receipt"
TOO_LONG: Final = gettext_lazy("That is too long")


def force_name(force: Force) -> str:
    return force.name_cy if get_language() == "cy" else force.name_en


class SendForm(forms.Form):
    """Which way a respondent moves, with which force, and which of their orders go with them."""

    direction = forms.ChoiceField(
        label=gettext_lazy("Which way does the respondent move?"),
        choices=[
            (OUT, gettext_lazy("Away: we send the order to another force")),
            (IN, gettext_lazy("Here: another force sent the order to us")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the respondent moves away or moves here.")},
    )
    other_force = forms.ChoiceField(
        label=gettext_lazy("Which other force?"),
        error_messages={
            "required": gettext_lazy("Choose the other force."), "invalid_choice": gettext_lazy("Choose the other force.")
        },
    )  # fmt: skip
    sent_on = DayField(
        label=gettext_lazy("On which day was it sent?"),
        help_text=gettext_lazy("Leave it empty if the respondent has moved and nobody has written yet."),
        required=False,
        error_messages={"invalid": NOT_REAL},
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference of whoever sent it"),
        max_length=40,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    also = forms.MultipleChoiceField(
        label=gettext_lazy("Which other orders go with it?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, forces: Iterable[Force], also: Iterable[Order], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted((force_name(one), one.code) for one in forces)
        self.fields["other_force"].choices = [("", _("Choose one")), *((code, name) for name, code in named)]  # type: ignore[attr-defined]
        self.fields["also"].choices = [  # type: ignore[attr-defined]
            (one.reference, f"{one.reference}: {kind_words(one.kind, is_interim=one.is_interim)}") for one in also
        ]

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        also: Any = self.fields["also"]
        return drawn(self, ["direction", "other_force", "sent_on", "reference", *(["also"] if also.choices else [])])

    def given(self, order: str) -> NewTransfer:
        said = self.cleaned_data
        return NewTransfer(
            orders=[order, *said["also"]], direction=said["direction"], other_force=said["other_force"],
            sent_on=said["sent_on"], reference=said["reference"],
        )  # fmt: skip


class ReceiptForm(forms.Form):
    """What the receipt says. Without a day, a name and a reference it is none."""

    on = DayField(
        label=gettext_lazy("On which day was it acknowledged?"),
        error_messages={"required": gettext_lazy("Enter the day, such as 24 11 2026"), "invalid": NOT_REAL},
    )
    name = forms.CharField(
        label=gettext_lazy("By whom? Rank, name and number"),
        help_text=ENCRYPTED,
        max_length=120,
        error_messages={"required": gettext_lazy("Enter who acknowledged it"), "max_length": TOO_LONG},
    )
    receipt_reference = forms.CharField(
        label=gettext_lazy("Reference of the receipt"),
        max_length=40,
        error_messages={"required": gettext_lazy("Enter the reference of the receipt"), "max_length": TOO_LONG},
    )

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, ["on", "name", "receipt_reference"])

    @property
    def receipt(self) -> Receipt:
        said = self.cleaned_data
        return Receipt(said["on"], said["name"], said["receipt_reference"])

"""What a person says of a proposal: that it is an order, when and until when and in which words; or why it is none."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order
from craffu.web.days import DayField
from craffu.web.orders.words import CONDITION_TYPES

ORDER, ANOTHER, RECORDED, NONE = "order", "another", "recorded", "none"
# What of it begins or makes an order.
MAKES = frozenset({ORDER, ANOTHER})
FIXED, INDEFINITE, NOT_SAID = "fixed", "indefinite", "not_said"
LONGEST_WORDS = 2000
TOO_LONG = _("Write at most 2,000 characters")


class ProposalForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Did the court make this order?"),
        choices=[(ORDER, _("Yes, record it")), (NONE, _("No, or it is recorded already"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whether the court made it"),
            "invalid_choice": _("Choose whether the court made it"),
        },
    )
    period = forms.ChoiceField(
        label=_("Until when?"),
        help_text=_("As the order says. Needed only if you record it."),
        choices=[
            (FIXED, _("Until a day")),
            (INDEFINITE, _("Until further order")),
            (NOT_SAID, _("The court’s message does not say")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    last_day = DayField(
        label=_("The last day (only if there is one)"),
        required=False,
        error_messages={"invalid": _("Enter a real date, such as 24 11 2027")},
    )
    words = forms.CharField(
        label=_("Why is it not recorded? (only if it is not)"),
        help_text=_("Kept encrypted, and not in the log."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, meant: Order | None = None, **kwargs: Any) -> None:
        """`meant` is the order on the register that the court's word seems to be about."""
        super().__init__(*args, **kwargs)
        if meant is not None:
            named, is_made = {"order": meant.reference}, meant.status in LIVE
            self.fields["verdict"].choices = [  # type: ignore[attr-defined]
                (RECORDED, _("Yes, and it is recorded already: %(order)s") % named)
                if is_made
                else (ORDER, _("Yes, record it on %(order)s") % named),
                (ANOTHER, _("Yes, and it is another order than %(order)s: record it") % named),
                (NONE, _("No") if is_made else _("No, or it is recorded already")),
            ]

    @property
    def said(self) -> str:
        return str(self.cleaned_data["verdict"])

    @property
    def is_order(self) -> bool:
        return self.said in MAKES

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        makes = given.get("verdict") in MAKES
        if makes and not given.get("period"):
            self.add_error("period", _("Choose until when the order lasts"))
        if makes and given.get("period") == FIXED and not given.get("last_day"):
            self.add_error("last_day", _("Enter the last day, such as 24 11 2027"))
        if makes and given.get("period") != FIXED and given.get("last_day") is not None:
            self.add_error("period", _("You gave a last day: choose that it ends on that day, or clear the day."))
        if given.get("verdict") == NONE and not given.get("words", "").strip():
            self.add_error("words", _("Say in a few words why it is not recorded as an order."))
        return given


class ConditionForm(forms.Form):
    """One condition. A row without words is none."""

    type = forms.ChoiceField(
        label=_("What kind of condition is it?"),
        choices=[("", _("Choose one")), *CONDITION_TYPES.items()],
        required=False,
    )
    words = forms.CharField(
        label=_("Word for word, as the court has it"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("words", "").strip() and not given.get("type"):
            self.add_error("type", _("Choose what kind of condition it is"))
        return given


# Two empty rows after those that the court's words give.
ConditionForms = forms.formset_factory(ConditionForm, extra=2, max_num=40, absolute_max=40)


def given_by(form: ProposalForm, rows: Any, made_at: datetime, court: str, case_no: str, source: str) -> Given:
    """What is recorded of an order that the court made, with whatever the person has put right."""
    said = [row.cleaned_data for row in rows if row.cleaned_data.get("words", "").strip()]
    conditions = tuple(NewCondition(one["type"], one["words"]) for one in said)
    period = form.cleaned_data["period"]
    return Given(
        made_at=made_at,
        court=court,
        court_case_no=case_no,
        last_day=form.cleaned_data["last_day"] if period == FIXED else None,
        is_indefinite=True if period == INDEFINITE else None,
        source_record=source,
        terms=NewTerms(conditions) if conditions else None,
    )

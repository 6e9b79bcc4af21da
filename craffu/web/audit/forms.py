"""What an auditor gives: what for, and what is asked. Names and references are posted, so none stands in an address."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.audit.rules import BY_LAW, Verb
from craffu.web.audit.words import PURPOSES, RECORDS, VERBS, ref_in_log
from craffu.web.days import DayField
from craffu.web.presenters import Text

LONGEST = 200
REFERENCE = re.compile(r"[A-Z]{1,3}-[0-9]{1,12}", re.ASCII)

ANY_VERB: list[tuple[str, Text]] = [("", _("Any"))]
DAY_ERRORS = {"invalid": _("Enter a real date, such as 24 11 2026")}


class PurposeForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("What do you need the log for?"),
        choices=list(PURPOSES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you need the log for")},
    )


class RecordField(forms.CharField):
    """The reference of a record, as it stands on its page; cleaned, it is as the log writes it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Record reference"),
            help_text=_("Such as P-10001 for a person, C-10001 for a case or O-10001 for an order."),
            max_length=20,
            error_messages={
                "required": _("Enter the reference of a record"),
                "max_length": _("Enter a reference such as P-10001"),
            },
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        reference = super().clean(value).upper()
        if not reference:
            return ""
        if not REFERENCE.fullmatch(reference) or reference.partition("-")[0] not in RECORDS:
            raise forms.ValidationError(_("Enter a reference such as P-10001"))
        return ref_in_log(reference)


class UserField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Sign-in name"),
            help_text=_("The name that the member of staff signs in with."),
            max_length=60,
            error_messages={
                "required": _("Enter the name that somebody signs in with"),
                "max_length": _("Enter the name that somebody signs in with"),
            },
            **kwargs,
        )


class _Day(DayField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, error_messages=DAY_ERRORS, **kwargs)


class _Dated(forms.Form):
    """A question that may be limited to London days, both included."""

    first = _Day(label=_("From"))
    last = _Day(label=_("To"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day must be the same as or after the first"))
        return given


class WhoSawForm(_Dated):
    record = RecordField()


class WhatSeenForm(_Dated):
    person = UserField()


class SearchForm(_Dated):
    record = RecordField(required=False)
    person = UserField(required=False)
    verb = forms.ChoiceField(
        label=_("What was done"),
        required=False,
        choices=[*ANY_VERB, *((verb.value, VERBS[verb]) for verb in (*BY_LAW, Verb.DENIED))],
    )
    recipient = forms.CharField(
        label=_("Told or given to"),
        help_text=_("Part of the recipient’s name. Only disclosures have a recipient."),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("Write at most 200 characters")},
    )


FORMS: dict[str, type[_Dated]] = {"who": WhoSawForm, "seen": WhatSeenForm, "search": SearchForm}

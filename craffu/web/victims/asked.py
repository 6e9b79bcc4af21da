"""What the forms about victims have in common: words, a line, a choice, a day."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.web.days import DayField
from craffu.web.presenters import Text

LONGEST_WORDS = 2000
LONGEST_VIEW = 10_000


class Words(forms.CharField):
    """Somebody's words, a few or many."""

    def __init__(self, label: Any, missing: Any = "", *, longest: int = LONGEST_WORDS, **more: Any) -> None:
        more = {"help_text": _("Kept encrypted, and not in the log."), "required": bool(missing), **more}
        too_long = _("Write at most 2,000 characters") if longest == LONGEST_WORDS else _("That is too long")
        messages = {"required": missing, "max_length": too_long}
        super().__init__(label=label, max_length=longest, widget=forms.Textarea, error_messages=messages, **more)


class Line(forms.CharField):
    def __init__(self, label: Any, longest: int, missing: Any = "", **more: Any) -> None:
        messages = {"required": missing, "max_length": _("That is too long")}
        super().__init__(label=label, max_length=longest, required=bool(missing), error_messages=messages, **more)


class OneOf(forms.ChoiceField):
    """One of a few, as radios; or of many, as a list, where `many` says what stands before anything is chosen."""

    def __init__(self, label: Any, words: Mapping[str, Text], missing: Any, *, many: Any = None, **more: Any) -> None:
        first = [("", many)] if many is not None else []
        if many is None:
            more["widget"] = forms.RadioSelect
        choices = [*first, *((str(key), said) for key, said in words.items())]
        messages = {"required": missing, "invalid_choice": missing}
        super().__init__(label=label, choices=choices, error_messages=messages, **more)


class SomeOf(forms.MultipleChoiceField):
    def __init__(self, label: Any, words: Mapping[str, Text], **more: Any) -> None:
        choices = [(str(key), said) for key, said in words.items()]
        super().__init__(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **more)


class Day(DayField):
    def __init__(self, label: Any, **more: Any) -> None:
        messages = {
            "required": _("Enter the day, such as 24 11 2026"),
            "invalid": _("Enter a real date, such as 24 11 2026"),
        }
        super().__init__(label=label, error_messages=messages, **more)

"""A day as a form asks for it: day, month and year, none of which a year of five figures or of another age can be (CLK-01)."""

from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from craffu.common.moments import FIRST_DAY, LAST_DAY

NOT_THEN: Final = _("Enter a day between 1 January 1900 and 31 December 2199")


class DayField(forms.DateField):
    """Any day that somebody can mean. Days that no clock can count on from are refused beside the field."""

    widget = forms.SelectDateWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators += [MinValueValidator(FIRST_DAY, NOT_THEN), MaxValueValidator(LAST_DAY, NOT_THEN)]

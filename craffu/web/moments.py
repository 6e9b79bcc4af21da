"""A day and a time of day given by a person, read as the one instant they mean by London's clock (CLK-01)."""

import re
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.clocks.london import TIME_DOES_NOT_EXIST, Occurrence, reading_of
from craffu.web.days import DayField

# The clocks go back from summer time: the first of two equal times is BST, the second GMT.
_SAID: Final = {"BST": Occurrence.FIRST, "GMT": Occurrence.SECOND}
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])(?:\s*(BST|GMT))?", re.ASCII | re.IGNORECASE)


class MomentForm(forms.Form):
    """Asks on which day and at what time something happened; `moment` is the instant (UTC) once the form is valid."""

    on = DayField(
        label=gettext_lazy("On which day?"),
        error_messages={
            "required": gettext_lazy("Enter the day, such as 24 11 2026"),
            "invalid": gettext_lazy("Enter a real date, such as 24 11 2026"),
        },
    )
    at = forms.CharField(
        label=gettext_lazy("At what time?"),
        help_text=gettext_lazy("By the 24-hour clock, such as 14:30"),
        max_length=12,
        error_messages={
            "required": gettext_lazy("Enter the time, such as 14:30"),
            "max_length": gettext_lazy("Enter the time by the 24-hour clock, such as 14:30"),
        },
    )

    moment: datetime

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day, said = given.get("on"), given.get("at")
        if day is not None and said is not None:
            self._read(day, said.strip())
        return given

    def _read(self, day: date, said: str) -> None:
        found = _TIME.fullmatch(said)
        if found is None:
            self.add_error("at", _("Enter the time by the 24-hour clock, such as 14:30"))
            return
        hour, minute, which = found.groups()
        wall_clock = datetime.combine(day, time(int(hour), int(minute)))
        reading = reading_of(wall_clock, occurrence=_SAID.get((which or "").upper()))
        if reading.utc is not None:
            self.moment = reading.utc
        elif reading.error == TIME_DOES_NOT_EXIST:
            self.add_error("at", _("The clocks went forward over that time. Enter the time as the clock showed it."))
        else:
            twice = _("That time came twice that night. Write %(time)s BST for the first, %(time)s GMT for the second.")
            self.add_error("at", twice % {"time": f"{wall_clock:%H:%M}"})

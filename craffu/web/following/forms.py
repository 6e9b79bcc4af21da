"""What is asked when heightened follow-up is raised by hand, and when something was done about it (MON-03). Shape only."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from craffu.orders.following.rules import Trigger
from craffu.web.following.words import TRIGGERS
from craffu.web.moments import MomentForm
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS
from craffu.web.orders.step_forms import drawn

# What somebody may know of before any record tells of it; the rest is raised by the record of it.
BY_HAND: Final = (
    Trigger.POSSIBLE_BREACH_RAISED, Trigger.TAG_OR_DEVICE_ALERT, Trigger.CHECK_FOUND_CONCERN, Trigger.RELEASED_FROM_CUSTODY,
    Trigger.NEW_REPORT_SAME_VICTIM, Trigger.VICTIM_MORE_AFRAID, Trigger.NAME_OR_ADDRESS_CHANGED,
    Trigger.HOME_NEAR_PROTECTED,
)  # fmt: skip


class _Worded(MomentForm):
    words = forms.CharField(
        label=gettext_lazy("What happened, and how do you know?"),
        help_text=ENCRYPTED,
        widget=forms.Textarea,
        max_length=LONGEST_WORDS,
        error_messages={"required": gettext_lazy("Say in a few words what it is about.")},
    )

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, [*self.fields])


class RaiseForm(_Worded):
    """What raises it, when it happened, and why."""

    trigger = forms.ChoiceField(
        label=gettext_lazy("What raises it?"),
        choices=[(one.value, TRIGGERS[one]) for one in BY_HAND],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what raises it"),
            "invalid_choice": gettext_lazy("Choose what raises it"),
        },
    )
    field_order = ("trigger", "on", "at", "words")


class ActionForm(_Worded):
    """When something was done about it, and what."""

    field_order = ("on", "at", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = gettext_lazy("What was done?")

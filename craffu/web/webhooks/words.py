"""What a webhook tells of, and what came of each telling, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.webhooks.rules import Event

EVENTS: Final[Mapping[Event, Promise]] = {
    Event.ORDER_CHANGED: gettext_lazy("That an order changed"),
    Event.BREACH_CHANGED: gettext_lazy("That a breach changed"),
    Event.CASE_CHANGED: gettext_lazy("That a case changed"),
}
ANSWERS: Final[Mapping[str, Promise]] = {
    "address_not_allowed": gettext_lazy("Its address lies in a network that may not be asked"),
    "no_such_host": gettext_lazy("There is no such host"),
    "certificate_refused": gettext_lazy("Nobody vouches for its certificate"),
    "too_slow": gettext_lazy("It did not answer in time"),
    "no_answer": gettext_lazy("It did not answer"),
}


def answer_words(answer: str) -> str:
    if answer.startswith("status_"):
        return _("It answered %(status)s") % {"status": answer.removeprefix("status_")}
    return str(ANSWERS[answer]) if answer else ""

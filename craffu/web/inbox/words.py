"""The inbox of orders in words: how a document stands, whence it came, and why one is returned."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.orders.inbox.rules import InboxState
from craffu.web.presenters import Text
from craffu.web.statuses import Status

STATE: Final[Mapping[str, Status]] = {
    InboxState.WAITING: Status(pgettext_lazy("document", "Waits"), "yellow"),
    InboxState.MATCHED: Status(pgettext_lazy("document", "Matched"), "green"),
    InboxState.RETURNED: Status(pgettext_lazy("document", "Returned"), "grey"),
}
CHASED: Final = Status(pgettext_lazy("document", "Waits too long"), "red")
CAME_FROM: Final[Mapping[str, Text]] = {
    "court": _("A court"),
    "other_force": _("Another police force"),
    "party": _("The person it protects, or the respondent"),
    "solicitor": _("A solicitor"),
    "other": _("Somebody else"),
}
RETURNED: Final[Mapping[str, Text]] = {
    "not_an_order": _("It is no order"),
    "other_force": _("It belongs to another force"),
    "unreadable": _("It cannot be read, or a part is missing"),
    "came_before": _("It came before and is recorded"),
    "not_recorded_here": _("An order of this kind is not kept in this register"),
    "other": pgettext_lazy("reason", "Another reason"),
}

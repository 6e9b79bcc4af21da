"""Specialist advice in words: who advises, and what became of it (RES-04)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.cases.advice.rules import Adviser, Followed
from craffu.orders.advising.kinds import Topic
from craffu.web.presenters import Text
from craffu.web.statuses import Status

ADVISERS: Final[Mapping[str, Text]] = {
    Adviser.CHAMPION: _("Stalking coordinator or champion"),
    Adviser.PROSECUTOR: _("Crown Prosecution Service"),
    Adviser.LEGAL: _("Force legal team"),
    Adviser.ADVOCACY: _("Specialist advocacy service"),
    Adviser.PSYCHOLOGIST: _("Forensic psychologist"),
    Adviser.OTHER: _("Another specialist"),
}
FOLLOWED: Final[Mapping[str, Text]] = {
    Followed.YES: _("Followed"),
    Followed.PARTLY: _("Followed in part"),
    Followed.NO: _("Not followed"),
}
WAITS: Final = Status(_("Not yet answered"), "yellow")
ANSWERED: Final = Status(_("Answered"), "green")
PRIVILEGED: Final = Status(_("Legal advice: never leaves"), "red")
TOPICS: Final[Mapping[str, Text]] = {
    Topic.CLASSIFYING: _("Telling stalking from harassment and other offences"),
    Topic.EVIDENCE: _("Evidence and how to get it"),
    Topic.ORDERS: _("Civil orders and their conditions"),
    Topic.BREACH: _("Breach of an order"),
    Topic.RISK: _("Risk and how to manage it"),
    Topic.ONLINE: _("Online and technology"),
    Topic.SAFETY: _("Victims’ safety and support"),
    Topic.OTHER: _("Something else"),
}

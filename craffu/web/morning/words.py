"""The morning lists in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craffu.breaches.lists.rules import MorningList
from craffu.web.presenters import Text

LISTS: Mapping[MorningList, Text] = {
    MorningList.CUSTODY: _("Custody list"),
    MorningList.RELEASE: _("Releases from prison"),
    MorningList.COURT: _("Court list"),
}
# What the instant or the day of an entry is.
WHEN: Mapping[MorningList, Text] = {
    MorningList.CUSTODY: _("Arrested"),
    MorningList.RELEASE: _("Released, or to be"),
    MorningList.COURT: _("Before the court"),
}

"""A breach history in words: what it is narrowed by, and what is printed of it (page map, P06)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.breaches.history.facts import Proved, View
from craffu.breaches.history.printing import Basis, For
from craffu.web.presenters import Text
from craffu.web.statuses import Status

PROVED: Final[Mapping[str, Text]] = {
    Proved.YES: _("Proved"),
    Proved.NO: _("Not proved, or quashed"),
    Proved.OPEN: _("No court result"),
}
VIEWS: Final[Mapping[str, Text]] = {
    View.POLICE: _("A police decision"),
    View.PROSECUTION: _("A decision of the prosecution"),
    View.COURT: _("A court result"),
    View.PROBATION: _("A word of probation"),
    View.TOLD: _("That the victim was told"),
}

NOTHING: Final = _("Nothing received")
REPORTED: Final = Status(_("Reported as a breach, not decided"), "yellow")
NO_ORDER: Final = _("No order that we hold")
SHUT_ORDER: Final = _("An order that is not open to you")

BASES: Final[Mapping[str, Text]] = {
    Basis.LAW_ENFORCEMENT: _("Data Protection Act 2018, Part 3: for a law enforcement purpose"),
    Basis.SAFEGUARDING: _("Data Protection Act 2018, Schedule 8: to safeguard somebody at risk"),
    Basis.COURT_ORDER: _("An order of a court"),
    Basis.STATUTE: _("Another enactment, which the reason names"),
}
PRINTED: Final[Mapping[str, Text]] = {
    For.COURT: _("Breach history for court"),
    For.FORCE: _("Breach history in answer to another force"),
}
HOLDS: Final[Mapping[str, Text]] = {
    For.COURT: _(
        "It holds every incident on record with its sources, what each standpoint decided and what is missing. It holds nothing"
        " on records that nobody has confirmed to be this person’s, and nothing of how a victim is reached."
    ),
    For.FORCE: _(
        "It holds the same as the paper for a court, and says which force asked, which officer, why and on which lawful basis."
    ),
}

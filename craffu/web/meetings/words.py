"""The words for cohort meetings: where one stands, why somebody is on an agenda, what is decided, and what follows."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.prevention.meetings.kinds import Decision, Effect, OnAgenda, Since, Stage
from craffu.web.presenters import Text
from craffu.web.statuses import Status

NO_SCORE_DECIDES: Final = _(
    "A score puts nobody on an agenda and decides nothing: named people do, and say why. It does not predict risk."
)

STAGES: Final[Mapping[str, Status]] = {
    Stage.TO_COME: Status(pgettext_lazy("meeting", "To come"), "blue"),
    Stage.MINUTING: Status(_("Minutes being written"), "yellow"),
    Stage.APPROVED: Status(_("Minutes approved"), "green"),
    Stage.CALLED_OFF: Status(_("Called off"), "grey"),
}

ON_AGENDA: Final[Mapping[str, Text]] = {
    OnAgenda.PROPOSED: _("Proposed"),
    OnAgenda.LOOK_DUE: _("A member whose 28 days end by the meeting"),
}

DECIDED: Final[Mapping[str, Status]] = {
    Decision.SELECT: Status(pgettext_lazy("cohort", "Selected"), "green"),
    Decision.KEEP: Status(pgettext_lazy("cohort", "Kept"), "green"),
    Decision.DESELECT: Status(pgettext_lazy("cohort", "Deselected"), "orange"),
    Decision.DEFER: Status(pgettext_lazy("cohort", "Deferred"), "yellow"),
}
UNDECIDED: Final = Status(pgettext_lazy("cohort", "Not decided"), "grey")

_DEFER: Final = _("Defer: nothing changes until another meeting")
# What each choice does, for somebody who was in the cohort before the meeting and for somebody who was not.
CHOICES: Final[Mapping[bool, Mapping[Decision, Text]]] = {
    True: {
        Decision.KEEP: _("Keep: they stay in the cohort, and this is the look at them"),
        Decision.DESELECT: _("Deselect: they leave the cohort"),
        Decision.DEFER: _DEFER,
    },
    False: {
        Decision.SELECT: _("Select: they are brought into the cohort"),
        Decision.DESELECT: _("Deselect: they are not brought in"),
        Decision.DEFER: _DEFER,
    },
}

EFFECTS: Final[Mapping[str, Text]] = {
    Effect.ENTERED: _("Brought into the cohort"),
    Effect.REVIEWED: _("Looked at, and stays in the cohort"),
    Effect.LEFT: _("Left the cohort"),
    Effect.NOTHING: _("Nothing changed in the cohort"),
}

SINCE: Final[Mapping[str, Text]] = {
    Since.LAST_MEETING: _("Since a meeting last decided about them, on %(day)s"),
    Since.ENTRY: _("Since they entered the cohort, on %(day)s"),
    Since.FOUR_WEEKS: _("In the four weeks since %(day)s: no meeting has discussed them"),
}

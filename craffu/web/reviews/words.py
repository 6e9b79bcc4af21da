"""Reviews of orders in words: what is decided, what answers for somebody, and why a review is due (REV-01 to REV-04)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.orders.reviewing.resting import Fallen
from craffu.orders.reviewing.rules import Decision, Voice
from craffu.orders.reviewing.timing import Because, Event
from craffu.web.presenters import Text
from craffu.web.statuses import Status

DECISIONS: Final[Mapping[str, Text]] = {
    Decision.CONTINUE: _("Continue it as it is"),
    Decision.VARY: pgettext_lazy("review", "Vary it"),
    Decision.RELAX: _("Relax it, so that it protects less"),
    Decision.RENEW: _("Renew it before it ends"),
    Decision.DISCHARGE: _("Have it discharged"),
    Decision.LET_EXPIRE: _("Let it end on its last day"),
    Decision.ESCALATE: _("Escalate: follow up more closely"),
}

VOICES: Final[Mapping[str, Text]] = {
    Voice.GIVEN: _("In their own words"),
    Voice.DECLINED: _("They did not want to say anything"),
    Voice.STANDING_WISH: _("By a wish that they stated before"),
    Voice.UNSAFE_TO_ASK: _("Not asked: it is not safe"),
    Voice.NOT_REACHABLE: _("Not reached"),
}

BECAUSE: Final[Mapping[str, Text]] = {
    Because.SCHEDULE: _("By the interval for its risk grade, or 28 days after service"),
    Because.EVENT: _("Something happened that brings it forward: five working days"),
    Because.BEFORE_END: _("Fourteen days before the order ends, somebody has decided what becomes of it"),
    Because.STATUTE: _("The respondent is under 18: the statute asks for a review in every twelve months"),
}

EVENTS: Final[Mapping[str, Text]] = {
    Event.BREACH: _("A possible breach was raised: a review within five working days"),
    Event.CHANGE_SOUGHT: _("A court was asked to change or end it: a review within five working days"),
    Event.CIRCUMSTANCES: _("The victim’s circumstances changed: a review within five working days"),
    Event.GRADE_RAISED: _("The risk grade was raised: a review within five working days"),
    Event.EXPIRY_WATCH: _("Its end is being watched: a review within five working days"),
}

COMPLETE: Final = Status(_("Review complete"), "green")
WAITS: Final = Status(_("Waits for a supervisor"), "yellow")
SENT_BACK: Final = Status(_("Sent back"), "orange")
LAPSED: Final = Status(_("Ended unreviewed"), "red")

NOT_OPEN: Final = _("What is known of them is not open to you.")
FALLEN: Final[Mapping[Fallen, Text]] = {
    Fallen.NOT_HERS: _("No: these words were marked as not theirs"),
    Fallen.REPLACED: _("No: others were recorded in their place"),
}

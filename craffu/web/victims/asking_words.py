"""What somebody is asked by the safe page, by which way, and what became of it, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.victims.answering.rules import Follows
from craffu.victims.inviting.kinds import Purpose, Route, Step
from craffu.victims.noting.kinds import Proof, Way
from craffu.web.presenters import Text
from craffu.web.statuses import Status

PURPOSES: Mapping[str, Text] = {
    Purpose.VIEW: _("Their view of an order"),
    Purpose.SURVEY: _("How they were treated"),
    Purpose.LOG: _("What happened, for their own log"),
}
ROUTES: Mapping[str, Text] = {
    Route.CODE: _("A code that you read out to them now"),
    Route.LINK: _("A link in a message"),
    Route.LETTER: _("A letter that tells them to ask for a code"),
}
STEPS: Mapping[str, Status] = {
    Step.SENT: Status(_("Sent"), "blue"),
    Step.NOT_SENT: Status(_("Could not be sent"), "red"),
    Step.OPENED: Status(pgettext_lazy("page", "Opened"), "blue"),
    Step.FINISHED: Status(_("Answered"), "green"),
    Step.LEFT: Status(_("Left before the end"), "yellow"),
    Step.ENDED: Status(_("Ended by an officer"), "grey"),
    Step.NOT_HERS: Status(_("Not answered by them: it counts for nothing"), "red"),
    Step.TAKEN_BACK: Status(_("Taken back by them: no figure counts it"), "red"),
}
WAITS = Status(_("Not used yet"), "grey")
OVER = Status(_("Ran out unused"), "grey")
FOLLOWS: Mapping[str, Text] = {
    Follows.LESS_SAFE: _("They feel less safe than before: speak with them today"),
    Follows.CONTACT: _("They told us of contact: speak with them today"),
    Follows.CALL: _("They asked to be called: ring them today, in the safe way"),
    Follows.REACH: _("How they are reached is no longer safe: agree it anew today. No link goes before"),
}
WAYS: Mapping[str, Text] = {
    Way.IN_PERSON: _("Somebody came to them or near them"),
    Way.WATCHED: _("They were watched or followed"),
    Way.CALL: _("A call"),
    Way.MESSAGE: _("A message"),
    Way.ONLINE: _("Something online"),
    Way.POST: _("Something by post or left for them"),
    Way.DAMAGE: _("Something was damaged or taken"),
    Way.OTHER: _("Something else"),
    Way.NOT_SAID: _("They would rather not say"),
}
PROOFS: Mapping[str, Text] = {
    Proof.KEPT: _("They keep something that shows it"),
    Proof.NOT_KEPT: _("Nothing that shows it"),
    Proof.ASK_ME: _("Ask them when you speak"),
    Proof.NOT_SAID: _("They would rather not say"),
}

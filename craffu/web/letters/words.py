"""Letters about orders in words: what each tells, how somebody came to have one, what is said in them of a review or an end."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.messages.kinds import Status as Message
from craffu.orders.letters.kinds import About
from craffu.orders.life.states import OrderStatus
from craffu.orders.reviewing.rules import Decision, Voice
from craffu.victims.agreements.kinds import Asking
from craffu.victims.contacts.rules import CameBack
from craffu.victims.letters.facts import Way
from craffu.victims.letters.kinds import About as OfVictim
from craffu.web.presenters import Text
from craffu.web.statuses import Status

ABOUT: Final[Mapping[str, Text]] = {
    About.TERMS: _("The order and its conditions"),
    About.CHANGED: _("What changed in it"),
    About.ENDED: _("That it ended, or was not made"),
    About.REVIEW: _("What its review decided, and why"),
}
OF_VICTIM: Final[Mapping[str, Text]] = {
    OfVictim.NEWS: _("What happened, or will"),
    OfVictim.SURVEY: _("Asking how they were treated"),
}
WAYS: Final[Mapping[str, Text]] = {
    Way.HANDED: _("Handed to them in person"),
    Way.POSTED: _("By post, and they have it"),
}
STANDS: Final[Mapping[str, Status]] = {
    Message.WAITING: Status(_("In the print queue"), "blue"),
    Message.SENDING: Status(_("Fetched to be printed"), "yellow"),
    Message.SENT: Status(_("In the post"), "blue"),
    Message.DELIVERED: Status(_("They have it"), "green"),
    Message.FAILED: Status(_("Came back"), "red"),
    Message.HELD_BACK: Status(_("Held back"), "red"),
}
CAME_BACK: Final[Mapping[str, Text]] = {
    CameBack.RETURNED: _("It was returned, and nobody knows why"),
    CameBack.REFUSED: _("They, or somebody else there, refused it"),
    CameBack.ADDRESS_GONE: _("Nobody of that name lives there, or there is no such address"),
}
# Said to somebody whom the order protects.
ENDED_BY: Final[Mapping[str, Text]] = {
    OrderStatus.EXPIRED: _("It ran to its last day."),
    OrderStatus.DISCHARGED: _("A court ended it before its time."),
    OrderStatus.REVOKED: _("It was taken back."),
    OrderStatus.SUPERSEDED: _("Another order has taken its place."),
    OrderStatus.QUASHED: _("A court decided on appeal that it should not stand."),
}
WANTED: Final[Mapping[str, Text]] = {
    Decision.CONTINUE: _("You asked for it to stay as it is."),
    Decision.VARY: _("You asked for it to be changed."),
    Decision.RELAX: _("You asked for it to be relaxed."),
    Decision.RENEW: _("You asked for it to be renewed before it ends."),
    Decision.DISCHARGE: _("You asked for it to be ended before its time."),
    Decision.LET_EXPIRE: _("You asked for it to end on its last day."),
    Decision.ESCALATE: _("You asked us to follow it up more closely."),
}
DECIDED: Final[Mapping[str, Text]] = {
    Decision.CONTINUE: _("The order stays as it is."),
    Decision.VARY: _("We ask for a change of the order."),
    Decision.RELAX: _("We ask for the order to be relaxed, so that it protects less."),
    Decision.RENEW: _("We ask for the order to be renewed before it ends."),
    Decision.DISCHARGE: _("We ask for the order to be ended before its time."),
    Decision.LET_EXPIRE: _("The order ends on its last day, and we do not ask for it to be renewed."),
    Decision.ESCALATE: _("We follow the order up more closely."),
}
UNHEARD: Final[Mapping[str, Text]] = {
    Voice.DECLINED: _("You told us on %(day)s that you did not want to say anything."),
    Voice.UNSAFE_TO_ASK: _("We did not ask you, because we thought that it was not safe to ask."),
    Voice.NOT_REACHABLE: _("We tried to ask you and did not reach you."),
}
WISHES: Final[Mapping[str, Text]] = {
    Asking.DO_NOT_ASK: _("You told us on %(day)s that you do not want to be asked."),
    Asking.BEFORE_CHANGE: _("You told us on %(day)s that you want to be asked only before a change."),
}

"""What a token may be used for, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from craffu.access.tokens.rules import Scope

# Grouped by what they are about, as the form lists them.
SCOPES: Final[Mapping[Scope, Promise]] = {
    Scope.READ_PEOPLE: _("Read people"),
    Scope.READ_CASES: _("Read cases"),
    Scope.READ_ORDERS: _("Read orders and their conditions"),
    Scope.MOVE_ORDERS: _("Record steps of an order"),
    Scope.GIVE_ORDERS_OUT: _("Give orders to other systems"),
    Scope.READ_BREACHES: _("Read breach histories"),
    Scope.REPORT_BREACHES: _("Report possible breaches"),
    Scope.READ_VICTIMS: _("Read how victims are safely reached, and what is due to them"),
    Scope.CONTACT_VICTIMS: _("Record contacts with victims"),
    Scope.READ_VIEWS: _("Read victims’ views"),
    Scope.TAKE_VIEWS: _("Record victims’ views"),
    Scope.READ_SAFETY: _("Read what was done for victims’ safety, and what help they have"),
    Scope.KEEP_SAFE: _("Record what was done for victims’ safety, and steps of help"),
    Scope.READ_ADVOCATES: _("Read who speaks for victims"),
    Scope.READ_PROMISES: _("As an advocate: read promises and updates of the victims who named you"),
    Scope.READ_LETTERS: _("Read which letters can be written, and where each is"),
    Scope.CARRY_LETTERS: _("Record that letters were posted, put back or came back"),
    Scope.READ_PREVENTION: _("Read priorities and management plans"),
    Scope.PLAN: _("Record actions of management plans"),
    Scope.READ_MEETINGS: _("Read cohort meetings: what they decided, and what is to be done"),
    Scope.ACT_FOR_MEETINGS: _("Record what became of actions of cohort meetings"),
    Scope.READ_SCRUTINY: _("Read recommendations and published reviews"),
    Scope.SAY_OF_RECOMMENDATIONS: _("Record how recommendations stand"),
    Scope.READ_INITIATIVES: _("Read initiatives and their figures"),
    Scope.READ_CHAMPIONS: _("Read who is a Stalking Champion, and how shifts are covered"),
    Scope.READ_WORK: _("Read your due work"),
    Scope.READ_MEASURES: _("Read measures"),
    Scope.READ_PUBLISHED: _("Read published figures"),
}

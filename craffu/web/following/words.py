"""What raises heightened follow-up, in words, and what to think of where that is not plain (MON-03)."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from craffu.orders.following.rules import Trigger
from craffu.web.presenters import Text

TRIGGERS: Mapping[Trigger, Text] = {
    Trigger.NOTIFICATION_MISSED: _("A notification is missed, late or false"),
    Trigger.POSSIBLE_BREACH_RAISED: _("A possible breach is raised"),
    Trigger.RELEASED_FROM_CUSTODY: _("The respondent is released from custody"),
    Trigger.NEW_REPORT_SAME_VICTIM: _("Somebody it protects makes a new report"),
    Trigger.VICTIM_MORE_AFRAID: _("Somebody it protects is more afraid"),
    Trigger.CHECK_FOUND_CONCERN: _("A check found something of concern"),
    Trigger.TAG_OR_DEVICE_ALERT: _("A tag or a device raised an alert"),
    Trigger.NAME_OR_ADDRESS_CHANGED: _("A name or an address has changed"),
    Trigger.ORDER_SERVED: _("The order is served"),
    Trigger.ORDER_EXPIRY_WATCH: _("The order is near its end"),
    Trigger.RELAXATION_OR_DISCHARGE_SOUGHT: _("A court is asked to relax or end the order"),
    Trigger.HEARING_NEAR: _("A hearing is near"),
    Trigger.FEARED_DATE_NEAR: _("A day that somebody it protects fears is near"),
    Trigger.HOME_NEAR_PROTECTED: _("An address puts the respondent at or near the home of somebody it protects"),
}

# Ours, of what only a person can judge: Craffu compares two homes and shows neither (ADR 121).
TO_CONSIDER: Mapping[Trigger, Sequence[Text]] = {
    Trigger.HOME_NEAR_PROTECTED: (
        _("Read both addresses where they came from: a source can be wrong, and one postcode has many homes."),
        _(
            "With the victim contact officer, decide whether to warn whoever lives there, in a way their agreement calls safe."
        ),
        _("Ask whether the conditions still keep them apart, or whether a court should be asked to vary them."),
        _(
            "Say nothing of it to the respondent, nor where they could read it: it would tell them where somebody lives."
        ),
    )
}

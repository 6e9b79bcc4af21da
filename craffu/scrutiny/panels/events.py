"""What the log says of panels of volunteers: which, and never a verdict nor a word of anybody's."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

PANEL_OPENED = kind("panel_opened", Verb.COLLECTION, _("Panel of volunteers set up"))
PANEL_ADDED_TO = kind("panel_added_to", Verb.COLLECTION, _("Member, training or case of a panel added"))
PANEL_MEMBER_JUDGED = kind("panel_member_judged", Verb.COLLECTION, _("Verdict or dissent of a panel’s member given"))
PANEL_JUDGED = kind("panel_judged", Verb.COLLECTION, _("Verdict of a panel recorded"))
PANELS_LISTED = kind("panels_listed", Verb.CONSULTATION, _("Panels listed"))
PANEL_VIEWED = kind("panel_viewed", Verb.CONSULTATION, _("Panel viewed"))

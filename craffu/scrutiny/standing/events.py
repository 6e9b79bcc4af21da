"""What the log says of the standing answer."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

STANDING_SIGNED = kind("standing_answer_signed", Verb.COLLECTION, _("Standing answer signed"))
STANDING_VIEWED = kind("standing_answer_viewed", Verb.CONSULTATION, _("Standing answer viewed"))
